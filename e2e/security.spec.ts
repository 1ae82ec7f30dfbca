import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { APIResponse, Page } from "@playwright/test";
import { type Ground, QUERIES } from "@/server/testing/procedure-inputs";
import { ROOT } from "../scripts/lib/paths.mjs";
import { expect, test } from "./fixtures";
import { freePorts } from "./product";
import { readFrom } from "./rpc";
import { findThings, SCREENS, type Things, visit } from "./screens";
import { signIn } from "./steps";

test.use({ data: "demo" });

/** What a page of somebody else sends, or a script outside of any page. */
const FOREIGN: readonly Readonly<Record<string, string>>[] = [
  { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  { origin: "https://evil.example" },
  { origin: "http://localhost:3000", "sec-fetch-site": "same-site" },
  { origin: "null" },
  {},
];

/** What Next.js and proxies in front of it say to each other; a client who says it gets nothing by it. */
const SMUGGLED: Readonly<Record<string, string>> = {
  "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy",
  "x-middleware-rewrite": "/people",
  "x-middleware-next": "1",
  "x-invoke-path": "/people",
  "x-matched-path": "/people",
  "x-nextjs-data": "1",
  "x-forwarded-host": "console.example",
  "x-forwarded-for": "203.0.113.9",
  "x-swarm-address": "203.0.113.9",
};

/** Names that the example is full of. */
const KNOWN_TO_THE_SIGNED_IN = /gpu-(h100|a100|l40s)|Priya|Okafor/;

/** Whether there is an organisation is what decides between sign-in and setup. */
const TOLD_TO_EVERYBODY = ["setup.read"];

test("every answer carries the headers that keep browsers in check, and each page a nonce of its own", async ({
  deskOf,
  page: stranger,
}) => {
  const { request } = await deskOf();
  const asset = /"(\/_next\/static\/[^"]+\.js)"/.exec(await (await stranger.request.get("/sign-in")).text())?.[1];
  const answers: APIResponse[] = [];
  for (const path of ["/", "/certificates", "/nowhere", "/api/trpc/account.read", "/api/export/audit?format=csv"])
    answers.push(await request.get(path));
  for (const path of ["/sign-in", "/api/auth/session", "/api/trpc/nothing.here", asset ?? ""])
    answers.push(await stranger.request.get(path));

  for (const answer of answers) {
    const headers = answer.headers();
    expect(headers, answer.url()).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(headers["x-powered-by"], answer.url()).toBeUndefined();
    expect(headers["server"], answer.url()).toBeUndefined();
    expect(headers["access-control-allow-origin"], answer.url()).toBeUndefined();
  }

  const pages = answers.filter((answer) => answer.headers()["content-type"]?.startsWith("text/html"));
  expect(pages.length).toBe(4);
  const nonces = await Promise.all(pages.map(nonceOf));
  expect(new Set(nonces).size).toBe(pages.length);
  for (const answer of pages) expect(answer.headers()["cache-control"], answer.url()).toMatch(/no-store/);
});

/** Checks the policy of a page, and that all of its scripts run by the nonce alone. */
async function nonceOf(answer: APIResponse): Promise<string> {
  const policy = answer.headers()["content-security-policy"] ?? "";
  const directives = new Map(policy.split("; ").map((text) => [text.split(" ")[0], text.split(" ").slice(1)]));
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|unsafe-hashes|\*|https?:/);
  expect(directives.get("default-src")).toEqual(["'none'"]);
  expect(directives.get("frame-ancestors")).toEqual(["'none'"]);
  expect(directives.get("object-src")).toEqual(["'none'"]);
  expect(directives.get("base-uri")).toEqual(["'none'"]);
  expect(directives.get("form-action")).toEqual(["'self'"]);

  const nonce = /'nonce-([A-Za-z0-9+/=]{24,})'/.exec(policy)?.[1] ?? "";
  expect(directives.get("script-src")).toContain(`'nonce-${nonce}'`);
  expect(directives.get("style-src")).toContain(`'nonce-${nonce}'`);
  const html = await answer.text();
  const scripts = html.match(/<script\b[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(3);
  expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  expect(html).not.toMatch(/<[a-z][^>]*\s(style|on[a-z]+)="/);
  return nonce;
}

test("nobody's page trips the policy, and none throws", async ({ page: stranger, deskOf, demoPerson }) => {
  test.setTimeout(180_000);
  const pages = { admin: await deskOf(), "team lead": await deskOf(demoPerson("mara")), nobody: stranger };
  const complaints: string[] = [];
  for (const page of Object.values(pages)) {
    page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      // A page that is not there answers 404, and the browser says so.
      const isExpected = message.text().includes("404") && page.url().includes("/nowhere");
      if (message.type() === "error" && !isExpected) complaints.push(`${page.url()}: ${message.text()}`);
    });
    await page.exposeFunction("complain", (text: string) => complaints.push(text));
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
        Reflect.get(window, "complain")(`${location.pathname}: ${violatedDirective} ${blockedURI} ${sourceFile}`);
      });
    });
  }
  const things = await findThings(pages.admin);
  for (const screen of SCREENS) await visit(pages[screen.as ?? "admin"], screen, things);
  expect(complaints).toEqual([]);
});

