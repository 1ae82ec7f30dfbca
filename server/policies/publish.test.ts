import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { authorize, commit } from "@/server/kernel/permit";
import type { Context } from "@/server/kernel/context";
import { addPerson } from "@/server/testing/people";
import { AUDITOR, TEAM_LEAD, testWorld, type World } from "@/server/testing/world";
import { putResource } from "@/server/resources/put-resource";
import { checkPolicies } from "./check";
import { discardDraft, saveDraft } from "./drafts";
import { compareEpochs, listEpochs } from "./epochs";
import { getPolicy, listPolicies } from "./list";
import { publishDrafts, publishFolder, rollBack } from "./publish";
import { askReview } from "./review";
import { getSchema, publishSchema } from "./schema";
import { putTest } from "./tests";

const NO_TEAMS = `// Teams are made by nobody for now.
@id("no-new-teams")
forbid (principal, action == Action::"team.create", resource);
`;
const note = "for a test";

let world: World;
beforeEach(async () => {
  world = await testWorld();
  await addPerson(world, { role: "admin" });
  world.forget();
});
afterEach(() => world.close());

const draftOf = (text: string, ctx: Context = world.ctx) =>
  saveDraft(ctx, { draft: null, policy: null, text, revision: null });

async function publish(text: string, base = 0) {
  const { id: draft, revision } = await draftOf(text);
  return publishDrafts(world.ctx, { drafts: [{ draft, revision }], base, note });
}

const createTeam = (name: string) => authorize(world.ctx, "team.create", { type: "Team", id: "*", name });

describe("publishing a draft", () => {
  it("puts it in force at once, as an epoch of the whole set, and says so in the log", async () => {
    await createTeam("vision");
    const { epoch, notices } = await publish(NO_TEAMS);
    expect(epoch).toMatchObject({ number: 1, kind: "published", isInForce: true, changed: [], removed: [], note });
    expect(epoch.added).toContain("no-new-teams");
    expect(notices).toEqual([]);
    await expect(createTeam("audio")).rejects.toMatchObject({
      code: "kernel.forbidden",
      reason: "the policy no-new-teams forbids it; ask a security admin",
    });
    expect(world.trail()).toMatchObject([
      { kind: "policy.draft_saved", object: { type: "Policy", id: "no-new-teams" } },
      { kind: "policy.published", detail: { epoch: 1, added: ["no-new-teams"], note } },
      { kind: "policy.added", object: { id: "no-new-teams" }, after: { text: NO_TEAMS } },
      { kind: "denied", action: "team.create", detail: { rules: ["no-new-teams"] } },
    ]);
    expect(await getPolicy(world.ctx, { policy: "no-new-teams" })).toMatchObject({
      text: NO_TEAMS,
      draft: null,
      versions: [{ version: 1, epochs: [1], isInForce: true }],
    });
  });

  it("asks again for a permit that was given before it, and refuses what is no longer allowed", async () => {
    const [kept, refused] = [
      await authorize(world.ctx, "identity.list", { type: "Identity", id: "*" }),
      await createTeam("vision"),
    ];
    await publish(NO_TEAMS);
    world.forget();
    const write = async () => ({ value: null, event: { kind: "team.created" } });
    await commit(kept, write);
    await expect(commit(refused, write)).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([
      { kind: "team.created", outcome: "done" },
      { kind: "denied", outcome: "refused" },
    ]);
  });

  it("is refused on another epoch than was looked at, for a text with a problem, and for nothing", async () => {
    await publish(NO_TEAMS);
    await expect(publish('@id("a")\npermit (principal, action, resource);', 0)).rejects.toMatchObject({
      code: "policy.epoch_moved",
    });
    const wrong = await draftOf('@id("b")\nforbid (principal, action == Action::"team.make", resource);');
    const drafts = [{ draft: wrong.id, revision: wrong.revision }];
    await expect(publishDrafts(world.ctx, { drafts, base: 1, note })).rejects.toMatchObject({
      code: "policy.refused",
      message: expect.stringContaining("b:2:"),
    });
    await expect(publishFolder(world.ctx, { policies: [NO_TEAMS], tests: null, base: 1, note })).rejects.toMatchObject({
      code: "policy.nothing_to_publish",
    });
  });

  it("is refused when it would lock everybody out, and says who would lose what", async () => {
    const lockingOut = '@id("nobody")\nforbid (principal, action, resource);\n';
    await expect(publish(lockingOut)).rejects.toMatchObject({ code: "policy.would_lock_out", message: /sign in/ });
    const { lockOut } = await checkPolicies(world.ctx, {
      changes: [{ policy: null, text: '@id("x")\nforbid (principal, action == Action::"policy.publish", resource);' }],
    });
    expect(lockOut).toBe("nobody could administer under these policies: no admin may do policy.publish");
  });

  it("lets an admin give up the right to publish when another keeps it, and says it", async () => {
    const [first, second] = [
      await addPerson(world, { role: "admin", email: "ada@swarm.local" }),
      await addPerson(world, { role: "admin", email: "ben@swarm.local" }),
    ];
    const name = (await listNames(first.ctx.actor.id)).name;
    const { id: draft, revision } = await draftOf(
      `@id("not-me")\nforbid (principal == User::"${name}", action == Action::"policy.publish", resource);\n`,
      first.ctx,
    );
    const { notices } = await publishDrafts(first.ctx, { drafts: [{ draft, revision }], base: 0, note });
    expect(notices[0]).toMatch(/^you may not publish any more after this; /);
    expect(second.ctx.actor.id).not.toBe(first.ctx.actor.id);
    await expect(rollBack(first.ctx, { to: 0, base: 1, note })).rejects.toMatchObject({ code: "kernel.forbidden" });
  });

  it("needs every policy test to pass", async () => {
    await putTest(world.ctx, {
      name: "leads make no teams",
      principal: { type: "User", id: "lead" },
      action: "team.create",
      resource: { type: "Team", id: "any" },
      context: {},
      entities: [
        {
          uid: { type: "User", id: "lead" },
          attrs: { id: "usr_1", name: "lead", state: "active" },
          parents: [{ type: "Role", id: "admin" }],
        },
      ],
      expect: { decision: "allow", policies: ["admin-administers"] },
    });
    await expect(publish(NO_TEAMS)).rejects.toMatchObject({
      code: "policy.tests_failed",
      message: 'the test "leads make no teams" does not pass: expected allow, and it is deny, by no-new-teams',
    });
  });

  it("is an admin's, and an auditor's and a lead's is refused", async () => {
    const { id: draft, revision } = await draftOf(NO_TEAMS);
    for (const actor of [AUDITOR, TEAM_LEAD]) {
      await expect(draftOf(NO_TEAMS, world.as(actor))).rejects.toMatchObject({ code: "kernel.forbidden" });
      const input = { drafts: [{ draft, revision }], base: 0, note };
      await expect(publishDrafts(world.as(actor), input)).rejects.toMatchObject({ code: "kernel.forbidden" });
    }
  });
});

