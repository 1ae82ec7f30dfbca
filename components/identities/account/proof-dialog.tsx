"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot } from "@/components/ui/form";
import { PasswordInput } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { FreshProof } from "@/server/identities/contract";
import { FailureNote } from "../failure-note";
import { useWait } from "../use-wait";
import { CurrentCodeField } from "./current-code-field";

type Props = {
  readonly deed: "codes" | "remove";
  readonly onClose: () => void;
  readonly onCodes: (recoveryCodes: readonly string[]) => void;
};

const WORDS = {
  codes: {
    title: "Make new recovery codes",
    lead: "The ones you have stop working at once.",
    keep: "Keep the ones I have",
    button: "Make new codes",
  },
  remove: {
    title: "Remove the second factor?",
    lead: "Your password alone will open your account then, and the console reminds you on every page.",
    keep: "Keep the second factor",
    button: "Remove the second factor",
  },
} as const;

/** A change of the second factor, with fresh proof of both factors. */
export function ProofDialog({ deed: kind, onClose, onCodes }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const deed = useDeed();
  const waitSeconds = useWait(deed.failure);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  const words = WORDS[kind];

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(FreshProof, { password, code });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    if (kind === "codes") {
      const done = await deed.run(() => client.account.replaceRecoveryCodes.mutate(data));
      if (done) onCodes(done.value.recoveryCodes);
      return;
    }
    const done = await deed.run(() => client.account.removeTotp.mutate(data));
    if (!done) return;
    onClose();
    toast.add({ title: "The second factor is removed" });
    router.refresh();
  }

  return (
    <Dialog
      open
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={words.title}
      lead={words.lead}
    >
      <form method="post" onSubmit={submit} noValidate>
        <Fieldset legend={words.title} isPending={deed.isPending}>
          <Field label="Your password" error={errors["password"]} className="max-w-96">
            <PasswordInput name="password" value={password} onChange={(event) => setPassword(event.target.value)} />
          </Field>
          <CurrentCodeField value={code} error={errors["code"]} onChange={setCode} />
          <FailureNote failure={deed.failure} />
          <FormFoot>
            <Button onClick={onClose}>{words.keep}</Button>
            <Button
              type="submit"
              variant={kind === "remove" ? "destroy" : "main"}
              disabled={waitSeconds > 0}
              busy={deed.isPending && "Checking"}
            >
              {waitSeconds > 0 ? `Try again in ${waitSeconds} s` : words.button}
            </Button>
          </FormFoot>
        </Fieldset>
      </form>
    </Dialog>
  );
}
