import { parseCertificate } from "@/server/engines/x509/certificate-reader";
import type { Context, ReadDatabase } from "@/server/kernel/context";
import type { IdentityKind } from "./contract";
import { NameReserved } from "./errors";
import { type ListenerRow, listenersOf } from "./listener-store";

const known = new WeakMap<ReadDatabase, Map<string, ReadonlySet<string>>>();

/**
 * That a machine's own DNS name is not one that our console or gateway answers to: its certificate comes from the same
 * root, so that it could pose as them to every machine and browser that believes it.
 *
 * @throws {NameReserved}
 */
export function assertNotOurName(ctx: Context, kind: IdentityKind, name: string, trustDomain: string): void {
  if (kind === "user") return;
  const dnsName = `${name}.${trustDomain}`;
  for (const row of listenersOf(ctx.read)) {
    if (dnsNamesOf(ctx.read, row).has(dnsName)) throw new NameReserved(dnsName, row.listener);
  }
}

/** Read once for each certificate: this is asked whenever something is issued. */
function dnsNamesOf(db: ReadDatabase, { serial, certificate }: ListenerRow): ReadonlySet<string> {
  const bySerial = known.get(db) ?? new Map<string, ReadonlySet<string>>();
  known.set(db, bySerial);
  const found = bySerial.get(serial);
  if (found) return found;
  const names = parseCertificate(certificate).subjectAltNames.flatMap((name) =>
    name.type === "dns" ? name.value : [],
  );
  const read = new Set(names);
  bySerial.set(serial, read);
  return read;
}