test("the session is a cookie that no script reads and no other site sends", async ({ page, demoPerson }) => {
  await signIn(page, demoPerson("noor"));
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["__Host-swarm.session", "__Host-swarm.device"]),
  );
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: "Strict", path: "/", domain: "127.0.0.1" });
    expect(cookie.name).toMatch(/^__Host-/);
  }
  const token = cookies.find(({ name }) => name === "__Host-swarm.session")?.value ?? "";
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
  expect(await page.evaluate(() => document.cookie)).toBe("");
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(token);

  await page.context().clearCookies({ name: "__Host-swarm.session" });
  await signIn(page, demoPerson("noor"));
  const [again] = await page
    .context()
    .cookies()
    .then((all) => all.filter(({ name }) => name.endsWith("session")));
  expect(again?.value).not.toBe(token);
});

test("a write that does not come from a page of this console is refused, whatever cookie it brings", async ({
  page,
  product,
  demoPerson,
}) => {
  await signIn(page, demoPerson("priya"));
  const write = (name: string, headers: Readonly<Record<string, string>>) =>
    page.request.post("/api/trpc/teams.create", { headers, data: { json: { name } } });
  for (const [index, headers] of FOREIGN.entries()) {
    const answer = await write(`smuggled-${index}`, headers);
    expect(answer.status(), JSON.stringify(headers)).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: "request.foreign_origin" } });
  }
  expect((await write("told", { origin: product.consoleUrl, "sec-fetch-site": "same-origin" })).status()).toBe(200);

  // The same from a real page of somebody else, which cannot set headers but may send forms with cookies.
  const [port] = await freePorts(1);
  const evil = `http://localhost:${port}/`;
  const form = `<form method="post" enctype="text/plain" action="${product.consoleUrl}/api/trpc/teams.create">
    <input name='{"json":{"name":"smuggled-form","x":"' value='"}}'></form>`;
  await page.route(evil, (route) => route.fulfill({ contentType: "text/html", body: form }));
  await page.goto(evil);
  const answered = page.waitForResponse(/teams\.create/);
  await page.evaluate(() => document.forms[0]?.submit());
  expect((await answered).status()).toBe(403);

  const teams = await readFrom<{ name: string }[]>(page, "teams.list");
  const names = teams.map(({ name }) => name);
  expect(names).toContain("told");
  expect(names.filter((name) => name.startsWith("smuggled"))).toEqual([]);
});

test("a session that was ended elsewhere is refused on the very next request", async ({
  page,
  browser,
  product,
  demoPerson,
}) => {
  const tomas = demoPerson("tomas");
  const context = await browser.newContext({ baseURL: product.consoleUrl });
  const lost = await context.newPage();
  await signIn(lost, tomas);
  expect(await statusesOf(lost)).toEqual({ read: 200, write: 200, file: 200, page: 200 });

  await signIn(page, tomas);
  await page.goto("/sessions");
  await page.getByRole("button", { name: "End all others…" }).click();
  const ended = page.waitForResponse(/session\.endAll/);
  await page.getByRole("button", { name: "End the sessions" }).click();
  expect((await ended).status()).toBe(200);

  expect(await statusesOf(lost)).toEqual({ read: 401, write: 401, file: 401, page: 307 });
  expect(await statusesOf(page)).toEqual({ read: 200, write: 200, file: 200, page: 200 });
  await context.close();
});

/** What the next requests of a page's browser are answered. */
async function statusesOf(page: Page): Promise<Readonly<Record<string, number>>> {
  const { request } = page;
  const { origin } = new URL(page.url());
  const read = await request.get("/api/trpc/account.read");
  const write = await request.post("/api/trpc/account.startTotp", { headers: { origin }, data: {} });
  const file = await request.get("/api/export/audit?format=csv&outcome=refused");
  const place = await request.get("/people", { maxRedirects: 0 });
  return { read: read.status(), write: write.status(), file: file.status(), page: place.status() };
}

