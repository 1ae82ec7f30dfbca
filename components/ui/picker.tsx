"use client";

import { Popover } from "@base-ui/react/popover";
import { type KeyboardEvent, type ReactElement, type ReactNode, useId, useRef, useState } from "react";
import { Icon } from "./icon";

/** One thing to choose. */
export interface Choice {
  readonly key: string;
  readonly label: ReactNode;
  /** What is searched. */
  readonly words: string;
  readonly detail?: ReactNode;
  readonly group?: string;
}

type Props = {
  trigger: ReactElement;
  /** What is chosen: "Condition", "Team". */
  label: string;
  /** Asked for when the list opens: there may be thousands. */
  choices: () => readonly Choice[];
  onChoose: (key: string) => void;
  /** What a text that is not among the choices stands for, if it stands for something. */
  other?: (text: string) => Choice | null;
  /** Where the focus goes after a choice; else to what opened the list. */
  isFocusKept?: boolean;
  /** What stands below the list; it may choose, too, and then closes. */
  foot?: (close: () => void) => ReactNode;
};

/** More are not listed at once: search goes on through all. */
const MOST = 120;

/** A button that opens a list with a search: arrows move, Enter chooses, Escape closes. */
export function Picker({ trigger, label, choices, onChoose, other, isFocusKept, foot }: Props) {
  const [isOpen, setOpen] = useState(false);
  const hasChosen = useRef(false);

  function close() {
    hasChosen.current = true;
    setOpen(false);
  }

  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(next) => {
        hasChosen.current = false;
        setOpen(next);
      }}
    >
      <Popover.Trigger render={trigger} />
      <Popover.Portal>
        <Popover.Positioner className="pos" align="start" sideOffset={4} collisionPadding={8}>
          <Popover.Popup className="pop pick" aria-label={label} finalFocus={() => !(isFocusKept && hasChosen.current)}>
            <SearchList
              label={label}
              choices={choices}
              other={other}
              onChoose={(key) => {
                close();
                onChoose(key);
              }}
            />
            {foot?.(close)}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

type ListProps = Pick<Props, "label" | "choices" | "onChoose" | "other">;

function SearchList({ label, choices, onChoose, other }: ListProps) {
  const id = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const [known] = useState(choices);
  const found = search(known, query);
  const offered = query.trim() && other ? other(query.trim()) : null;
  const isNew =
    offered !== null && !found.some(({ label, detail }) => label === query.trim() || detail === query.trim());
  const all = isNew ? [...found, offered] : found;
  const shown = Math.min(at, Math.max(0, all.length - 1));

  function move(to: number) {
    const next = (to + all.length) % Math.max(1, all.length);
    setAt(next);
    list.current?.querySelector(`[data-at="${next}"]`)?.scrollIntoView({ block: "nearest" });
  }

  function onKeyDown(event: KeyboardEvent) {
    const steps: Readonly<Record<string, number>> = { ArrowDown: shown + 1, ArrowUp: shown - 1 };
    const to = steps[event.key];
    const chosen = all[shown];
    if (to !== undefined) move(to);
    else if (event.key === "Enter" && chosen) onChoose(chosen.key);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <div className="inp pick__q">
        <Icon name="search" />
        <input
          autoFocus
          role="combobox"
          aria-label={`Search: ${label}`}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={all[shown] ? `${id}-${shown}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="pick__l" id={`${id}-list`} role="listbox" aria-label={label} ref={list}>
        {all.map((choice, place) => (
          <Option
            key={choice.key}
            id={`${id}-${place}`}
            at={place}
            choice={choice}
            heading={choice.group !== all[place - 1]?.group ? choice.group : undefined}
            isCurrent={place === shown}
            onChoose={onChoose}
          />
        ))}
      </div>
      {all.length === 0 && <p className="help pick__n">Nothing of that name.</p>}
      <div className="vh" role="status">
        {query && `${all.length} found`}
      </div>
    </>
  );
}

type OptionProps = {
  id: string;
  at: number;
  choice: Choice;
  heading?: string;
  isCurrent: boolean;
  onChoose: (key: string) => void;
};

function Option({ id, at, choice, heading, isCurrent, onChoose }: OptionProps) {
  return (
    <>
      {heading && (
        <div className="mh" role="presentation">
          {heading}
        </div>
      )}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the focus, and its keys choose */}
      <div
        className="mi"
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={isCurrent}
        data-highlighted={isCurrent ? "" : undefined}
        data-at={at}
        onClick={() => onChoose(choice.key)}
      >
        <span>{choice.label}</span>
        {choice.detail && <span className="mi__e">{choice.detail}</span>}
      </div>
    </>
  );
}

/** Those that have every word of a query; what begins with it comes first. */
function search(choices: readonly Choice[], query: string): readonly Choice[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return choices.slice(0, MOST);
  const has = ({ words: text }: Choice) => words.every((word) => text.toLowerCase().includes(word));
  return choices
    .filter(has)
    .toSorted((a, b) => rank(a, words[0] ?? "") - rank(b, words[0] ?? ""))
    .slice(0, MOST);
}

/** 0 for what begins with a word, 1 for what has a part that does, 2 for the others. */
function rank({ words: text }: Choice, word: string): number {
  const lower = text.toLowerCase();
  if (lower.startsWith(word)) return 0;
  return lower.includes(` ${word}`) ? 1 : 2;
}
