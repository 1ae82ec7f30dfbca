"use client";

import { useId, useRef } from "react";
import { type Choice, Picker } from "@/components/ui/picker";
import { Icon } from "@/components/ui/icon";

type Props = {
  /** What is chosen: "Team", "Role". Names the button and its list. */
  readonly label: string;
  readonly values: readonly string[];
  readonly offered: readonly { readonly name: string; readonly detail?: string }[];
  /** Whether what is not offered may be typed. */
  readonly others: "as typed" | "none";
  readonly onChange: (values: string[]) => void;
};

/** Several names: each can be taken out again, and more are found by a search. */
export function NamesField({ label, values, offered, others, onChange }: Props) {
  const id = useId();
  const add = useRef<HTMLButtonElement>(null);
  const choices = (): Choice[] =>
    offered
      .filter(({ name }) => !values.includes(name))
      .map(({ name, detail }) => ({ key: name, label: name, words: `${name} ${detail ?? ""}`, detail }));

  function remove(name: string) {
    onChange(values.filter((value) => value !== name));
    add.current?.focus();
  }

  return (
    <div className="names" role="group" aria-label={label} id={id}>
      {values.map((name) => (
        <span className="pl pl--t" key={name}>
          {name}
          <button className="pl__x" type="button" aria-label={`Remove: ${name}`} onClick={() => remove(name)}>
            <Icon name="x" size={12} />
          </button>
        </span>
      ))}
      <Picker
        label={label}
        choices={choices}
        other={others === "none" ? undefined : (text) => ({ key: text, label: `Use “${text}”`, words: text })}
        onChoose={(name) => {
          if (!values.includes(name)) onChange([...values, name]);
        }}
        trigger={
          <button className="pl pl--add" type="button" ref={add}>
            <Icon name="plus" size={12} />
            {label}
          </button>
        }
      />
    </div>
  );
}
