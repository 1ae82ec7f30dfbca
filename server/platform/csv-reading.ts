import { CsvError, parse } from "csv-parse/sync";

/** What a file of CSV holds: its records in order, the head among them. */
export interface CsvRecords {
  readonly records: readonly (readonly string[])[];
  /** Where it could not be read further, counted from 1, and why. */
  readonly broken?: { readonly row: number; readonly message: string };
}

/**
 * Reads CSV (RFC 4180): commas, quotes, any line ends, with or without a byte order mark. An empty line is a record of one
 * empty cell, so that records count as the rows of a spreadsheet. The apostrophe with which `csvLine` keeps a cell from
 * being run as a formula is taken off again.
 */
export function readCsv(text: string): CsvRecords {
  const records: string[][] = [];
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      on_record: (record: string[]) => {
        records.push(record.map(unguarded));
        return null;
      },
    });
    return { records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records, broken: { row: records.length + 1, message: wordsOf(error) } };
  }
}

function unguarded(cell: string): string {
  return /^'[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell;
}

function wordsOf({ code }: CsvError): string {
  switch (code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return "a quote is opened here and never closed";
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
      return 'a quote stands inside a cell; put the whole cell into quotes and write "" for each quote in it';
    default:
      return "this is not CSV as RFC 4180 has it: cells between commas, one record a line";
  }
}
