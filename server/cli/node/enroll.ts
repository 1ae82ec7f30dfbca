import type { MachineAnswer } from "./answer";
import { readAnswer, splitPem } from "./answer";
import { postJson } from "./client";
import { NodeError } from "./errors";
import { assertWritable, holdsPair, savePair } from "./files";
import { makeKey, type NodeKeyType, requestFor } from "./key-request";

/** What a machine enrols with. */
export interface EnrollOptions {
  readonly gateway: string;
  /** The trust anchors, PEM. */
  readonly ca: string;
  readonly token: string;
  /** The folder for key and certificate. */
  readonly dir: string;
  readonly keyType: NodeKeyType;
  /** Replace the files of a machine that enrolled before. */
  readonly replace: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Makes a key on this machine, spends a join token on its first certificate and keeps both.
 *
 * @throws {NodeError} before the token is spent, when the folder cannot be used.
 */
export async function enrollNode({
  gateway,
  ca,
  token,
  dir,
  keyType,
  replace,
  signal,
}: EnrollOptions): Promise<MachineAnswer> {
  if (splitPem(ca).length === 0) throw new NodeError("node.ca_file", "the CA file holds no certificate in PEM");
  if (!replace && (await holdsPair(dir))) {
    throw new NodeError("node.enrolled_already", `${dir} holds a key already; renew it, or give --replace`);
  }
  await assertWritable(dir);

  const key = await makeKey(keyType);
  const sent = await postJson({ gateway, ca, signal }, "/v1/enroll", { token, csr: await requestFor(key) });
  const answer = readAnswer(sent, key, ca);
  await savePair(dir, { key, cert: joinPem(answer.certificate, answer.chain), chain: answer.chain, ca });
  return answer;
}

/** One PEM file of several. */
export function joinPem(...parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join("\n")
    .concat("\n");
}
