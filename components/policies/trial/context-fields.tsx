"use client";

import { useId, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { Segmented } from "@/components/ui/choice";
import { Field, FieldHelp } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { KnownEntity } from "../editor/known";
import { readContext } from "./asked";
import { type AskedContext, beginning, type ContextField, fieldWords, saidOf, saying } from "./context-model";

type Props = {
  /** What can be said. */
  readonly fields: readonly ContextField[];
  readonly known: readonly KnownEntity[];
  /** A JSON object, as far as it is one yet. */
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (value: string) => void;
};

const HELP = "Left out: the time is now, nothing was proved, no risk is known.";

/** What a request comes with: field by field, or as JSON. */
export function ContextFields({ fields, known, value, error, onChange }: Props) {
  const [look, setLook] = useState<"fields" | "json">("fields");
  const read = readContext(value);
  const isJson = look === "json" || "error" in read;
  const change = (context: AskedContext) => onChange(JSON.stringify(context, null, 2));
  return (
    <div className="ctx" role="group" aria-label="Context">
      <div className="ctx__h">
        <span className="lab">Context</span>
        <Segmented
          label="How the context is written"
          value={isJson ? "json" : "fields"}
          options={[
            { value: "fields", label: "Fields" },
            { value: "json", label: "JSON" },
          ]}
          onChange={(next) => "value" in read && setLook(next)}
        />
      </div>
      {isJson || "error" in read ? (
        <Field label={<span className="vh">Context as JSON</span>} help={HELP} error={error}>
          <Textarea mono rows={5} spellCheck={false} value={value} onChange={(event) => onChange(event.target.value)} />
        </Field>
      ) : (
        <Said fields={fields} known={known} context={read.value} error={error} onChange={change} />
      )}
    </div>
  );
}

type SaidProps = Pick<Props, "fields" | "known" | "error"> & {
  readonly context: AskedContext;
  readonly onChange: (context: AskedContext) => void;
};

function Said({ fields, known, context, error, onChange }: SaidProps) {
  const helpId = useId();
  const said = fields.filter((field) => saidOf(context, field) !== undefined);
  const others = fields.filter((field) => !said.includes(field));
  return (
    <>
      {said.map((field) => (
        <SaidField
          key={fieldWords(field)}
          field={field}
          known={known}
          value={saidOf(context, field) ?? ""}
          onChange={(text) => onChange(saying(context, field, text))}
        />
      ))}
      {others.length > 0 && (
        <Select
          aria-label="Say more"
          aria-describedby={helpId}
          value=""
          options={[
            { value: "", label: said.length === 0 ? "Say something" : "Say more" },
            ...others.map((field) => ({ value: fieldWords(field), label: fieldWords(field) })),
          ]}
          onChange={(event) => {
            const field = others.find((one) => fieldWords(one) === event.target.value);
            if (field) onChange(beginning(context, field, fields));
          }}
        />
      )}
      <FieldHelp id={helpId} help={HELP} error={error} />
    </>
  );
}

type SaidFieldProps = {
  readonly field: ContextField;
  readonly known: readonly KnownEntity[];
  readonly value: string;
  /** Undefined takes it out. */
  readonly onChange: (value: string | undefined) => void;
};

function SaidField({ field, known, value, onChange }: SaidFieldProps) {
  const listId = useId();
  const words = fieldWords(field);
  const names = known.flatMap(({ type, id }) => (type === field.entityType ? [id] : []));
  return (
    <div className="ctx__r">
      <Field label={words} className="ctx__f">
        {field.control === "bool" ? (
          <Select
            value={value}
            options={["true", "false"].map((one) => ({ value: one, label: one }))}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Input
            list={listId}
            value={value}
            inputMode={field.control === "number" ? "numeric" : undefined}
            maxLength={500}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <IconButton icon="x" label={`Leave out ${words}`} onClick={() => onChange(undefined)} />
      <datalist id={listId}>
        {(field.control === "entity" ? names : field.examples).map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </div>
  );
}
