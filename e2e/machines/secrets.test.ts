import { createPrivateKey } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import Sqlite from "better-sqlite3";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DIST, ROOT } from "../../scripts/lib/paths.mjs";
import { Product } from "../product";
import { Browser } from "./browser";
import { type Canary, filesBelow, findCanaries, formsOf, scalarOf, unsealKeys, written } from "./canaries";
import { must } from "./tools";

const ADMIN = { displayName: "Priya Nair", email: "priya@swarm.local", password: "seven amber kettles humming" };
const PASSPHRASE = "eleven paper lanterns over water";
const MISTYPED = "seven amber kettels humming";

const dataFiles = (product: Product) => filesBelow(product.dataDir).filter((file) => basename(file) !== "master.key");

describe("secrets of a product that was set up in a browser, whose log says everything", () => {
  const canaries: Canary[] = [];
  let folder = "";
  let product: Product;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "swarm-secrets-"));
    product = await Product.start({ environment: { SWARM_LOG_LEVEL: "debug" } });
    canaries.push(...written("setup code", product.setupCode));
    const browser = new Browser(product.consoleUrl);
    await browser.mutate("setup.claim", { code: product.setupCode });
    canaries.push(...cookiesOf(browser));
    await browser.mutate("setup.nameOrganisation", { name: "Acme", trustDomain: "swarm.local" });
    await browser.mutate("setup.createFirstAdmin", ADMIN);
    const { secret, offer } = await browser.mutate("setup.startTotp");
    const totp = Secret.fromBase32(String(secret).replaceAll(" ", ""));
    const code = new TOTP({ secret: totp }).generate();
    const { recoveryCodes } = await browser.mutate("setup.confirmTotp", { offer, code });
    canaries.push(
      ...written("password", ADMIN.password),
      ...written("authenticator secret", String(secret)),
      { name: "authenticator secret", bytes: Buffer.from(totp.buffer) },
      ...(recoveryCodes as string[]).flatMap((one) => written("recovery code", one)),
    );
    await browser.mutate("setup.createAuthorities", {});
    canaries.push(...cookiesOf(browser));

    const stranger = new Browser(product.consoleUrl);
    const refused = await stranger.post("session.signIn", { email: ADMIN.email, password: MISTYPED });
    expect(refused.status).not.toBe(200);
    canaries.push(...written("mistyped password", MISTYPED));

    const added = await swarm(["user", "add", "tomas@swarm.local", "--role", "auditor"]);
    canaries.push(...written("one-time password", String(added["oneTimePassword"])));
    const [used, open] = [await token("gpu-1"), await token("gpu-2")];
    for (const one of [used, open]) {
      const random = one.replace(/^swj_/, "");
      canaries.push({ name: "join token", bytes: Buffer.from(random) });
      canaries.push({ name: "join token", bytes: Buffer.from(random, "base64url") });
    }
    const bundle = join(folder, "bundle.pem");
    await must("curl", ["-fsS", `${product.pkiUrl}/ca/bundle.pem`, "-o", bundle]);
    await swarm([
      "enroll",
      "--gateway",
      product.gatewayUrl,
      "--ca",
      bundle,
      "--token",
      used,
      "--out",
      join(folder, "gpu-1"),
    ]);
    const pem = await readFile(join(folder, "gpu-1", "key.pem"));
    const nodeKey = createPrivateKey(pem).export({ format: "der", type: "pkcs8" });
    canaries.push({ name: "key of a node", bytes: nodeKey }, { name: "key of a node", bytes: scalarOf(nodeKey) });
    canaries.push(...unsealKeys(join(product.dataDir, "swarm.db"), join(product.dataDir, "master.key")));
  });
  afterAll(async () => {
    await product?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function swarm(words: readonly string[]): Promise<Record<string, unknown>> {
    const { code, stdout, stderr } = await product.swarm([...words, "--json"]);
    if (code !== 0) throw new Error(`swarm ${words.join(" ")} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  }

  async function token(name: string): Promise<string> {
    return String((await swarm(["join-token", "create", "--kind", "node", "--name", name]))["token"]);
  }

  it("are all known to this test: of people, of machines, and every key of ours", () => {
    expect(new Set(canaries.map(({ name }) => name)).size).toBeGreaterThanOrEqual(18);
    expect(canaries.filter(({ bytes }) => bytes.length < 7)).toEqual([]);
    expect(canaries.filter(({ name }) => name.startsWith("private key")).length).toBeGreaterThanOrEqual(8);
  });

  it("would be found, in whatever form", async () => {
    const file = join(folder, "planted");
    for (const { name, bytes } of canaries) {
      for (const form of formsOf(bytes)) {
        await writeFile(file, Buffer.concat([Buffer.from("{before:"), form, Buffer.from("}")]));
        expect(findCanaries([file], [{ name, bytes }])).toHaveLength(1);
      }
      for (const before of ["", "a", "ab"]) {
        await writeFile(file, Buffer.concat([Buffer.from(before), bytes]).toString("base64url"));
        expect(findCanaries([file], [{ name, bytes }])).toHaveLength(1);
      }
    }
  });

  it("are in no file of the data directory while it runs: database, write-ahead log, logs", async () => {
    const files = dataFiles(product);
    const names = files.map((file) => basename(file));
    expect(names).toEqual(expect.arrayContaining(["swarm.db", "swarm.db-wal", "gateway.log", "console.log"]));
    const sealed = new Sqlite(join(product.dataDir, "swarm.db"), { readonly: true });
    const row = sealed.prepare("SELECT sealed FROM keys LIMIT 1").pluck().get() as Buffer;
    sealed.close();
    const known = [{ name: "sealed key", bytes: row.subarray(0, 24) }, ...written("e-mail address", ADMIN.email)];
    expect(new Set(findCanaries(files, known).map((found) => found.split(" in ")[0])).size).toBe(2);

    expect(findCanaries(files, canaries)).toEqual([]);
    expect(product.output).not.toContain(ADMIN.password);
  });

  it("are in none after kill -9 either, nor in what the processes said", async () => {
    await Promise.all([product.kill("console"), product.kill("gateway")]);
    const said = join(folder, "output");
    await writeFile(said, product.output);
    expect(findCanaries([...dataFiles(product), said], canaries)).toEqual([]);
  });

  it("are not in the build", () => {
    const built = [DIST, join(ROOT, ".next")].filter((path) => existsSync(path)).flatMap(filesBelow);
    expect(built.length).toBeGreaterThan(50);
    expect(
      findCanaries(
        built.filter((file) => !/\/\.next\/(cache|dev)\//.test(file)),
        canaries,
      ),
    ).toEqual([]);
  });
});

function cookiesOf({ cookies }: Browser): Canary[] {
  const kept = [...cookies].filter(([, value]) => value !== "");
  return kept.flatMap(([name, value]) => [
    { name, bytes: Buffer.from(value) },
    { name, bytes: Buffer.from(value, "base64url") },
  ]);
}

describe("a passphrase in place of the master key file", () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.make({ environment: { SWARM_MASTER_PASSPHRASE: PASSPHRASE, SWARM_LOG_LEVEL: "debug" } });
    const init = ["init", "--org", "Acme", "--admin", ADMIN.email, "--password-stdin", "--json"];
    expect(await product.swarm(init, `${ADMIN.password}\n`)).toMatchObject({ code: 0 });
    await product.start(["gateway"]);
  });
  afterAll(() => product?.remove());

  it("is in no file, and no key is either", () => {
    const files = filesBelow(product.dataDir);
    expect(files.map((file) => basename(file))).toEqual(expect.arrayContaining(["swarm.db", "gateway.log"]));
    expect(files.map((file) => basename(file))).not.toContain("master.key");
    const canaries = [...written("passphrase", PASSPHRASE), ...written("password", ADMIN.password)];
    expect(findCanaries(files, canaries)).toEqual([]);
    expect(product.output).not.toContain(PASSPHRASE);
  });
});
