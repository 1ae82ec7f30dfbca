import { assembleCertificate } from "@/server/engines/x509/certificate";
import { parseCertificate } from "@/server/engines/x509/certificate-reader";
import { describeCertificate } from "@/server/engines/x509/certificate-text";
import { formatGeneralName } from "@/server/engines/x509/general-names";
import { keyName } from "@/server/engines/x509/keys";
import type { CertificateRequest } from "@/server/engines/x509/request";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { Finding, IssueCertificateInput, IssuePreview, ReadRequest } from "./contract";
import { sha256Hex } from "./digest";
import { RequestUnreadable } from "./errors";
import { type Ground, groundOf } from "./ground";
import { authorizeIssue, refuseStrangers } from "./issue";
import { assertNotOurName } from "./listener-names";
import { draftLeaf, type Wish } from "./leaf";
import { lifetimeOf } from "./model";
import { namesFor } from "./name-model";
import { type IssuePlan, planIssue } from "./plan-issue";
import { isSignedByItsKey } from "./possession";

/** Fields of a preview that the real certificate will not share. */
const NOT_YET_KNOWN: ReadonlySet<string> = new Set(["Serial number", "Signature"]);

/** Says what would be signed for a request, and signs nothing: the same steps as issuing, up to the finished fields. */
export async function previewIssue(ctx: Context, input: IssueCertificateInput): Promise<IssuePreview> {
  await refuseStrangers(ctx);
  const ground = await groundOf(ctx, input.profile);
  const plan = await planIssue(ctx, input).catch((error: unknown) => {
    if (error instanceof RequestUnreadable) return error;
    throw error;
  });
  if (plan instanceof RequestUnreadable) {
    await authorize(ctx, "certificate.issue", { type: "Certificate", id: "*", kind: ground.profile.kind });
    return nothing(ctx, ground, input, unreadable(plan));
  }
  await authorizeIssue(ctx, plan);
  return previewOf(ctx, plan, input);
}

async function previewOf(ctx: Context, plan: IssuePlan, input: IssueCertificateInput): Promise<IssuePreview> {
  const { ground, request, wish, identity } = plan;
  const findings = [...plan.findings];
  if (!(await isSignedByItsKey(request))) findings.push(NOT_ITS_KEY);
  if (identity && identity.state !== "active") findings.push(notActive(identity));
  if (wish) findings.push(...(await nameFindings(ctx, wish, identity)));
  const preview = nothing(ctx, ground, input, ...findings);
  if (!wish) return { ...preview, request: readRequestOf(request) };

  const { kind, name } = wish.bearer;
  return {
    ...preview,
    mayBeIssued: findings.length === 0,
    request: readRequestOf(request),
    identity: { id: identity?.id ?? null, kind, name, isNew: !identity, state: identity?.state ?? "active" },
    sans: namesFor(ground.profile.rules, wish.bearer, wish.names).map(formatGeneralName),
    fields: findings.length === 0 ? fieldsOf(ctx, ground, wish) : [],
  };
}

function fieldsOf(ctx: Context, ground: Ground, wish: Wish): IssuePreview["fields"] {
  const { tbs } = draftLeaf(ctx, ground, wish);
  const unsigned = assembleCertificate(tbs, ground.signer.issuer.signatureAlgorithm, new Uint8Array(64));
  return describeCertificate(parseCertificate(unsigned)).filter((field) => !NOT_YET_KNOWN.has(field.label));
}

function nothing(ctx: Context, ground: Ground, input: IssueCertificateInput, ...findings: Finding[]): IssuePreview {
  const { profile, signer } = ground;
  const hours = input.hours ?? profile.rules.defaultHours;
  return {
    mayBeIssued: false,
    findings,
    request: null,
    identity: null,
    profile: { id: profile.id, name: profile.name },
    authority: profile.authority,
    sans: [],
    hours,
    ...lifetimeOf(ctx.now(), hours, signer.notAfter),
    fields: [],
  };
}

/** A request as the contract says it. */
export function readRequestOf(request: CertificateRequest): ReadRequest {
  return {
    subject: request.subjectText,
    keyAlgorithm: keyName(request.publicKey),
    keyFingerprint: sha256Hex(request.publicKey.spki),
    signatureAlgorithm: request.signatureAlgorithm,
    requestedSans: request.requestedSans.map(formatGeneralName),
    ignoredExtensions: [...request.otherExtensions],
  };
}

/** The finding for a request that cannot be read. */
export function unreadable(error: RequestUnreadable): Finding {
  return { code: error.code, rule: null, about: "request", message: error.message };
}

/** The finding for a request that another key signed. */
export const NOT_ITS_KEY: Finding = {
  code: "certificate.proof_of_possession_failed",
  rule: null,
  about: "request",
  message: "the request is not signed by the private key that belongs to it",
};

/** What keeps a machine from its name: the same refusal that issuing would end with. */
async function nameFindings(ctx: Context, { bearer }: Wish, identity: IssuePlan["identity"]): Promise<Finding[]> {
  const { kind, name, trustDomain } = bearer;
  try {
    if (!identity) await ctx.assertMachineName(ctx.read, kind, name);
    assertNotOurName(ctx, kind, name, trustDomain);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [{ code: error.code, rule: null, about: name, message: error.message }];
  }
}

function notActive({ kind, name, state }: { kind: string; name: string; state: string }): Finding {
  return {
    code: "certificate.identity_not_active",
    rule: null,
    about: name,
    message: `${kind} ${name} is ${state}, and only an active one can have certificates`,
  };
}
