import { readFile } from "node:fs/promises";
import { type Given, type Handler, type Terminal, UsageError } from "../terminal";
import { fields } from "../text";
import { gatewayUrl } from "./client";
import { enrollNode } from "./enroll";
import { NodeError } from "./errors";
import { KEY_TYPES, type NodeKeyType } from "./key-request";
import type { MachineAnswer } from "./answer";
import { renewNode } from "./renew";
import { watchNode } from "./watch";

/** `swarm enroll`: makes a key on this machine and gets its first certificate. */
export const enroll: Handler = async (terminal, given) => {
  const gateway = addressOf(given);
  const keyType = keyTypeOf(wordOf(given, "keyType") ?? "p256");
  const dir = wordOf(given, "out") ?? "";
  const token = await tokenOf(terminal, given);
  const ca = await readFile(wordOf(given, "ca") ?? "", "utf8");

  const answer = await enrollNode({ gateway, ca, token, dir, keyType, replace: given.options.replace === true });
  terminal.say(shown(answer, dir), told("Enrolled", answer, dir));
};

/** `swarm renew`: once, or with `--watch` at two thirds of every lifetime until it is told to stop. */
export const renew: Handler = async (terminal, given) => {
  const gateway = addressOf(given);
  const dir = wordOf(given, "dir") ?? "";
  const onRenewed = (answer: MachineAnswer) => terminal.say(shown(answer, dir), told("Renewed", answer, dir));
  if (given.options.watch !== true) {
    onRenewed(await renewNode({ gateway, dir }));
    return;
  }
  await watchNode(
    { gateway, dir, signal: terminal.stopSignal() },
    {
      now: Date.now,
      random: Math.random,
      onRenewed,
      onWaiting: (until) => terminal.say({ waitingUntil: until }, `the next renewal is at ${utcSeconds(until)}`),
      onFailed: (error, retryAt) => {
        const code = "code" in error ? String(error.code) : "internal";
        terminal.say(
          { failed: { code, message: error.message }, retryAt },
          `could not renew: ${error.message}; the next try is at ${utcSeconds(retryAt)}`,
        );
      },
    },
  );
};

function addressOf(given: Given): string {
  const text = wordOf(given, "gateway") ?? "";
  try {
    return gatewayUrl(text).origin;
  } catch (error) {
    throw new UsageError(error instanceof NodeError ? `--gateway: ${error.message}` : "--gateway");
  }
}

function keyTypeOf(text: string): NodeKeyType {
  const found = KEY_TYPES.find((type) => type === text.toLowerCase().replaceAll("-", ""));
  if (found) return found;
  throw new UsageError(`--key-type takes one of ${KEY_TYPES.join(", ")}`);
}

async function tokenOf(terminal: Terminal, given: Given): Promise<string> {
  const ways = [wordOf(given, "token"), wordOf(given, "tokenFile"), given.options.tokenStdin].filter(Boolean);
  if (ways.length !== 1) throw new UsageError("give the join token by one of --token, --token-file, --token-stdin");
  const file = wordOf(given, "tokenFile");
  const text = wordOf(given, "token") ?? (file ? await readFile(file, "utf8") : await terminal.readInput());
  if (text.trim() === "") throw new UsageError("the join token is empty");
  return text.trim();
}

function wordOf({ options }: Given, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}

function shown({ name, serial, spiffeId, notAfter }: MachineAnswer, dir: string) {
  const file = (name: string) => `${dir.replace(/\/+$/, "")}/${name}.pem`;
  return {
    name,
    serial,
    spiffeId,
    notAfter,
    files: { key: file("key"), cert: file("cert"), chain: file("chain"), ca: file("ca") },
  };
}

function told(deed: string, { name, serial, spiffeId, notAfter }: MachineAnswer, dir: string): string {
  return fields([
    [deed, name],
    ["SPIFFE ID", spiffeId],
    ["Serial", serial],
    ["Ends", utcSeconds(new Date(notAfter))],
    ["Files", `${dir.replace(/\/+$/, "")}/{key,cert,chain,ca}.pem`],
  ]);
}

/** Lifetimes of machines can be minutes, so seconds are told. */
function utcSeconds(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
