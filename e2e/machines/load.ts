import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { request } from "node:https";
import type { Machine, Site } from "./site";

/** A certificate that the gateway answered with, and what it renews. */
export interface Answered {
  readonly serial: string;
  readonly name: string;
  /** SHA-256 of the certificate as it was received. */
  readonly fingerprint: string;
  readonly renews: string | null;
}

/** Everything that was answered, in whatever round: what has to be there afterwards. */
export class Ledger {
  readonly certificates: Answered[] = [];
  readonly revoked: string[] = [];
  /** CRLs of the nodes' authority in the order in which they were seen, one after the other different. */
  readonly crls: Buffer[] = [];
  readonly refusals: string[] = [];

  /** Keeps a CRL that differs from the one before. */
  see(crl: Buffer): void {
    if (!this.crls.at(-1)?.equals(crl)) this.crls.push(crl);
  }
}

interface Held {
  readonly serial: string;
  readonly cert: string;
}

/**
 * A machine that renews without pause, and now and then gives the certificate up that it had before. After an answer
 * that was lost it asks again with the same key, as an honest machine does.
 */
export class Renewer {
  readonly #ca: string;
  readonly #key: string;
  readonly #csr: string;
  #held: Held;
  #renewals = 0;

  constructor(
    readonly site: Site,
    readonly machine: Machine,
    readonly ledger: Ledger,
  ) {
    this.#ca = readFileSync(site.bundle, "utf8");
    this.#key = readFileSync(machine.key, "utf8");
    this.#csr = readFileSync(machine.csr, "utf8");
    this.#held = { serial: machine.serial, cert: readFileSync(machine.cert, "utf8") };
  }

  /** Renews until the gateway is gone, telling each answer. */
  async run(onAnswer: () => void): Promise<void> {
    for (;;) {
      const before = this.#held;
      const renewed = await this.#ask("/v1/renew", { csr: this.#csr });
      if (!renewed) return;
      this.#held = {
        serial: String(renewed["serial"]),
        cert: String(renewed["certificate"]) + String(renewed["chain"]),
      };
      this.ledger.certificates.push({
        serial: this.#held.serial,
        name: this.machine.name,
        fingerprint: fingerprintOf(this.#held.cert),
        renews: before.serial,
      });
      onAnswer();
      if (++this.#renewals % 3 > 0) continue;
      const revoked = await this.#ask("/v1/revoke", { reason: "superseded" }, before);
      if (!revoked) return;
      this.ledger.revoked.push(before.serial);
    }
  }

  /** Undefined when no answer came. */
  async #ask(path: string, body: unknown, as = this.#held): Promise<Record<string, unknown> | undefined> {
    const answer = await post(this.site, path, body, { ca: this.#ca, key: this.#key, cert: as.cert });
    if (answer?.status === 200) return JSON.parse(answer.text);
    if (answer) this.ledger.refusals.push(`${path} of ${this.machine.name}: ${answer.text}`);
    return undefined;
  }
}

/** Enrols with one token after the other until the gateway is gone. An answer that was lost costs its token. */
export async function enrollAll(site: Site, tokens: string[], csr: string, ledger: Ledger): Promise<void> {
  const ca = readFileSync(site.bundle, "utf8");
  for (;;) {
    const token = tokens.shift();
    if (token === undefined) return;
    const answer = await post(site, "/v1/enroll", { token, csr }, { ca });
    if (!answer) return;
    if (answer.status !== 201) {
      ledger.refusals.push(`/v1/enroll: ${answer.text}`);
      continue;
    }
    const { serial, name, certificate } = JSON.parse(answer.text);
    ledger.certificates.push({ serial, name, fingerprint: fingerprintOf(certificate), renews: null });
  }
}

/** Looks at the CRL until the gateway is gone. */
export async function watchCrl(site: Site, ledger: Ledger): Promise<void> {
  for (;;) {
    const crl = await fetchCrl(site);
    if (!crl) return;
    ledger.see(crl);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The CRL of the nodes' authority as it is served now; undefined when no whole answer came. */
export function fetchCrl(site: Site): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const lost = () => resolve(undefined);
    const sent = httpRequest(`${site.product.pkiUrl}/crl/nodes.crl`, { agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", lost).on("close", lost);
      response.on("end", () => resolve(response.statusCode === 200 ? Buffer.concat(chunks) : undefined));
    });
    sent.on("error", lost).end();
  });
}

/** Posts on a connection of its own; undefined when no whole answer came. */
function post(
  site: Site,
  path: string,
  body: unknown,
  tls: { ca: string; key?: string; cert?: string },
): Promise<{ status: number; text: string } | undefined> {
  return new Promise((resolve) => {
    const lost = () => resolve(undefined);
    const headers = { "content-type": "application/json" };
    const sent = request(
      site.product.gatewayUrl + path,
      { method: "POST", agent: false, headers, ...tls },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("error", lost).on("close", lost);
        response.on("end", () => (response.complete ? resolve({ status: response.statusCode ?? 0, text }) : lost()));
      },
    );
    sent.on("error", lost).end(JSON.stringify(body));
  });
}

function fingerprintOf(pem: string): string {
  return createHash("sha256").update(new X509Certificate(pem).raw).digest("hex");
}
