import { z } from "zod";
import { AuditExportFormat, AuditFilter } from "@/server/audit/contract";
import { exportAudit } from "@/server/audit/export";
import { exportCertificates } from "@/server/certificates/export-certificates";
import { ExportCertificatesInput, readInventoryAddress } from "@/server/certificates/inventory-contract";
import { exportIdentitiesCsv } from "@/server/identities/export-identities";
import { ExportIdentitiesInput } from "@/server/identities/import-contract";
import type { Context } from "@/server/kernel/context";
import { DomainError, HTTP_STATUS, retryAfterOf, Unauthenticated } from "@/server/kernel/errors";
import { DecisionExportFormat, DecisionFilter } from "@/server/policies/decision-contract";
import { exportDecisions } from "@/server/policies/export-decisions";
import { CSV_TYPE } from "@/server/platform/csv";
import { streamText } from "./stream";

const AuditAddress = z.object({
  format: AuditExportFormat,
  q: AuditFilter.shape.text,
  outcome: AuditFilter.shape.outcome,
  kind: AuditFilter.shape.kind,
  actor: AuditFilter.shape.actorId,
  object: AuditFilter.shape.objectId,
  from: AuditFilter.shape.from,
  until: AuditFilter.shape.until,
});

/** The audit log as a file: exactly what an address of its screen shows. An address that is not understood is refused. */
export async function auditFile(verbs: Context, url: URL): Promise<Response> {
  const address = AuditAddress.safeParse(Object.fromEntries(url.searchParams));
  if (!address.success) return refusal(400, "request.invalid", z.prettifyError(address.error));
  const { format, q, actor, object, ...rest } = address.data;

  return answered(verbs, async () => {
    const pieces = await exportAudit(verbs, { ...rest, text: q, actorId: actor, objectId: object }, format);
    const day = verbs.now().toISOString().slice(0, 10);
    return streamText(pieces, `audit-${day}.${format}`, format === "csv" ? CSV_TYPE : "application/x-ndjson");
  });
}

/** The inventory as a file: exactly what an address of the list shows, all pages of it, in its order. */
export async function certificatesFile(verbs: Context, url: URL): Promise<Response> {
  const format = ExportCertificatesInput.shape.format.unwrap().safeParse(url.searchParams.get("format"));
  if (!format.success) return refusal(400, "request.invalid", z.prettifyError(format.error));
  const { filter, sort } = readInventoryAddress(url.searchParams);

  return answered(verbs, async () => {
    const pieces = await exportCertificates(verbs, { filter, sort, format: format.data });
    const day = verbs.now().toISOString().slice(0, 10);
    const type = format.data === "csv" ? CSV_TYPE : "application/x-ndjson";
    return streamText(pieces, `certificates-${day}.${format.data}`, type);
  });
}

const DecisionsAddress = DecisionFilter.extend({ format: DecisionExportFormat });

/** The log of decisions as a file: exactly what an address of its screen shows. */
export async function decisionsFile(verbs: Context, url: URL): Promise<Response> {
  const address = DecisionsAddress.safeParse(Object.fromEntries(url.searchParams));
  if (!address.success) return refusal(400, "request.invalid", z.prettifyError(address.error));
  const { format, ...filter } = address.data;

  return answered(verbs, async () => {
    const pieces = await exportDecisions(verbs, filter, format);
    const day = verbs.now().toISOString().slice(0, 10);
    return streamText(pieces, `decisions-${day}.${format}`, format === "csv" ? CSV_TYPE : "application/x-ndjson");
  });
}

const IdentitiesAddress = z.object({
  kind: ExportIdentitiesInput.shape.kind,
  q: ExportIdentitiesInput.shape.query,
  state: ExportIdentitiesInput.shape.state,
  team: ExportIdentitiesInput.shape.teamId,
});

/** People, services or nodes as a file: what an address of their list shows, all pages of it. */
export async function identitiesFile(verbs: Context, url: URL): Promise<Response> {
  const address = IdentitiesAddress.safeParse(Object.fromEntries(url.searchParams));
  if (!address.success) return refusal(400, "request.invalid", z.prettifyError(address.error));
  const { q, team, ...rest } = address.data;

  return answered(verbs, async () => {
    const pieces = await exportIdentitiesCsv(verbs, { ...rest, query: q, teamId: team });
    const day = verbs.now().toISOString().slice(0, 10);
    return streamText(pieces, `identities-${day}.csv`, CSV_TYPE);
  });
}

/**
 * What a verb answers, or its refusal as a problem (RFC 9457). Nobody in particular is told to sign in, as everywhere
 * else: whether they may is known only then.
 */
async function answered({ actor }: Context, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const isNobody = actor.kind === "anonymous" && error.fault === "forbidden";
    const { fault, code, message } = isNobody ? new Unauthenticated() : error;
    return refusal(HTTP_STATUS[fault], code, message, retryAfterOf(error));
  }
}

function refusal(status: number, code: string, detail: string, retryAfter?: string): Response {
  return Response.json(
    { type: "about:blank", title: "refused", status, code, detail },
    {
      status,
      headers: {
        "content-type": "application/problem+json",
        "cache-control": "no-store",
        ...(retryAfter !== undefined && { "retry-after": retryAfter }),
      },
    },
  );
}
