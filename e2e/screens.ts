import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { ROOT } from "../scripts/lib/paths.mjs";
import { readFrom } from "./rpc";
import { openPalette, pressUntil } from "./steps";

/** Things of a product that pages are about. */
export interface Things {
  readonly serial: string;
  readonly nodeId: string;
  readonly serviceId: string;
  readonly personId: string;
  readonly event: number;
}

/** Who looks at a screen. */
export type Viewer = "admin" | "team lead" | "nobody";

/** One screen, or one state of it. */
export interface Screen {
  readonly name: string;
  /** The file of its page under `app/`; absent for a further state of a page that is listed. */
  readonly file?: string;
  readonly path: (things: Things) => string;
  readonly as?: Viewer;
  /** Opens what the address alone does not. */
  readonly open?: (page: Page) => Promise<void>;
  /** What is there once the screen stands; its main heading unless told. */
  readonly ready?: (page: Page) => Promise<void>;
}

/** Every screen behind the sign-in and the sign-in itself. The steps of the first run are walked by their own test. */
export const SCREENS: readonly Screen[] = [
  { name: "sign-in", file: "(auth)/sign-in/page.tsx", path: () => "/sign-in", as: "nobody" },
  { name: "overview", file: "(console)/page.tsx", path: () => "/" },
  { name: "list of certificates", file: "(console)/certificates/page.tsx", path: () => "/certificates" },
  {
    name: "list of certificates in which nothing fits",
    path: () => "/certificates?q=nothing-is-called-so",
    ready: (page) => expect(page.getByText("No certificate fits")).toBeVisible(),
  },
  {
    name: "certificate",
    file: "(console)/certificates/[serial]/page.tsx",
    path: ({ serial }) => `/certificates/${serial}`,
  },
  {
    name: "question before a revocation",
    path: ({ serial }) => `/certificates/${serial}`,
    open: async (page) => {
      await page.getByRole("button", { name: "Revoke…" }).click();
      await expect(page.getByRole("alertdialog")).toBeVisible();
    },
  },
  {
    name: "form that issues a certificate",
    file: "(console)/certificates/new/page.tsx",
    path: () => "/certificates/new",
  },
  {
    name: "authorities",
    file: "(console)/authorities/page.tsx",
    path: () => "/authorities",
    ready: (page) => expect(page.locator(".react-flow__node").first()).toBeVisible(),
  },
  { name: "authority", file: "(console)/authorities/[authority]/page.tsx", path: () => "/authorities/nodes" },
  { name: "profiles", file: "(console)/profiles/page.tsx", path: () => "/profiles" },
  { name: "profile", file: "(console)/profiles/[profile]/page.tsx", path: () => "/profiles/node" },
  { name: "roles", file: "(console)/roles/page.tsx", path: () => "/roles" },
  {
    name: "roles in which nothing fits",
    path: () => "/roles?q=nothing-is-called-so",
    ready: (page) => expect(page.getByText("No role fits")).toBeVisible(),
  },
  {
    name: "role that comes with the program",
    file: "(console)/roles/[name]/page.tsx",
    path: () => "/roles/team_lead",
    ready: (page) => expect(page.getByText("Its policies are written by hand")).toBeVisible(),
  },
  { name: "who has a role", path: () => "/roles/team_lead?view=holders" },
  { name: "role in Cedar", path: () => "/roles/team_lead?view=cedar" },
  { name: "form that makes a role", file: "(console)/roles/new/page.tsx", path: () => "/roles/new" },
  {
    name: "form that makes a role, half filled in",
    path: () => "/roles/new",
    open: async (page) => {
      await page.getByRole("button", { name: "Add permission" }).click();
      await page.getByRole("button", { name: "Action", exact: true }).click();
      await page.getByRole("textbox", { name: "Search actions" }).fill("storage");
      await page.getByRole("checkbox", { name: "storage.write" }).check();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Condition", exact: true }).click();
      await page.getByRole("menuitem", { name: "Sensitivity of data" }).click();
      await expect(page.getByRole("checkbox", { name: "restricted" })).toBeVisible();
    },
  },
  {
    name: "role that cannot be changed",
    file: "(console)/roles/[name]/edit/page.tsx",
    path: () => "/roles/team_lead/edit",
  },
  { name: "roles that may not be made", path: () => "/roles/new", as: "team lead" },
  { name: "separations", file: "(console)/roles/separations/page.tsx", path: () => "/roles/separations" },
  {
    name: "form that separates duties",
    path: () => "/roles/separations",
    open: async (page) => {
      await page.getByRole("button", { name: "Separate duties" }).click();
      await expect(page.getByRole("dialog", { name: "Separate duties" })).toBeVisible();
    },
  },
  { name: "policies", file: "(console)/policies/page.tsx", path: () => "/policies" },
  { name: "schema of the swarm", file: "(console)/policies/schema/page.tsx", path: () => "/policies/schema" },
  {
    name: "policies in which nothing fits",
    path: () => "/policies?q=nothing-is-called-so",
    ready: (page) => expect(page.getByText("No policy fits")).toBeVisible(),
  },
  {
    name: "policy that comes with the program",
    file: "(console)/policies/[policy]/page.tsx",
    path: () => "/policies/team-lead-leads",
    ready: (page) => expect(page.getByText("It comes with the program")).toBeVisible(),
  },
  {
    name: "policy with a request that was tried",
    path: () => "/policies/quarantined-node",
    open: async (page) => {
      await page.getByRole("tab", { name: /^Test/ }).click();
      await page.getByRole("combobox", { name: "Who: name" }).fill("gpu-10");
      await page.getByRole("combobox", { name: "On what: name" }).fill("gpu-10");
      await page.getByRole("button", { name: "Decide" }).click();
      await expect(page.getByRole("region", { name: "Verdict" })).toBeVisible();
    },
  },
  {
    name: "versions of a policy",
    path: () => "/policies/eu-data-stays-in-eu",
    open: async (page) => {
      await page.getByRole("tab", { name: /^History/ }).click();
      await expect(page.getByRole("table", { name: /^Versions/ })).toBeVisible();
    },
  },
  {
    name: "question before a draft is published",
    path: () => "/policies/training-on-trusted-providers",
    open: async (page) => {
      await page.getByRole("button", { name: "Publish…" }).click();
      await expect(page.getByText("Nothing stands against it.")).toBeVisible();
    },
  },
  { name: "new policy", file: "(console)/policies/new/page.tsx", path: () => "/policies/new" },
  { name: "history of the policies", file: "(console)/policies/history/page.tsx", path: () => "/policies/history" },
  {
    name: "two epochs side by side",
    path: () => "/policies/history?from=0&to=1",
    ready: (page) => expect(page.getByRole("heading", { name: "From epoch 0 to epoch 1" })).toBeVisible(),
  },
  { name: "assigning access", file: "(console)/assign/page.tsx", path: () => "/assign" },
  {
    name: "form that gives access",
    path: ({ nodeId }) => `/assign?give=identity+${nodeId}`,
    ready: (page) => expect(page.getByRole("group", { name: "Role" })).toBeVisible(),
    open: async (page) => {
      const roles = page.getByRole("complementary", { name: "Give access" }).getByRole("radio");
      // Before there is a role that a machine can hold, none is offered.
      if ((await roles.count()) === 0) return;
      await roles.first().check();
      await expect(page.getByRole("region", { name: "What changes" }).getByRole("list").first()).toBeVisible();
    },
  },
  { name: "resources", file: "(console)/resources/page.tsx", path: () => "/resources" },
  {
    name: "resources with an open provider",
    path: () => "/resources?open=Provider::%22basement-gpus%22",
    ready: (page) => expect(page.getByText("Nobody answers for it.")).toBeVisible(),
  },
  {
    name: "form that adds a resource",
    path: () => "/resources?add=1",
    open: async (page) => {
      const form = page.getByRole("dialog", { name: "Add resource" });
      await form.getByLabel("Type").selectOption("Provider");
      await expect(form.getByRole("radio", { name: /^Untrusted/ })).toBeVisible();
    },
  },
  { name: "join tokens", file: "(console)/join-tokens/page.tsx", path: () => "/join-tokens" },
  {
    name: "form that makes a join token",
    path: () => "/join-tokens?add=1",
    ready: (page) => expect(page.getByRole("dialog", { name: "Make a join token" })).toBeVisible(),
  },
  { name: "list of nodes", file: "(console)/nodes/page.tsx", path: () => "/nodes" },
  { name: "node", file: "(console)/nodes/[id]/page.tsx", path: ({ nodeId }) => `/nodes/${nodeId}` },
  { name: "list of services", file: "(console)/services/page.tsx", path: () => "/services" },
  { name: "service", file: "(console)/services/[id]/page.tsx", path: ({ serviceId }) => `/services/${serviceId}` },
  { name: "list of people", file: "(console)/people/page.tsx", path: () => "/people" },
  { name: "person", file: "(console)/people/[id]/page.tsx", path: ({ personId }) => `/people/${personId}` },
  {
    name: "import of identities",
    file: "(console)/people/import/page.tsx",
    path: () => "/people/import",
  },
  {
    name: "import of a file with wrong rows",
    path: () => "/people/import",
    open: async (page) => {
      const buffer = Buffer.from("kind,name\nnode,GPU_2\nrobot,r2\n");
      await page.locator('input[type="file"]').setInputFiles({ name: "new.csv", mimeType: "text/csv", buffer });
      await expect(page.getByText("2 rows are wrong in new.csv.")).toBeVisible();
    },
  },
  { name: "teams and pools", file: "(console)/teams/page.tsx", path: () => "/teams" },
  {
    name: "question before a team is moved",
    path: () => "/teams",
    open: async (page) => {
      await page.getByRole("button", { name: "Move language…" }).click();
      await page.getByLabel("Within").selectOption({ label: "vision" });
      await expect(page.getByText("vision → language.")).toBeVisible();
    },
  },
  { name: "sessions", file: "(console)/sessions/page.tsx", path: () => "/sessions" },
  { name: "account", file: "(console)/account/page.tsx", path: () => "/account" },
  {
    name: "list of decisions",
    file: "(console)/decisions/page.tsx",
    path: () => "/decisions",
    ready: (page) => expect(page.getByRole("heading", { name: /^The gateway was asked/ })).toBeVisible(),
  },
  {
    name: "decisions that are refused",
    path: () => "/decisions",
    as: "team lead",
    ready: (page) => expect(page.getByText("You may not read what machines asked")).toBeVisible(),
  },
  { name: "audit log", file: "(console)/audit/page.tsx", path: () => "/audit" },
  {
    name: "audit log with an open entry",
    path: ({ event }) => `/audit?event=${event}`,
    ready: (page) => expect(page.getByText("This entry is what was written")).toBeVisible(),
  },
  {
    name: "page that is not there",
    file: "(console)/[...missing]/page.tsx",
    path: () => "/nowhere/at/all",
    ready: (page) => expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing has this address"),
  },
  {
    name: "page that is refused",
    path: () => "/audit",
    as: "team lead",
    ready: (page) => expect(page.getByText("You may not read the audit log")).toBeVisible(),
  },
  {
    name: "command palette",
    path: () => "/profiles",
    open: async (page) => {
      await (await openPalette(page)).fill("gpu");
      await expect(page.getByRole("option", { name: /, certificate/ }).first()).toBeVisible();
    },
  },
  {
    name: "sheet of shortcuts",
    path: () => "/profiles",
    open: async (page) => {
      await pressUntil(page, "Shift+?", page.getByRole("dialog", { name: "Shortcuts" }));
    },
  },
];