describe("rolling back", () => {
  it("puts an earlier epoch in force again, as a new one", async () => {
    await publish(NO_TEAMS);
    const { epoch } = await rollBack(world.ctx, { to: 0, base: 1, note });
    expect(epoch).toMatchObject({ number: 2, kind: "rolled_back", restores: 0, removed: ["no-new-teams"] });
    await createTeam("vision");
    expect((await listEpochs(world.ctx)).map(({ number, isInForce }) => [number, isInForce])).toEqual([
      [2, true],
      [1, false],
      [0, false],
    ]);
    expect(await compareEpochs(world.ctx, { from: 1, to: 2 })).toEqual({
      changes: [{ policy: "no-new-teams", before: NO_TEAMS, after: null }],
      schema: null,
    });
    const [again] = [await rollBack(world.ctx, { to: 1, base: 2, note })];
    expect(again.epoch).toMatchObject({ number: 3, restores: 1, added: ["no-new-teams"] });
    expect((await getPolicy(world.ctx, { policy: "no-new-teams" })).versions).toMatchObject([
      { version: 1, epochs: [1, 3] },
    ]);
  });
});

describe("drafts", () => {
  it("are one a policy, and conflicts are told", async () => {
    const draft = await draftOf(NO_TEAMS);
    await expect(draftOf(NO_TEAMS)).rejects.toMatchObject({ code: "policy.name_taken" });
    const saved = await saveDraft(world.ctx, { draft: draft.id, policy: null, text: `${NO_TEAMS}//`, revision: 1 });
    expect(saved).toMatchObject({ revision: 2, kind: "new" });
    await expect(
      saveDraft(world.ctx, { draft: draft.id, policy: null, text: NO_TEAMS, revision: 1 }),
    ).rejects.toMatchObject({ code: "policy.draft_changed" });
    expect((await listPolicies(world.ctx)).policies.at(-1)).toMatchObject({
      id: "no-new-teams",
      version: null,
      draft: { kind: "new" },
    });
    await discardDraft(world.ctx, { draft: draft.id, revision: 2 });
    expect((await listPolicies(world.ctx)).policies.map(({ id }) => id)).not.toContain("no-new-teams");
  });

  it.each([
    ["permit (principal, action, resource);", "policy.text_refused"],
    ['@id("Big Name")\npermit (principal, action, resource);', "policy.text_refused"],
    ["nothing of it", "policy.text_refused"],
    ['@id("auditor-reads")\npermit (principal, action, resource);', "policy.name_taken"],
  ])("need a name of their own: %j", async (text, code) => {
    await expect(draftOf(text)).rejects.toMatchObject({ code });
  });

  it("of a policy in force change or remove it, and never a built-in one", async () => {
    await publish(NO_TEAMS);
    const change = { draft: null, policy: "no-new-teams", revision: null };
    await expect(saveDraft(world.ctx, { ...change, text: NO_TEAMS.replace("no-new", "new") })).rejects.toMatchObject({
      code: "policy.text_refused",
    });
    const { id: draft, kind } = await saveDraft(world.ctx, { ...change, text: null });
    expect(kind).toBe("removal");
    const { epoch } = await publishDrafts(world.ctx, { drafts: [{ draft, revision: 1 }], base: 1, note });
    expect(epoch.removed).toEqual(["no-new-teams"]);
    const builtIn = { ...change, policy: "auditor-reads", text: null };
    await expect(saveDraft(world.ctx, builtIn)).rejects.toMatchObject({ code: "policy.built_in" });
  });
});

