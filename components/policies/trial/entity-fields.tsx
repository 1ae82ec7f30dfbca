"use client";

import { useId } from "react";
import { Field } from "@/components/ui/field";
import { TwoColumns } from "@/components/ui/form";
import { Input, Select } from "@/components/ui/input";
import type { KnownEntity } from "../editor/known";

interface Entity {
  readonly type: string;
  readonly id: string;
}

type Props = {
  /** "Who", "On what". */
  readonly label: string;
  readonly types: readonly string[];
  readonly value: Entity;
  readonly known: readonly KnownEntity[];
  readonly error?: string | undefined;
  readonly onChange: (value: Entity) => void;
};

/** An entity by its type and its name; the names that we know are offered. */
export function EntityFields({ label, types, value, known, error, onChange }: Props) {
  const listId = useId();
  return (
    <TwoColumns>
      <Field label={label}>
        <Select
          options={types.map((type) => ({ value: type, label: type }))}
          value={value.type}
          onChange={(event) => onChange({ type: event.target.value, id: "" })}
        />
      </Field>
      <Field label={`${label}: name`} error={error}>
        <Input
          mono
          list={listId}
          value={value.id}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => onChange({ ...value, id: event.target.value })}
        />
      </Field>
      <datalist id={listId}>
        {known
          .filter(({ type }) => type === value.type)
          .map(({ id, label: shown }) => (
            <option key={id} value={id}>
              {shown}
            </option>
          ))}
      </datalist>
    </TwoColumns>
  );
}
