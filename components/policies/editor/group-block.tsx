"use client";

import { useState } from "react";
import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import type { Edit } from "@/server/engines/cedar/syntax/editing/edit";
import type { Condition } from "@/server/engines/cedar/syntax/syntax";
import { askedBefore } from "../blocks/asked";
import type { Block, Group, Join } from "../blocks/blocks";
import { addMember, emptyGroup, removeMember, setJoin } from "../blocks/edit";
import { newRow } from "../blocks/operators";
import { checksFor, type KnownPath } from "../blocks/paths";
import { CONDITIONS, JOINS, rowWords } from "../blocks/words";
import { writeRow } from "../blocks/write-row";
import { RemoveButton } from "./block-parts";
import { useEditor, useFirstValue, usePolicy } from "./editor-context";
import { ExpressionField, FreeBlock } from "./free-block";
import { PathPicker } from "./path-picker";
import { RowBlock } from "./row-block";
import { ChoiceControl } from "./value-inputs";

type Props = {
  condition: Condition;
  /** From the whole condition down to this one. */
  groups: readonly Group[];
  place: string;
  onRemove?: (words: string) => void;
};

/** Members that are joined: all of these, any of these, none of these. */
export function GroupBlock({ condition, groups, place, onRemove }: Props) {
  const { session, isReadOnly, announce, focusOn } = useEditor();
  const { tree } = usePolicy();
  const group = groups.at(-1);
  if (!group) return null;
  const name = group.isTop ? `${CONDITIONS[condition.kind]}, ${JOINS[group.join].toLowerCase()}` : JOINS[group.join];

  function removeAt(at: number, words: string) {
    session.edit(removeMember(tree, condition, groups, at));
    announce(`Removed: ${words}`);
    const beside = [`${place}.${at}`, `${place}.${at - 1}`].map((one) => `[data-place="${one}"] [data-mark="remove"]`);
    focusOn(...beside, `[data-group="${place}"] > .grp__a .pl--add`, `[data-add="${condition.kind}"]`);
  }

  return (
    <div
      className={cx("grp", !group.isTop && "grp--in")}
      role="group"
      aria-label={name}
      data-group={place}
      data-place={place}
    >
      <div className="grp__h">
        {isReadOnly ? (
          <span className="pl pl--sel">{JOINS[group.join]}</span>
        ) : (
          <ChoiceControl
            label="How these are joined"
            look="sel"
            mark="join"
            value={group.join}
            options={Object.entries(JOINS).map(([value, label]) => ({ value, label }))}
            onChange={(value) => {
              session.edit(setJoin(tree, group, value as Join));
              announce(JOINS[value as Join]);
            }}
          />
        )}
        {onRemove && !isReadOnly && (
          <RemoveButton words={`${JOINS[group.join].toLowerCase()}, the whole group`} onRemove={() => onRemove(name)} />
        )}
      </div>
      {group.members.length === 0 && <p className="grp__n x3 t12">{EMPTY[group.join]}</p>}
      {group.members.map((member, at) => (
        <MemberBlock
          key={at}
          member={member}
          condition={condition}
          groups={groups}
          place={`${place}.${at}`}
          onRemove={(words) => removeAt(at, words)}
        />
      ))}
      {!isReadOnly && <AddToGroup groups={groups} place={place} />}
    </div>
  );
}

const EMPTY: Readonly<Record<Join, string>> = {
  all: "Nothing yet: this always holds.",
  any: "Nothing yet: this never holds.",
  none: "Nothing yet: this always holds.",
};

type MemberProps = Props & { member: Block; onRemove: (words: string) => void };

function MemberBlock({ member, ...rest }: MemberProps) {
  switch (member.kind) {
    case "row":
      return <RowBlock row={member} {...rest} />;
    case "free":
      return <FreeBlock free={member} {...rest} />;
    case "group":
      return <GroupBlock {...rest} groups={[...rest.groups, member]} />;
  }
}

function AddToGroup({ groups, place }: Pick<Props, "groups" | "place">) {
  const { session, focusOn } = useEditor();
  const { tree } = usePolicy();
  const group = groups.at(-1);
  if (!group) return null;
  const next = group.members.length;

  return (
    <AddButtons
      groups={groups}
      write={(texts) => addMember(tree, group, texts)}
      onAdded={(edits, count) => {
        session.edit(edits);
        const last = group.join === "all" ? `${next + count - 1}` : count > 1 ? `${next}.${count - 1}` : `${next}`;
        focusAt(focusOn, `${place}.${last}`);
      }}
    />
  );
}

/** Puts the focus on what a new block is changed by first. */
export function focusAt(focusOn: (...selectors: string[]) => void, place: string): void {
  const at = `[data-place="${place}"]`;
  focusOn(`${at} > .grp__a .pl--add`, `${at} [data-mark="value"]`, `${at} [data-mark="operator"]`, `${at} button`);
}

type AddProps = {
  groups: readonly Group[];
  /** For tests and keys: which condition begins with this. */
  mark?: string;
  write: (texts: readonly string[]) => Edit[];
  onAdded: (edits: Edit[], count: number) => void;
};

/** What can be added: a row, a group of rows, an expression. */
export function AddButtons({ groups, mark, write, onAdded }: AddProps) {
  const { announce } = useEditor();
  const { blocks, paths } = usePolicy();
  const first = useFirstValue();
  const [isWriting, setWriting] = useState(false);

  function add(texts: readonly string[], words: string) {
    onAdded(write(texts), texts.length);
    announce(`Added: ${words}`);
  }

  function addRow(known: KnownPath) {
    const row = newRow(known, first);
    // What is asked here first need not be asked before.
    const needed = row.operator === "has" ? { ...known, mayLack: known.mayLack.with(-1, false) } : known;
    const before = checksFor(needed, askedBefore(blocks, groups));
    add([...before, writeRow(row)], rowWords(row, known.type));
  }

  const plus = <Icon name="plus" size={12} />;
  return (
    <div className="grp__a">
      {paths && (
        <PathPicker
          label="Condition"
          paths={paths}
          isFocusKept
          onChoose={addRow}
          trigger={
            <button className="pl pl--add" type="button" data-add={mark}>
              {plus}Condition
            </button>
          }
        />
      )}
      <Menu
        align="start"
        trigger={
          <button className="pl pl--add" type="button">
            {plus}Group
          </button>
        }
        items={Object.entries(JOINS).map(([join, label]) => ({
          label,
          onSelect: () => add([emptyGroup(join as Join)], label),
        }))}
      />
      <button className="pl pl--add" type="button" onClick={() => setWriting(true)}>
        {plus}Expression
      </button>
      {isWriting && (
        <div className="cond cond--x" role="group" aria-label="New expression">
          <ExpressionField
            text=""
            onCancel={() => setWriting(false)}
            onCommit={(text) => {
              setWriting(false);
              add([text], "an expression");
            }}
          />
        </div>
      )}
    </div>
  );
}
