import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { TLS_POLICY } from "@/server/gateway/tls";
import { answerParent } from "./child";

/** The argument with which the benchmark's own bundle runs as an echo. */
export const AS_ECHO = "--as-echo";

/** What the echo proves itself with, and whom it believes: the same as the gateway. PEM. */
export interface EchoCredentials {
  readonly key: string;
  readonly cert: string;
  readonly ca: readonly string[];
}

/** A bare `node:https` with mutual TLS that sends back what it is sent. Nothing on Node can answer faster. */
export function runEcho(): void {
  answerParent(async ({ key, cert, ca }: EchoCredentials) => {
    const server = createServer({ ...TLS_POLICY, key, cert, ca: [...ca], requestCert: true, noDelay: true });
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks);
        response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
        response.end(body);
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}` };
  });
}
