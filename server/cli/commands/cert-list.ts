import { ListCertificatesInput } from "@/server/certificates/inventory-contract";
import { listCertificates } from "@/server/certificates/list-certificates";
import { type Handler, UsageError } from "../terminal";
import { table, utc } from "../text";
import { check, option } from "../words";

const PAGE = 200;
const MOST = 1_000_000;

/** `swarm cert list`: what needs somebody comes first. */
export const listCerts: Handler = async (terminal, given) => {
  const limit = limitOf(option(given, "limit") ?? "100");
  const { filter } = check(
    ListCertificatesInput,
    { filter: { query: option(given, "query"), status: statusesOf(given.options.status) } },
    { "filter.query": "--query", "filter.status": "--status", filter: "--status" },
  );

  const certificates = await terminal.withContext(async (ctx) => {
    const rows = [];
    let cursor: string | undefined;
    do {
      const page = await listCertificates(ctx, { filter, cursor, limit: Math.min(PAGE, limit - rows.length) });
      rows.push(...page.rows);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined && rows.length < limit);
    return rows;
  });
  terminal.say(
    { certificates },
    table(
      certificates,
      [
        { title: "SERIAL", of: (row) => row.serial },
        { title: "NAME", of: (row) => row.name },
        { title: "KIND", of: (row) => row.kind },
        { title: "STATUS", of: (row) => row.status },
        { title: "ENDS", of: (row) => utc(row.notAfter) },
        { title: "PROFILE", of: (row) => row.profileName },
        { title: "LAST SEEN", of: (row) => utc(row.lastSeenAt) || "never" },
      ],
      "no certificate fits",
    ),
  );
};

function statusesOf(given: unknown): string[] | undefined {
  if (!Array.isArray(given)) return undefined;
  return given.flatMap((word) => String(word).split(",")).filter(Boolean);
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= MOST) return limit;
  throw new UsageError(`--limit takes a number from 1 to ${MOST}`);
}
