"use client";

import { type FormEvent, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { BigTitle, SetupFoot } from "@/components/ui/entry";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/form";
import { CodeInput } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { ClaimSetupInput } from "@/server/identities/contract";
import { FailureNote } from "../failure-note";
import { useHydrated } from "../use-hydrated";
import { useWait } from "../use-wait";
import type { StepProps } from "./setup-wizard";

/** Whoever reads the terminal may set up: the code that the start printed. */
export function CodeStep({ state, onState }: StepProps) {
  const client = useTRPCClient();
  const deed = useDeed();
  const waitSeconds = useWait(deed.failure);
  const isHydrated = useHydrated();
  const [code, setCode] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(ClaimSetupInput, { code });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.setup.claim.mutate(data));
    if (done) onState(done.value);
  }

  return (
    <form method="post" onSubmit={submit} noValidate>
      <BigTitle lead="It proves that you run this console. The terminal where it started shows the code.">
        Enter the setup code
      </BigTitle>
      <Fieldset legend="Setup code" isPending={deed.isPending}>
        {state.isClaimed && (
          <Note tone="neutral" title="Another browser began this setup.">
            Go on there, or start Swarm again and enter its new code here: everything entered so far is kept.
          </Note>
        )}
        <Field
          label="Setup code"
          limit="works once"
          help="Capital letters, spaces and hyphens do not matter. Each start prints a new one."
          error={errors["code"]}
        >
          <CodeInput
            mode="text"
            length={64}
            name="code"
            placeholder="xxxx-xxxx-xxxx"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </Field>
        <FailureNote failure={deed.failure} />
      </Fieldset>
      <SetupFoot>
        <Button
          type="submit"
          variant="main"
          size="l"
          disabled={waitSeconds > 0 || !isHydrated}
          busy={deed.isPending && "Checking"}
        >
          {waitSeconds > 0 ? `Try again in ${waitSeconds} s` : "Begin the setup"}
        </Button>
      </SetupFoot>
    </form>
  );
}
