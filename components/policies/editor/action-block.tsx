"use client";

import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import { Checkbox } from "@/components/ui/choice";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { setScope } from "@/server/engines/cedar/syntax/editing/patch";
import { type EntityUid, writeUid } from "@/server/engines/cedar/values/uid";
import { type ActionNode, actionsChange, actionTree, isSame } from "../blocks/scope";
import { useMarked } from "./block-parts";
import { useEditor, usePolicy } from "./editor-context";

/** What may be done: any action, or those that are chosen. */
export function ActionBlock() {
  const { session, schema, isReadOnly, announce, focusOn } = useEditor();
  const { tree, blocks } = usePolicy();
  const { policy } = blocks;
  const { action } = policy;
  const marked = useMarked(action);
  const chosen = action.targets.map(({ value }) => value);
  const word = policy.effect === "permit" ? "May" : "May not";

  function set(uids: readonly EntityUid[], words: string) {
    if (!schema) return;
    session.edit([setScope(tree, policy, actionsChange(schema, action, uids))]);
    announce(words);
  }

  return (
    <div className="bl__r" role="group" aria-label={word} data-scope="action" {...marked}>
      <span className="bl__k">{word}</span>
      <div className="bl__v">
        {action.operator === "any" && <span className="x2">do anything</span>}
        {action.operator === "in list" && chosen.length === 0 && <span className="x2">do nothing at all</span>}
        {chosen.map((uid) => (
          <span className="pl pl--t" key={writeUid(uid)}>
            {isGroup(schema, uid) && <Icon name="tree" size={12} label="all of" />}
            {uid.id}
            {!isReadOnly && schema && (
              <button
                className="pl__x"
                type="button"
                aria-label={`Remove: ${uid.id}`}
                onClick={() => {
                  set(
                    chosen.filter((one) => !isSame(one, uid)),
                    `Removed: ${uid.id}`,
                  );
                  focusOn('[data-scope="action"] .pl--add');
                }}
              >
                <Icon name="x" size={12} />
              </button>
            )}
          </span>
        ))}
        {!isReadOnly && schema && <ActionPicker nodes={actionTree(schema)} chosen={chosen} onChange={set} />}
      </div>
    </div>
  );
}

function isGroup(schema: ReturnType<typeof useEditor>["schema"], uid: EntityUid): boolean {
  return [...(schema?.actions.values() ?? [])].some(({ memberOf }) => memberOf.some((one) => isSame(one, uid)));
}

type PickerProps = {
  nodes: readonly ActionNode[];
  chosen: readonly EntityUid[];
  onChange: (uids: readonly EntityUid[], words: string) => void;
};

/** The actions by groups, to tick, with a search. A group takes along whatever is in it. */
function ActionPicker({ nodes, chosen, onChange }: PickerProps) {
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const shown = nodes.map((node) => filter(node, wanted)).filter((node) => node !== null);
  return (
    <Popover.Root onOpenChange={() => setQuery("")}>
      <Popover.Trigger
        render={
          <button className="pl pl--add" type="button">
            <Icon name="plus" size={12} />
            Action
          </button>
        }
      />
      <Popover.Portal>
        <Popover.Positioner className="pos" align="start" sideOffset={4} collisionPadding={8}>
          <Popover.Popup className="pop pick" aria-label="Actions">
            <Input
              className="pick__q"
              icon="search"
              aria-label="Search actions"
              autoFocus
              spellCheck={false}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
            <ul className="pick__l tree">
              {shown.map((node) => (
                <ActionItem
                  key={writeUid(node.uid)}
                  node={node}
                  chosen={chosen}
                  isIncluded={false}
                  onChange={onChange}
                />
              ))}
            </ul>
            {shown.length === 0 && <p className="help pick__n">No action of that name.</p>}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

type ItemProps = Omit<PickerProps, "nodes"> & { node: ActionNode; isIncluded: boolean };

function ActionItem({ node: { uid, members }, chosen, isIncluded, onChange }: ItemProps) {
  const isChosen = chosen.some((one) => isSame(one, uid));
  const toggle = (isNow: boolean) =>
    isNow
      ? onChange([...chosen, uid], `Added: ${uid.id}`)
      : onChange(
          chosen.filter((one) => !isSame(one, uid)),
          `Removed: ${uid.id}`,
        );
  return (
    <li>
      <Checkbox
        checked={isChosen || isIncluded}
        disabled={isIncluded && !isChosen}
        onChange={(event) => toggle(event.target.checked)}
      >
        <span className={members.length > 0 ? "w5" : undefined}>{uid.id}</span>
        {members.length > 0 && <span className="x3 t12">all {members.length}</span>}
      </Checkbox>
      {members.length > 0 && (
        <ul>
          {members.map((member) => (
            <ActionItem
              key={writeUid(member.uid)}
              node={member}
              chosen={chosen}
              isIncluded={isIncluded || isChosen}
              onChange={onChange}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

/** The part of a tree whose names have a text in them; a group that has is there whole. */
function filter(node: ActionNode, wanted: string): ActionNode | null {
  if (node.uid.id.toLowerCase().includes(wanted)) return node;
  const members = node.members.map((member) => filter(member, wanted)).filter((member) => member !== null);
  return members.length > 0 ? { ...node, members } : null;
}
