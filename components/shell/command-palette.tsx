"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useState } from "react";
import { Kbd } from "../ui/badge";
import { Icon, type IconName } from "../ui/icon";
import type { Tone } from "../ui/tone";
import { toneText } from "../ui/tone";
import { leaveFor } from "./leaving";
import { useModKey } from "./mod-key";
import { type NavKey, navItems } from "./nav";
import { readRecent, rememberRecent } from "./recent";

/** Something the palette can lead to: a thing, what to do with it, or a place. */
export type PaletteItem = {
  id: string;
  group: "thing" | "do" | "place";
  label: string;
  href: string;
  icon?: IconName;
  /** A word beside it: "ends in 5 h 12 min". */
  hint?: string;
  tone?: Tone;
  /** The query is this very thing (its serial, fingerprint or name): pasting it goes there at once. */
  isExact?: boolean;
};

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  search: (query: string) => Promise<readonly PaletteItem[]>;
  hidden?: readonly NavKey[];
  onHelp: () => void;
};

const headings = { recent: "Recent", thing: "Best match", do: "Do", place: "Go to" } as const;
const pauseMs = 120;

/** The palette: things first, then what to do with them, then places. */
export function CommandPalette(props: Props) {
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="stage stage--top">
          <Base.Popup className="pal" aria-label="Command palette">
            <Palette {...props} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

function Palette({ search, hidden = NONE, onOpenChange, onHelp }: Props) {
  const router = useRouter();
  const modKey = useModKey();
  const [query, setQuery] = useState("");
  const [selected, setSelected] = useState("");
  const [wasPasted, setPasted] = useState(false);
  const [enteredAt, setEnteredAt] = useState<string>();
  const [recent] = useState(readRecent);
  const [result, setResult] = useState<{ query: string; items: readonly PaletteItem[]; failed?: true }>();
  const wanted = query.trim();

  function go(item: PaletteItem) {
    rememberRecent(item);
    onOpenChange(false);
    leaveFor(item.href, router.push);
  }

  useEffect(() => {
    let isStale = false;

    async function find() {
      try {
        const items = await search(wanted);
        if (isStale) return;
        const exact = items.filter((item) => item.isExact);
        const pasted = wasPasted && exact.length === 1 ? exact[0] : undefined;
        const entered = enteredAt === wanted ? (items[0] ?? placesFor(wanted, hidden)[0]) : undefined;
        const chosen = pasted ?? entered;
        if (chosen) {
          rememberRecent(chosen);
          onOpenChange(false);
          leaveFor(chosen.href, router.push);
          return;
        }
        setResult({ query: wanted, items });
      } catch {
        if (!isStale) setResult({ query: wanted, items: [], failed: true });
      }
    }

    const isUrgent = wanted === "" || wasPasted || enteredAt === wanted;
    const timer = setTimeout(() => void find(), isUrgent ? 0 : pauseMs);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [wanted, wasPasted, enteredAt, hidden, search, onOpenChange, router]);

  const places = placesFor(wanted, hidden);
  const isFound = result?.query === wanted;
  const found = (result?.items ?? []).filter(
    ({ label }) => isFound || label.toLowerCase().includes(wanted.toLowerCase()),
  );
  const groups = [
    { key: "recent", items: wanted === "" ? recent : [] },
    { key: "thing", items: found.filter((item) => item.group === "thing") },
    { key: "do", items: found.filter((item) => item.group === "do") },
    { key: "place", items: [...found.filter((item) => item.group === "place"), ...places] },
  ] as const;
  const all = groups.flatMap((group) => group.items.map((item) => ({ value: `${group.key}:${item.id}`, item })));
  const current = all.find((entry) => entry.value === selected) ?? all[0];

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "?" && query === "") {
      event.preventDefault();
      onHelp();
      return;
    }
    if (event.key !== "Enter") return;
    if (event.metaKey || event.ctrlKey) {
      event.preventDefault();
      if (current) window.open(current.item.href, "_blank", "noopener");
    } else if (!isFound && wanted !== "") {
      // Whoever is faster than the search means what it will find, not what is left of the one before.
      event.preventDefault();
      setEnteredAt(wanted);
    }
  }

  return (
    <Command
      label="Search or run a command"
      shouldFilter={false}
      loop
      value={current?.value ?? ""}
      onValueChange={setSelected}
      onKeyDown={onKeyDown}
    >
      <div className="pal__q">
        <Icon name="search" />
        <Command.Input
          autoFocus
          placeholder="Name, serial, fingerprint, or a place"
          value={query}
          onValueChange={setQuery}
          onPaste={() => setPasted(true)}
          onKeyDown={() => setPasted(false)}
        />
        <Kbd>esc</Kbd>
      </div>
      <Command.List className="pal__l" label="Results">
        {all.length === 0 && isFound && (
          <p className="pal__n" role="status">
            {result?.failed ? "The search did not answer. Type on to try again." : `Nothing is called “${wanted}”.`}
          </p>
        )}
        {groups.map(
          (group) =>
            group.items.length > 0 && (
              <Command.Group key={group.key} heading={<span className="mh block">{headings[group.key]}</span>}>
                {group.items.map((item) => (
                  <Command.Item
                    key={item.id}
                    className="mi"
                    value={`${group.key}:${item.id}`}
                    onSelect={() => go(item)}
                  >
                    <Icon name={item.icon ?? "arrow"} />
                    <span className="cut">
                      <Marked text={item.label} query={wanted} />
                    </span>
                    {item.hint && group.key === "place" ? (
                      <span className="mi__e m-hide">{item.hint}</span>
                    ) : (
                      item.hint && (
                        <span className={`t12 nw ${item.tone ? toneText[item.tone] : "x3"}`}>{item.hint}</span>
                      )
                    )}
                  </Command.Item>
                ))}
              </Command.Group>
            ),
        )}
      </Command.List>
      <div className="pal__f" aria-hidden="true">
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> move
        </span>
        <span>
          <Kbd>↵</Kbd> open
        </span>
        <span>
          <Kbd>{modKey}</Kbd> <Kbd>↵</Kbd> new tab
        </span>
        <span className="ml-auto">
          <Kbd>?</Kbd> shortcuts
        </span>
      </div>
    </Command>
  );
}

const NONE: readonly NavKey[] = [];

/** The places whose words contain what was typed. */
function placesFor(text: string, hidden: readonly NavKey[]): PaletteItem[] {
  return navItems
    .filter((item) => !hidden.includes(item.key) && item.label.toLowerCase().includes(text.toLowerCase()))
    .map((item) => ({ ...item, id: item.key, group: "place", hint: `g ${item.shortcut}` }));
}

function Marked({ text, query }: { text: string; query: string }) {
  const at = query ? text.toLowerCase().indexOf(query.toLowerCase()) : -1;
  if (at === -1) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + query.length)}</mark>
      {text.slice(at + query.length)}
    </>
  );
}
