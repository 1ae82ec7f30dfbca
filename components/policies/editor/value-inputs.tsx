"use client";

import { type ComponentProps, useState } from "react";
import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";
import { LONG_MAX, LONG_MIN } from "@/server/engines/cedar/values/value";

type Props<Value> = { label: string; value: Value; onChange: (value: Value) => void };

/** One of a few words. */
export function SelectControl({ label, value, options, onChange }: Props<string> & { options: readonly string[] }) {
  const all = options.includes(value) ? options : [value, ...options];
  return (
    <ChoiceControl
      label={label}
      value={value}
      options={all.map((one) => ({ value: one, label: one }))}
      onChange={onChange}
      look="t"
    />
  );
}

type ChoiceProps = Props<string> & {
  options: readonly { value: string; label: string }[];
  /** A value, or a word of the sentence. */
  look: "t" | "sel" | "word";
  mark?: string;
};

/** The platform's own list, as small as a word. */
export function ChoiceControl({ label, value, options, onChange, look, mark }: ChoiceProps) {
  return (
    <span className={cx("pl", `pl--${look}`, "pl--choice")}>
      <select
        aria-label={label}
        data-mark={mark ?? "value"}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="down" size={12} />
    </span>
  );
}

type FieldProps = Omit<ComponentProps<"input">, "onChange" | "value"> & {
  label: string;
  value: string;
  isMono?: boolean;
  help?: string;
  onChange: (value: string) => void;
};

/** Text as it is. */
export function TextControl({ label, value, isMono, help, onChange, className, ...rest }: FieldProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      data-mark="value"
      {...rest}
      className={cx("pl pl--t pl--input", isMono && "mono", className)}
      aria-label={label}
      title={help}
      size={Math.max(4, value.length)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** A whole number. What is not one yet is kept here alone, until it is. */
export function NumberControl({ label, value, onChange }: Props<bigint>) {
  const [draft, setDraft] = useState<string>();
  const text = draft ?? String(value);

  function change(next: string) {
    const number = /^-?\d{1,19}$/.test(next) ? BigInt(next) : null;
    if (number === null || number < LONG_MIN || number > LONG_MAX) {
      setDraft(next);
      return;
    }
    setDraft(undefined);
    onChange(number);
  }

  return (
    <TextControl
      label={label}
      value={text}
      inputMode="numeric"
      aria-invalid={draft !== undefined}
      data-draft={draft !== undefined}
      onChange={change}
      onBlur={() => setDraft(undefined)}
    />
  );
}

/** `2026-03-12` and `2026-03-12T19:44:00Z`; others are edited as text. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})Z)?$/;

/** A day, or a second of it, in UTC. Midnight is written as the day alone. */
export function DateControl({ label, value, onChange }: Props<string>) {
  const [, day, time = "00:00:00"] = INSTANT.exec(value) ?? [];
  if (day === undefined) return <TextControl label={label} value={value} isMono onChange={onChange} />;
  return (
    <>
      <input
        className="pl pl--t pl--input"
        type="datetime-local"
        step={1}
        data-mark="value"
        aria-label={`${label}, UTC`}
        value={`${day}T${time}`}
        onChange={(event) => {
          const [nextDay = "", nextTime = ""] = event.target.value.split("T");
          if (nextDay === "") return;
          const full = nextTime.length === 5 ? `${nextTime}:00` : nextTime.slice(0, 8);
          onChange(full === "00:00:00" ? nextDay : `${nextDay}T${full}Z`);
        }}
      />
      <span className="x3">UTC</span>
    </>
  );
}

const UNITS = { ms: "milliseconds", s: "seconds", m: "minutes", h: "hours", d: "days" } as const;

/** A number of one unit, such as `4h`; others are edited as text. */
export function DurationControl({ label, value, onChange }: Props<string>) {
  const [, amount, unit] = /^(-?\d+)(ms|s|m|h|d)$/.exec(value) ?? [];
  if (amount === undefined || unit === undefined) {
    return <TextControl label={label} value={value} isMono onChange={onChange} />;
  }
  return (
    <>
      <NumberControl label={label} value={BigInt(amount)} onChange={(next) => onChange(`${next}${unit}`)} />
      <ChoiceControl
        label={`${label}, unit`}
        look="t"
        mark="unit"
        value={unit}
        options={Object.entries(UNITS).map(([key, words]) => ({ value: key, label: words }))}
        onChange={(next) => onChange(`${amount}${next}`)}
      />
    </>
  );
}
