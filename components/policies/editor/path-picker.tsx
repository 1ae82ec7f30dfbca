"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import type { Path } from "../blocks/blocks";
import { extend, type KnownPath, type Paths } from "../blocks/paths";
import { pathWords } from "../blocks/words";
import { writePath } from "../blocks/write-row";
import { type Choice, Picker } from "@/components/ui/picker";
import { typeWords } from "./type-words";

type Props = {
  trigger: ReactElement;
  label: string;
  paths: Paths;
  onChoose: (known: KnownPath) => void;
  isFocusKept?: boolean;
};

const GROUPS: Readonly<Record<Path["root"], string>> = {
  context: "The request",
  principal: "Who asks",
  resource: "What is asked about",
  action: "The action",
};

/** What can be asked about by the schema, with a search. Labels have any name, which is written below. */
export function PathPicker({ trigger, label, paths, onChoose, isFocusKept }: Props) {
  const choiceOf = ({ path, type, mayLack }: KnownPath): Choice => {
    const words = pathWords(path);
    const detail = `${typeWords(type)}${mayLack.at(-1) ? ", may be missing" : ""}`;
    return {
      key: writePath(path),
      label: words,
      words: `${words} ${writePath(path)}`,
      detail,
      group: GROUPS[path.root],
    };
  };
  return (
    <Picker
      trigger={trigger}
      label={label}
      choices={() => paths.offered().map(choiceOf)}
      isFocusKept={isFocusKept}
      onChoose={(key) => {
        const known = paths.offered().find(({ path }) => writePath(path) === key);
        if (known) onChoose(known);
      }}
      foot={(close) => (
        <LabelForm
          paths={paths}
          onChoose={(known) => {
            close();
            onChoose(known);
          }}
        />
      )}
    />
  );
}

function LabelForm({ paths, onChoose }: Pick<Props, "paths" | "onChoose">) {
  const roots = (["principal", "resource"] as const).filter((root) => paths.hasTags({ root, steps: [] }));
  const [root, setRoot] = useState(roots[0]);
  const [name, setName] = useState("");
  const known = root && name !== "" ? paths.find(extend({ root, steps: [] }, { kind: "tag", name })) : null;
  if (!root) return null;
  return (
    <form
      className="pick__f"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (known) onChoose(known);
      }}
    >
      <Select
        aria-label="Label of"
        value={root}
        options={roots.map((value) => ({ value, label: value === "principal" ? "who: label" : "resource: label" }))}
        onChange={(event) => setRoot(event.target.value === "principal" ? "principal" : "resource")}
      />
      <Input
        aria-label="Name of the label"
        placeholder="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" size="s" disabled={!known}>
        Ask
      </Button>
    </form>
  );
}
