import { z } from "zod";

/** Which of a team's grants are looked at. */
export const SHOWN = ["all", "today", "unused", "none"] as const;
const Shown = z.enum(SHOWN);

/** What the address of the page asks for. */
export interface AssignAddress {
  /** Id of a team; the asking person's own when nothing is said. */
  readonly team?: string | undefined;
  readonly show: z.infer<typeof Shown>;
  /** Whom something is given to beside the list: `identity <id>`, `team <id>`, or `new` for somebody still to be chosen. */
  readonly give?: string | undefined;
}

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/** Reads an address; what cannot be understood is left out, for addresses are typed by people. */
export function readAssignAddress(parameters: Parameters): AssignAddress {
  return {
    team: one(parameters["team"])?.slice(0, 60) || undefined,
    show: Shown.safeParse(one(parameters["show"])).data ?? "all",
    give: one(parameters["give"])?.slice(0, 80) || undefined,
  };
}

/** Writes an address that `readAssignAddress` reads. */
export function assignHref({ team, show = "all", give }: Partial<AssignAddress>): string {
  const parameters = new URLSearchParams();
  if (team) parameters.set("team", team);
  if (show !== "all") parameters.set("show", show);
  if (give) parameters.set("give", give);
  const query = parameters.toString();
  return query === "" ? "/assign" : `/assign?${query}`;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