/** The first run has a page too. */
export const WALKED_ELSEWHERE = ["(auth)/setup/page.tsx"];

/** The file of every page there is, under `app/`. */
export function pageFiles(): string[] {
  return readdirSync(join(ROOT, "app"), { recursive: true, encoding: "utf8" })
    .filter((path) => /(^|\/)page\.tsx$/.test(path))
    .sort();
}

/** Goes to a screen and waits until it stands. */
export async function visit(page: Page, screen: Screen, things: Things): Promise<void> {
  await page.goto(screen.path(things));
  await expect(
    page
      .getByRole("heading", { level: 1 })
      .or(page.getByRole("heading", { level: 2 }))
      .first(),
  ).toBeVisible();
  await expect(page.locator(".sk")).toHaveCount(0);
  await screen.ready?.(page);
  await screen.open?.(page);
}

/** Something for each page to be about: what the signed-in person of `page` finds first. */
export async function findThings(page: Page): Promise<Things> {
  const first = async (kind: string) => {
    const { items } = await readFrom<{ items: { id: string }[] }>(page, "identities.list", { kind, state: "active" });
    return items[0]?.id ?? "";
  };
  const inventory = await readFrom<{ rows: { serial: string }[] }>(page, "inventory.list", {
    filter: { status: ["active"] },
  });
  const log = await readFrom<{ rows: { seq: number }[] }>(page, "audit.list");
  return {
    serial: inventory.rows[0]?.serial ?? "",
    nodeId: await first("node"),
    serviceId: await first("service"),
    personId: await first("user"),
    event: log.rows[0]?.seq ?? 1,
  };
}
