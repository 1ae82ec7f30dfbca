import { z } from "zod";
import type { RoleSummary } from "@/server/roles/contract";

const Origin = z.enum(["written", "built-in"]);
/** `unused`: permits what nobody used in 90 days; `unheld`: nobody holds it; `retired`: is not given any more. */
const Wanted = z.enum(["unused", "unheld", "retired"]);

/** What an address of the list asks for. */
export interface RoleAddress {
  readonly query: string;
  readonly origin?: z.infer<typeof Origin> | undefined;
  readonly show?: z.infer<typeof Wanted> | undefined;
}

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/** Reads the address of the list; what cannot be understood is left out, for addresses are typed by people. */
export function readRoleAddress(parameters: Parameters): RoleAddress {
  const one = (name: string) => [parameters[name]].flat()[0];
  return {
    query: (one("q") ?? "").trim().slice(0, 200),
    origin: Origin.safeParse(one("origin")).data,
    show: Wanted.safeParse(one("show")).data,
  };
}

/** Writes an address that `readRoleAddress` reads. */
export function rolesHref({ query, origin, show }: RoleAddress): string {
  const parameters = new URLSearchParams();
  if (query) parameters.set("q", query);
  if (origin) parameters.set("origin", origin);
  if (show) parameters.set("show", show);
  const text = parameters.toString();
  return text === "" ? "/roles" : `/roles?${text}`;
}

const View = z.enum(["permissions", "holders", "inheritance", "cedar", "history"]);
/** What the page of a role shows below its head. */
export type RoleView = z.infer<typeof View>;

/** Reads which view an address of a role asks for. */
export function readRoleView(value: string | string[] | undefined): RoleView {
  return View.safeParse([value].flat()[0]).data ?? "permissions";
}

/** Where one role is. */
export function roleHref(role: string, view: RoleView = "permissions"): string {
  const place = `/roles/${encodeURIComponent(role)}`;
  return view === "permissions" ? place : `${place}?view=${view}`;
}

/** The roles that an address asks for; those that people wrote before those of the program. Retired ones only on demand. */
export function rolesAt(roles: readonly RoleSummary[], { query, origin, show }: RoleAddress): RoleSummary[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (role: RoleSummary) => (role.origin === "written" ? 0 : 1);
  return roles
    .filter(
      (role) =>
        (show === "retired") === (role.retiredAt !== null) &&
        (!origin || role.origin === origin) &&
        (show !== "unused" || isTooWide(role)) &&
        (show !== "unheld" || countHolders(role) === 0) &&
        words.every((word) => `${role.name}\n${role.title}\n${role.description}`.toLowerCase().includes(word)),
    )
    .sort((a, b) => rank(a) - rank(b));
}

/** Whether a role permits what nobody used by it in 90 days. */
export function isTooWide({ unused, retiredAt }: RoleSummary): boolean {
  return retiredAt === null && unused !== null && unused > 0;
}

/** How many grants of it have not ended. */
export function countHolders({ holders }: Pick<RoleSummary, "holders">): number {
  return holders.people + holders.services + holders.nodes + holders.teams;
}
