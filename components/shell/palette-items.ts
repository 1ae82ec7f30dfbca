import { formatRelative } from "@/components/ui/format";
import type { IconName } from "@/components/ui/icon";
import type { Tone } from "@/components/ui/tone";
import type { FoundThings } from "@/server/certificates/inventory-contract";
import type { PaletteItem } from "./command-palette";

/** The list that each kind of identity stands in. */
const PLACES = { user: "/people", service: "/services", node: "/nodes" } as const;
const ICONS: Readonly<Record<keyof typeof PLACES, IconName>> = { user: "person", service: "service", node: "node" };

interface Deed {
  /** Absent for what everybody may do to their own account. */
  readonly action?: string;
  readonly label: string;
  readonly href: string;
  readonly icon: IconName;
}

const DEEDS: readonly Deed[] = [
  { action: "certificate.issue", label: "Issue a certificate", href: "/certificates/new", icon: "cert" },
  { action: "join_token.create", label: "Add a node", href: "/nodes?add=1", icon: "node" },
  { action: "identity.create", label: "Add a service", href: "/services?add=1", icon: "service" },
  { action: "identity.create", label: "Add a person", href: "/people?add=1", icon: "person" },
  { action: "team.create", label: "Make a team", href: "/teams?add=1", icon: "team" },
  { action: "identity.create", label: "Import people, services and nodes", href: "/people/import", icon: "upload" },
  { action: "resource.put", label: "Add a resource", href: "/resources?add=1", icon: "resource" },
  { action: "role.create", label: "New role", href: "/roles/new", icon: "shield" },
  { action: "policy.draft", label: "New policy", href: "/policies/new", icon: "policy" },
  { action: "decision.list", label: "Follow decisions live", href: "/decisions?live=1", icon: "split" },
  { label: "End a session of yours", href: "/sessions", icon: "device" },
  { label: "Change your password", href: "/account", icon: "key" },
  {
    action: "second_factor.manage",
    label: "Manage your second factor",
    href: "/account#second-factor",
    icon: "shield",
  },
];

/** Deeds whose words contain what was typed, as far as the person may do them. */
export function deedsFor(text: string, allowed: readonly string[]): PaletteItem[] {
  const wanted = text.trim().toLowerCase();
  return DEEDS.filter(
    ({ action, label }) => (!action || allowed.includes(action)) && label.toLowerCase().includes(wanted),
  ).map(({ label, href, icon }) => ({ id: href, group: "do", label, href, icon }));
}

/** What the search found, as the palette lists it: the very thing that was pasted first. */
export function paletteItems(text: string, found: FoundThings, now: number): PaletteItem[] {
  const wanted = text.trim().toLowerCase();
  const identities = found.identities.map(
    ({ id, kind, name, state }): PaletteItem => ({
      id,
      group: "thing",
      label: name,
      href: `${PLACES[kind]}/${id}`,
      icon: ICONS[kind],
      hint: state === "active" ? undefined : state,
      tone: state === "locked" ? "danger" : undefined,
      isExact: name.toLowerCase() === wanted,
    }),
  );
  const certificates = found.certificates.map(
    ({ serial, name, status, notAfter, matched }): PaletteItem => ({
      id: serial,
      group: "thing",
      label: `${name}, certificate`,
      href: `/certificates/${serial}`,
      icon: "cert",
      hint: hintOf(status, notAfter, now),
      tone: toneOf(status),
      isExact: matched === "serial" || matched === "fingerprint",
    }),
  );
  const all = [...identities, ...certificates];
  return [...all.filter((item) => item.isExact), ...all.filter((item) => !item.isExact)];
}

type Found = FoundThings["certificates"][number];

function hintOf(status: Found["status"], notAfter: number, now: number): string {
  if (status === "revoked") return "revoked";
  if (status === "renewed") return "renewed";
  return notAfter > now ? `ends ${formatRelative(notAfter, now)}` : `ended ${formatRelative(notAfter, now)}`;
}

function toneOf(status: Found["status"]): Tone | undefined {
  return status === "due" ? "warn" : undefined;
}
