"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { OptionGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot, TwoColumns } from "@/components/ui/form";
import { Input, Locked, Select } from "@/components/ui/input";
import type { IdentityKind } from "@/server/certificates/contract";
import { type CreatedJoinToken, CreateJoinTokenInput, MachineKind } from "@/server/certificates/join-token-contract";
import { FailureNote } from "./failure-note";
import { type TokenLife, TokenLifeField } from "./token-life-field";

/** A profile that a token may be bound to. */
export interface ProfileChoice {
  readonly name: string;
  readonly kind: IdentityKind;
  readonly description: string;
}

type Props = {
  /** Set when it is settled what the machine is; otherwise the form asks. */
  readonly kind?: MachineKind;
  /** Set when the machine is known already and keeps its name. */
  readonly name?: string;
  /** To choose from; without any, the token gets the usual profile of its kind. */
  readonly profiles?: readonly ProfileChoice[];
  readonly onCreated: (created: CreatedJoinToken) => void;
  /** The other way on, beside the button. */
  readonly otherWay?: ReactNode;
};

/** Makes a join token for one machine: what it is, its name, its profile, and how long the token may wait. */
export function JoinTokenForm({ kind: knownKind, name: knownName, profiles = [], onCreated, otherWay }: Props) {
  const client = useTRPCClient();
  const deed = useDeed();
  const [kind, setKind] = useState<MachineKind>(knownKind ?? "node");
  const [name, setName] = useState(knownName ?? "");
  const [profile, setProfile] = useState("");
  const [minutes, setMinutes] = useState<TokenLife>("15");
  const [errors, setErrors] = useState<FieldErrors>({});
  const fitting = profiles.filter((one) => one.kind === kind);
  const chosen = fitting.find((one) => one.name === profile) ?? fitting[0];

  async function submit(event: FormEvent) {
    event.preventDefault();
    const ttlMinutes = Number(minutes);
    const draft = { kind, name: name.trim(), ttlMinutes, profile: chosen?.name };
    const checked = checkForm(CreateJoinTokenInput, draft);
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.joinTokens.create.mutate(data));
    if (done) onCreated(done.value);
  }

  const nameField = (
    <Field label={`Name of the ${kind}`} limit={knownName ? "stays" : EXAMPLES[kind]} error={errors["name"]}>
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
  );
  return (
    <form method="post" onSubmit={submit} noValidate>
      <Fieldset legend="Join token" isPending={deed.isPending}>
        {!knownKind && <KindChoice value={kind} onChange={setKind} />}
        {chosen ? (
          <TwoColumns>
            {nameField}
            <Field label="Profile" limit="what it may get" help={chosen.description} error={errors["profile"]}>
              <Select
                options={fitting.map((one) => ({ value: one.name, label: one.name }))}
                value={chosen.name}
                onChange={(event) => setProfile(event.target.value)}
              />
            </Field>
          </TwoColumns>
        ) : (
          nameField
        )}
        <TokenLifeField value={minutes} onChange={setMinutes} />
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

const EXAMPLES: Readonly<Record<MachineKind, string>> = { node: "such as gpu-7", service: "such as scheduler" };

type KindProps = { readonly value: MachineKind; readonly onChange: (kind: MachineKind) => void };

function KindChoice({ value, onChange }: KindProps) {
  return (
    <OptionGroup
      legend="For"
      value={value}
      onChange={(chosen) => onChange(MachineKind.parse(chosen))}
      options={[
        { value: "node", title: "A node", detail: "A machine of the swarm." },
        { value: "service", title: "A service", detail: "A program that proves itself to others." },
      ]}
    />
  );
}
