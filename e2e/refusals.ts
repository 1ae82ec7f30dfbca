import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { type Ground, MUTATIONS } from "@/server/testing/procedure-inputs";
import { Site } from "./machines/site";
import type { Product } from "./product";
import { callFrom, type RpcAnswer, type RpcCall, readFrom } from "./rpc";

/** What anybody signed in does to their own account and session: it changes nothing of anybody else's. */
const OF_THEIR_OWN = [
  "account.changePassword",
  "account.confirmTotp",
  "account.removeTotp",
  "account.replaceRecoveryCodes",
  "account.startTotp",
  "session.signIn",
  "session.signOut",
];

/** Sent as writes because a request is too long for an address; they change nothing. */
const READING = [
  "grants.preview",
  "policies.check",
  "policyImpact.gains",
  "policyImpact.replay",
  "policyTests.ask",
  "policyTests.run",
  "policyTests.whoCan",
  "profiles.tryRequest",
  "roles.preview",
];

/** The deeds of each page. */
const DEEDS: readonly { readonly page: (ground: Ground) => string; readonly buttons: readonly string[] }[] = [
  { page: () => "/certificates", buttons: ["Issue certificate"] },
  { page: ({ serial }) => `/certificates/${serial}`, buttons: ["Revoke…"] },
  { page: () => "/authorities/nodes", buttons: ["Publish list now"] },
  { page: () => "/profiles/node", buttons: ["Issue under it"] },
  { page: () => "/join-tokens", buttons: ["Make a join token", "Revoke the join token of gpu-9…"] },
  { page: () => "/nodes", buttons: ["Add a node"] },
  { page: ({ identityId }) => `/nodes/${identityId}`, buttons: ["Edit", "Unlock…", "Retire…"] },
  { page: () => "/services", buttons: ["Add a service"] },
  { page: () => "/people", buttons: ["Add a person"] },
  { page: ({ personId }) => `/people/${personId}`, buttons: ["Edit", "Lock…", "Retire…"] },
];

/**
 * Calls every procedure that writes from the auditor's own page: each is refused, and nothing has changed. Then looks at
 * the buttons for these deeds: each is off and says why.
 */
export async function expectNothingWritable(page: Page, product: Product): Promise<void> {
  const site = await Site.on(product);
  try {
    const ground = await makeGround(page, site);
    const before = await stateSeenBy(page);
    const answers = await callFrom(page, callsOf(ground));

    expect(answers.length).toBeGreaterThan(20);
    expect(answers.filter((answer) => !isRefusal(answer))).toEqual([]);
    expect(await stateSeenBy(page)).toEqual(before);
    await expectButtonsOff(page, ground);
  } finally {
    await site.removeFolder();
  }
}

/** What was set up is a conflict for everybody; all else is not allowed to an auditor. */
function isRefusal({ path, status, code }: RpcAnswer): boolean {
  if (path.startsWith("setup.")) return status === 409 && code === "setup.already_done";
  return status === 403 && code === "kernel.forbidden";
}

function callsOf(ground: Ground): RpcCall[] {
  const ofOthers: Readonly<Record<string, unknown>> = { "session.endAll": { identityId: ground.personId } };
  return Object.entries(MUTATIONS)
    .filter(([path]) => ![...OF_THEIR_OWN, ...READING].includes(path))
    .map(([path, inputOf]) => ({ path, input: ofOthers[path] ?? inputOf(ground) }));
}

/** All that the calls above could have changed, and what the log says that the auditor did. */
async function stateSeenBy(page: Page): Promise<unknown> {
  const account = await readFrom<{ id: string }>(page, "account.read");
  const lists: [path: string, input?: unknown][] = [
    ["inventory.list"],
    ["joinTokens.list"],
    ["teams.list"],
    ["profiles.list"],
    ["session.list"],
    ...["node", "service", "user"].map((kind): [string, unknown] => ["identities.list", { kind }]),
    ["audit.list", { actorId: account.id, outcome: "done" }],
  ];
  return Promise.all(lists.map(async ([path, input]) => withoutClock(await readFrom(page, path, input))));
}

/** Reading is a use of the session, lists say what time it is, and what the gateway saw it notes every 20 s: no change. */
function withoutClock(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      ["now", "lastUsedAt", "lastSeenAt", "lastSeenAddress"].includes(key) ? undefined : inner,
    ),
  );
}

async function expectButtonsOff(page: Page, ground: Ground): Promise<void> {
  for (const deed of DEEDS) {
    await page.goto(deed.page(ground));
    for (const name of deed.buttons) {
      const button = page.getByRole("main").getByRole("button", { name, exact: true }).first();
      await expect(button, `${name} on ${page.url()}`).toHaveAttribute("aria-disabled", "true");
      await expect(button).toHaveAccessibleDescription(/^An auditor reads and changes nothing\. Ask /);
    }
  }
}

/** Something for every procedure to be about: a node whose key was copied, so that it is locked and has an alert. */
async function makeGround(page: Page, site: Site): Promise<Ground> {
  const machine = await site.enroll("gpu-stolen");
  for (const attempt of ["its-own", "a-thief"]) {
    const { csr } = await site.request(attempt);
    await site.curl("/v1/renew", { as: machine, body: { csr: await readFile(csr, "utf8") } });
  }
  const joinToken = await site.swarm(["join-token", "create", "--kind", "node", "--name", "gpu-9"]);
  const policy = join(dirname((await site.request("gpu-10")).csr), "no-drain.cedar");
  await writeFile(policy, '@id("no-drain")\nforbid (principal, action == Action::"compute.drain", resource);\n');
  const draft = await site.swarm(["policy", "draft", policy]);
  const { csr } = await site.request("gpu-10");
  const { serial } = machine;
  const { identityId, alerts } = await readFrom<{ identityId: string; alerts: { id: string }[] }>(
    page,
    "certificates.get",
    { serial },
  );
  const people = await readFrom<{ items: { id: string; email: string; roles: string[] }[] }>(page, "identities.list", {
    kind: "user",
  });
  const admin = people.items.find(({ roles }) => roles.includes("admin"));
  const [session] = await readFrom<{ id: string }[]>(page, "session.list", { identityId: admin?.id });
  const { items: grants } = await readFrom<{ items: { id: string }[] }>(page, "grants.list", { role: "admin" });
  const [team] = await readFrom<{ id: string }[]>(page, "teams.list");
  const ground = {
    grantId: grants[0]?.id ?? "",
    teamId: team?.id ?? "",
    personId: admin?.id ?? "",
    email: admin?.email ?? "",
    sessionId: session?.id ?? "",
    csr: await readFile(csr, "utf8"),
    serial,
    identityId,
    joinTokenId: String(joinToken["id"]),
    alertId: alerts[0]?.id ?? "",
    draftId: String(draft["id"]),
  };
  expect(Object.entries(ground).filter(([, value]) => value === "")).toEqual([]);
  return ground;
}
