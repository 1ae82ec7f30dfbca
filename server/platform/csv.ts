/** The media type of what `csvLine` writes, RFC 4180. */
export const CSV_TYPE = "text/csv; charset=utf-8; header=present";

/**
 * One line of CSV (RFC 4180). A cell that a spreadsheet would run as a formula is prefixed with an apostrophe.
 */
export function csvLine(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map((cell) => quote(safe(cell == null ? "" : String(cell)))).join(",")}\r\n`;
}

function safe(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
