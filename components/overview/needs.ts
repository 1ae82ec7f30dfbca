import { identityHref, KINDS } from "@/components/identities/kinds";
import type { IconName } from "@/components/ui/icon";
import { formatCount, formatDuration, formatRelative, listWords, plural, sentence } from "@/components/ui/format";
import type { Tone } from "@/components/ui/tone";
import { writeInventoryAddress } from "@/server/certificates/inventory-contract";
import type { LockedOnes, NeedsFacts } from "./read-needs";

const DAY_MS = 86_400_000;

/** How many are called by their names before they are a number. */
export const NAMED = 3;

/** One thing that needs a person: what, why, until when, and the safe way on. */
export interface Need {
  readonly key: string;
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title: string;
  readonly reason: string;
  readonly ends?: { readonly at: number; readonly start: number; readonly renewAt?: number };
  readonly since?: string;
  readonly action: { readonly label: string; readonly href: string; readonly icon?: IconName };
}

/** What needs a person now, the nearest break first; what has no end known after what has. */
export function needsOf(facts: NeedsFacts): Need[] {
  const timed = [...failedRenewals(facts), ...dueOnes(facts)].sort((a, b) => (a.ends?.at ?? 0) - (b.ends?.at ?? 0));
  return [...alerts(facts), ...lateCrls(facts), ...timed, ...lockedOnes(facts), ...standing(facts)];
}

/** The sentence of the page. */
export function nowLine(needs: readonly Need[], now: number): string {
  if (needs.length === 0) return "Nothing needs a person.";
  const things = needs.length === 1 ? "One thing needs a person" : `${needs.length} things need a person`;
  const nearest = Math.min(...needs.flatMap((need) => (need.ends && need.ends.at > now ? [need.ends.at] : [])));
  return Number.isFinite(nearest) ? `${things}. The nearest breaks in ${formatDuration(nearest - now)}.` : `${things}.`;
}

function alerts({ attention, now }: NeedsFacts): Need[] {
  return attention.alerts.map((alert) => ({
    key: alert.id,
    tone: "danger",
    icon: "stop",
    title: `Somebody may have copied the key of ${alert.identityName}`,
    reason: sentence(alert.detail, now),
    since: `raised ${formatRelative(alert.raisedAt, now)}`,
    action: {
      label: `Review ${KINDS[alert.identityKind].one}`,
      href: identityHref({ id: alert.identityId, kind: alert.identityKind }),
      icon: "shield",
    },
  }));
}

function lateCrls({ attention, now }: NeedsFacts): Need[] {
  return attention.lateCrls.map((crl) => ({
    key: `crl:${crl.slug}`,
    tone: "danger",
    icon: "ca",
    title: `The revocation list of ${crl.name} is out of date`,
    reason: "Whoever checks it refuses every certificate of this authority. The gateway publishes lists while it runs.",
    since: crl.nextUpdate ? `ended ${formatRelative(crl.nextUpdate, now)}` : "never published",
    action: { label: "Open authority", href: `/authorities/${crl.slug}` },
  }));
}

function failedRenewals({ attention }: NeedsFacts): Need[] {
  return attention.failedRenewals.map((failed) => ({
    key: `renewal:${failed.serial}`,
    tone: "danger",
    icon: "stop",
    title: `${failed.name} cannot renew its certificate`,
    reason: `Refused ${plural(failed.failures, "time")}, the last time because ${failed.lastMessage}.`,
    ends: { at: failed.notAfter.getTime(), start: failed.notBefore.getTime(), renewAt: failed.renewAfter.getTime() },
    action: { label: "Review certificate", href: `/certificates/${failed.serial}` },
  }));
}

