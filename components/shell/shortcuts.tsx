"use client";

import { useEffect, useEffectEvent } from "react";
import { tinykeys } from "tinykeys";
import { Kbd } from "../ui/badge";
import { Dialog } from "../ui/dialog";
import { useModKey } from "./mod-key";
import { type NavKey, navItems } from "./nav";

type Bindings = Record<string, (event: KeyboardEvent) => void>;

/**
 * Keys of the whole window, in the words of tinykeys: "g c", "Shift+?", "$mod+k".
 * They rest while the person types or an overlay is open, unless they hold everywhere.
 */
export function useShortcuts(bindings: Bindings, options: { isEverywhere?: boolean } = {}) {
  const keys = Object.keys(bindings).join("\n");
  const isEverywhere = options.isEverywhere ?? false;
  const run = useEffectEvent((key: string, event: KeyboardEvent) => bindings[key]?.(event));

  useEffect(() => {
    const handlers = keys.split("\n").map((key) => [
      key,
      (event: KeyboardEvent) => {
        if (event.defaultPrevented || (!isEverywhere && isBusy(event))) return;
        if (isEverywhere) event.preventDefault();
        run(key, event);
      },
    ]);
    return tinykeys(window, Object.fromEntries(handlers));
  }, [keys, isEverywhere]);
}

/** Whether the keys belong to a field or an overlay now. */
function isBusy(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.isContentEditable) return true;
  if (target?.matches("textarea, select, input:not([type=checkbox], [type=radio])")) return true;
  return document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null;
}

type HelpProps = { open: boolean; onOpenChange: (open: boolean) => void; hidden?: readonly NavKey[] };

const general: readonly [keys: readonly string[], what: string][] = [
  [["/"], "Search this list"],
  [["?"], "This help"],
  [["Esc"], "Close, or clear the search"],
];

const rows: readonly [keys: readonly string[], what: string][] = [
  [["J", "K"], "Next and previous row"],
  [["X"], "Choose the row"],
  [["↵"], "Open the row"],
];

/** All shortcuts, on one sheet. */
export function ShortcutHelp({ open, onOpenChange, hidden = [] }: HelpProps) {
  const modKey = useModKey();
  const places = navItems.filter((item) => !hidden.includes(item.key));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Shortcuts"
      isOnlyRead
      lead="Everything here also works with Tab, arrows and Enter."
    >
      <div className="keys">
        <div>
          <h3>Everywhere</h3>
          <KeyList entries={[[[modKey, "K"], "Search or run a command"], ...general]} />
          <h3>In a table</h3>
          <KeyList entries={rows} />
        </div>
        <div>
          <h3>Go to</h3>
          <KeyList entries={places.map((item) => [["G", item.shortcut.toUpperCase()], item.label])} />
        </div>
      </div>
    </Dialog>
  );
}

function KeyList({ entries }: { entries: readonly [keys: readonly string[], what: string][] }) {
  return (
    <dl>
      {entries.map(([keys, what]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd className="row">
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
