"use client";

import { useId } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { FieldHelp } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A label while it is typed. */
export interface LabelRow {
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

type Props = {
  readonly rows: readonly LabelRow[];
  readonly error?: string | undefined;
  readonly onChange: (rows: readonly LabelRow[]) => void;
  /** What labels are for here. */
  readonly help?: string;
};

/** Rows to type in, from labels. */
export function rowsOf(labels: Readonly<Record<string, string>>): LabelRow[] {
  return Object.entries(labels).map(([key, value], id) => ({ id, key, value }));
}

/** Labels from rows; those without a key are left out. */
export function labelsOf(rows: readonly LabelRow[]): Record<string, string> {
  const filled = rows.filter(({ key }) => key.trim() !== "");
  return Object.fromEntries(filled.map(({ key, value }) => [key.trim(), value.trim()]));
}

const FACTS = "Facts to search and filter by. They give no rights.";

/** Labels as rows of key and value. */
export function LabelsField({ rows, error, onChange, help = FACTS }: Props) {
  const id = useId();

  function change(at: number, part: Partial<LabelRow>) {
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  }

  return (
    <fieldset className="field" aria-describedby={`${id}-help`}>
      <legend className="lab">
        Labels<span className="lab__l">optional</span>
      </legend>
      <div className="grid gap-2">
        {rows.map((row, index) => (
          <div className="row" key={row.id}>
            <Input
              mono
              aria-label={`Key of label ${index + 1}`}
              placeholder="pool"
              autoCapitalize="off"
              spellCheck={false}
              value={row.key}
              onChange={(event) => change(index, { key: event.target.value })}
            />
            <Input
              aria-label={`Value of label ${index + 1}`}
              placeholder="ams-h100"
              value={row.value}
              onChange={(event) => change(index, { value: event.target.value })}
            />
            <IconButton
              icon="x"
              label={`Remove label ${index + 1}`}
              onClick={() => onChange(rows.filter((_, other) => other !== index))}
            />
          </div>
        ))}
        <Button
          size="s"
          icon="plus"
          className="justify-self-start"
          onClick={() =>
            onChange([...rows, { id: Math.max(-1, ...rows.map((row) => row.id)) + 1, key: "", value: "" }])
          }
        >
          Add a label
        </Button>
      </div>
      <FieldHelp id={`${id}-help`} error={error} help={help} />
    </fieldset>
  );
}
