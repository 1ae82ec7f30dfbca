import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Product, type ProductOptions } from "../product";
import { must } from "./tools";

/** The password of the first admin. */
export const PASSWORD = "four quiet violet servers";

/** How `openssl genpkey` is told to make each kind of key that the product takes. */
export const KEY_ARGUMENTS = {
  "P-256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  "P-384": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
  Ed25519: ["-algorithm", "ED25519"],
  "RSA-2048": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
  "RSA-3072": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"],
  "RSA-4096": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096"],
} as const;
export type KeyKind = keyof typeof KEY_ARGUMENTS;

/** A key and a certificate request that OpenSSL made: files, PEM. */
export interface KeyAndRequest {
  readonly key: string;
  readonly csr: string;
}

/** What a machine proves itself with: files, PEM. `cert` holds leaf and intermediates. */
export interface Credential {
  readonly key: string;
  readonly cert: string;
}

/** A machine with its certificate. */
export interface Machine extends Credential {
  readonly name: string;
  readonly csr: string;
  readonly serial: string;
}

/** What the gateway answered. */
export interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
  readonly text: string;
}

/** How a call with curl differs from a plain GET without a certificate. */
export interface Call {
  readonly as?: Credential;
  readonly body?: unknown;
}

/** The gateway and the terminal of a product that is set up, without its console, and a folder for files. */
export class Site {
  private constructor(
    readonly product: Product,
    readonly folder: string,
  ) {}

  /** The folder and the ports; nothing is set up, nothing runs. */
  static async make(options: ProductOptions = {}): Promise<Site> {
    return new Site(await Product.make(options), await mkdtemp(join(tmpdir(), "swarm-machines-")));
  }

  /** A product that is set up and runs already, which stays the caller's. */
  static async on(product: Product): Promise<Site> {
    const site = new Site(product, await mkdtemp(join(tmpdir(), "swarm-machines-")));
    await must("curl", ["-fsS", `${product.pkiUrl}/ca/bundle.pem`, "-o", site.bundle]);
    return site;
  }

  /** Set up by `swarm init`, the gateway running, and its trust anchors in `bundle`. */
  static async start(options: ProductOptions = {}, wishes: readonly string[] = []): Promise<Site> {
    const site = await Site.make(options);
    await site.setUp({}, wishes);
    await site.product.start(["gateway"]);
    await site.fetchBundle();
    return site;
  }

  async setUp(more: Readonly<Record<string, string>> = {}, wishes: readonly string[] = []): Promise<void> {
    const words = ["init", "--org", "Acme", "--admin", "priya@swarm.local", "--password-stdin", ...wishes];
    await this.swarm(words, `${PASSWORD}\n`, more);
  }

  async fetchBundle(): Promise<void> {
    await must("curl", ["-fsS", `${this.product.pkiUrl}/ca/bundle.pem`, "-o", this.bundle]);
  }

  async remove(): Promise<void> {
    await this.product.remove();
    await this.removeFolder();
  }

