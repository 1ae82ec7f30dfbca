import { z } from "zod";
import { IdentityKind, IdentityState } from "./contract";

/** The columns of a file of identities, in any order. `kind` and `name` must be there. */
export const IMPORT_COLUMNS = ["kind", "name", "displayName", "email", "team", "labels"] as const;
/** At most so many identities at once. */
export const IMPORT_MOST_ROWS = 10_000;
/** At most so many bytes of UTF-8. */
export const IMPORT_MOST_BYTES = 5_000_000;

/** CSV (RFC 4180). `check` tells what is wrong and what would be made, and makes nothing. */
export const ImportIdentitiesInput = z.object({ text: z.string(), mode: z.enum(["check", "import"]) });

/** Something wrong with a file, as a spreadsheet counts: the head is row 1. */
export const ImportProblem = z.object({
  row: z.int(),
  /** Null where it is about the whole row. */
  column: z.string().nullable(),
  message: z.string(),
});

export const ImportResult = z.object({
  /** What was made, or would be where nothing is wrong. */
  people: z.int(),
  services: z.int(),
  nodes: z.int(),
  /** Every problem, by row. */
  problems: z.array(ImportProblem),
  wasImported: z.boolean(),
});

/** What a list of identities shows, as a file. Without a kind all three. */
export const ExportIdentitiesInput = z.object({
  kind: IdentityKind.optional(),
  query: z.string().trim().max(200).default(""),
  state: IdentityState.optional(),
  teamId: z.string().max(60).optional(),
});

export type ImportIdentitiesInput = z.infer<typeof ImportIdentitiesInput>;
export type ImportProblem = z.infer<typeof ImportProblem>;
export type ImportResult = z.infer<typeof ImportResult>;
export type ExportIdentitiesInput = z.infer<typeof ExportIdentitiesInput>;
