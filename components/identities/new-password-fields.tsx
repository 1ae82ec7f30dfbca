"use client";

import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/input";
import { PASSWORD_MIN_CHARACTERS } from "@/server/identities/contract";

type Props = {
  readonly value: string;
  readonly error?: string | undefined;
  readonly label?: string;
  readonly isLarge?: boolean;
  readonly onChange: (password: string) => void;
};

/** A new password: what is asked of it stands there before, and how long it is while it is typed. */
export function NewPasswordFields({ value, error, label = "New password", isLarge, onChange }: Props) {
  const count = [...value].length;
  const missing = PASSWORD_MIN_CHARACTERS - count;
  return (
    <Field
      label={label}
      limit={`at least ${PASSWORD_MIN_CHARACTERS} characters`}
      help={
        count > 0 && missing > 0
          ? `${missing} more. Four words are easy to keep in mind.`
          : "Length is what counts: four words are better than one with signs in it."
      }
      error={error}
    >
      <PasswordInput
        size={isLarge ? "l" : "m"}
        name="new-password"
        autoComplete="new-password"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
