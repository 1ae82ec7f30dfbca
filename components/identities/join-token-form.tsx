"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot, TwoColumns } from "@/components/ui/form";
import { Input, Locked, Select } from "@/components/ui/input";
import {
  type CreatedJoinToken,
  CreateJoinTokenInput,
  type MachineKind,
} from "@/server/certificates/join-token-contract";
import { FailureNote } from "./failure-note";

/** How long a join token may wait, in minutes. */
export const TOKEN_LIVES = [
  { value: "15", label: "15 min" },
  { value: "60", label: "1 h" },
  { value: "480", label: "8 h" },
  { value: "1440", label: "24 h" },
] as const;

type Props = {
  readonly kind: MachineKind;
  /** Set when the machine is known already and keeps its name. */
  readonly name?: string;
  readonly onCreated: (created: CreatedJoinToken) => void;
  /** The other way on, beside the button. */
  readonly otherWay?: ReactNode;
};

/** Makes a join token for one machine: its name, and how long the token may wait. */
export function JoinTokenForm({ kind, name: knownName, onCreated, otherWay }: Props) {
  const client = useTRPCClient();
  const deed = useDeed();
  const [name, setName] = useState(knownName ?? "");
  const [minutes, setMinutes] = useState<string>("15");
  const [errors, setErrors] = useState<FieldErrors>({});

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(CreateJoinTokenInput, { kind, name: name.trim(), ttlMinutes: Number(minutes) });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.joinTokens.create.mutate(data));
    if (done) onCreated(done.value);
  }

  return (
    <form method="post" onSubmit={submit} noValidate>
      <Fieldset legend="Join token" isPending={deed.isPending}>
        <TwoColumns>
          <Field
            label={kind === "node" ? "Name of the node" : "Name of the service"}
            limit={knownName ? "stays" : "such as gpu-7"}
            error={errors["name"]}
          >
            {knownName ? (
              <Locked mono>{knownName}</Locked>
            ) : (
              <Input
                mono
                name="machine-name"
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="The command works for" limit="once, 24 h at most">
            <Select options={TOKEN_LIVES} value={minutes} onChange={(event) => setMinutes(event.target.value)} />
          </Field>
        </TwoColumns>
        <FailureNote failure={deed.failure} />
        <FormFoot>
          {otherWay}
          <Button type="submit" variant="main" icon="token" busy={deed.isPending && "Making the command"}>
            Make the command
          </Button>
        </FormFoot>
      </Fieldset>
    </form>
  );
}
