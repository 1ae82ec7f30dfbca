import type { MachineAnswer } from "./answer";
import { leafOf, readAnswer } from "./answer";
import { postJson } from "./client";
import { joinPem } from "./enroll";
import { NodeError } from "./errors";
import { readPair, savePair } from "./files";
import { makeKey, requestFor, typeOfKey } from "./key-request";
import { dropPendingKeys, findPendingKey, keepPendingKey } from "./pending";

/** Where a machine that enrolled keeps its files, and where it renews. */
export interface RenewOptions {
  readonly gateway: string;
  readonly dir: string;
  readonly signal?: AbortSignal;
}

/** Renews once, with a new key of the same type, and replaces the files as one set. */
export async function renewNode({ gateway, dir, signal }: RenewOptions): Promise<MachineAnswer> {
  const pair = await readPair(dir).catch(() => {
    throw new NodeError(
      "node.not_enrolled",
      `${dir} does not hold key.pem, cert.pem, chain.pem and ca.pem; enrol first`,
    );
  });
  const key = await pendingKey(dir, leafOf(pair.cert).serialNumber, pair.key);

  const sent = await postJson({ gateway, ca: pair.ca, pair, signal }, "/v1/renew", { csr: await requestFor(key) });
  const answer = readAnswer(sent, key, pair.ca);
  await savePair(dir, { key, cert: joinPem(answer.certificate, answer.chain), chain: answer.chain, ca: pair.ca });
  await dropPendingKeys(dir);
  return answer;
}

async function pendingKey(dir: string, serial: string, currentKey: string): Promise<string> {
  const pending = await findPendingKey(dir, serial);
  if (pending) return pending;
  const key = await makeKey(typeOfKey(currentKey));
  await keepPendingKey(dir, { serial, key });
  return key;
}
