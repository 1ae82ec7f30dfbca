import { z } from "zod";
import { CertificateStatus, IdentityKind } from "./contract";

/**
 * What a certificate is now, from its facts and the time; the first that holds. `revoked`: somebody revoked it.
 * `expired`: its end has passed. `renewed`: valid, and another was issued in its place. `due`: valid, past the time of
 * renewal and not renewed, so it will not renew by itself and needs a person. `active`: nothing is to be done.
 */
export const InventoryStatus = CertificateStatus;
export type InventoryStatus = CertificateStatus;

/** What a certificate is for. */
export const InventoryKind = IdentityKind;
export type InventoryKind = IdentityKind;

/**
 * The order of the rows. `worst`: `due` by end, `active` by end, `renewed` by end, `expired` newest first, `revoked`
 * latest end first. A leading minus turns an order round. `issued` is the order of issuance.
 */
export const InventorySort = z.enum(["worst", "name", "-name", "issued", "-issued", "ends", "-ends"]);
export type InventorySort = z.infer<typeof InventorySort>;

/** Milliseconds since 1970, UTC. */
const instant = z.number().int().min(-8.64e15).max(8.64e15);

/** Which certificates: every condition holds, each list is met by any of its values. All of it can stand in an address. */
export const InventoryFilter = z.object({
  /** Part of the name, of any subject alternative name, of the serial or of the fingerprint; letter case and the colons of hexadecimal do not matter. */
  query: z.string().trim().max(200).optional(),
  status: z.array(InventoryStatus).max(5).optional(),
  kind: z.array(InventoryKind).max(3).optional(),
  /** Ids of authorities. */
  authority: z.array(z.string().max(64)).max(50).optional(),
  /** Ids of profiles. */
  profile: z.array(z.string().max(64)).max(50).optional(),
  keyAlgorithm: z.array(z.string().max(32)).max(20).optional(),
  /** Ids of teams of those whom the certificates belong to. */
  team: z.array(z.string().max(64)).max(50).optional(),
  /** Ends at this time or later. */
  endsAfter: instant.optional(),
  /** Ends before this time. */
  endsBefore: instant.optional(),
  /** Id of the identity that it was issued to. */
  identity: z.string().max(64).optional(),
});
export type InventoryFilter = z.infer<typeof InventoryFilter>;

/** A page of the inventory: the first, or the one that a cursor of an earlier answer leads to. */
export const ListCertificatesInput = z.object({
  filter: InventoryFilter.default({}),
  sort: InventorySort.default("worst"),
  /** `next` or `previous` of a page with the same filter and sort. */
  cursor: z.string().max(600).optional(),
  limit: z.number().int().min(1).max(200).default(100),
});
export type ListCertificatesInput = z.input<typeof ListCertificatesInput>;

/** One certificate in the inventory. Times are milliseconds since 1970. */
export const InventoryRow = z.object({
  serial: z.string(),
  name: z.string(),
  kind: InventoryKind,
  status: InventoryStatus,
  authorityId: z.string(),
  authorityName: z.string(),
  profileId: z.string(),
  profileName: z.string(),
  identityId: z.string(),
  /** `dns:…`, `ip:…`, `uri:…`, `email:…`. */
  sans: z.array(z.string()),
  keyAlgorithm: z.string(),
  fingerprint: z.string(),
  notBefore: z.number(),
  notAfter: z.number(),
  renewAfter: z.number(),
  issuedAt: z.number(),
  issuedByName: z.string(),
  renews: z.string().nullable(),
  renewedBy: z.string().nullable(),
  revokedAt: z.number().nullable(),
  revocationReason: z.string().nullable(),
  lastSeenAt: z.number().nullable(),
  lastSeenAddress: z.string().nullable(),
});
export type InventoryRow = z.infer<typeof InventoryRow>;

/** A page. `isPartial`: the search stopped early to stay fast and goes on at `next`, so that fewer rows are not the end. */
export const InventoryPage = z.object({
  rows: z.array(InventoryRow),
  next: z.string().nullable(),
  previous: z.string().nullable(),
  isPartial: z.boolean(),
  /** The time by which statuses were derived. */
  now: z.number(),
});
export type InventoryPage = z.infer<typeof InventoryPage>;

/** A number of certificates. When it is not exact, there are at least so many. */
export const InventoryCount = z.object({ count: z.number().int(), isExact: z.boolean() });
export type InventoryCount = z.infer<typeof InventoryCount>;

/** One value of a facet, and how many certificates have it. */
export const FacetValue = InventoryCount.extend({ value: z.string(), label: z.string() });
export type FacetValue = z.infer<typeof FacetValue>;

/**
 * How many certificates the filter shows, and for each facet how many there are of each value when every other
 * condition stays: for a chosen value that is its share of the result, for another what choosing it would add.
 */
export const InventoryFacets = z.object({
  total: InventoryCount,
  status: z.array(FacetValue),
  kind: z.array(FacetValue),
  authority: z.array(FacetValue),
  profile: z.array(FacetValue),
  keyAlgorithm: z.array(FacetValue),
  now: z.number(),
});
export type InventoryFacets = z.infer<typeof InventoryFacets>;

/** How many certificates of each team a filter shows, whatever teams it asks for itself. */
export const TeamCounts = z.object({ teams: z.array(FacetValue), now: z.number() });
export type TeamCounts = z.infer<typeof TeamCounts>;