/** Who is refused often is told that it was too often: after the refusal itself, so that what is allowed never says so. */
const REFUSED = [401, 403, 429];

test("somebody who is not signed in sees no page, no list and no file, not even by the side doors", async ({
  page,
  deskOf,
}) => {
  const desk = await deskOf();
  const things = await findThings(desk);
  const paths = SCREENS.filter(({ file }) => file?.startsWith("(console)/")).map(({ path }) => path(things));
  expect(paths.length).toBeGreaterThan(10);
  const ways: Readonly<Record<string, string>>[] = [{}, { rsc: "1" }, { rsc: "1", "next-router-prefetch": "1" }];
  for (const headers of ways.flatMap((way) => [way, { ...SMUGGLED, ...way }])) {
    const about = `with ${Object.keys(headers).join(", ")}`;
    for (const path of paths) {
      const answer = await page.request.get(path, { headers });
      expect(KNOWN_TO_THE_SIGNED_IN.exec(await answer.text()), `${path} ${about}`).toBeNull();
      if (!headers["rsc"]) expect(new URL(answer.url()).pathname, `${path} ${about}`).toBe("/sign-in");
    }
    // The same by somebody who is signed in, to know that there was something to see.
    const seen = await desk.request.get("/", { headers });
    if (!headers["next-router-prefetch"]) expect(await seen.text(), about).toMatch(KNOWN_TO_THE_SIGNED_IN);
  }
  for (const [path, inputOf] of Object.entries(QUERIES)) {
    const input = inputOf(groundOf(things));
    const params = new URLSearchParams(input === undefined ? {} : { input: JSON.stringify({ json: input }) });
    for (const headers of [{}, SMUGGLED]) {
      const answer = await page.request.get(`/api/trpc/${path}`, { params, headers });
      if (!TOLD_TO_EVERYBODY.includes(path)) expect(REFUSED, path).toContain(answer.status());
      expect(await answer.text(), path).not.toMatch(KNOWN_TO_THE_SIGNED_IN);
    }
  }
  const file = await page.request.get("/api/export/audit?format=ndjson", { headers: SMUGGLED });
  expect(REFUSED).toContain(file.status());
});

function groundOf({ serial, nodeId, personId }: Things): Ground {
  const none = { email: "", sessionId: "", csr: "", joinTokenId: "", alertId: "", draftId: "", grantId: "" };
  return { ...none, teamId: "", personId, serial, identityId: nodeId };
}

test("what the audit log says of an address cannot be told by the client", async ({ page, demoPerson }) => {
  await signIn(page, demoPerson("priya"));
  const origin = new URL(page.url()).origin;
  const answer = await page.request.post("/api/trpc/teams.create", {
    headers: { ...SMUGGLED, origin },
    data: { json: { name: "from-nowhere" } },
  });
  expect(answer.status()).toBe(200);
  const { rows } = await readFrom<{ rows: { kind: string; address: string }[] }>(page, "audit.list", {
    kind: "team.created",
  });
  expect(rows[0]).toMatchObject({ kind: "team.created", address: "127.0.0.1" });
});

test("what browsers load holds no secret, no server code and no place of this machine", async ({ product }) => {
  const folder = join(ROOT, ".next", "static");
  const files = (await readdir(folder, { recursive: true })).filter((name) =>
    /\.(js|css|json|map|txt|html)$/.test(name),
  );
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((name) => name.endsWith(".map"))).toEqual([]);
  const masterKey = (await readFile(join(product.dataDir, "master.key"), "utf8")).trim();
  expect(masterKey.length).toBeGreaterThan(30);

  const forbidden = [
    masterKey,
    ROOT,
    product.dataDir,
    ...["better-sqlite3", "@node-rs/argon2", "drizzle-orm", "node:crypto", "node:fs", "CREATE TABLE", "SELECT "],
    ...["process.env.SWARM", "deriveSecret", "BEGIN EC PRIVATE KEY", "-----BEGIN ENCRYPTED"],
  ];
  const found: string[] = [];
  for (const name of files) {
    const text = await readFile(join(folder, name), "utf8");
    for (const word of forbidden) if (text.includes(word)) found.push(`${name}: ${word}`);
  }
  expect(found).toEqual([]);
});
