import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { HttpRefusal } from "./problem";

/** The longest body that a machine may send. A CSR of RSA-4096 with a hundred names has 6 kB. */
export const MAX_BODY_BYTES = 64 * 1024;

const tooLong = () =>
  new HttpRefusal(413, "gateway.body_too_long", `a body has at most ${MAX_BODY_BYTES} bytes`, { connection: "close" });

/**
 * Reads a whole body, and no more of it than is allowed.
 *
 * @throws {HttpRefusal} 413 when it is longer, 400 when the sender stopped in the middle.
 */
export function readBody(request: IncomingMessage): Promise<Uint8Array> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) return Promise.reject(tooLong());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const leave = () => {
      request.off("data", onData).off("end", onEnd).off("error", onBroken).off("close", onBroken);
    };
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= MAX_BODY_BYTES) return;
      leave();
      reject(tooLong());
    };
    const onEnd = () => {
      leave();
      const [first] = chunks;
      resolve(first && chunks.length === 1 ? first : Buffer.concat(chunks, length));
    };
    const onBroken = () => {
      leave();
      reject(new HttpRefusal(400, "gateway.body_incomplete", "the body did not arrive whole"));
    };
    request.on("data", onData).on("end", onEnd).on("error", onBroken).on("close", onBroken);
  });
}

/**
 * Checks that the sender says it is JSON, before anything of it is read.
 *
 * @throws {HttpRefusal} 415
 */
export function assertJson(headers: IncomingHttpHeaders): void {
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw new HttpRefusal(415, "gateway.encoding_not_supported", "send the body without a content encoding");
  }
  const type = headers["content-type"] ?? "";
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)) {
    const accepted = { "accept-post": "application/json" };
    throw new HttpRefusal(415, "gateway.type_not_supported", "send the body as application/json", accepted);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Parses a body as JSON.
 *
 * @throws {HttpRefusal} 400 when it is not UTF-8 or not JSON.
 */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    throw new HttpRefusal(400, "gateway.body_not_json", "the body is not JSON in UTF-8");
  }
}
