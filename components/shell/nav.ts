import type { IconName } from "../ui/icon";

/** The places of the console. */
export type NavKey =
  | "overview"
  | "certificates"
  | "authorities"
  | "profiles"
  | "join-tokens"
  | "nodes"
  | "services"
  | "people"
  | "assign"
  | "roles"
  | "teams"
  | "policies"
  | "resources"
  | "decisions"
  | "audit";

type NavItem = { key: NavKey; href: string; label: string; icon: IconName; shortcut: string };
type NavSection = { title?: string; items: readonly NavItem[] };

/** The sidebar, from top to bottom; the shortcut is the key after `g`. */
export const navSections: readonly NavSection[] = [
  { items: [{ key: "overview", href: "/", label: "Overview", icon: "pulse", shortcut: "o" }] },
  {
    title: "Identity",
    items: [
      { key: "certificates", href: "/certificates", label: "Certificates", icon: "cert", shortcut: "c" },
      { key: "authorities", href: "/authorities", label: "Authorities", icon: "ca", shortcut: "a" },
      { key: "profiles", href: "/profiles", label: "Profiles", icon: "profile", shortcut: "f" },
      { key: "join-tokens", href: "/join-tokens", label: "Join tokens", icon: "token", shortcut: "j" },
      { key: "nodes", href: "/nodes", label: "Nodes", icon: "node", shortcut: "n" },
      { key: "services", href: "/services", label: "Services", icon: "service", shortcut: "s" },
      { key: "people", href: "/people", label: "People", icon: "person", shortcut: "p" },
      { key: "teams", href: "/teams", label: "Teams and pools", icon: "team", shortcut: "t" },
    ],
  },
  {
    title: "Access",
    items: [
      { key: "assign", href: "/assign", label: "Assign", icon: "key", shortcut: "g" },
      { key: "roles", href: "/roles", label: "Roles", icon: "shield", shortcut: "u" },
      { key: "policies", href: "/policies", label: "Policies", icon: "policy", shortcut: "y" },
      { key: "resources", href: "/resources", label: "Resources", icon: "resource", shortcut: "r" },
    ],
  },
  {
    title: "Proof",
    items: [
      { key: "decisions", href: "/decisions", label: "Decisions", icon: "split", shortcut: "d" },
      { key: "audit", href: "/audit", label: "Audit log", icon: "audit", shortcut: "l" },
    ],
  },
];

/** All places in one list. */
export const navItems: readonly NavItem[] = navSections.flatMap((section) => section.items);

/** Whether a path belongs to a place: itself, or something under it. */
export function isWithin(path: string, href: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