describe("where two people are required", () => {
  it("nobody publishes what they wrote, and somebody else does after a review was asked for", async () => {
    const strict = await testWorld({ environment: { SWARM_POLICY_REVIEW: "required" } });
    try {
      const [author, other] = [
        await addPerson(strict, { role: "admin", email: "ada@swarm.local" }),
        await addPerson(strict, { role: "admin", email: "ben@swarm.local" }),
      ];
      const { id: draft, revision } = await draftOf(NO_TEAMS, author.ctx);
      const input = { drafts: [{ draft, revision }], base: 0, note };
      await expect(publishDrafts(author.ctx, input)).rejects.toMatchObject({ code: "policy.review_required" });
      await expect(publishDrafts(other.ctx, input)).rejects.toMatchObject({ message: /nobody asked for a review/ });
      await askReview(author.ctx, { draft, revision, note: "look at this" });
      const { epoch } = await publishDrafts(other.ctx, input);
      expect(epoch.proposedBy?.id).toBe(author.ctx.actor.id);
      await expect(publishFolder(other.ctx, { policies: [], tests: null, base: null, note })).rejects.toMatchObject({
        code: "policy.review_required",
      });
    } finally {
      strict.close();
    }
  });
});

describe("the schema", () => {
  it("may be extended, and a change that breaks a policy in force names it", async () => {
    const { text } = await getSchema(world.ctx);
    await publish('@id("no-drain")\nforbid (principal, action == Action::"compute.drain", resource);\n');
    const without = text.replace(/action "compute\.drain".*\n/, "");
    await expect(publishSchema(world.ctx, { text: without, base: 1, note })).rejects.toMatchObject({
      code: "policy.refused",
      message: expect.stringContaining("no-drain:"),
    });
    const { epoch } = await publishSchema(world.ctx, { text: `${text}entity Robot;\n`, base: 1, note });
    expect(epoch).toMatchObject({ number: 2, isSchemaChanged: true });
    expect(await getSchema(world.ctx)).toMatchObject({ isOwn: true, epoch: 2 });

    const site = { type: "Robot", id: "arm", attributes: {}, team: null, parents: [], labels: {} };
    await putResource(world.ctx, site);
    await expect(
      publishSchema(world.ctx, { text: `${text}entity Robot = { axes: Long };\n`, base: 2, note }),
    ).rejects.toMatchObject({ code: "policy.schema_breaks_resources", message: expect.stringContaining("Robot arm") });
    await expect(publishSchema(world.ctx, { text: "entity", base: 2, note })).rejects.toMatchObject({
      message: expect.stringContaining("schema:"),
    });
    await rollBack(world.ctx, { to: 1, base: 2, note });
    expect(await getSchema(world.ctx)).toMatchObject({ isOwn: false, text, epoch: 3 });
  });
});

async function listNames(id: string): Promise<{ name: string }> {
  const known = world.ctx.findPrincipal(world.ctx.read, id);
  return { name: known?.name ?? "" };
}
