"use client";

import { Avatar } from "@/components/ui/avatar";
import { IconButton } from "@/components/ui/button";
import { FieldHelp } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Picker } from "@/components/ui/picker";
import type { AssignPage } from "@/server/roles/grant-contract";

type Holder = AssignPage["rows"][number]["holder"];

type Props = {
  readonly holders: readonly Holder[];
  readonly who: readonly Holder[];
  onChange(who: readonly Holder[]): void;
  readonly error?: string | undefined;
};

const GROUPS = { team: "The whole team", user: "People", service: "Services", node: "Nodes" } as const;

/** Who gets it: one of the team, several, or everybody in it. */
export function WhoField({ holders, who, onChange, error }: Props) {
  const chosen = new Set(who.map(({ id }) => id));
  return (
    <div className="field grid gap-2">
      <div className="lab">Who</div>
      {who.map((holder) => (
        <div className="inp" key={holder.id}>
          <Avatar name={holder.name} icon={ICON[holder.kind]} />
          <span className="grow cut">{holder.name}</span>
          <span className="x3 t12 cut">{holder.detail}</span>
          <IconButton
            icon="x"
            label={`Leave ${holder.name} out`}
            onClick={() => onChange(who.filter(({ id }) => id !== holder.id))}
          />
        </div>
      ))}
      <Picker
        label={who.length === 0 ? "Who" : "Somebody else besides"}
        choices={() =>
          holders
            .filter(({ id }) => !chosen.has(id))
            .map(({ id, kind, name, detail }) => ({
              ...{ key: id, label: name, words: `${name} ${detail}`, detail, group: GROUPS[kind] },
            }))
        }
        onChoose={(id) => {
          const holder = holders.find((one) => one.id === id);
          if (holder) onChange([...who, holder]);
        }}
        trigger={
          <button className="btn btn--wide" type="button">
            <Icon name="plus" />
            {who.length === 0 ? "Choose who gets it" : "Somebody else besides"}
          </button>
        }
      />
      <FieldHelp id="who-help" error={error} />
    </div>
  );
}

const ICON = { team: "team", user: undefined, service: "service", node: "node" } as const;
