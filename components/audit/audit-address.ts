import { AuditFilter } from "@/server/audit/contract";

/** What an address of the audit log asks for: the filter, the page, and the entry that is open beside it. */
export interface AuditAddress {
  readonly filter: AuditFilter;
  readonly before?: number;
  readonly open?: number;
}

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

const FIELDS = {
  q: "text",
  outcome: "outcome",
  kind: "kind",
  actor: "actorId",
  object: "objectId",
  from: "from",
  until: "until",
} as const;

/** Reads an address; what cannot be understood is left out, for addresses are typed by people. */
export function readAuditAddress(parameters: Parameters): AuditAddress {
  const filter: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(FIELDS)) {
    const given = one(parameters[name]);
    if (!given) continue;
    const parsed = AuditFilter.shape[field].safeParse(given);
    if (parsed.success) filter[field] = parsed.data;
  }
  return {
    filter: AuditFilter.parse(filter),
    before: place(parameters["before"]),
    open: place(parameters["event"]),
  };
}

/** Writes an address that `readAuditAddress` reads. */
export function auditHref({ filter, before, open }: AuditAddress, path = "/audit"): string {
  const parameters = new URLSearchParams();
  for (const [name, field] of Object.entries(FIELDS)) {
    const value = filter[field];
    if (value) parameters.set(name, value instanceof Date ? value.toISOString() : value);
  }
  if (before) parameters.set("before", String(before));
  if (open) parameters.set("event", String(open));
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
}

function place(value: string | string[] | undefined): number | undefined {
  const text = one(value);
  return text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
