"use client";

import { Icon } from "@/components/ui/icon";
import type { Path, RowValue } from "../blocks/blocks";
import type { PathType } from "../blocks/paths";
import { pathWords, valueWords } from "../blocks/words";
import { useEditor, useFirstValue, usePolicy } from "./editor-context";
import { PathPicker } from "./path-picker";
import { EntityPicker } from "./entity-picker";
import { DateControl, DurationControl, NumberControl, SelectControl, TextControl } from "./value-inputs";

type Props = {
  /** What it is the value of: "who · team". */
  label: string;
  value: RowValue;
  /** Types of entities that can stand here. */
  entityTypes: readonly string[];
  /** Of the value, or of the elements of a set; null where nobody knows. */
  type: PathType | null;
  onChange: (value: RowValue, how: "step" | "typing") => void;
};

/** The control that is right for a value: each kind has its own. */
export function ValueControl({ label, value, entityTypes, type, onChange }: Props) {
  const { isReadOnly } = useEditor();
  if (isReadOnly) return <span className="pl pl--t">{valueWords(value)}</span>;
  switch (value.kind) {
    case "bool":
      return (
        <SelectControl
          label={label}
          value={String(value.value)}
          options={["true", "false"]}
          onChange={(text) => onChange({ kind: "bool", value: text === "true" }, "step")}
        />
      );
    case "long":
      return (
        <NumberControl
          label={label}
          value={value.value}
          onChange={(next) => onChange({ kind: "long", value: next }, "typing")}
        />
      );
    case "string":
    case "pattern":
      return (
        <TextControl
          label={label}
          value={value.value}
          help={value.kind === "pattern" ? "* stands for any text" : undefined}
          onChange={(next) => onChange({ kind: value.kind, value: next }, "typing")}
        />
      );
    case "type":
      return (
        <SelectControl
          label={label}
          value={value.value}
          options={entityTypes}
          onChange={(next) => onChange({ kind: "type", value: next }, "step")}
        />
      );
    case "entity":
      return (
        <EntityPicker
          label={label}
          types={entityTypes}
          value={value.value}
          mark="value"
          onChoose={(uid) => onChange({ kind: "entity", value: uid }, "step")}
        />
      );
    case "extension":
      return <ExtensionControl label={label} value={value} onChange={onChange} />;
    case "set":
      return <SetControl label={label} value={value} entityTypes={entityTypes} type={type} onChange={onChange} />;
    case "path":
      return <PathControl label={label} value={value.value} onChange={onChange} />;
  }
}

/** Another path to compare with. */
function PathControl({ label, value, onChange }: Pick<Props, "label" | "onChange"> & { value: Path }) {
  const { paths } = usePolicy();
  const words = pathWords(value);
  if (!paths) return <span className="pl pl--t">{words}</span>;
  return (
    <PathPicker
      label={label}
      paths={paths}
      onChoose={(known) => onChange({ kind: "path", value: known.path }, "step")}
      trigger={
        <button className="pl pl--t" type="button" data-mark="value" aria-label={`${label}: ${words}`}>
          {words}
          <Icon name="down" size={12} />
        </button>
      }
    />
  );
}

type ExtensionProps = Pick<Props, "label" | "onChange"> & { value: RowValue & { kind: "extension" } };

function ExtensionControl({ label, value, onChange }: ExtensionProps) {
  const change = (text: string) => onChange({ ...value, value: text }, "typing");
  switch (value.name) {
    case "datetime":
      return <DateControl label={label} value={value.value} onChange={change} />;
    case "duration":
      return <DurationControl label={label} value={value.value} onChange={change} />;
    case "ipaddr":
      return (
        <TextControl
          label={label}
          value={value.value}
          help="An address or a range, such as 10.0.0.0/8"
          isMono
          onChange={change}
        />
      );
    case "decimal":
      return (
        <TextControl
          label={label}
          value={value.value}
          help="A number with a point, such as 0.5"
          isMono
          onChange={change}
        />
      );
  }
}

type SetProps = Pick<Props, "label" | "entityTypes" | "type" | "onChange"> & { value: RowValue & { kind: "set" } };

/** Several values, each with its own control, and one more. */
function SetControl({ label, value, entityTypes, type, onChange }: SetProps) {
  const { focusOn, announce } = useEditor();
  const first = useFirstValue();
  const { elements } = value;
  const set = (next: readonly RowValue[], how: "step" | "typing") => onChange({ kind: "set", elements: next }, how);
  const kind = type ?? { kind: "string" };
  return (
    <span className="pl-set" role="group" aria-label={label}>
      {elements.map((element, at) => (
        // Elements have no name but their place.
        <span className="pl-set__i" key={at}>
          <ValueControl
            label={`${label}, value ${at + 1}`}
            value={element}
            entityTypes={entityTypes}
            type={type}
            onChange={(next, how) => set(elements.with(at, next), how)}
          />
          <button
            className="pl pl--x"
            type="button"
            aria-label={`Take away ${valueWords(element)}`}
            onClick={(event) => {
              const row = event.currentTarget.closest("[data-place]")?.getAttribute("data-place") ?? "";
              set(elements.toSpliced(at, 1), "step");
              announce(`${valueWords(element)} taken away`);
              focusOn(`[data-place="${row}"] .pl--add`);
            }}
          >
            <Icon name="x" size={12} />
          </button>
        </span>
      ))}
      <button
        className="pl pl--add"
        type="button"
        onClick={(event) => {
          const row = event.currentTarget.closest("[data-place]")?.getAttribute("data-place") ?? "";
          set([...elements, first(kind)], "step");
          focusOn(`[data-place="${row}"] .pl-set__i:nth-of-type(${elements.length + 1}) [data-mark]`);
        }}
      >
        <Icon name="plus" size={12} />
        Value
      </button>
    </span>
  );
}
