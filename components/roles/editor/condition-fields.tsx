"use client";

import { IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { type Condition, SENSITIVITIES, WORKLOAD_KINDS } from "@/server/roles/contract";
import { NamesField } from "./names-field";

/** What conditions can name, as far as the person may see it. */
export interface KnownNames {
  readonly teams: readonly string[];
  readonly pools: readonly string[];
  readonly regions: readonly string[];
  readonly roles: readonly { readonly name: string; readonly title: string }[];
}

type On = Condition["on"];

/** A condition before what it names: "Region", "is one of". */
const WORDS: Readonly<Record<On, { readonly title: string; readonly says: string; readonly menu: string }>> = {
  own_team: { title: "Own team", says: "the thing is of the holder’s own team, or of one above it", menu: "Own team" },
  team: { title: "Team", says: "the thing is of, or within", menu: "Certain teams" },
  pool: { title: "Pool", says: "it is in", menu: "Certain pools" },
  region: { title: "Region", says: "it is in", menu: "Certain regions" },
  sensitivity: { title: "Sensitivity", says: "the data, or the workload that asks, is", menu: "Sensitivity of data" },
  workload_kind: { title: "Workload", says: "what is run is", menu: "Kind of workload" },
  role: { title: "Role", says: "the role that is given is", menu: "Certain roles to give" },
};

const EMPTY: Readonly<Record<On, Condition>> = {
  own_team: { on: "own_team" },
  team: { on: "team", any: [] },
  pool: { on: "pool", any: [] },
  region: { on: "region", any: [] },
  sensitivity: { on: "sensitivity", any: [] },
  workload_kind: { on: "workload_kind", any: [] },
  role: { on: "role", any: [] },
};

type Props = {
  readonly conditions: readonly Condition[];
  readonly names: KnownNames;
  readonly onChange: (conditions: Condition[]) => void;
};

/** All that must hold for a permission, each with the control that fits it. */
export function ConditionFields({ conditions, names, onChange }: Props) {
  const free = (Object.keys(WORDS) as On[]).filter((on) => !conditions.some((one) => one.on === on));
  const replace = (next: Condition) => onChange(conditions.map((one) => (one.on === next.on ? next : one)));
  return (
    <div className="grid gap-1">
      {conditions.length === 0 && <p className="x2 rcond__n">Wherever it is held.</p>}
      {conditions.map((condition) => (
        <div className="rcond" role="group" aria-label={`Condition: ${WORDS[condition.on].title}`} key={condition.on}>
          <div className="rcond__b">
            <span className="x2">{WORDS[condition.on].says}</span>
            <Control condition={condition} names={names} onChange={replace} />
          </div>
          <IconButton
            icon="x"
            label={`Remove condition: ${WORDS[condition.on].title}`}
            onClick={() => onChange(conditions.filter((one) => one !== condition))}
          />
        </div>
      ))}
      {free.length > 0 && (
        <div>
          <Menu
            align="start"
            trigger={
              <button className="pl pl--add" type="button">
                <Icon name="plus" size={12} />
                Condition
              </button>
            }
            items={free.map((on) => ({
              label: WORDS[on].menu,
              onSelect: () => onChange([...conditions, EMPTY[on]]),
            }))}
          />
        </div>
      )}
    </div>
  );
}

type ControlProps = {
  readonly condition: Condition;
  readonly names: KnownNames;
  readonly onChange: (condition: Condition) => void;
};

function Control({ condition, names, onChange }: ControlProps) {
  const named = (list: readonly string[]) => list.map((name) => ({ name }));
  switch (condition.on) {
    case "own_team":
      return null;
    case "team":
    case "pool":
    case "region": {
      const offered = { team: names.teams, pool: names.pools, region: names.regions }[condition.on];
      return (
        <NamesField
          label={WORDS[condition.on].title}
          values={condition.any}
          offered={named(offered)}
          others="as typed"
          onChange={(any) => onChange({ ...condition, any })}
        />
      );
    }
    case "role":
      return (
        <NamesField
          label="Role"
          values={condition.any}
          offered={names.roles.map(({ name, title }) => ({ name, detail: title }))}
          others="none"
          onChange={(any) => onChange({ ...condition, any })}
        />
      );
    case "sensitivity":
      return (
        <Ticks all={SENSITIVITIES} chosen={condition.any} onChange={(any) => onChange({ on: "sensitivity", any })} />
      );
    case "workload_kind":
      return (
        <Ticks all={WORKLOAD_KINDS} chosen={condition.any} onChange={(any) => onChange({ on: "workload_kind", any })} />
      );
  }
}

type TicksProps<Value extends string> = {
  readonly all: readonly Value[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: Value[]) => void;
};

function Ticks<Value extends string>({ all, chosen, onChange }: TicksProps<Value>) {
  return (
    <span className="ticks">
      {all.map((value) => (
        <Checkbox
          key={value}
          checked={chosen.includes(value)}
          onChange={(event) =>
            onChange(all.filter((one) => (one === value ? event.target.checked : chosen.includes(one))))
          }
        >
          {value}
        </Checkbox>
      ))}
    </span>
  );
}
