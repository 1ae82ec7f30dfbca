import { parseCertificate } from "@/server/engines/x509/certificate-reader";
import type { Context, ReadDatabase } from "@/server/kernel/context";
import type { IdentityKind } from "./contract";
import { NameReserved } from "./errors";
import { type Listener, listenersInForce, listenersOf } from "./listener-store";

/** The names of listeners, by name, and of which of their certificates they were read. */
interface Known {
  readonly serials: string;
  readonly listeners: ReadonlyMap<string, Listener>;
}

const known = new WeakMap<ReadDatabase, Known>();

/**
 * That a machine's own DNS name is not one that our console or gateway answers to: its certificate comes from the same
 * root, so that it could pose as them to every machine and browser that believes it.
 *
 * @throws {NameReserved}
 */
export function assertNotOurName(ctx: Context, kind: IdentityKind, name: string, trustDomain: string): void {
  if (kind === "user") return;
  const dnsName = `${name}.${trustDomain}`;
  const listener = namesOfListeners(ctx.read).get(dnsName);
  if (listener) throw new NameReserved(dnsName, listener);
}

/** Read from their certificates, once for those that they have. */
function namesOfListeners(db: ReadDatabase): ReadonlyMap<string, Listener> {
  const serials = listenersInForce(db);
  const found = known.get(db);
  if (found?.serials === serials) return found.listeners;
  const listeners = new Map<string, Listener>();
  for (const { listener, certificate } of listenersOf(db)) {
    for (const { type, value } of parseCertificate(certificate).subjectAltNames) {
      if (type === "dns") listeners.set(value, listener);
    }
  }
  known.set(db, { serials, listeners });
  return listeners;
}
