import { type AuthorityInput, assembleCertificate, buildAuthorityTbs } from "@/server/engines/x509/certificate";
import { parseCertificate } from "@/server/engines/x509/certificate-reader";
import type { ExtendedKeyUsage } from "@/server/engines/x509/extensions";
import { keyIdentifier, parsePublicKey } from "@/server/engines/x509/keys";
import { type IssuerContext, issuerContextOf, lintTbsCertificate, selfIssuerContext } from "@/server/engines/x509/lint";
import type { NameConstraints } from "@/server/engines/x509/name-constraints";
import type { NameAttribute } from "@/server/engines/x509/names";
import { authoritySignatureAlgorithm } from "@/server/engines/x509/signatures";
import type { Context, Transaction } from "@/server/kernel/context";
import type { AuthorityKeyAlgorithm, HierarchyRequest, Prepared, SealedKey } from "@/server/kernel/ports";
import { type AuthorityRow, hasAuthorities, insertAuthority, insertProfile } from "./authority-store";
import { builtInProfiles, MACHINE_RANGES } from "./built-in-profiles";
import type { IdentityKind } from "./contract";
import { type SignedCrl, signCrl } from "./crl-draft";
import { insertCrl } from "./crl-store";
import { sha256, sha256Hex } from "./digest";
import { AlreadySetUp, LintFailed, NotSetUp } from "./errors";
import { placesOf } from "./ground";
import { BACKDATE_MS } from "./model";

const ROOT_YEARS = 10;
const ISSUING_YEARS = 3;

/** What sets the three issuing authorities apart. */
interface IssuingPlan {
  readonly kind: IdentityKind;
  readonly slug: string;
  readonly name: string;
  readonly extendedKeyUsage: readonly ExtendedKeyUsage[];
  readonly nameConstraints?: NameConstraints;
}

/** An authority that was made but not yet kept. */
interface Made {
  readonly row: AuthorityRow;
  readonly key: SealedKey;
  readonly issuer: IssuerContext;
  readonly crl: SignedCrl;
}

/**
 * The `prepareHierarchy` port: a root (path length 1), an issuing authority (path length 0) for nodes, services and
 * users, their first CRLs, and the built-in profiles. The keys are made and sealed here; `write` keeps everything.
 *
 * @throws {AlreadySetUp}
 */
export async function prepareHierarchy(
  ctx: Context,
  request: HierarchyRequest,
): Promise<Prepared<{ rootFingerprint: string }>> {
  if (hasAuthorities(ctx.read)) throw new AlreadySetUp();
  const root = await makeRoot(ctx, request);
  const issuing: (Made & { kind: IdentityKind })[] = [];
  for (const plan of issuingPlans(request.trustDomain)) {
    issuing.push({ ...(await makeIssuing(ctx, request, plan, root)), kind: plan.kind });
  }
  return {
    async write(tx) {
      if (hasAuthorities(tx)) throw new AlreadySetUp();
      for (const made of [root, ...issuing]) await keep(ctx, tx, made);
      for (const draft of builtInProfiles(request.trustDomain)) {
        const authority = issuing.find((made) => made.kind === draft.kind);
        if (!authority) throw new NotSetUp();
        insertProfile(tx, { ...draft, id: ctx.newId("prf"), authorityId: authority.row.id }, ctx.now());
      }
      return { rootFingerprint: sha256Hex(root.row.certificate) };
    },
  };
}

/**
 * Names are constrained where constraints can hold. Nodes stay inside the trust domain and private addresses. Services
 * are open, for our own listeners carry whatever host names the operator gives them; people's authority signs no
 * addresses, and no servers by its key usage. URIs stay open: browsers' verifiers do not know URI constraints, and have to
 * refuse every certificate with a URI under one (RFC 5280, 4.2.1.10).
 */
function issuingPlans(trustDomain: string): readonly IssuingPlan[] {
  return [
    {
      kind: "node",
      slug: "nodes",
      name: "Nodes CA",
      extendedKeyUsage: ["serverAuth", "clientAuth"],
      nameConstraints: { permitted: { dns: [trustDomain], ip: [...MACHINE_RANGES] }, excluded: {} },
    },
    { kind: "service", slug: "services", name: "Services CA", extendedKeyUsage: ["serverAuth", "clientAuth"] },
    {
      kind: "user",
      slug: "users",
      name: "Users CA",
      extendedKeyUsage: ["clientAuth", "emailProtection"],
      nameConstraints: { permitted: {}, excluded: { ip: ["0.0.0.0/0", "::/0"] } },
    },
  ];
}

