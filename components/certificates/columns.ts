import { useSyncExternalStore } from "react";

/** A column of the list of certificates. */
export interface Column {
  readonly id: ColumnId;
  readonly label: string;
  /** Cannot be hidden: without it the list says nothing. */
  readonly isLocked?: boolean;
  /** Shown unless the person chose otherwise. */
  readonly isUsual?: boolean;
}

/** The columns in their order. */
export const COLUMNS = [
  { id: "name", label: "Name", isLocked: true, isUsual: true },
  { id: "kind", label: "Kind", isUsual: true },
  { id: "issuer", label: "Issuer", isUsual: true },
  { id: "names", label: "Names", isUsual: true },
  { id: "serial", label: "Serial", isUsual: true },
  { id: "status", label: "Status", isLocked: true, isUsual: true },
  { id: "ends", label: "Ends", isLocked: true, isUsual: true },
  { id: "seen", label: "Last seen", isUsual: true },
  { id: "profile", label: "Profile" },
  { id: "key", label: "Key" },
  { id: "issued", label: "Issued" },
  { id: "issuedBy", label: "Issued by" },
  { id: "fingerprint", label: "Fingerprint" },
] as const satisfies readonly { id: string; label: string; isLocked?: boolean; isUsual?: boolean }[];

/** The name of a column. */
export type ColumnId = (typeof COLUMNS)[number]["id"];

/** Which columns are shown. */
export type Choice = Readonly<Record<string, boolean>>;

const ALL: readonly Column[] = COLUMNS;

/** What a person chose to see, kept by their browser. */
class KeptChoice {
  readonly #listeners = new Set<() => void>();
  #current: Choice | undefined;

  constructor(
    readonly keptAs: string,
    readonly usual: Choice,
  ) {}

  readonly read = (): Choice => {
    this.#current ??= choiceFrom(readKept(this.keptAs), this.usual);
    return this.#current;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Shows or hides a column, here and at the next visit. */
  readonly choose = (id: string, isShown: boolean): void => this.#keep({ ...this.read(), [id]: isShown });

  /** Shows the usual columns again. */
  readonly reset = (): void => this.#keep(this.usual);

  #keep(choice: Choice): void {
    this.#current = choice;
    try {
      const shown = ALL.filter(({ id }) => choice[id]).map(({ id }) => id);
      localStorage.setItem(this.keptAs, shown.join(","));
    } catch {
      // A browser that keeps nothing still shows the choice until the page is left.
    }
    for (const listener of this.#listeners) listener();
  }
}

const chosen = (isChosen: (column: Column) => boolean): Choice =>
  Object.fromEntries(ALL.map((column) => [column.id, isChosen(column)]));

/** The columns of the table. */
export const WIDE = new KeptChoice(
  "swarm.certificates.columns",
  chosen(({ isUsual }) => isUsual === true),
);

/** What a row says on a phone, where two lines are the usual. */
export const NARROW = new KeptChoice(
  "swarm.certificates.lines",
  chosen(({ isLocked }) => isLocked === true),
);

/** The choice in force. The server renders the usual one. */
export function useColumnChoice(kept: KeptChoice): Choice {
  return useSyncExternalStore(kept.subscribe, kept.read, () => kept.usual);
}

/** What was kept, made whole: unknown columns are left out, locked ones are always shown. */
export function choiceFrom(kept: string | null, usual: Choice): Choice {
  if (kept === null) return usual;
  const shown = new Set(kept.split(","));
  return chosen(({ id, isLocked }) => isLocked === true || shown.has(id));
}

function readKept(keptAs: string): string | null {
  try {
    return localStorage.getItem(keptAs);
  } catch {
    return null;
  }
}
