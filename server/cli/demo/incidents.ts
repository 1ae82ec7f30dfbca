import { generateKeyPairSync, randomBytes } from "node:crypto";
import { enroll } from "@/server/certificates/enroll";
import { createJoinToken } from "@/server/certificates/join-tokens";
import { renew } from "@/server/certificates/renew";
import { revokeCertificate } from "@/server/certificates/revoke";
import { createUser } from "@/server/identities/create-user";
import { lockIdentity } from "@/server/identities/lock-identity";
import { signIn } from "@/server/identities/sign-in";
import { unlockIdentity } from "@/server/identities/unlock-identity";
import { makeKey, requestFor } from "../node/key-request";
import { TRUST_DOMAIN } from "./cast";
import type { Credential, Machine } from "./machine";
import { minutesAfter } from "./story";
import { type DemoWorld, refused } from "./world";

/** What was refused, and what somebody had to look at. */
export function planIncidents(world: DemoWorld): void {
  planCopiedKeys(world);
  planLock(world);
  planFailingRenewals(world);
  planRefusedEnrolments(world);
  planOverreach(world);
  planGuessing(world);
}

/** Two machines that renew from one certificate: one was looked at and settled, the other is new. */
function planCopiedKeys(world: DemoWorld): void {
  const { story, days } = world;
  const restored = () => world.machine("gpu-a100-ams-03");
  rememberThenCopy(world, restored, {
    remember: days.day(23, "12:00"),
    copy: days.day(19, "06:42"),
    from: "10.20.2.113",
  });
  story.at(days.day(19, "08:20"), () => settle(world, restored()));

  rememberThenCopy(world, () => world.machine("gpu-h100-ams-07"), {
    remember: days.ago(6, 20),
    copy: days.ago(5, 32),
    from: "172.16.40.9",
  });
}

interface Copy {
  readonly remember: Date;
  readonly copy: Date;
  readonly from: string;
}

function rememberThenCopy({ story }: DemoWorld, machineOf: () => Machine, times: Copy): void {
  let old: Credential | undefined;
  story.at(times.remember, async () => {
    old = machineOf().credential;
  });
  story.at(times.copy, async () => {
    const ctx = await machineOf().atGateway(old, times.from);
    await refused(renew(ctx, { csr: await requestFor(await makeKey("p256")) }), "renewal.credential_reused");
  });
}

/** It was a snapshot that somebody restored: unlocking settles the alert, and the node enrols anew. */
async function settle(world: DemoWorld, machine: Machine): Promise<void> {
  await unlockIdentity(await world.person("priya").atConsole(), { id: await machine.identityId() });
  await machine.joinBy(world.person("mara"));
}

function planLock(world: DemoWorld): void {
  world.story.at(world.days.day(1, "22:41"), async () => {
    const id = await world.machine("gpu-a100-ams-09").identityId();
    const reason = "a process that nobody knows listens on port 4444; kept as it is for forensics, SEC-212";
    await lockIdentity(await world.person("hanna").atConsole(), { id, reason });
  });
}

/** One asks for a name that it did not have, one comes with a key that is too weak. */
function planFailingRenewals(world: DemoWorld): void {
  const { story, days } = world;
  for (const at of [days.ago(7, 5), days.ago(4, 2), days.ago(1, 11)]) {
    story.at(at, async () => {
      const node = world.machine("gpu-l40s-fra-02");
      const names = [...node.plan.names, `dns:infer-02.fra.${TRUST_DOMAIN}`];
      await node.failsToRenew({ names }, "renewal.names_differ");
    });
  }
  for (const at of [days.ago(15, 20), days.ago(3, 18)]) {
    story.at(at, async () => {
      const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
      const keyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
      await world.machine("gpu-a100-fra-06").failsToRenew({ keyPem }, "certificate.request_unreadable");
    });
  }
}

function planRefusedEnrolments(world: DemoWorld): void {
  const { story, days } = world;
  let spent = "";
  story.at(days.day(27, "16:20"), async () => {
    // The request was made from a template of another company.
    const node = world.machine("store-ams-03");
    spent = await tokenFor(world, "noor", node, 30);
    await node.isRefused(spent, ["dns:db.example.com"], "certificate.request_refused");
    story.in(6, () => node.join(spent));
  });
  story.at(days.day(27, "16:58"), async () => {
    const node = world.machine("store-ams-03");
    await node.isRefused(spent, node.plan.names, "join_token.refused");
  });
  story.at(days.day(1, "11:40"), async () => {
    const node = world.machine("gpu-l40s-lis-04");
    const token = await tokenFor(world, "noor", node, 15);
    story.in(41, () => node.isRefused(token, node.plan.names, "join_token.refused"));
    story.in(52, () => node.joinBy(world.person("noor")));
  });
  story.at(days.day(4, "02:31"), async () => {
    const csr = await requestFor(await makeKey("p256"));
    const token = `swj_${randomBytes(32).toString("base64url")}`;
    await refused(enroll(world.stranger("203.0.113.77"), { token, csr }), "join_token.refused");
  });
}

async function tokenFor(world: DemoWorld, by: string, { plan }: Machine, ttlMinutes: number): Promise<string> {
  const { kind, name } = plan;
  return (await createJoinToken(await world.person(by).atConsole(), { kind, name, ttlMinutes })).token;
}

/** People who ask for more than their role allows. */
function planOverreach(world: DemoWorld): void {
  const { story, days } = world;
  const triesToRevoke = async (who: string, machine: string) => {
    const { serial } = world.machine(machine).credential;
    const ctx = await world.person(who).atConsole();
    await refused(revokeCertificate(ctx, { serial, reason: "keyCompromise" }), "kernel.forbidden");
  };
  story.at(days.day(9, "14:36"), () => triesToRevoke("tomas", "batch-runner/ams"));
  story.at(days.day(7, "10:22"), () => triesToRevoke("mara", "gpu-h100-fra-02"));
  story.at(days.ago(4, 48), () => triesToRevoke("tomas", "gpu-h100-ams-07"));
  story.at(days.day(16, "17:12"), async () => {
    const ctx = await world.person("ines").atConsole();
    const guest = { email: `intern@${TRUST_DOMAIN}`, role: "admin", teamId: null } as const;
    await refused(createUser(ctx, guest), "kernel.forbidden");
  });
}

/** Passwords that were mistyped by those whom they belong to, and guessed by somebody else. */
function planGuessing(world: DemoWorld): void {
  const { story, days } = world;
  story.at(days.day(9, "14:20"), () => world.person("tomas").mistypes("summer in lagos"));
  story.at(days.day(9, "14:21"), () => world.person("tomas").signIn());
  story.at(days.ago(0, 44), () => world.person("priya").mistypes("not this one either"));
  story.at(days.ago(0, 43), () => world.person("priya").signIn());

  const wanted = ["admin", "root", "priya", "priya", "priya", "priya", "priya", "priya"];
  wanted.forEach((name, index) => {
    story.at(minutesAfter(days.day(4, "02:14"), index / 4), () => guess(world, name, "203.0.113.77"));
    if (index < 3) story.at(minutesAfter(days.day(1, "03:52"), index), () => guess(world, name, "198.51.100.23"));
  });
}

async function guess(world: DemoWorld, name: string, from: string): Promise<void> {
  const attempt = { email: `${name}@${TRUST_DOMAIN}`, password: randomBytes(9).toString("base64url") };
  const ctx = world.stranger(from, "python-requests/2.32.3");
  await refused(signIn(ctx, attempt), "sign_in.refused", "sign_in.slowed");
}
