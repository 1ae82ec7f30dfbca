import type { IconName } from "@/components/ui/icon";
import { formatCount, formatDuration, formatRelative, listWords, plural } from "@/components/ui/format";
import type { Tone } from "@/components/ui/tone";
import { writeInventoryAddress } from "@/server/certificates/inventory-contract";
import type { Overview } from "./read-overview";

const DAY_MS = 86_400_000;

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
export function needsOf(overview: Overview): Need[] {
  const timed = [...failedRenewals(overview), ...dueOnes(overview)].sort(
    (a, b) => (a.ends?.at ?? 0) - (b.ends?.at ?? 0),
  );
  return [...alerts(overview), ...lateCrls(overview), ...timed, ...lockedOnes(overview), ...standing(overview)];
}

/** The sentence of the page. */
export function nowLine(needs: readonly Need[], now: number): string {
  if (needs.length === 0) return "Nothing needs a person.";
  const things = needs.length === 1 ? "One thing needs a person" : `${needs.length} things need a person`;
  const nearest = Math.min(...needs.flatMap((need) => (need.ends && need.ends.at > now ? [need.ends.at] : [])));
  return Number.isFinite(nearest) ? `${things}. The nearest breaks in ${formatDuration(nearest - now)}.` : `${things}.`;
}

function alerts({ attention, now }: Overview): Need[] {
  return attention.alerts.map((alert) => ({
    key: alert.id,
    tone: "danger",
    icon: "stop",
    title: `Somebody may have copied the key of ${alert.identityName}`,
    reason: sentence(alert.detail),
    since: `raised ${formatRelative(alert.raisedAt, now)}`,
    action: {
      label: `Review ${alert.identityKind}`,
      href: identityHref(alert.identityKind, alert.identityId),
      icon: "shield",
    },
  }));
}

function lateCrls({ attention, now }: Overview): Need[] {
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

function failedRenewals({ attention }: Overview): Need[] {
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

function dueOnes({ attention, due, dueWithinDay, totals, now }: Overview): Need[] {
  // Those whose renewal was refused are listed by themselves.
  const refused = new Map(attention.failedRenewals.map((each) => [each.serial, each.notAfter.getTime()]));
  const rows = due.rows.filter((row) => !refused.has(row.serial));
  const [first] = rows;
  if (!first) return [];

  const border = first.notAfter - now < DAY_MS ? now + DAY_MS : Number.POSITIVE_INFINITY;
  const isSoon = Number.isFinite(border);
  const all = totals.status.find((facet) => facet.value === "due")?.count ?? 0;
  const count = (isSoon ? dueWithinDay : all) - [...refused.values()].filter((notAfter) => notAfter < border).length;
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

function lockedOnes({ locked, attention, now }: Overview): Need[] {
  const alerted = new Set(attention.alerts.map((alert) => alert.identityId));
  return locked
    .filter((identity) => !alerted.has(identity.id))
    .map((identity) => ({
      key: identity.id,
      tone: "warn",
      icon: "lock",
      title: `${identity.displayName} is locked`,
      reason: `${sentence(identity.stateReason ?? "no reason was given")} Every request of this ${identity.kind === "user" ? "person" : identity.kind} is refused.`,
      since: `since ${formatRelative(identity.stateChangedAt, now)}`,
      action: { label: "Review lock", href: identityHref(identity.kind, identity.id) },
    }));
}

/** What does not break by itself, and should not stay so. */
function standing({ attention, iHaveNoSecondFactor, peopleWithoutSecondFactor }: Overview): Need[] {
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
  if (peopleWithoutSecondFactor > 0) {
    needs.push({
      key: "second-factors",
      tone: "warn",
      icon: "key",
      title: `${plural(peopleWithoutSecondFactor, "other person signs", "other people sign")} in with a password alone`,
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

function identityHref(kind: "node" | "service" | "user", id: string): string {
  return `/${{ node: "nodes", service: "services", user: "people" }[kind]}/${id}`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? "" : "."}`;
}
