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

const ALL: readonly Column[] = COLUMNS;
const KEPT_AS = "swarm.certificates.columns";
const listeners = new Set<() => void>();

const usual: Readonly<Record<string, boolean>> = Object.fromEntries(
  ALL.map(({ id, isUsual }) => [id, isUsual ?? false]),
);
let current: Readonly<Record<string, boolean>> | undefined;

/** Which columns are shown: what this browser keeps of the person's choice. The server renders the usual ones. */
export function useColumnChoice(): Readonly<Record<string, boolean>> {
  return useSyncExternalStore(subscribe, readChoice, () => usual);
}

/** Shows or hides a column, here and at the next visit. */
export function chooseColumn(id: string, isShown: boolean): void {
  keep({ ...readChoice(), [id]: isShown });
}

/** Shows the usual columns again. */
export function resetColumns(): void {
  keep(usual);
}

/** What was kept, made whole: unknown columns are left out, locked ones are always shown. */
export function choiceFrom(kept: string | null): Readonly<Record<string, boolean>> {
  const shown = new Set(kept?.split(",") ?? ALL.filter(({ isUsual }) => isUsual).map(({ id }) => id));
  return Object.fromEntries(ALL.map(({ id, isLocked }) => [id, isLocked === true || shown.has(id)]));
}

function readChoice(): Readonly<Record<string, boolean>> {
  current ??= choiceFrom(readKept());
  return current;
}

function keep(choice: Readonly<Record<string, boolean>>): void {
  current = choice;
  try {
    const shown = ALL.filter(({ id }) => choice[id]).map(({ id }) => id);
    localStorage.setItem(KEPT_AS, shown.join(","));
  } catch {
    // A browser that keeps nothing still shows the choice until the page is left.
  }
  for (const listener of listeners) listener();
}

function readKept(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
