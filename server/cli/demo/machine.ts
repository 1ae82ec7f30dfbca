import { X509Certificate } from "node:crypto";
import type { z } from "zod";
import { authenticateCertificate, noteSeen } from "@/server/certificates/authenticate";
import { enroll } from "@/server/certificates/enroll";
import { issueCertificate } from "@/server/certificates/issue";
import { createJoinToken } from "@/server/certificates/join-tokens";
import { renewalDueAt } from "@/server/certificates/model";
import { renew } from "@/server/certificates/renew";
import { revokeOwnCertificate } from "@/server/certificates/revoke";
import { whoAmI } from "@/server/certificates/whoami";
import { parseGeneralName } from "@/server/engines/x509/general-names";
import { type Context, withActor } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { Evaluation } from "@/server/policies/authzen-contract";
import { evaluate } from "@/server/policies/evaluate";
import { makeKey, type NodeKeyType, requestFor } from "../node/key-request";
import type { Person } from "./person";
import { chanceOf } from "./story";
import { type DemoWorld, refused } from "./world";

/** A machine, or one replica of a service: whatever holds a key and a certificate. */
export interface MachinePlan {
  /** What the story calls it: the name, or name and place of a replica. */
  readonly key: string;
  readonly kind: "node" | "service";
  readonly name: string;
  readonly address: string;
  readonly keyType: NodeKeyType;
  /** `dns:…`, `ip:…`: what its requests ask for. */
  readonly names: readonly string[];
  /** Its last renewal, for one whose agent is then silent or only refused; `never` for one without an agent. */
  readonly lastRenewal?: Date | "never";
  /** Says nothing after its last renewal. */
  readonly isSilent?: true;
}

/** A certificate that a machine has, as TLS would present it. */
export interface Credential {
  readonly serial: string;
  readonly fingerprint: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** The client program on a machine: it makes keys, enrols, renews at two thirds of a life, and calls in. */
export class Machine {
  #credential: Credential | undefined;
  #round = 0;

  constructor(
    private readonly world: DemoWorld,
    readonly plan: MachinePlan,
  ) {}

  /** What it presents now. */
  get credential(): Credential {
    if (!this.#credential) throw new Error(`${this.plan.key} has no certificate by now`);
    return this.#credential;
  }

  /** The identity behind it. */
  async identityId(): Promise<string> {
    const ctx = this.world.operator();
    const identity = await ctx.findIdentityByName(ctx.read, this.plan.kind, this.plan.name);
    if (!identity) throw new Error(`there is no ${this.plan.kind} ${this.plan.name} by now`);
    return identity.id;
  }

  /** Enrols with a token that somebody makes for it, a few minutes later. */
  async joinBy(sponsor: Person): Promise<void> {
    const { token } = await createJoinToken(await sponsor.atConsole(), this.#subject());
    this.world.story.in(2 + Math.floor(chanceOf(this.plan.key) * 8), () => this.join(token));
  }

  /** Enrols with a token. */
  async join(token: string): Promise<void> {
    const { certificate } = await enroll(this.#stranger(), { token, csr: await this.#request() });
    this.#take(certificate);
  }

  /** Gets a certificate that somebody issues for its request. */
  async receiveFrom(issuer: Person, days: number): Promise<void> {
    const { kind: profile, name } = this.plan;
    const ctx = await issuer.atConsole();
    const issued = await issueCertificate(ctx, { profile, name, csr: await this.#request(), hours: days * 24 });
    this.#take(issued.certificatePem);
  }

  /** Asks to enrol, and is refused. */
  async isRefused(token: string, names: readonly string[], code: string): Promise<void> {
    await refused(enroll(this.#stranger(), { token, csr: await this.#request({ names }) }), code);
  }

  /** Renews with a new key. */
  async renew(): Promise<void> {
    const { certificate } = await renew(await this.atGateway(), { csr: await this.#request() });
    this.#take(certificate);
  }

  /** Asks for a renewal that is refused. */
  async failsToRenew(wish: { names?: readonly string[]; keyPem?: string }, code: string): Promise<void> {
    await refused(renew(await this.atGateway(), { csr: await this.#request(wish) }), code);
  }

  /** Asks who it is, as the client does from time to time. Nothing is said when it is let in no more. */
  async callIn(): Promise<void> {
    if (!this.#credential) return;
    await unlessShutOut(async () => void (await whoAmI(await this.atGateway())));
  }

  /** Asks what it may do. Nothing is said when it is let in no more. */
  async asks(question: z.input<typeof Evaluation>): Promise<void> {
    if (!this.#credential) return;
    await unlessShutOut(async () => void (await evaluate(await this.atGateway(), Evaluation.parse(question))));
  }

  /** Gives its certificate back, before it is set up anew. */
  async givesBack(): Promise<void> {
    await revokeOwnCertificate(await this.atGateway(), { reason: "cessationOfOperation" });
    this.#credential = undefined;
    this.#round++;
  }

  /** Through the gateway's own door: the certificate decides who it is, each time anew. */
  async atGateway(credential = this.credential, address = this.plan.address): Promise<Context> {
    const ctx = this.world.stranger(address);
    const actor = await authenticateCertificate(ctx, credential);
    noteSeen(ctx, credential.serial);
    return withActor(ctx, actor);
  }

  /** A request for a new key, which this machine alone holds. */
  async #request({ names = this.plan.names, keyPem }: { names?: readonly string[]; keyPem?: string } = {}) {
    return requestFor(keyPem ?? (await makeKey(this.plan.keyType)), names.map(parseGeneralName));
  }

  #stranger(): Context {
    return this.world.stranger(this.plan.address);
  }

  #subject() {
    return { kind: this.plan.kind, name: this.plan.name };
  }

  #take(pem: string): void {
    const certificate = new X509Certificate(pem);
    const [notBefore, notAfter] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
    const { serialNumber, fingerprint256 } = certificate;
    this.#credential = {
      serial: serialNumber.toLowerCase().padStart(32, "0"),
      fingerprint: fingerprint256,
      ...{ notBefore, notAfter },
    };
    this.#round++;
    this.#planRenewal(this.credential, this.#round);
  }

  /** At two thirds of the life, a little later by chance, unless this is one that stops. */
  #planRenewal({ notBefore, notAfter }: Credential, round: number): void {
    const due = renewalDueAt(notBefore.getTime(), notAfter.getTime());
    const jitter = chanceOf(`${this.plan.key}/${round}`) * 0.05 * (notAfter.getTime() - notBefore.getTime());
    const wanted = new Date(due + jitter);
    const { lastRenewal, isSilent } = this.plan;
    if (lastRenewal === "never") return;
    if (lastRenewal && lastRenewal <= this.world.story.now()) {
      // Its last sign of life: after that it was switched off.
      if (isSilent) this.world.story.in(190, () => this.callIn());
      return;
    }
    this.world.story.at(lastRenewal && lastRenewal < wanted ? lastRenewal : wanted, () => this.#renewOnTime(round));
  }

  /** Unless it got another certificate meanwhile, or is let in no more. */
  async #renewOnTime(round: number): Promise<void> {
    if (round === this.#round) await unlessShutOut(() => this.renew());
  }
}

const SHUT_OUT = ["certificate.identity_not_active", "certificate.revoked", "certificate.expired"];

/** What a machine does by itself comes to nothing when it is locked, revoked or too late. */
async function unlessShutOut(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DomainError && SHUT_OUT.includes(error.code))) throw error;
  }
}
