"use client";

import { FieldHelp } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Picker, type Choice } from "@/components/ui/picker";
import { EVERYTHING, type Offer, readScope, scopeInWords } from "@/server/roles/grant-contract";

type Props = {
  readonly offer: Offer;
  readonly team: string | undefined;
  readonly teams: readonly string[];
  readonly pools: readonly string[];
  readonly objects: readonly { readonly type: string; readonly id: string }[];
  readonly value: string | undefined;
  onChange(scope: string): void;
  readonly error?: string | undefined;
};

/** Where: a team, a pool, a label or one thing; the smallest that is enough. */
export function WhereField({ offer, team, teams, pools, objects, value, onChange, error }: Props) {
  const words = value === undefined ? "Choose where" : scopeInWords(value);
  const isEverything = value === EVERYTHING;
  return (
    <div className="field">
      <div className="lab">
        Where
        <span className="lab__l">the smallest that is enough</span>
      </div>
      <Picker
        label="Where"
        choices={() => choicesOf({ offer, team, teams, pools, objects })}
        other={(text) =>
          readScope(text)?.kind === "label"
            ? { key: text, label: scopeInWords(text), words: text, group: "By label" }
            : null
        }
        onChoose={onChange}
        trigger={
          <button className="inp" type="button" aria-label={`Where: ${words}`}>
            <span className="grow cut text-left">{words}</span>
            <Icon name="down" />
          </button>
        }
      />
      <FieldHelp
        id="where-help"
        error={error}
        help={
          isEverything
            ? "It reaches everything there is, of all teams."
            : "Type label:key=value for everything with a label."
        }
      />
    </div>
  );
}

function choicesOf({ offer, team, teams, pools, objects }: Omit<Props, "value" | "onChange" | "error">): Choice[] {
  const within = offer.scopes.map((scope) => choice(scope, "As far as you may give it"));
  const own = offer.mode === "anywhere" && team !== undefined ? [choice(`Team::${team}`, "Teams")] : [];
  const all = [
    ...within,
    ...own,
    ...teams.filter((name) => name !== team || own.length === 0).map((name) => choice(`Team::${name}`, "Teams")),
    ...pools.map((name) => choice(`Pool::${name}`, "Pools")),
    ...objects.map(({ type, id }) => choice(`${type}::${id}`, type)),
    ...(offer.mode === "anywhere" ? [choice(EVERYTHING, "Everything")] : []),
  ];
  return all.filter(({ key }, at) => all.findIndex((one) => one.key === key) === at);
}

function choice(scope: string, group: string): Choice {
  return { key: scope, label: scopeInWords(scope), words: `${scopeInWords(scope)} ${scope}`, group };
}
