import { ListResourcesInput, nameOf, ResourceInput } from "@/server/resources/contract";

/** What the address of the list of resources asks for. */
export interface ResourceAddress {
  readonly text: string;
  readonly type?: string | undefined;
  /** Name of a team. */
  readonly team?: string | undefined;
  readonly cursor?: string | undefined;
  /** The one that is open beside the list. */
  readonly open?: ResourceInput | undefined;
}

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/** Reads an address; what cannot be understood is left out, for addresses are typed by people. */
export function readResourceAddress(parameters: Parameters): ResourceAddress {
  const { text, type, team, cursor } = ListResourcesInput.shape;
  return {
    text: text.safeParse(one(parameters["q"])).data ?? "",
    type: type.safeParse(one(parameters["type"])).data,
    team: team.safeParse(one(parameters["team"])).data || undefined,
    cursor: cursor.safeParse(one(parameters["cursor"])).data || undefined,
    open: nameIn(one(parameters["open"]) ?? ""),
  };
}

/** Writes an address that `readResourceAddress` reads. A change of the filter begins at the first page again. */
export function resourcesHref({ text, type, team, cursor, open }: Partial<ResourceAddress>): string {
  const parameters = new URLSearchParams();
  if (text) parameters.set("q", text);
  if (type) parameters.set("type", type);
  if (team) parameters.set("team", team);
  if (cursor) parameters.set("cursor", cursor);
  if (open) parameters.set("open", nameOf(open));
  const query = parameters.toString();
  return query === "" ? "/resources" : `/resources?${query}`;
}

/** `Compute::"gpu-7"`, as in Cedar and in the log. */
function nameIn(text: string): ResourceInput | undefined {
  const [, type, id] = /^([^"]+)::"([^"]+)"$/.exec(text) ?? [];
  return ResourceInput.safeParse({ type, id }).data;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
