/** Which two epochs the address asks to compare; undefined for none. */
export interface Compared {
  readonly from: number;
  readonly to: number;
}

/** Reads the address; what cannot be understood is left out. */
export function readCompared(
  parameters: Readonly<Record<string, string | string[] | undefined>>,
): Compared | undefined {
  const [from, to] = [numberIn(parameters["from"]), numberIn(parameters["to"])];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Writes an address that `readCompared` reads. */
export function epochsHref({ from, to }: Compared): string {
  return `/policies/history?from=${from}&to=${to}`;
}

function numberIn(value: string | string[] | undefined): number | undefined {
  const text = [value].flat()[0] ?? "";
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