  /** Removes the files alone: all there is to remove of a site on somebody else's product. */
  async removeFolder(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A path in this site's folder. */
  file(name: string): string {
    return join(this.folder, name);
  }

  /** The trust anchors, as a machine has them. */
  get bundle(): string {
    return this.file("bundle.pem");
  }

  /** `127.0.0.1:port` of the gateway, as `openssl s_client` wants it. */
  get gatewayPlace(): string {
    return new URL(this.product.gatewayUrl).host;
  }

  /** Runs `swarm … --json`, which has to succeed, and answers what it said. */
  async swarm(
    words: readonly string[],
    input = "",
    more: Readonly<Record<string, string>> = {},
  ): Promise<Record<string, unknown>> {
    const { code, stdout, stderr } = await this.product.swarm([...words, "--json"], input, more);
    if (code !== 0) throw new Error(`swarm ${words.join(" ")} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  }

  /** Has OpenSSL make a key and a request for it. */
  async request(name: string, kind: KeyKind = "P-256", sans: readonly string[] = []): Promise<KeyAndRequest> {
    const [key, csr] = [this.file(`${name}.key.pem`), this.file(`${name}.csr.pem`)];
    await must("openssl", ["genpkey", ...KEY_ARGUMENTS[kind], "-out", key]);
    const names = sans.length > 0 ? ["-addext", `subjectAltName=${sans.join(",")}`] : [];
    await must("openssl", ["req", "-new", "-key", key, "-subj", `/CN=${name}`, ...names, "-out", csr]);
    return { key, csr };
  }

  /** `swarm cert issue` for a request of OpenSSL's. */
  async issue(name: string, kind: KeyKind = "P-256", sans: readonly string[] = []): Promise<Machine> {
    const made = await this.request(name, kind, sans);
    const cert = this.file(`${name}.cert.pem`);
    const issued = await this.swarm(["cert", "issue", "--profile", "node", "--csr", made.csr, "--out", cert]);
    return { ...made, name, cert, serial: String(issued["serial"]) };
  }

  /** A join token for a node. */
  async token(name: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    const created = await this.swarm(["join-token", "create", "--kind", "node", "--name", name], "", more);
    return String(created["token"]);
  }

  /** `POST /v1/enroll` by curl, for a request of OpenSSL's. */
  async enroll(name: string, kind: KeyKind = "P-256", sans: readonly string[] = []): Promise<Machine> {
    const made = await this.request(name, kind, sans);
    const csr = await readFile(made.csr, "utf8");
    const answer = await this.curl("/v1/enroll", { body: { token: await this.token(name), csr } });
    if (answer.status !== 201) throw new Error(`${name} could not enrol: ${answer.text}`);
    return { ...made, name, ...(await this.keep(name, answer)) };
  }

  /** Writes down the certificate of an answer and its chain, as PEM. */
  async keep(name: string, { json }: Answer): Promise<{ cert: string; serial: string }> {
    const cert = this.file(`${name}.cert.pem`);
    await writeFile(cert, String(json["certificate"]) + String(json["chain"]));
    return { cert, serial: String(json["serial"]) };
  }

  /** Asks the gateway with curl, over TLS 1.3. */
  async curl(path: string, { as, body }: Call = {}): Promise<Answer> {
    const proof = as ? ["--cert", as.cert, "--key", as.key] : [];
    const sent = body === undefined ? [] : ["-H", "content-type: application/json", "--data-binary", "@-"];
    const said = await must(
      "curl",
      [
        "-sS",
        "--tlsv1.3",
        "--cacert",
        this.bundle,
        ...proof,
        ...sent,
        "-w",
        "\n%{http_code}",
        this.product.gatewayUrl + path,
      ],
      { input: body === undefined ? "" : JSON.stringify(body) },
    );
    const end = said.lastIndexOf("\n");
    const text = said.slice(0, end);
    return { status: Number(said.slice(end + 1)), text, json: JSON.parse(text) };
  }

  /** Fetches the CRLs of all authorities, and answers a PEM file that holds them. */
  async fetchCrls(): Promise<string> {
    await mkdir(this.file("crls"), { recursive: true });
    const all: string[] = [];
    for (const slug of AUTHORITIES) {
      const [der, pem] = [this.file(`crls/${slug}.crl`), this.file(`crls/${slug}.pem`)];
      await must("curl", ["-fsS", `${this.product.pkiUrl}/crl/${slug}.crl`, "-o", der]);
      await must("openssl", ["crl", "-inform", "der", "-in", der, "-out", pem]);
      all.push(await readFile(pem, "utf8"));
    }
    await writeFile(this.file("crls.pem"), all.join(""));
    return this.file("crls.pem");
  }
}

/** The authorities of a new product. */
export const AUTHORITIES = ["root", "nodes", "services", "users"] as const;

/** How long to wait for what happens by itself, on a machine that is busy. */
export const LATEST = { timeout: 30_000, interval: 100 } as const;
