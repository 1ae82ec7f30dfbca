import { StartRefused } from "@/server/platform/listen";
import type { ConsoleListener, ListenerCredentials } from "./listener";

/** Asks our own authority for the listener's credentials, renewing them when it is time; undefined before setup. */
export type CredentialSource = () => Promise<ListenerCredentials | undefined>;

/** The credentials that TLS starts with. @throws {StartRefused} before there is an authority. */
export async function firstCredentials(source: CredentialSource): Promise<ListenerCredentials> {
  const credentials = await source();
  if (credentials) return credentials;
  throw new StartRefused(
    "there is no authority yet that could vouch for the console; set the product up first, on loopback without SWARM_CONSOLE_TLS, or with `swarm init`",
  );
}

/**
 * Looks again every `everyMs` and swaps the certificate when it changed. A failed look keeps the old one and is told to
 * `onFailure`. Answers how to stop.
 */
export function followCredentials(
  source: CredentialSource,
  listener: Pick<ConsoleListener, "useCredentials">,
  current: ListenerCredentials,
  options: { everyMs: number; onFailure(error: unknown): void },
): () => void {
  let serving = current.cert;
  const look = async () => {
    try {
      const next = await source();
      if (!next || next.cert === serving) return;
      listener.useCredentials(next);
      serving = next.cert;
    } catch (error) {
      options.onFailure(error);
    }
  };
  const timer = setInterval(() => void look(), options.everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
