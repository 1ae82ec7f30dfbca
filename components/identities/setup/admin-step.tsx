"use client";

import { type FormEvent, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { BigTitle } from "@/components/ui/entry";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { CreateFirstAdminInput } from "@/server/identities/contract";
import { FailureNote } from "../failure-note";
import { NewPasswordFields } from "../new-password-fields";
import type { StepProps } from "./setup-wizard";
import { StepFoot } from "./step-foot";

/** The first person who may do everything. Entered again, it replaces who was entered before. */
export function AdminStep({ state, onState, onBack }: StepProps) {
  const client = useTRPCClient();
  const deed = useDeed();
  const earlier = state.draft?.admin;
  const [displayName, setDisplayName] = useState(earlier?.displayName ?? "");
  const [email, setEmail] = useState(earlier?.email ?? "");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(CreateFirstAdminInput, { displayName, email, password });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.setup.createFirstAdmin.mutate(data));
    if (done) onState(done.value);
  }

  const isPasswordRefused = deed.failure?.code === "password.refused";
  return (
    <form method="post" onSubmit={submit} noValidate>
      <BigTitle lead="A security admin may do everything here, and makes the accounts of all others.">
        Who is the first admin?
      </BigTitle>
      <Fieldset legend="First admin" isPending={deed.isPending}>
        {earlier && (
          <Note tone="neutral" title={`${earlier.displayName} was entered already.`}>
            What you enter now takes that account’s place, and its second factor is added anew.
          </Note>
        )}
        <Field label="Name" error={errors["displayName"]}>
          <Input
            size="l"
            name="name"
            autoComplete="name"
            value={displayName}
            onChange={(event) => setDisplayName(event.target.value)}
          />
        </Field>
        <Field label="E-mail address" help="You sign in with it. Nothing is sent there." error={errors["email"]}>
          <Input
            size="l"
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <NewPasswordFields
          label="Password"
          value={password}
          onChange={setPassword}
          error={errors["password"] ?? (isPasswordRefused ? deed.failure?.message : undefined)}
          isLarge
        />
        {!isPasswordRefused && <FailureNote failure={deed.failure} />}
      </Fieldset>
      <StepFoot
        onBack={onBack}
        next="second factor"
        isPending={deed.isPending}
        busyWord="Making the account"
        submitLabel="Continue"
      />
    </form>
  );
}
