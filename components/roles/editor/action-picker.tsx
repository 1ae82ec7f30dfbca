"use client";

import { Popover } from "@base-ui/react/popover";
import { useRef, useState } from "react";
import { Checkbox } from "@/components/ui/choice";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import type { KnownAction } from "@/server/roles/contract";
import { type ActionNode, actionTree, countActions, searchTree } from "../tree";

type Props = {
  readonly known: readonly KnownAction[];
  /** Names of actions and of groups of them. */
  readonly chosen: readonly string[];
  /** Takes the focus when it appears. */
  readonly isFirst: boolean;
  readonly onChange: (chosen: string[]) => void;
};

/** The actions that a permission names, and a tree of all that there are to choose from. */
export function ActionPicker({ known, chosen, isFirst, onChange }: Props) {
  const [query, setQuery] = useState("");
  const add = useRef<HTMLButtonElement>(null);
  const tree = actionTree(known);
  const groups = new Set(known.flatMap((action) => action.groups));
  const shown = searchTree(tree, query);

  function remove(name: string) {
    onChange(chosen.filter((one) => one !== name));
    add.current?.focus();
  }

  return (
    <div className="names" role="group" aria-label="Actions">
      {chosen.map((name) => (
        <span className="pl pl--t" key={name}>
          {groups.has(name) && <Icon name="tree" size={12} label="all of" />}
          {name}
          <button className="pl__x" type="button" aria-label={`Remove: ${name}`} onClick={() => remove(name)}>
            <Icon name="x" size={12} />
          </button>
        </span>
      ))}
      <Popover.Root onOpenChange={() => setQuery("")}>
        <Popover.Trigger
          render={
            <button className="pl pl--add" type="button" ref={add} autoFocus={isFirst}>
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
                  <ActionItem key={node.name} {...{ node, chosen, onChange }} isIncluded={false} />
                ))}
              </ul>
              {shown.length === 0 && <p className="help pick__n">No action of that name.</p>}
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}

type ItemProps = Pick<Props, "chosen" | "onChange"> & {
  readonly node: ActionNode;
  /** Whether a group that it is in is chosen. */
  readonly isIncluded: boolean;
};

function ActionItem({ node, chosen, isIncluded, onChange }: ItemProps) {
  const { name, members } = node;
  const isChosen = chosen.includes(name);
  return (
    <li>
      <Checkbox
        checked={isChosen || isIncluded}
        disabled={isIncluded && !isChosen}
        onChange={(event) => onChange(event.target.checked ? [...chosen, name] : chosen.filter((one) => one !== name))}
      >
        <span className={members.length > 0 ? "w5" : undefined}>{name}</span>
        {members.length > 0 && <span className="x3 t12">all {countActions(node)}</span>}
      </Checkbox>
      {members.length > 0 && (
        <ul>
          {members.map((member) => (
            <ActionItem key={member.name} {...{ chosen, onChange }} node={member} isIncluded={isIncluded || isChosen} />
          ))}
        </ul>
      )}
    </li>
  );
}
