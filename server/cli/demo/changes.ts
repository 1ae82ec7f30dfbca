import type { RevocationReason } from "@/server/certificates/contract";
import { exportCertificates } from "@/server/certificates/export-certificates";
import { createJoinToken, revokeJoinToken } from "@/server/certificates/join-tokens";
import { revokeCertificate } from "@/server/certificates/revoke";
import { retireIdentity } from "@/server/identities/retire-identity";
import { updateIdentity } from "@/server/identities/update-identity";
import { publishWhatIsDue } from "./house";
import { Machine } from "./machine";
import type { Person } from "./person";
import { registerCompute } from "./resources";
import type { DemoWorld } from "./world";

/** Changes that belong to every organisation: keys that leaked, machines that left, people who moved on. */
export function planChanges(world: DemoWorld): void {
  planReplacements(world);
  planDepartures(world);
  planMoves(world);
  planTokens(world);
}

function planReplacements(world: DemoWorld): void {
  const { story, days } = world;
  story.at(days.day(20, "10:35"), async () => {
    const gateway = world.machine("llm-gateway/ams");
    const ines = world.person("ines");
    await revoke(world, ines, gateway.credential.serial, "keyCompromise");
    await gateway.receiveFrom(world.person("priya"), 90);
  });
  story.at(days.day(5, "11:20"), async () => {
    const registry = world.machine("model-registry/ams");
    const { serial } = registry.credential;
    await registry.receiveFrom(world.person("priya"), 60);
    await revoke(world, world.person("noor"), serial, "superseded");
  });
  story.at(days.day(10, "16:45"), async () => {
    await revoke(
      world,
      world.person("priya"),
      world.machine("batch-runner/ams").credential.serial,
      "privilegeWithdrawn",
    );
  });
  story.at(days.day(13, "13:30"), async () => {
    const node = world.machine("gpu-h100-ams-03");
    await revoke(world, world.person("mara"), node.credential.serial, "unspecified");
    await node.joinBy(world.person("mara"));
  });
  story.at(days.day(3, "07:50"), async () => {
    const node = world.machine("gpu-l40s-fra-06");
    await node.givesBack();
    await publishWhatIsDue(world);
    await node.joinBy(world.person("noor"));
  });
}

function planDepartures(world: DemoWorld): void {
  const { story, days } = world;
  story.at(days.day(12, "14:58"), async () => {
    await revoke(world, world.person("mara"), world.person("jonas").serial, "affiliationChanged");
  });
  story.at(days.day(12, "15:10"), async () => {
    const { identityId: id } = world.person("jonas");
    await retireIdentity(await world.person("priya").atConsole(), {
      id,
      reason: "left the company at the end of the month",
    });
    await publishWhatIsDue(world);
  });
  story.at(days.day(6, "09:40"), async () => {
    const ctx = await world.person("priya").atConsole();
    const id = await world.machine("gpu-h100-fra-05").identityId();
    await retireIdentity(ctx, { id, reason: "sent back to Mainquai: memory errors that came again" });
    await publishWhatIsDue(world);
  });
}

function planMoves(world: DemoWorld): void {
  const { story, days } = world;
  story.at(days.day(14, "10:15"), async () => {
    // A new laptop: a new key on it, and the old one is given up.
    const noor = world.person("noor");
    const old = noor.serial;
    await noor.getCertificate(world.person("priya"), 72);
    story.in(9, () => revoke(world, world.person("priya"), old, "superseded"));
  });
  story.at(days.day(5, "14:05"), async () => {
    const [name, team] = ["gpu-a100-ams-12", "platform"] as const;
    const labels = { pool: "inference", site: "ams", provider: "nordwind", gpu: "a100-80g" };
    await updateIdentity(await world.person("priya").atConsole(), {
      id: await world.machine(name).identityId(),
      teamId: world.teamId(team),
      labels,
    });
    await registerCompute(world, { prefix: "gpu-a100-ams", by: "priya", team, labels }, name);
  });
  story.at(days.day(9, "14:52"), async () => {
    const ctx = await world.person("tomas").atConsole();
    const pieces = await exportCertificates(ctx, { format: "csv", filter: { status: ["revoked"] } });
    let length = 0;
    for await (const piece of pieces) length += piece.length;
    if (length === 0) throw new Error("the export is empty");
    await world.person("tomas").signOut();
  });
}

/** Tokens that nobody used: one for a wrong name, one that was forgotten, and those that wait for new nodes. */
function planTokens(world: DemoWorld): void {
  const { story, days } = world;
  story.at(days.day(2, "16:02"), async () => {
    const ctx = await world.person("priya").atConsole();
    const { id } = await createJoinToken(ctx, { kind: "node", name: "gpu-l40s-lsi-01", ttlMinutes: 120 });
    story.in(3, async () => void (await revokeJoinToken(await world.person("priya").atConsole(), { id })));
  });
  for (const [day, name] of [
    [17, "vector-cache"],
    [7, "trace-collector"],
  ] as const) {
    story.at(days.day(day, "12:10"), async () => {
      await createJoinToken(await world.person("priya").atConsole(), { kind: "service", name, ttlMinutes: 60 });
    });
  }
  for (const name of ["gpu-l40s-lis-05", "gpu-l40s-lis-06"]) {
    story.at(days.ago(2, 40), async () => {
      const ctx = await world.person("noor").atConsole();
      await createJoinToken(ctx, { kind: "node", name, ttlMinutes: 1440 });
    });
  }
  story.at(days.ago(0, 24), async () => {
    await createJoinToken(await world.person("priya").atConsole(), {
      kind: "service",
      name: "vector-cache",
      ttlMinutes: 720,
    });
  });
  story.at(days.ago(1, 35), async () => {
    const cache = new Machine(world, {
      ...{ key: "vector-index/ams", kind: "service", name: "vector-index", address: "10.20.8.40", keyType: "p256" },
      names: ["dns:vector-index.swarm.local"],
    });
    world.addMachine(cache);
    await cache.joinBy(world.person("priya"));
  });
}

/** Revokes, and publishes as the gateway would within a second. */
async function revoke(world: DemoWorld, by: Person, serial: string, reason: RevocationReason): Promise<void> {
  await revokeCertificate(await by.atConsole(), { serial, reason });
  await publishWhatIsDue(world);
}
