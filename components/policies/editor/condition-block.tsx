"use client";

import { Icon } from "@/components/ui/icon";
import { removeCondition } from "@/server/engines/cedar/syntax/editing/patch";
import type { ConditionBlock as Read } from "../blocks/blocks";
import { addConditionOf } from "../blocks/edit";
import { CONDITIONS } from "../blocks/words";
import { useEditor, usePolicy } from "./editor-context";
import { AddButtons, focusAt, GroupBlock } from "./group-block";

/** The conditions of a policy, and a place to begin either kind of them. */
export function ConditionBlocks() {
  const { isReadOnly } = useEditor();
  const { blocks, place } = usePolicy();
  const has = (kind: "when" | "unless") => blocks.conditions.some(({ condition }) => condition.kind === kind);
  return (
    <>
      {blocks.conditions.map((read, at) => (
        <ConditionBlock key={at} read={read} place={`${place}.${at}`} />
      ))}
      {!isReadOnly && !has("when") && <NewCondition kind="when" />}
      {!isReadOnly && !has("unless") && <NewCondition kind="unless" />}
    </>
  );
}

function ConditionBlock({ read: { condition, group }, place }: { read: Read; place: string }) {
  const { session, announce, focusOn } = useEditor();
  const { tree } = usePolicy();
  return (
    <div className="bl__r">
      <span className="bl__k">{CONDITIONS[condition.kind]}</span>
      <div className="bl__v bl__g">
        <GroupBlock
          condition={condition}
          groups={[group]}
          place={place}
          onRemove={(words) => {
            session.edit([removeCondition(tree, condition)]);
            announce(`Removed: ${words}`);
            focusOn(`[data-add="${condition.kind}"]`, "[data-add]", "[data-group] > .grp__a .pl--add");
          }}
        />
      </div>
    </div>
  );
}

function NewCondition({ kind }: { kind: "when" | "unless" }) {
  const { session, focusOn } = useEditor();
  const { tree, blocks, place } = usePolicy();
  const at = blocks.conditions.length;
  return (
    <div className="bl__r" role="group" aria-label={CONDITIONS[kind]}>
      <span className="bl__k">{CONDITIONS[kind]}</span>
      <div className="bl__v">
        <AddButtons
          groups={[]}
          mark={kind}
          write={(texts) => addConditionOf(tree, blocks.policy, kind, texts)}
          onAdded={(edits, count) => {
            session.edit(edits);
            focusAt(focusOn, `${place}.${at}.${count - 1}`);
          }}
        />
        {kind === "unless" && at === 0 && (
          <span className="x3 t12">
            <Icon name="info" size={12} className="inline" /> Without conditions it holds always.
          </span>
        )}
      </div>
    </div>
  );
}
