import { DomainError } from "@/server/kernel/errors";
import type { Finding } from "./contract";

/** The certificate request cannot be read, or asks with a weak key or hash. */
export class RequestUnreadable extends DomainError {
  readonly code = "certificate.request_unreadable";
  readonly fault = "invalid";
  override readonly facts;

  constructor(because: string, message: string) {
    super(`the certificate request cannot be used: ${message}`);
    this.facts = { because };
  }
}

/** The request is not signed by the key that it asks for (RFC 2986, 4.2). */
export class ProofOfPossessionFailed extends DomainError {
  readonly code = "certificate.proof_of_possession_failed";
  readonly fault = "invalid";

  constructor() {
    super("the certificate request is not signed by the private key that belongs to it");
  }
}

/** The profile does not allow what was asked for. Every finding is in the facts. */
export class RequestRefused extends DomainError {
  readonly code = "certificate.request_refused";
  readonly fault = "invalid";
  override readonly facts;

  constructor(findings: readonly Finding[]) {
    const [first] = findings;
    const more = findings.length > 1 ? `, and ${findings.length - 1} more` : "";
    super(`refused: ${first?.message ?? "the profile does not allow it"}${more}`);
    this.facts = { findings };
  }
}

/** A certificate or CRL was finished but breaks a rule of RFC 5280, so it was not signed. A bug of ours. */
export class LintFailed extends DomainError {
  readonly code = "certificate.lint_failed";
  readonly fault = "unavailable";
  override readonly facts;

  constructor(checks: readonly { id: string; message: string }[]) {
    super(`not signed, because it would break ${checks.map((check) => `${check.id} (${check.message})`).join(", ")}`);
    this.facts = { checks: checks.map((check) => check.id) };
  }
}

/** The identity is locked or retired. */
export class IdentityNotActive extends DomainError {
  readonly code = "certificate.identity_not_active";
  readonly fault = "forbidden";
  override readonly facts;

  constructor(kind: string, name: string, state: string) {
    super(`${kind} ${name} is ${state}, and only an active one can have certificates`);
    this.facts = { state };
  }
}

/** The machine would have a DNS name of our own console or gateway. */
export class NameReserved extends DomainError {
  readonly code = "certificate.name_reserved";
  readonly fault = "conflict";

  constructor(dnsName: string, listener: string) {
    super(`${dnsName} is the name of our own ${listener}, which no machine may have; take another name`);
  }
}

/** A person is added before they get a certificate. */
export class PersonUnknown extends DomainError {
  readonly code = "certificate.person_unknown";
  readonly fault = "missing";

  constructor(name: string) {
    super(`there is no person "${name}"; add them before issuing to them`);
  }
}

/** The authorities have not been made yet. */
export class NotSetUp extends DomainError {
  readonly code = "certificate.not_set_up";
  readonly fault = "conflict";

  constructor() {
    super("there are no authorities yet; finish the setup first");
  }
}

/** There are authorities already. */
export class AlreadySetUp extends DomainError {
  readonly code = "certificate.already_set_up";
  readonly fault = "conflict";

  constructor() {
    super("the authorities exist already");
  }
}

/** A certificate that cannot be revoked any more. */
export class NotRevocable extends DomainError {
  readonly code = "certificate.not_revocable";
  readonly fault = "conflict";

  constructor(serial: string, because: string) {
    super(`certificate ${serial} ${because}`);
  }
}

/** The certificate that the caller came with does not count: unknown, expired or revoked. */
export class CertificateNotAccepted extends DomainError {
  readonly fault = "unauthenticated";

  constructor(
    readonly code: "certificate.unknown" | "certificate.expired" | "certificate.revoked",
    message: string,
  ) {
    super(message);
  }
}

/** The join token does not count; to a stranger every reason looks the same, and `because` is for the log alone. */
export class JoinTokenRefused extends DomainError {
  readonly code = "join_token.refused";
  readonly fault = "forbidden";

  constructor(readonly because: string) {
    super("this join token is unknown, used, revoked or expired; ask for a new one");
  }
}

/** Only an open join token can be revoked. */
export class JoinTokenNotOpen extends DomainError {
  readonly code = "join_token.not_open";
  readonly fault = "conflict";

  constructor(state: string) {
    super(`the join token is ${state} already`);
  }
}

/** A renewal that may not be, for a reason that a person can read. */
export class RenewalRefused extends DomainError {
  readonly fault = "conflict";
  override readonly facts;

  constructor(
    readonly code: "renewal.too_early" | "renewal.names_differ",
    message: string,
    facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.facts = facts;
  }
}

/** One certificate was renewed twice: somebody else may hold its key. Its line is revoked, the identity locked if it may be. */
export class CredentialReused extends DomainError {
  readonly code = "renewal.credential_reused";
  readonly fault = "forbidden";

  constructor(kind: string, name: string, isLocked: boolean) {
    const more = isLocked ? ` and ${kind} ${name} is locked` : "";
    super(`this certificate was renewed before, so somebody else may hold its key; it is revoked${more}`);
  }
}

/** Another process published first, again and again. */
export class CrlContended extends DomainError {
  readonly code = "crl.contended";
  readonly fault = "unavailable";

  constructor(slug: string) {
    super(`the CRL of ${slug} is being published elsewhere; try again`);
  }
}
