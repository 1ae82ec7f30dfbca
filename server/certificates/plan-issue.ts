import type { GeneralName } from "@/server/engines/x509/general-names";
import { X509Error } from "@/server/engines/x509/errors";
import type { CertificateRequest } from "@/server/engines/x509/request";
import type { Context } from "@/server/kernel/context";
import type { KnownIdentity } from "@/server/kernel/ports";
import type { Finding, IdentityKind, IssueCertificateInput } from "./contract";
import { type Ground, groundOf } from "./ground";
import { commonNameIn, judgeWish, requestedNames, type Wish } from "./leaf";
import { identityNameIn, readTypedName, type Vouching } from "./name-model";
import { readRequest } from "./possession";

/** What issuing would do, before anybody was asked for permission. */
export interface IssuePlan {
  readonly ground: Ground;
  readonly request: CertificateRequest;
  /** Null when neither the form nor the request says whose it is. */
  readonly wish: Wish | null;
  readonly identity: KnownIdentity | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Reads a request and judges it, for a preview and for the real thing alike. Proof of possession is left to the caller.
 *
 * @throws {RequestUnreadable}
 */
export async function planIssue(ctx: Context, input: IssueCertificateInput): Promise<IssuePlan> {
  const ground = await groundOf(ctx, input.profile);
  const request = readRequest(input.csr);
  const typed = readTypedNames(input.names ?? []);
  const names = requestedNames(request, typed.names);
  const { kind, rules } = ground.profile;
  const name = input.name ?? identityNameIn({ commonName: commonNameIn(request), names }, kind, ground.trustDomain);
  if (name === null)
    return { ground, request, wish: null, identity: undefined, findings: [NO_NAME, ...typed.findings] };

  const wish: Wish = {
    bearer: { kind, name, trustDomain: ground.trustDomain },
    publicKey: request.publicKey,
    names,
    hours: input.hours ?? rules.defaultHours,
    vouching: await vouchingOf(ctx, kind),
  };
  const identity = await ctx.findIdentityByName(ctx.read, kind, name);
  const findings = [...typed.findings, ...judgeWish(ground, wish)];
  return { ground, request, wish, identity, findings };
}

/** Whoever may issue only within a team knows no names but those of its machines. */
async function vouchingOf(ctx: Context, kind: IdentityKind): Promise<Vouching> {
  const anybody = { type: "Certificate", id: "*", kind, teamId: null } as const;
  const { allowed } = await ctx.decide(ctx.read, {
    principal: ctx.actor,
    action: "certificate.issue",
    resource: anybody,
    at: ctx.now(),
    address: ctx.origin.address,
  });
  return allowed ? "person" : { ownNamesOnly: true, address: null };
}

const NO_NAME: Finding = {
  code: "identity.name_missing",
  rule: null,
  about: "name",
  message: "the request names nobody by SPIFFE ID or common name; say for whom it is",
};

function readTypedNames(texts: readonly string[]): { names: GeneralName[]; findings: Finding[] } {
  const names: GeneralName[] = [];
  const findings: Finding[] = [];
  for (const text of texts) {
    try {
      names.push(readTypedName(text));
    } catch (error) {
      if (!(error instanceof X509Error)) throw error;
      findings.push({
        code: "name.malformed",
        rule: null,
        about: text,
        message: `SAN \`${text}\` is malformed: ${error.message}`,
      });
    }
  }
  return { names, findings };
}
