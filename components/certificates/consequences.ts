import { formatRelative } from "@/components/ui/format";
import type { RevocationConsequences } from "@/server/certificates/contract";
import { KINDS } from "./words";

/** What revoking some certificates does to one identity. */
export interface Outcome {
  readonly identityId: string;
  readonly kind: RevocationConsequences["kind"];
  readonly name: string;
  /** Nothing valid is left to it. */
  readonly isCutOff: boolean;
  /** How many valid certificates it keeps. */
  readonly kept: number;
  readonly strong: string;
  readonly rest: string;
}

/** What revoking certificates together does, identity by identity; those that are cut off come first. */
export function outcomesOf(all: readonly RevocationConsequences[], now: number): Outcome[] {
  const revocable = all.filter(({ isRevocable }) => isRevocable);
  const byIdentity = new Map<string, RevocationConsequences[]>();
  for (const one of revocable) byIdentity.set(one.identityId, [...(byIdentity.get(one.identityId) ?? []), one]);

  return [...byIdentity.values()]
    .map((group) => outcomeOf(group, now))
    .toSorted((a, b) => Number(b.isCutOff) - Number(a.isCutOff));
}

function outcomeOf(group: readonly RevocationConsequences[], now: number): Outcome {
  const [first] = group;
  if (!first) throw new RangeError("a group of certificates holds at least one");
  const { identityId, kind, name } = first;
  const kept = first.otherValidCount + 1 - group.length;
  const common = { identityId, kind, name, kept, isCutOff: kept <= 0 };
  const who = `${KINDS[kind].word} ${name}`;
  if (common.isCutOff) {
    const seen = group.map(({ lastSeenAt }) => lastSeenAt?.getTime() ?? 0).reduce((a, b) => Math.max(a, b), 0);
    const rest = seen > 0 ? `It was last seen ${formatRelative(seen, now)}.` : "It was never seen at the gateway.";
    return { ...common, strong: `${who} is cut off at once;`, rest: `no newer certificate exists. ${rest}` };
  }
  const isNewer = group.every(({ newerValid }) => newerValid !== null);
  const with_ = kept === 1 ? `${isNewer ? "a newer" : "another"} certificate` : `${kept} other certificates`;
  return { ...common, strong: `${who}`, rest: `goes on with ${with_}.` };
}

/** The certificates that cannot be revoked any more, and why. */
export function skippedOf(all: readonly RevocationConsequences[]): RevocationConsequences[] {
  return all.filter(({ isRevocable }) => !isRevocable);
}
