"use client";

import { OptionGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { FieldPlan } from "./schema-plan";
import { labelOf, ownOf, TRUST } from "./words";

type Props = {
  readonly plan: FieldPlan;
  readonly value: string;
  readonly error: string | undefined;
  /** Names to choose from, by type. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly onChange: (value: string) => void;
};

/** One attribute, as its type asks for it. */
export function AttributeField({ plan, value, error, names, onChange }: Props) {
  const { name, kind, isRequired } = plan;
  if (name === "trust" && kind.is === "choice") return <TrustField value={value} error={error} onChange={onChange} />;
  return (
    <Field label={labelOf(name)} isOptional={!isRequired} help={helpOf(plan)} error={error}>
      {kind.is === "choice" || kind.is === "yes-no" || kind.is === "entity" ? (
        <Select
          placeholder={isRequired ? "Choose one" : "Nothing"}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          options={optionsOf(plan, value, names)}
        />
      ) : kind.is === "json" ? (
        <Textarea mono spellCheck={false} value={value} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <Input
          inputMode={kind.is === "number" ? "numeric" : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

type TrustProps = Pick<Props, "value" | "error" | "onChange">;

function TrustField({ value, error, onChange }: TrustProps) {
  return (
    <OptionGroup
      legend="Trust"
      error={error}
      value={value}
      onChange={onChange}
      options={Object.entries(TRUST).map(([trust, { word, consequence }]) => ({
        value: trust,
        title: word,
        detail: consequence,
      }))}
    />
  );
}

/** What can be chosen; what stands there already is among it. */
function optionsOf({ kind }: FieldPlan, value: string, names: Props["names"]) {
  if (kind.is === "yes-no") {
    return [
      { value: "true", label: "Yes" },
      { value: "false", label: "No" },
    ];
  }
  const known = kind.is === "choice" ? kind.values : kind.is === "entity" ? (ownOf(names, kind.type) ?? []) : [];
  const all = value === "" || known.includes(value) ? known : [...known, value];
  return all.map((each) => ({ value: each, label: each }));
}

function helpOf({ kind }: FieldPlan): string | undefined {
  if (kind.is === "texts") return "With commas between.";
  if (kind.is === "json") return "In Cedar’s JSON format.";
  return undefined;
}