/** Exports the whole of what a filter shows, in the order shown. */
export const ExportCertificatesInput = z.object({
  filter: InventoryFilter.default({}),
  sort: InventorySort.default("worst"),
  format: z.enum(["csv", "ndjson"]).default("csv"),
});
export type ExportCertificatesInput = z.input<typeof ExportCertificatesInput>;

/** Certificates that are neither revoked nor renewed and end on each of the coming days, UTC. */
export const ExpiryCalendar = z.object({
  days: z.array(
    z.object({
      /** `YYYY-MM-DD`. */
      day: z.string(),
      ending: z.number().int(),
      /** How many of them are past the time of renewal. */
      due: z.number().int(),
    }),
  ),
  now: z.number(),
});
export type ExpiryCalendar = z.infer<typeof ExpiryCalendar>;

/** How many certificates were issued in each of the last hours, the current one last. */
export const IssuanceHistory = z.object({
  hours: z.array(z.object({ from: z.number(), issued: z.number().int() })),
  now: z.number(),
});
export type IssuanceHistory = z.infer<typeof IssuanceHistory>;

/** Certificates of each authority by what they are now. */
export const AuthorityCounts = z.object({
  authorities: z.array(
    z.object({
      authorityId: z.string(),
      authorityName: z.string(),
      counts: z.record(InventoryStatus, z.number().int()),
      total: z.number().int(),
    }),
  ),
  now: z.number(),
});
export type AuthorityCounts = z.infer<typeof AuthorityCounts>;

/** What somebody typed or pasted into the command palette. */
export const FindAnythingInput = z.object({ text: z.string().trim().min(1).max(200) });
export type FindAnythingInput = z.input<typeof FindAnythingInput>;

/** What it may mean, the likeliest first. */
export const FoundThings = z.object({
  certificates: z.array(
    z.object({
      serial: z.string(),
      name: z.string(),
      kind: InventoryKind,
      status: InventoryStatus,
      notAfter: z.number(),
      matched: z.enum(["serial", "fingerprint", "name", "part"]),
    }),
  ),
  identities: z.array(z.object({ id: z.string(), kind: InventoryKind, name: z.string(), state: z.string() })),
});
export type FoundThings = z.infer<typeof FoundThings>;

/** How the inventory is spelled in an address: lists separated by commas, times as ISO days or instants. */
export interface InventoryAddress {
  readonly filter: InventoryFilter;
  readonly sort?: InventorySort;
  readonly cursor?: string;
}

type Parameters = URLSearchParams | Readonly<Record<string, string | readonly string[] | undefined>>;

const LISTS = {
  status: "status",
  kind: "kind",
  authority: "authority",
  profile: "profile",
  key: "keyAlgorithm",
  team: "team",
} as const;

/** Reads an address; what cannot be understood is left out, for an address is typed by people. */
export function readInventoryAddress(parameters: Parameters): InventoryAddress {
  const valueOf = (name: string): string | undefined => {
    const value = parameters instanceof URLSearchParams ? parameters.getAll(name).join(",") : parameters[name];
    return (typeof value === "string" ? value : value?.join(",")) || undefined;
  };
  const wanted: Record<string, unknown> = {
    query: valueOf("q"),
    identity: valueOf("identity"),
    endsAfter: readInstant(valueOf("ends-after")),
    endsBefore: readInstant(valueOf("ends-before")),
  };
  for (const [parameter, field] of Object.entries(LISTS)) {
    const item = InventoryFilter.shape[field].unwrap().element;
    const values = [...new Set(valueOf(parameter)?.split(","))].filter(
      (value) => item.safeParse(value).success && value,
    );
    if (values.length > 0) wanted[field] = values;
  }
  const filter: InventoryFilter = {};
  for (const [field, value] of Object.entries(wanted)) {
    const parsed = InventoryFilter.safeParse({ [field]: value });
    if (parsed.success && value !== undefined) Object.assign(filter, parsed.data);
  }
  const sort = InventorySort.safeParse(valueOf("sort"));
  return { filter, sort: sort.success ? sort.data : undefined, cursor: valueOf("cursor")?.slice(0, 600) };
}

/** Writes an address that `readInventoryAddress` reads: empty, or with its question mark. */
export function writeInventoryAddress({ filter, sort, cursor }: InventoryAddress): string {
  const parameters = new URLSearchParams();
  if (filter.query) parameters.set("q", filter.query);
  for (const [parameter, field] of Object.entries(LISTS)) {
    const values = filter[field];
    if (values && values.length > 0) parameters.set(parameter, values.join(","));
  }
  if (filter.endsAfter !== undefined) parameters.set("ends-after", writeInstant(filter.endsAfter));
  if (filter.endsBefore !== undefined) parameters.set("ends-before", writeInstant(filter.endsBefore));
  if (filter.identity) parameters.set("identity", filter.identity);
  if (sort && sort !== "worst") parameters.set("sort", sort);
  if (cursor) parameters.set("cursor", cursor);
  const text = parameters.toString().replaceAll("%2C", ",");
  return text === "" ? "" : `?${text}`;
}

function readInstant(text: string | undefined): number | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

function writeInstant(at: number): string {
  const text = new Date(at).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text;
}
