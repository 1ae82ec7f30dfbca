"use client";

import { type FormEvent, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { TOKEN_LIVES } from "@/components/identities/join-token-form";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { OptionGroup, Segmented } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot, TwoColumns } from "@/components/ui/form";
import { Input, Select } from "@/components/ui/input";
import type { IdentityKind } from "@/server/certificates/contract";
import { type CreatedJoinToken, CreateJoinTokenInput, MachineKind } from "@/server/certificates/join-token-contract";

/** A profile that a token may be bound to. */
export interface ProfileChoice {
  readonly name: string;
  readonly kind: IdentityKind;
  readonly description: string;
}

type Props = { readonly profiles: readonly ProfileChoice[]; readonly onCreated: (created: CreatedJoinToken) => void };

/** What a token is for: kind, name, profile, and how long it may wait. */
export function TokenForm({ profiles, onCreated }: Props) {
  const client = useTRPCClient();
  const deed = useDeed();
  const [kind, setKind] = useState<MachineKind>("node");
  const [name, setName] = useState("");
  const [profile, setProfile] = useState("");
  const [minutes, setMinutes] = useState<string>("15");
  const [errors, setErrors] = useState<FieldErrors>({});
  const fitting = profiles.filter((one) => one.kind === kind);
  const chosen = fitting.find((one) => one.name === profile) ?? fitting[0];

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(CreateJoinTokenInput, {
      ...{ kind, name: name.trim(), ttlMinutes: Number(minutes) },
      profile: chosen?.name,
    });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.joinTokens.create.mutate(data));
    if (done) onCreated(done.value);
  }

  return (
    <form method="post" onSubmit={submit} noValidate>
      <Fieldset legend="Join token" isPending={deed.isPending}>
        <OptionGroup
          legend="For"
          value={kind}
          onChange={(value) => {
            setKind(MachineKind.parse(value));
            setProfile("");
          }}
          options={[
            { value: "node", title: "A node", detail: "A machine of the swarm." },
            { value: "service", title: "A service", detail: "A program that proves itself to others." },
          ]}
        />
        <TwoColumns>
          <Field label={`Name of the ${kind}`} limit="such as gpu-7" error={errors["name"]}>
            <Input
              mono
              name="machine-name"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <Field label="Profile" limit="what it may get" help={chosen?.description} error={errors["profile"]}>
            <Select
              options={fitting.map((one) => ({ value: one.name, label: one.name }))}
              value={chosen?.name}
              onChange={(event) => setProfile(event.target.value)}
            />
          </Field>
        </TwoColumns>
        <div className="field">
          <span className="lab">
            Works for<span className="lab__l">once, 24 h at most</span>
          </span>
          <Segmented label="Works for" options={TOKEN_LIVES} value={minutes} onChange={setMinutes} />
        </div>
        <FailureNote failure={deed.failure} />
        <FormFoot>
          <Button type="submit" variant="main" icon="token" busy={deed.isPending && "Making the token"}>
            Make the token
          </Button>
        </FormFoot>
      </Fieldset>
    </form>
  );
}
