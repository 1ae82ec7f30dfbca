import type { ReadDatabase } from "@/server/kernel/context";
import type { ReplayInput } from "./impact-contract";

/** A logged decision, as it is decided again. */
export interface LoggedDecision {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly decision: "allow" | "deny";
  /** JSON: what was known. */
  readonly asked: string;
}

const SELECT = `
  SELECT seq, at, subject_type AS subjectType, subject_id AS subjectId, action, resource_type AS resourceType,
    resource_id AS resourceId, decision, asked
  FROM decisions`;

/** Decisions of the log in the order that is wanted. Those for which no policy was asked are left out. */
export function loggedDecisions(db: ReadDatabase, which: ReplayInput["which"], limit: number): LoggedDecision[] {
  const isAsked = "asked <> ''";
  if (which.order === "newest") {
    const rows = db.statement(`${SELECT} WHERE seq < ? AND ${isAsked} ORDER BY seq DESC LIMIT ?`);
    return rows.all(which.before ?? Number.MAX_SAFE_INTEGER, limit) as LoggedDecision[];
  }
  const rows = db.statement(`${SELECT} WHERE seq > ? AND at >= ? AND ${isAsked} ORDER BY seq LIMIT ?`);
  return rows.all(which.after ?? 0, which.from.getTime(), limit) as LoggedDecision[];
}

/** How many decisions were logged: nothing is ever removed, so that the last number tells it. */
export function countDecisions(db: ReadDatabase): number {
  const row = db.statement("SELECT max(seq) AS seq FROM decisions").get() as { seq: number | null };
  return row.seq ?? 0;
}
