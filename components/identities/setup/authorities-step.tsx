"use client";

import { type FormEvent, useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { OptionGroup } from "@/components/ui/choice";
import { DefinitionList } from "@/components/ui/definition-list";
import { BigTitle } from "@/components/ui/entry";
import { Fieldset } from "@/components/ui/form";
import { CreateAuthoritiesInput } from "@/server/identities/contract";
import { FailureNote } from "../failure-note";
import type { StepProps } from "./setup-wizard";
import { StepFoot } from "./step-foot";

type Algorithm = "P-256" | "P-384" | "Ed25519";

/** The authorities that will sign everything, and how their keys are made. */
export function AuthoritiesStep({ onBack, onDone }: StepProps & { readonly onDone: () => void }) {
  const client = useTRPCClient();
  const deed = useDeed();
  const [algorithm, setAlgorithm] = useState<Algorithm>("P-256");
  const [isLeaving, setLeaving] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const input = CreateAuthoritiesInput.parse({ algorithm });
    const done = await deed.run(() => client.setup.createAuthorities.mutate(input));
    if (!done) return;
    setLeaving(true);
    onDone();
  }

  return (
    <form method="post" onSubmit={submit} noValidate>
      <BigTitle lead="They sign every certificate. Their keys are made here, sealed under the master key, and never leave.">
        Create the authorities
      </BigTitle>
      <Fieldset legend="Authorities" isPending={deed.isPending || isLeaving}>
        <DefinitionList
          items={[
            {
              term: "Root",
              detail: "Signs the three below and nothing else. Its certificate is what machines trust.",
            },
            { term: "Nodes", detail: "For machines that enrol with a join token." },
            { term: "Services", detail: "For programs, and for the listeners of this console." },
            { term: "People", detail: "For certificates that a person holds." },
          ]}
        />
        <OptionGroup
          legend="Keys of the authorities"
          limit="cannot be changed later"
          value={algorithm}
          onChange={(value) => setAlgorithm(value as Algorithm)}
          options={[
            {
              value: "P-256",
              title: "ECDSA P-256",
              detail: "Understood by everything, and the fastest here.",
              end: "recommended",
            },
            { value: "P-384", title: "ECDSA P-384", detail: "When a rule asks for 192 bits of strength. Slower." },
            {
              value: "Ed25519",
              title: "Ed25519",
              detail: "Modern and small. Browsers and older TLS stacks refuse it.",
            },
          ]}
        />
        <FailureNote failure={deed.failure} />
      </Fieldset>
      <StepFoot
        onBack={onBack}
        next="first node"
        isPending={deed.isPending || isLeaving}
        busyWord="Making keys and certificates"
        submitLabel="Create the authorities"
      />
    </form>
  );
}
