/** One line of a difference; a space is what stayed. */
export type DiffRow = { sign: "+" | "-" | " "; key: string; value: string };

/** What changed between two records, key by key in the order of the earlier; nested values as JSON. */
export function diffRecords(before: unknown, after: unknown): DiffRow[] {
  const old = asRecord(before);
  const young = asRecord(after);
  const keys = [...Object.keys(old), ...Object.keys(young).filter((key) => !(key in old))];
  return keys.flatMap((key): DiffRow[] => {
    const was = key in old ? show(old[key]) : undefined;
    const is = key in young ? show(young[key]) : undefined;
    if (was !== undefined && was === is) return [{ sign: " ", key, value: was }];
    return [
      ...(was !== undefined ? [{ sign: "-" as const, key, value: was }] : []),
      ...(is !== undefined ? [{ sign: "+" as const, key, value: is }] : []),
    ];
  });
}

function asRecord(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value)) return { value };
  return Object.fromEntries(Object.entries(value));
}

function show(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
}
