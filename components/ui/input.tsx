"use client";

import { type ComponentProps, type ReactNode, useState } from "react";
import { IconButton } from "./button";
import { cx } from "./cx";
import { useFieldWiring } from "./field";
import { Icon, type IconName } from "./icon";

type Look = {
  mono?: boolean;
  size?: "m" | "l";
};

type InputProps = Omit<ComponentProps<"input">, "size"> &
  Look & {
    icon?: IconName;
    /** What stands at the right end, inside the edge: a unit, a button. */
    end?: ReactNode;
  };

/** One line of text. Inside a `Field` its label and descriptions are wired by themselves. */
export function Input({ icon, end, mono, size, className, ...rest }: InputProps) {
  return (
    <div className={cx("inp", size === "l" && "inp--l", className)}>
      {icon && <Icon name={icon} />}
      <input {...rest} {...useFieldWiring(rest)} className={mono ? "mono" : undefined} />
      {end}
    </div>
  );
}

/** A password, with a button that shows it. */
export function PasswordInput({ autoComplete = "current-password", ...rest }: Omit<InputProps, "type" | "end">) {
  const [isShown, setShown] = useState(false);
  return (
    <Input
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      {...rest}
      autoComplete={autoComplete}
      type={isShown ? "text" : "password"}
      end={
        <IconButton
          icon={isShown ? "eyeoff" : "eye"}
          label={isShown ? "Hide the password" : "Show the password"}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        />
      }
    />
  );
}

/** Several lines of text, such as a pasted request. */
export function Textarea({ mono, className, ...rest }: ComponentProps<"textarea"> & Pick<Look, "mono">) {
  return (
    <div className={cx("inp inp--area", className)}>
      <textarea rows={4} {...rest} {...useFieldWiring(rest)} className={mono ? "mono" : undefined} />
    </div>
  );
}

type Option = { value: string; label: string; disabled?: boolean };

type SelectProps = Omit<ComponentProps<"select">, "size"> & {
  options?: readonly Option[];
  /** Shown while nothing is chosen; then the field is empty. */
  placeholder?: string;
  size?: "m" | "l";
};

/** One of a few. The platform's own list, which works with every keyboard, reader and phone. */
export function Select({ options, placeholder, size, className, children, ...rest }: SelectProps) {
  return (
    <div className={cx("inp inp--select", size === "l" && "inp--l", className)}>
      <select {...rest} {...useFieldWiring(rest)}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
        {children}
      </select>
      <Icon name="down" />
    </div>
  );
}

/** A value that cannot be changed here; say why in the field's limit. */
export function Locked({ mono, children }: { mono?: boolean; children: ReactNode }) {
  return (
    <div className="inp inp--off">
      <Icon name="lock" />
      <span className={cx("cut", mono && "mono")}>{children}</span>
    </div>
  );
}

type CodeProps = Omit<InputProps, "end" | "icon" | "maxLength"> & {
  length?: number;
  /** Digits of an authenticator, or the letters of a setup or recovery code. */
  mode?: "digits" | "text";
  onComplete?: (code: string) => void;
};

/** A one-time code: one real field, so that paste, autofill and readers work. */
export function CodeInput({ length = 6, mode = "digits", onComplete, onChange, className, ...rest }: CodeProps) {
  return (
    <Input
      size="l"
      autoComplete={mode === "digits" ? "one-time-code" : "off"}
      inputMode={mode === "digits" ? "numeric" : "text"}
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      {...rest}
      className={cx("inp--code", mode === "text" && "inp--words", className)}
      maxLength={mode === "digits" ? length + 4 : undefined}
      onChange={(event) => {
        if (mode === "digits") event.target.value = event.target.value.replace(/\D/g, "").slice(0, length);
        onChange?.(event);
        if (event.target.value.length === length) onComplete?.(event.target.value);
      }}
    />
  );
}
