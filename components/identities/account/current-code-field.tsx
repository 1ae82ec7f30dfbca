"use client";

import { Field } from "@/components/ui/field";
import { CodeInput } from "@/components/ui/input";

type Props = {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (code: string) => void;
};

/** A code of the second factor in force: six digits, or a recovery code. */
export function CurrentCodeField({ value, error, onChange }: Props) {
  return (
    <Field label="Code of the authenticator in force" limit="or a recovery code" error={error} className="max-w-96">
      <CodeInput
        mode="text"
        length={40}
        name="current-code"
        autoComplete="one-time-code"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
