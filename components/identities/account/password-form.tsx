"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot } from "@/components/ui/form";
import { PasswordInput } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { ChangePasswordInput } from "@/server/identities/contract";
import { FailureNote } from "../failure-note";
import { NewPasswordFields } from "../new-password-fields";
import { useWait } from "../use-wait";

/** Changes one's own password; all other sessions end. */
export function PasswordForm({ email }: { readonly email: string }) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const deed = useDeed();
  const waitSeconds = useWait(deed.failure);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(ChangePasswordInput, { current, next });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.account.changePassword.mutate(data));
    if (!done) return;
    setCurrent("");
    setNext("");
    toast.add({ title: "Your password is changed", detail: "Your other sessions have ended." });
    router.refresh();
  }

  const { failure } = deed;
  const isNextRefused = failure?.code === "password.refused";
  const isCurrentRefused = failure?.code === "proof.refused";
  return (
    <form method="post" onSubmit={submit} noValidate className="max-w-96">
      <Fieldset legend="Password" isPending={deed.isPending}>
        <input className="hidden" type="email" name="username" autoComplete="username" value={email} readOnly />
        <Field label="Current password" error={errors["current"] ?? (isCurrentRefused ? failure.message : undefined)}>
          <PasswordInput name="current-password" value={current} onChange={(event) => setCurrent(event.target.value)} />
        </Field>
        <NewPasswordFields
          value={next}
          onChange={setNext}
          error={errors["next"] ?? (isNextRefused ? failure.message : undefined)}
        />
        {!isNextRefused && !isCurrentRefused && <FailureNote failure={failure} />}
        <FormFoot>
          <span className="x3 t12 grow">Your other sessions end.</span>
          <Button type="submit" disabled={waitSeconds > 0} busy={deed.isPending && "Changing"}>
            {waitSeconds > 0 ? `Try again in ${waitSeconds} s` : "Change the password"}
          </Button>
        </FormFoot>
      </Fieldset>
    </form>
  );
}
