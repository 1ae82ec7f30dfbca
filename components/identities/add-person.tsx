"use client";

import { type FormEvent, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { OptionGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { CreateUserInput, type IdentitySummary } from "@/server/identities/contract";
import { ROLE_WORDS, ROLES } from "@/server/roles/contract";
import type { AddProps } from "./add-identity";
import { FailureNote } from "./failure-note";
import { identityHref, ROLE_DETAILS } from "./kinds";
import { OneTimePasswordNote } from "./one-time-password-note";
import { TeamField } from "./team-field";

type Props = AddProps & { readonly rolesRefused: string | undefined; readonly onDone: () => void };
type Added = { readonly identity: IdentitySummary; readonly oneTimePassword: string };

/** A person with address, name, role and team; then the one-time password, shown once. */
export function AddPerson({ teams, defaultTeamId, newTeamRefused, rolesRefused, onDone }: Props) {
  const client = useTRPCClient();
  const deed = useDeed();
  const [email, setEmail] = useState("");
  const [displayName, setDisplayName] = useState("");
  const [role, setRole] = useState("");
  const [teamId, setTeamId] = useState(defaultTeamId);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [added, setAdded] = useState<Added>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(CreateUserInput, {
      email,
      displayName: displayName.trim() || undefined,
      role: role || undefined,
      teamId: teamId || null,
    });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.identities.createUser.mutate(data));
    if (done) setAdded({ identity: done.value.identity, oneTimePassword: done.value.oneTimePassword ?? "" });
  }

  if (added) {
    return (
      <div className="grid gap-4">
        <OneTimePasswordNote name={added.identity.displayName} password={added.oneTimePassword} />
        <FormFoot>
          <ButtonLink href={identityHref(added.identity)}>Show {added.identity.displayName}</ButtonLink>
          <Button onClick={onDone}>Done</Button>
        </FormFoot>
      </div>
    );
  }
  return (
    <form method="post" onSubmit={submit} noValidate>
      <Fieldset legend="Person" isPending={deed.isPending}>
        <Field label="E-mail address" help="They sign in with it. Nothing is sent there." error={errors["email"]}>
          <Input
            type="email"
            name="new-email"
            autoComplete="off"
            value={email}
            onChange={(e) => setEmail(e.target.value)}
          />
        </Field>
        <Field label="Name" isOptional help="Without one it is made of the address." error={errors["displayName"]}>
          <Input
            name="new-name"
            autoComplete="off"
            value={displayName}
            onChange={(e) => setDisplayName(e.target.value)}
          />
        </Field>
        <OptionGroup
          legend="Role"
          value={role}
          onChange={setRole}
          options={[
            ...ROLES.map((option) => ({
              value: option,
              title: ROLE_WORDS[option],
              detail: ROLE_DETAILS[option],
              lockedBecause: rolesRefused,
            })),
            { value: "", title: "No role", detail: "Own account and own certificate only." },
          ]}
        />
        <TeamField teams={teams} newTeamRefused={newTeamRefused} value={teamId} onChange={setTeamId} />
        <FailureNote failure={deed.failure} />
        <FormFoot>
          <Button type="submit" variant="main" busy={deed.isPending && "Adding"}>
            Add the person
          </Button>
        </FormFoot>
      </Fieldset>
    </form>
  );
}
