import { parseCertificate } from "@/server/engines/x509/certificate-reader";
import type { Context, ReadDatabase } from "@/server/kernel/context";
import type { IdentityKind } from "./contract";
import { NameReserved } from "./errors";
import { findListener, type Listener, listenerSerials } from "./listener-store";

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
  for (const { listener, serial } of listenerSerials(ctx.read)) {
    if (dnsNamesOf(ctx.read, listener, serial).has(dnsName)) throw new NameReserved(dnsName, listener);
  }
}

/** Read once for each certificate: this is asked whenever something is issued. */
function dnsNamesOf(db: ReadDatabase, listener: Listener, serial: string): ReadonlySet<string> {
  const bySerial = known.get(db) ?? new Map<string, ReadonlySet<string>>();
  known.set(db, bySerial);
  const found = bySerial.get(serial);
  if (found) return found;
  const row = findListener(db, listener);
  if (!row) return new Set();
  const names = parseCertificate(row.certificate).subjectAltNames;
  const read = new Set(names.flatMap((name) => (name.type === "dns" ? name.value : [])));
  bySerial.set(row.serial, read);
  return read;
}