function dueOnes({ attention, due, dueInAll, dueWithinDay, now }: NeedsFacts): Need[] {
  // Those whose renewal was refused are listed by themselves.
  const refused = attention.failedRenewals.filter((each) => each.renewAfter.getTime() <= now);
  const rows = due.rows.filter((row) => !refused.some(({ serial }) => serial === row.serial)).slice(0, NAMED);
  const [first] = rows;
  if (!first) return [];

  const border = first.notAfter - now < DAY_MS ? now + DAY_MS : Number.POSITIVE_INFINITY;
  const isSoon = Number.isFinite(border);
  const all = isSoon ? dueWithinDay : dueInAll;
  const count = all - refused.filter(({ notAfter }) => notAfter.getTime() < border).length;
  const names = rows.filter((row) => row.notAfter < border).map((row) => row.name);
  const filter = { status: ["due" as const], ...(isSoon && { endsBefore: border }) };
  const place = { tone: isSoon ? "danger" : "warn", icon: isSoon ? "stop" : "warn", key: "due" } as const;
  const ends = { at: first.notAfter, start: first.notBefore, renewAt: first.renewAfter };
  if (count <= 1) {
    return [
      {
        ...place,
        title: `${first.name} missed its renewal`,
        reason: "It does not renew by itself: its agent is silent, or there is none.",
        ends,
        action: { label: "Review certificate", href: `/certificates/${first.serial}` },
      },
    ];
  }
  const more = count - names.length;
  return [
    {
      ...place,
      title: `${plural(count, "certificate")} ${isSoon ? "end within 24 h and " : ""}missed their renewal`,
      reason: `${more > 0 ? `${names.join(", ")} and ${formatCount(more)} more` : listWords(names)} do not renew by themselves: their agents are silent, or there are none.`,
      ends,
      action: { label: `Review ${formatCount(count)}`, href: `/certificates${writeInventoryAddress({ filter })}` },
    },
  ];
}

function lockedOnes({ locked, attention, now }: NeedsFacts): Need[] {
  const alerted = new Set(attention.alerts.map((alert) => alert.identityId));
  return locked.flatMap(({ kind, items, total }) => {
    const others = items.filter((identity) => !alerted.has(identity.id));
    const count = total - (items.length - others.length);
    if (count > NAMED) return [manyLocked({ kind, items: others.slice(0, NAMED), total: count })];
    return others.map((identity) => ({
      key: identity.id,
      tone: "warn" as const,
      icon: "lock" as const,
      title: `${identity.displayName} is locked`,
      reason: `${sentence(identity.stateReason ?? "no reason was given", now)} Every request of this ${KINDS[kind].one} is refused.`,
      since: `since ${formatRelative(identity.stateChangedAt, now)}`,
      action: { label: "Review lock", href: identityHref(identity) },
    }));
  });
}

function manyLocked({ kind, items, total }: LockedOnes): Need {
  const { one, many, place } = KINDS[kind];
  const names = items.map(({ displayName }) => displayName).join(", ");
  return {
    key: `locked:${kind}`,
    tone: "warn",
    icon: "lock",
    title: `${plural(total, one, many)} are locked`,
    reason: `${names} and ${formatCount(total - items.length)} more. Every request of theirs is refused.`,
    action: { label: `Review ${formatCount(total)}`, href: `${place}?state=locked` },
  };
}

/** What does not break by itself, and should not stay so. */
function standing({ attention, iHaveNoSecondFactor, peopleWithoutSecondFactor }: NeedsFacts): Need[] {
  const needs: Need[] = [];
  if (iHaveNoSecondFactor) {
    needs.push({
      key: "own-second-factor",
      tone: "warn",
      icon: "key",
      title: "You sign in with a password alone",
      reason: "Whoever learns it is you. An authenticator app takes a minute.",
      action: { label: "Add second factor", href: "/account" },
    });
  }
  const { count, isExact } = peopleWithoutSecondFactor;
  if (count > 0) {
    needs.push({
      key: "second-factors",
      tone: "warn",
      icon: "key",
      title: `${isExact ? "" : "At least "}${plural(count, "other person signs", "other people sign")} in with a password alone`,
      reason: "They are reminded at each sign-in; nobody but they can add the factor.",
      action: { label: "Show people", href: "/people" },
    });
  }
  if (attention.keyProtection.besideDatabase) {
    needs.push({
      key: "master-key",
      tone: "warn",
      icon: "key",
      title: "The master key lies beside the database it protects",
      reason: "One stolen folder or backup is everything. Move the key elsewhere, or use a passphrase.",
      action: { label: "Show how", href: "/authorities#key-protection" },
    });
  }
  return needs;
}
