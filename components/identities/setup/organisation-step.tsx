"use client";

import { type FormEvent, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { BigTitle } from "@/components/ui/entry";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { NameOrganisationInput } from "@/server/identities/contract";
import { FailureNote } from "../failure-note";
import type { StepProps } from "./setup-wizard";
import { StepFoot } from "./step-foot";

/** The organisation's name, and the domain that every identity is named under. */
export function OrganisationStep({ state, onState, onBack }: StepProps) {
  const client = useTRPCClient();
  const deed = useDeed();
  const [name, setName] = useState(state.draft?.organisation ?? "");
  const [trustDomain, setTrustDomain] = useState(state.draft?.trustDomain ?? state.suggestedTrustDomain);
  const [errors, setErrors] = useState<FieldErrors>({});
  const shownDomain = trustDomain.trim().toLowerCase() || "swarm.local";

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(NameOrganisationInput, { name, trustDomain });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.setup.nameOrganisation.mutate(data));
    if (done) onState(done.value);
  }

  return (
    <form method="post" onSubmit={submit} noValidate>
      <BigTitle lead="Both stand in every certificate. The trust domain cannot be changed after the setup.">
        Whose nodes will this protect?
      </BigTitle>
      <Fieldset legend="Organisation" isPending={deed.isPending}>
        <Field label="Organisation" error={errors["name"]}>
          <Input
            size="l"
            name="organization"
            autoComplete="organization"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field
          label="Trust domain"
          limit="lower-case DNS labels"
          help={
            <>
              It need not exist in DNS. A node called gpu-7 will be{" "}
              <span className="mono anywhere">spiffe://{shownDomain}/node/gpu-7</span>.
            </>
          }
          error={errors["trustDomain"]}
        >
          <Input
            size="l"
            mono
            name="trust-domain"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={trustDomain}
            onChange={(event) => setTrustDomain(event.target.value)}
          />
        </Field>
        <FailureNote failure={deed.failure} />
      </Fieldset>
      <StepFoot
        onBack={onBack}
        next="first admin"
        isPending={deed.isPending}
        busyWord="Saving"
        submitLabel="Continue"
      />
    </form>
  );
}
