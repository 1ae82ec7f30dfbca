import { type IdentityKind, IdentityState, ListIdentitiesInput } from "@/server/identities/contract";

/** What an address of a list asks for. */
export interface ListAddress {
  readonly query: string;
  readonly state?: IdentityState | undefined;
  readonly teamId?: string | undefined;
  readonly cursor?: string | undefined;
}

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/** Reads the address of a list; what cannot be understood is left out, for addresses are typed by people. */
export function readListAddress(parameters: Parameters): ListAddress {
  const { query, teamId, cursor } = ListIdentitiesInput.shape;
  return {
    query: query.safeParse(one(parameters["q"])).data ?? "",
    state: IdentityState.safeParse(one(parameters["state"])).data,
    teamId: teamId.safeParse(one(parameters["team"])).data || undefined,
    cursor: cursor.safeParse(one(parameters["cursor"])).data || undefined,
  };
}

/** Writes an address that `readListAddress` reads. A change of the filter begins at the first page again. */
export function listHref(place: string, address: ListAddress): string {
  const parameters = new URLSearchParams();
  if (address.query) parameters.set("q", address.query);
  if (address.state) parameters.set("state", address.state);
  if (address.teamId) parameters.set("team", address.teamId);
  if (address.cursor) parameters.set("cursor", address.cursor);
  const text = parameters.toString();
  return text === "" ? place : `${place}?${text}`;
}

/** Where everything that a list shows is downloaded, whatever the page. */
export function listExportHref(kind: IdentityKind, { query, state, teamId }: ListAddress): string {
  const address = listHref("", { query, state, teamId });
  return `/api/export/identities${address === "" ? "?" : `${address}&`}kind=${kind}`;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