async function makeRoot(ctx: Context, request: HierarchyRequest): Promise<Made> {
  const algorithm: AuthorityKeyAlgorithm = request.algorithm === "Ed25519" ? "Ed25519" : "P-384";
  const key = await ctx.makeKey(algorithm, "authority:root");
  const tbs = buildAuthorityTbs({
    ...commonParts(ctx, key, nameOf(request, "Root CA"), ROOT_YEARS),
    signatureAlgorithm: authoritySignatureAlgorithm(algorithm),
    issuerName: "self",
    issuerKeyIdentifier: "self",
    pathLength: 1,
  });
  const place = { slug: "root", name: "Root CA", role: "root", parent_id: null } as const;
  return finish(ctx, key, tbs, { ...place, signer: key, issuer: selfIssuerContext(tbs) });
}

async function makeIssuing(ctx: Context, request: HierarchyRequest, plan: IssuingPlan, root: Made): Promise<Made> {
  const key = await ctx.makeKey(request.algorithm, `authority:${plan.slug}`);
  const { crlUrl, certificateUrl } = placesOf(ctx, "root");
  const tbs = buildAuthorityTbs({
    ...commonParts(ctx, key, nameOf(request, plan.name), ISSUING_YEARS),
    signatureAlgorithm: root.issuer.signatureAlgorithm,
    issuerName: root.issuer.name,
    issuerKeyIdentifier: root.issuer.keyIdentifier,
    pathLength: 0,
    extendedKeyUsage: plan.extendedKeyUsage,
    nameConstraints: plan.nameConstraints,
    crlUrls: [crlUrl],
    caIssuersUrl: certificateUrl,
  });
  const place = { slug: plan.slug, name: plan.name, role: plan.kind, parent_id: root.row.id };
  return finish(ctx, key, tbs, { ...place, signer: root.key, issuer: root.issuer });
}

type CommonParts = Pick<
  AuthorityInput,
  "serial" | "subject" | "publicKey" | "subjectKeyIdentifier" | "notBefore" | "notAfter"
>;

function commonParts(ctx: Context, key: SealedKey, subject: NameAttribute[], years: number): CommonParts {
  const publicKey = parsePublicKey(key.publicKey);
  const start = Math.floor(ctx.now().getTime() / 1000) * 1000;
  const end = new Date(start);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return {
    serial: ctx.random(16),
    subject,
    publicKey,
    subjectKeyIdentifier: keyIdentifier(publicKey, sha256),
    notBefore: new Date(start - BACKDATE_MS),
    notAfter: end,
  };
}

interface Finishing {
  readonly slug: string;
  readonly name: string;
  readonly role: AuthorityRow["role"];
  readonly parent_id: string | null;
  readonly signer: SealedKey;
  readonly issuer: IssuerContext;
}

async function finish(ctx: Context, key: SealedKey, tbs: Uint8Array, how: Finishing): Promise<Made> {
  const problems = lintTbsCertificate(tbs, how.issuer);
  if (problems.length > 0) throw new LintFailed(problems);
  const der = assembleCertificate(tbs, how.issuer.signatureAlgorithm, await ctx.sign(how.signer, tbs));
  const certificate = parseCertificate(der);
  const issuer = issuerContextOf(certificate);
  const crl = await signCrl(
    {
      issuer,
      scope: how.role === "root" ? "authority" : "user",
      number: 1,
      previousNumber: null,
      entries: [],
      now: ctx.now(),
    },
    (list) => ctx.sign(key, list),
  );
  const row: AuthorityRow = {
    id: ctx.newId("aut"),
    slug: how.slug,
    name: how.name,
    role: how.role,
    parent_id: how.parent_id,
    key_id: key.id,
    certificate: der,
    serial: certificate.serial,
    not_before: certificate.notBefore.getTime(),
    not_after: certificate.notAfter.getTime(),
  };
  return { row, key, issuer, crl };
}

async function keep(ctx: Context, tx: Transaction, { row, key, crl }: Made): Promise<void> {
  await ctx.keepKey(tx, key, ctx.now());
  insertAuthority(tx, row, ctx.now());
  insertCrl(tx, {
    authority_id: row.id,
    number: 1,
    this_update: crl.thisUpdate.getTime(),
    next_update: crl.nextUpdate.getTime(),
    entry_count: 0,
    revoked_through: null,
    der: crl.der,
  });
}

/** The organisation's name fits X.520 up to 64 characters; a longer one is left out. */
function nameOf(request: HierarchyRequest, commonName: string): NameAttribute[] {
  const organisation: NameAttribute[] =
    request.organisation.length <= 64 ? [{ type: "O", value: request.organisation }] : [];
  return [...organisation, { type: "CN", value: commonName }];
}
