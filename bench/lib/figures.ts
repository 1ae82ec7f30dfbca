/** One thing that was measured, and what it is measured against. */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is compared with: measured in the same run, or the bar itself. */
  readonly limit: number;
  /** `value / limit`. */
  readonly ratio: number;
  /** What the ratio is held to, such as `>= 0.30`; null when the figure only informs. */
  readonly bar: string | null;
  readonly holds: boolean;
}

/** A figure whose value must be at least so large a share of its limit. */
export function atLeast(share: number, figure: string, value: number, limit: number, unit: string): Figure {
  const ratio = value / limit;
  return { figure, value, unit, limit, ratio, bar: `>= ${share.toFixed(2)}`, holds: ratio >= share };
}

/** A figure whose value must be at most so many times its limit. */
export function atMost(times: number, figure: string, value: number, limit: number, unit: string): Figure {
  const ratio = value / limit;
  return { figure, value, unit, limit, ratio, bar: `<= ${times.toFixed(2)}`, holds: ratio <= times };
}

/** A figure that nothing is demanded of. */
export function informs(figure: string, value: number, limit: number, unit: string): Figure {
  return { figure, value, unit, limit, ratio: value / limit, bar: null, holds: true };
}

/** Where figures go as they come, and what is said about how they came about. */
export interface Report {
  note(text: string): void;
  add(...figures: readonly Figure[]): void;
  /** Prints the table, or nothing when lines were asked for. Answers whether every figure holds. */
  end(): boolean;
}

/** A report for people (a table at the end) or for programs (a line of JSON for each figure on stdout; notes on stderr). */
export function openReport(form: "table" | "json"): Report {
  const figures: Figure[] = [];
  return {
    note: (text) => void process.stderr.write(`${text}\n`),
    add: (...more) => {
      figures.push(...more);
      if (form === "json") for (const figure of more) process.stdout.write(`${JSON.stringify(figure)}\n`);
    },
    end: () => {
      if (form === "table") process.stdout.write(tableOf(figures));
      return figures.every((figure) => figure.holds);
    },
  };
}

function tableOf(figures: readonly Figure[]): string {
  const rows = [
    ["figure", "value", "limit", "ratio", "bar", ""],
    ...figures.map(({ figure, value, unit, limit, ratio, bar, holds }) => [
      figure,
      `${short(value)} ${unit}`,
      short(limit),
      short(ratio),
      bar ?? "",
      bar === null ? "" : holds ? "holds" : "FAILS",
    ]),
  ];
  const widths = [0, 1, 2, 3, 4, 5].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at === 0 || at > 3 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ");
  return `${rows.map((row) => line(row).trimEnd()).join("\n")}\n`;
}

function short(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}
