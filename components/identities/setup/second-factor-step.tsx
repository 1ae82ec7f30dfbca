"use client";

import { type FormEvent, useCallback, useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { BigTitle, SetupFoot } from "@/components/ui/entry";
import { Fieldset } from "@/components/ui/form";
import { AuthenticatorOffer } from "../authenticator-offer";
import { FailureNote } from "../failure-note";
import { RecoveryCodesOnce } from "../recovery-codes-once";
import { useOffer } from "../use-offer";
import type { StepProps } from "./setup-wizard";
import { StepFoot } from "./step-foot";

type Props = StepProps & { readonly onDone: (hasSecondFactor: boolean) => void };

/** An authenticator and its recovery codes; or later, with a reminder that stays. */
export function SecondFactorStep(props: Props) {
  const [isReplacing, setReplacing] = useState(!props.state.draft?.admin?.hasSecondFactor);
  return isReplacing ? <AddStep {...props} /> : <AddedStep {...props} onReplace={() => setReplacing(true)} />;
}

function AddedStep({ onBack, onDone, onReplace }: Props & { readonly onReplace: () => void }) {
  return (
    <>
      <BigTitle lead="Your sign-in asks for its code from now on.">The second factor is in place</BigTitle>
      <Button icon="turn" onClick={onReplace}>
        Use another authenticator
      </Button>
      <SetupFoot>
        <Button variant="quiet" size="l" icon="left" onClick={onBack}>
          Back
        </Button>
        <Button variant="main" size="l" onClick={() => onDone(true)}>
          Continue
        </Button>
      </SetupFoot>
    </>
  );
}

function AddStep({ state, onBack, onDone }: Props) {
  const client = useTRPCClient();
  const deed = useDeed();
  const makeOffer = useCallback(() => client.setup.startTotp.mutate(), [client]);
  const { offer, failure: offerFailure, renew } = useOffer(makeOffer);
  const [code, setCode] = useState("");
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[]>();

  async function confirm(full: string) {
    if (!offer) return;
    const done = await deed.run(() => client.setup.confirmTotp.mutate({ offer: offer.offer, code: full }));
    if (done) setRecoveryCodes(done.value.recoveryCodes);
    else setCode("");
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void confirm(code);
  }

  if (recoveryCodes) {
    return (
      <>
        <BigTitle lead="Each opens your account once if the authenticator is lost. They are shown only now.">
          Keep your recovery codes
        </BigTitle>
        <RecoveryCodesOnce
          codes={recoveryCodes}
          account={state.draft?.admin?.email ?? ""}
          foot={(isKept) => (
            <SetupFoot>
              <span className="x3 t12 m-hide ml-auto">Next: authorities</span>
              <Button variant="main" size="l" disabled={!isKept} onClick={() => onDone(true)}>
                Continue
              </Button>
            </SetupFoot>
          )}
        />
      </>
    );
  }

  return (
    <form method="post" onSubmit={submit} noValidate>
      <BigTitle lead="With it, a stolen password alone opens nothing. Any authenticator app will do.">
        Add a second factor
      </BigTitle>
      <Fieldset legend="Second factor" isPending={deed.isPending}>
        <FailureNote failure={offerFailure} />
        <AuthenticatorOffer
          offer={offer}
          code={code}
          failure={deed.failure}
          onCode={setCode}
          onComplete={confirm}
          onRenew={renew}
        />
      </Fieldset>
      <StepFoot
        onBack={onBack}
        next="authorities"
        isPending={deed.isPending}
        busyWord="Checking the code"
        submitLabel="Add the authenticator"
      >
        <Button variant="quiet" size="l" disabled={deed.isPending} onClick={() => onDone(false)}>
          Do it later
        </Button>
      </StepFoot>
    </form>
  );
}
