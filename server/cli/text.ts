/** A column of a table for people. */
export interface Column<Row> {
  readonly title: string;
  of(row: Row): string | number | null | undefined;
}

/** Rows in aligned columns, or a sentence when there are none. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], whenEmpty: string): string {
  if (rows.length === 0) return whenEmpty;
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => oneLine(String(column.of(row) ?? "")))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => widthOf(line[index] ?? ""))));
  return cells
    .map((line) =>
      line
        .map((cell, index) => pad(cell, widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Labels and values under each other; a label without a value is left out. */
export function fields(
  pairs: readonly (readonly [label: string, value: string | number | null | undefined])[],
): string {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  const width = Math.max(...shown.map(([label]) => label.length));
  return shown.map(([label, value]) => `${label.padEnd(width)}  ${indent(String(value), width + 2)}`).join("\n");
}

/** A time as everything here writes it. */
export function utc(at: Date | number | null | undefined): string {
  if (at === null || at === undefined) return "";
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Text without control characters, which could take a terminal over. Line breaks and tabs stay. */
export function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

function indent(text: string, by: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(by)}`);
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

function widthOf(text: string): number {
  return [...text].length;
}
