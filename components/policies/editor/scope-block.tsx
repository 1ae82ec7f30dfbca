"use client";

import { useState } from "react";
import { type ScopeChange, setScope } from "@/server/engines/cedar/syntax/editing/patch";
import type { EntityScope } from "@/server/engines/cedar/syntax/syntax";
import type { EntityUid } from "@/server/engines/cedar/values/uid";
import { groupTypesOf, typesOf } from "../blocks/scope";
import { useMarked } from "./block-parts";
import { useEditor, usePolicy } from "./editor-context";
import { EntityPicker } from "./entity-picker";
import { ChoiceControl } from "./value-inputs";

type Operator = EntityScope["operator"];

const WORDS: Readonly<Record<EntityScope["variable"], Readonly<Record<Operator, string>>>> = {
  principal: { any: "anyone", "==": "exactly", in: "a member of", is: "any", "is in": "any … in" },
  resource: { any: "anything", "==": "exactly", in: "something in", is: "any", "is in": "any … in" },
};
const LABELS = { principal: "Who", resource: "On" } as const;

/** What is chosen while it cannot be written yet: an operator whose entity is still to be chosen. */
type Pending = { operator: Operator; entityType: string | null };

/** Whom the policy is about, or on what: anyone, one entity, what is in one, a type. */
export function ScopeBlock({ variable }: { variable: EntityScope["variable"] }) {
  const { session, schema, isReadOnly, announce, focusOn } = useEditor();
  const { tree, blocks } = usePolicy();
  const { policy } = blocks;
  const scope = policy[variable];
  const [pending, setPending] = useState<Pending | null>(null);
  const marked = useMarked(scope);
  const { operator, entityType } = pending ?? scope;
  // What could not be read has no type.
  const target = scope.target?.value?.type ? scope.target.value : null;
  const types = schema ? typesOf(schema, variable) : [];
  const words = WORDS[variable];
  const label = LABELS[variable];

  function write(change: ScopeChange) {
    setPending(null);
    session.edit([setScope(tree, policy, change)]);
  }

  /** Writes what is chosen, once all of it is. */
  function choose(next: Operator, type: string | null, uid: EntityUid | null) {
    if (next === "any") return write({ variable, operator: next });
    if (next === "is") return write({ variable, operator: next, entityType: type ?? types[0] ?? "Type" });
    if (!uid) {
      setPending({ operator: next, entityType: type ?? types[0] ?? null });
      focusOn(`[data-scope="${variable}"] [data-mark="target"]`);
      return undefined;
    }
    if (next === "is in")
      return write({ variable, operator: next, entityType: type ?? types[0] ?? "Type", target: uid });
    return write({ variable, operator: next, target: uid });
  }

  const hasType = operator === "is" || operator === "is in";
  const hasTarget = operator === "==" || operator === "in" || operator === "is in";
  const of = hasType && entityType ? [entityType] : types;
  const targetTypes = operator === "==" || !schema ? types : groupTypesOf(schema, of);
  const isSlot = !pending && scope.target?.value === null;
  return (
    <div className="bl__r" role="group" aria-label={label} data-scope={variable} {...marked}>
      <span className="bl__k">{label}</span>
      <div className="bl__v">
        {isReadOnly ? (
          <span className="pl pl--sel">{words[operator]}</span>
        ) : (
          <ChoiceControl
            label={`${label} is`}
            look="sel"
            mark="operator"
            value={operator}
            options={(Object.keys(words) as Operator[]).map((value) => ({ value, label: words[value] }))}
            onChange={(value) => {
              choose(value as Operator, entityType, fits(value as Operator, target, types) ? target : null);
              announce(`${label}: ${words[value as Operator]}`);
            }}
          />
        )}
        {hasType && isReadOnly && <span className="pl pl--t">{entityType}</span>}
        {hasType && !isReadOnly && (
          <ChoiceControl
            label={`${label}, type`}
            look="t"
            mark="type"
            value={entityType ?? ""}
            options={[...new Set([...(entityType ? [entityType] : []), ...types])].map((value) => ({
              value,
              label: value,
            }))}
            onChange={(type) => choose(operator, type, target)}
          />
        )}
        {operator === "is in" && <span className="x3">in</span>}
        {isSlot && <span className="pl pl--t mono">?{variable}</span>}
        {hasTarget && (
          <EntityPicker
            label={operator === "==" ? label : `${label}, in`}
            types={targetTypes}
            value={pending ? null : target}
            mark="target"
            onChoose={(uid) => choose(operator, entityType, uid)}
          />
        )}
      </div>
    </div>
  );
}

/** Whether what is named can go on being named: one is something, the other is what things are in. */
function fits(operator: Operator, target: EntityUid | null, types: readonly string[]): boolean {
  return target !== null && (operator === "==") === types.includes(target.type);
}
