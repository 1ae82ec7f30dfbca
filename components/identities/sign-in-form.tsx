"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { BigTitle } from "@/components/ui/entry";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/form";
import { CodeInput, Input, Locked, PasswordInput } from "@/components/ui/input";
import { SignInInput } from "@/server/identities/contract";
import { FailureNote } from "./failure-note";
import { NewPasswordFields } from "./new-password-fields";
import { useHydrated } from "./use-hydrated";
import { useWait } from "./use-wait";

type Step = "password" | "code" | "new_password";

type Props = {
  readonly next: string;
  /** A page led here, so that the session may be there although this very request came without its cookie. */
  readonly isSentHere: boolean;
};

/** E-mail and password first; then what the answer asks for: a code, a password of one's own. */
export function SignInForm({ next, isSentHere }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const deed = useDeed();
  const waitSeconds = useWait(deed.failure);
  const isHydrated = useHydrated();
  const [step, setStep] = useState<Step>("password");
  const [errors, setErrors] = useState<FieldErrors>({});
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const [isLeaving, setLeaving] = useState(false);

  // Links from elsewhere come without the strict cookie; a request of our own page brings it, and the page then leads on.
  useEffect(() => {
    if (isSentHere) router.refresh();
  }, [isSentHere, router]);

  async function send(values: { readonly email: string; readonly password: string; readonly code: string }) {
    const checked = checkForm(SignInInput, {
      email: values.email,
      password: values.password,
      code: step === "code" ? values.code : values.code || undefined,
      newPassword: step === "new_password" ? newPassword : undefined,
    });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const answer = await deed.run(() => client.session.signIn.mutate(data));
    if (!answer) {
      setCode("");
      return;
    }
    switch (answer.value.status) {
      case "needs_code":
        setStep("code");
        return;
      case "needs_new_password":
        setStep("new_password");
        return;
      case "signed_in":
        setLeaving(true);
        window.location.assign(next);
    }
  }

  // What stands in the fields counts, for password managers may have written it before the page reacted.
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (step !== "password") {
      void send({ email, password, code });
      return;
    }
    const form = new FormData(event.currentTarget);
    const given = { email: textOf(form, "email").trim(), password: textOf(form, "password") };
    setEmail(given.email);
    setPassword(given.password);
    void send({ ...given, code: "" });
  }

  function startOver() {
    setStep("password");
    setPassword("");
    setCode("");
    setNewPassword("");
    deed.clear();
  }

  const isBusy = deed.isPending || isLeaving;
  const isWaiting = waitSeconds > 0;
  return (
    <form method="post" onSubmit={submit} noValidate>
      <BigTitle lead={LEADS[step]}>{TITLES[step]}</BigTitle>
      <Fieldset legend="Sign in" isPending={isBusy}>
        {step === "password" ? (
          <>
            <Field label="E-mail address" error={errors["email"]}>
              <Input size="l" type="email" name="email" autoComplete="username" autoFocus defaultValue={email} />
            </Field>
            <Field label="Password" error={errors["password"]}>
              <PasswordInput size="l" name="password" />
            </Field>
          </>
        ) : (
          <Field label="E-mail address" limit={<StartOver onClick={startOver} />}>
            <Locked>{email}</Locked>
          </Field>
        )}
        {step === "code" && (
          <CodeField
            value={code}
            error={errors["code"]}
            onChange={setCode}
            onComplete={(full) => void send({ email, password, code: full })}
          />
        )}
        {step === "new_password" && (
          <NewPasswordFields value={newPassword} error={errors["newPassword"]} onChange={setNewPassword} isLarge />
        )}
        <FailureNote failure={deed.failure} />
        <Button
          type="submit"
          variant="main"
          size="l"
          isWide
          disabled={isWaiting || !isHydrated}
          busy={isBusy && (isLeaving ? "Opening the console" : "Signing in")}
        >
          {isWaiting ? `Try again in ${waitSeconds} s` : BUTTONS[step]}
        </Button>
        {step === "password" && (
          <p className="x3 t12">
            Forgot your password, or lost your authenticator? A security admin can give you a one-time password.
          </p>
        )}
      </Fieldset>
    </form>
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

const TITLES: Readonly<Record<Step, string>> = {
  password: "Sign in to Swarm",
  code: "One more proof",
  new_password: "Choose your password",
};
const LEADS: Readonly<Record<Step, string>> = {
  password: "With the address and password of your account.",
  code: "Your password fits. Now the code that your authenticator shows.",
  new_password: "The one you have works once. Choose your own to go on.",
};
const BUTTONS: Readonly<Record<Step, string>> = {
  password: "Sign in",
  code: "Sign in",
  new_password: "Keep this password and sign in",
};

function StartOver({ onClick }: { readonly onClick: () => void }) {
  return (
    <button className="link" type="button" onClick={onClick}>
      Somebody else?
    </button>
  );
}

type CodeFieldProps = {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (code: string) => void;
  readonly onComplete: (code: string) => void;
};

function CodeField({ value, error, onChange, onComplete }: CodeFieldProps) {
  const [isRecovery, setRecovery] = useState(false);

  function swap() {
    setRecovery(!isRecovery);
    onChange("");
  }

  return (
    <>
      <Field
        key={String(isRecovery)}
        label={isRecovery ? "Recovery code" : "Code of your authenticator"}
        limit={isRecovery ? "works once" : "6 digits"}
        error={error}
      >
        <CodeInput
          name="code"
          autoFocus
          mode={isRecovery ? "text" : "digits"}
          length={isRecovery ? 40 : 6}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onComplete={isRecovery ? undefined : onComplete}
        />
      </Field>
      <p className="t12">
        <button className="link" type="button" onClick={swap}>
          {isRecovery ? "Use the authenticator" : "Use a recovery code"}
        </button>
      </p>
    </>
  );
}
