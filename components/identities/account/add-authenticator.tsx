"use client";

import { type FormEvent, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot } from "@/components/ui/form";
import { PasswordInput } from "@/components/ui/input";
import { ConfirmTotpInput, type TotpOffer } from "@/server/identities/contract";
import { AuthenticatorOffer } from "../authenticator-offer";
import { FailureNote } from "../failure-note";
import { useWait } from "../use-wait";
import { CurrentCodeField } from "./current-code-field";

type Props = {
  /** One is in force: its code is asked for too. */
  readonly hasSecondFactor: boolean;
  readonly onCodes: (recoveryCodes: readonly string[]) => void;
};

/** Adds an authenticator: nothing is asked of the server before the person begins. */
export function AddAuthenticator({ hasSecondFactor, onCodes }: Props) {
  const client = useTRPCClient();
  const start = useDeed();
  const deed = useDeed();
  const waitSeconds = useWait(deed.failure);
  const [offer, setOffer] = useState<TotpOffer>();
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const [currentCode, setCurrentCode] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});

  async function begin() {
    const made = await start.run(() => client.account.startTotp.mutate());
    if (!made) return;
    setOffer(made.value);
    setCode("");
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(ConfirmTotpInput, {
      offer: offer?.offer,
      code,
      password,
      currentCode: hasSecondFactor ? currentCode : undefined,
    });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.account.confirmTotp.mutate(data));
    if (done) onCodes(done.value.recoveryCodes);
  }

  if (!offer) {
    return (
      <div className="grid justify-items-start gap-3">
        <p className="x2 measure">
          {hasSecondFactor
            ? "The authenticator in force works until the new one has proved itself."
            : "Any authenticator app will do. You scan a code, enter what it shows, and keep ten recovery codes."}
        </p>
        <FailureNote failure={start.failure} />
        <Button variant="main" icon="shield" busy={start.isPending && "Making the QR code"} onClick={begin}>
          {hasSecondFactor ? "Show the QR code" : "Add an authenticator"}
        </Button>
      </div>
    );
  }
  const isPasswordWrong = deed.failure?.code === "proof.refused";
  return (
    <form method="post" onSubmit={submit} noValidate>
      <Fieldset legend="Authenticator" isPending={deed.isPending}>
        <AuthenticatorOffer
          offer={offer}
          code={code}
          failure={isPasswordWrong ? undefined : deed.failure}
          onCode={setCode}
          onRenew={begin}
        />
        {hasSecondFactor && (
          <CurrentCodeField value={currentCode} error={errors["currentCode"]} onChange={setCurrentCode} />
        )}
        <Field
          label="Your password"
          help="So that nobody adds theirs while you are away."
          error={errors["password"] ?? errors["code"]}
          className="max-w-96"
        >
          <PasswordInput name="password" value={password} onChange={(event) => setPassword(event.target.value)} />
        </Field>
        {isPasswordWrong && <FailureNote failure={deed.failure} />}
        <FormFoot>
          <Button type="submit" variant="main" disabled={waitSeconds > 0} busy={deed.isPending && "Checking"}>
            {waitSeconds > 0 ? `Try again in ${waitSeconds} s` : "Put it in force"}
          </Button>
        </FormFoot>
      </Fieldset>
    </form>
  );
}
