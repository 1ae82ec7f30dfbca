import { request } from "node:https";
import { GatewayRefused, NodeError } from "./errors";

/** How a node reaches the gateway. Everything PEM. */
export interface Access {
  /** `https://host:port` */
  readonly gateway: string;
  /** Whom the gateway's certificate must chain to. */
  readonly ca: string;
  /** What the node proves itself with, once it has it. */
  readonly pair?: { readonly key: string; readonly cert: string };
  readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 1_048_576;

/**
 * Sends JSON to the gateway over TLS 1.3 and returns the JSON that it answers.
 *
 * @throws {GatewayRefused} when it says no, {NodeError} when no answer came, which says nothing about what was done.
 */
export async function postJson(access: Access, path: string, body: unknown): Promise<unknown> {
  const { status, text } = await exchange(access, path, JSON.stringify(body));
  const answer = parse(text);
  if (status >= 200 && status < 300) return answer;
  throw new GatewayRefused(
    status,
    wordOf(answer, "code", "gateway.refused"),
    wordOf(answer, "detail", `status ${status}`),
  );
}

/**
 * Checks a gateway's address.
 *
 * @throws {NodeError} when it is not https.
 */
export function gatewayUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:") {
    throw new NodeError("node.gateway_address", `"${text}" is no gateway address; it looks like https://host:8443`);
  }
  return url;
}

function exchange(access: Access, path: string, body: string): Promise<{ status: number; text: string }> {
  const url = new URL(path, gatewayUrl(access.gateway));
  return new Promise((resolve, reject) => {
    const unreachable = (error: NodeJS.ErrnoException) =>
      reject(new NodeError("node.gateway_unreachable", `no answer from ${url.origin}: ${reasonOf(error)}`));
    const sent = request(
      url,
      {
        method: "POST",
        agent: false,
        ca: access.ca,
        key: access.pair?.key,
        cert: access.pair?.cert,
        minVersion: "TLSv1.3",
        ciphers: "TLS_AES_256_GCM_SHA384",
        signal: access.signal,
        timeout: TIMEOUT_MS,
        headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on("data", (chunk: Buffer) => {
          length += chunk.length;
          if (length > MAX_ANSWER_BYTES) sent.destroy(new Error("the answer is too long"));
          else chunks.push(chunk);
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        response.on("error", unreachable);
      },
    );
    sent.on("timeout", () => sent.destroy(new Error("it took too long")));
    sent.on("error", unreachable);
    sent.end(body);
  });
}

function reasonOf(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "ECONNREFUSED":
      return "nothing listens there";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "the name is not known";
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return "its certificate is not from the authority in the CA file";
    default:
      return error.message;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wordOf(answer: unknown, field: string, otherwise: string): string {
  const value = typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>)[field] : undefined;
  return typeof value === "string" ? value : otherwise;
}
