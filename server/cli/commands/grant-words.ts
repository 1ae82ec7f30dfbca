import type { GrantResult, GrantSummary } from "@/server/roles/grant-contract";
import { CommandFailed, type Given, UsageError } from "../terminal";
import { type Column, fields, utc } from "../text";
import { minutesOf, option, timeOf } from "../words";

/**
 * Until when something is to be held, by --until, --for or --no-end.
 *
 * @param begins when --for counts from @throws {UsageError} unless one of them is given
 */
export function endIn(given: Given, begins: Date): Date | null {
  const [until, span] = [option(given, "until"), option(given, "for")];
  const isEndless = given.options.end === false;
  if ([until !== undefined, span !== undefined, isEndless].filter(Boolean).length !== 1) {
    throw new UsageError("say until when: one of --until, --for and --no-end");
  }
  if (until !== undefined) return timeOf(until, "--until");
  return span === undefined ? null : new Date(begins.getTime() + minutesOf(span, "--for", "h") * 60_000);
}

/** A whole number that an option gives. @throws {UsageError} */
export function numberIn(given: Given, name: string, optionName: string): number | undefined {
  const text = option(given, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${optionName} takes a whole number, not ${text}`);
  return Number(text);
}

/** A grant in a few lines. */
export function grantFacts(grant: GrantSummary): string {
  return fields([
    ["Grant", grant.id],
    ["Held by", `${grant.holder.kind} ${grant.holder.name}`],
    ["Role", grant.role.name],
    ["Scope", grant.scope],
    ["State", grant.state],
    ["From", utc(grant.startsAt)],
    ["Until", untilOf(grant)],
    ["For", grant.reason],
    ["Ticket", grant.ticket],
  ]);
}

/** Until when it is held. */
export function untilOf({ ended, endsAt }: GrantSummary): string {
  if (ended) return utc(ended.at);
  return endsAt === null ? "no end" : utc(endsAt);
}

/** What became of each of many. */
export const RESULTS: readonly Column<GrantResult>[] = [
  { title: "WHO", of: ({ holder }) => holder.name },
  { title: "GRANT", of: ({ grantId }) => grantId },
  { title: "REFUSED", of: ({ refused }) => refused?.message },
];

/** @throws {CommandFailed} when one was refused */
export function assertAllDone(results: readonly Pick<GrantResult, "refused">[]): void {
  const refused = results.flatMap((one) => one.refused ?? []);
  const [first] = refused;
  if (!first) return;
  if (results.length === 1) throw new CommandFailed(first.code, first.message);
  throw new CommandFailed("grant.refused", `${refused.length} of ${results.length} were refused`);
}
