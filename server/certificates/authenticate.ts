import type { Actor, Context } from "@/server/kernel/context";
import { authorize, observe } from "@/server/kernel/permit";
import { CertificateNotAccepted, IdentityNotActive } from "./errors";
import { findStanding, markSeen } from "./store";

/** A client certificate as TLS presents it: hexadecimal, any case, with or without colons. */
export interface PresentedCertificate {
  readonly serial: string;
  /** SHA-256 of the DER. */
  readonly fingerprint: string;
}

/**
 * Who a client certificate stands for, now. OpenSSL has decided the chain; this decides the rest, on every request: it is
 * known, it is the very certificate that we issued, unexpired, unrevoked, and its identity is active.
 *
 * @throws {CertificateNotAccepted} @throws {IdentityNotActive}
 */
export async function authenticateCertificate(ctx: Context, presented: PresentedCertificate): Promise<Actor> {
  const serial = serialOf(presented.serial);
  const standing = findStanding(ctx.read, serial);
  if (standing?.fingerprint !== plainHex(presented.fingerprint)) {
    throw new CertificateNotAccepted("certificate.unknown", "this certificate was not issued here");
  }
  if (standing.revoked_at !== null) {
    throw new CertificateNotAccepted("certificate.revoked", `certificate ${serial} is revoked`);
  }
  if (standing.not_after <= ctx.now().getTime()) {
    throw new CertificateNotAccepted("certificate.expired", `certificate ${serial} has expired`);
  }
  const identity = await ctx.findIdentity(ctx.read, standing.identity_id);
  if (!identity) throw new CertificateNotAccepted("certificate.unknown", "this certificate belongs to nobody");
  const { id, kind, name, state, teamId } = identity;
  if (state !== "active") throw new IdentityNotActive(kind, name, state);
  const held = ctx.heldBy(ctx.read, { id, teamId }, ctx.now());
  return {
    ...{ kind, id, name },
    roles: held.roles,
    scopes: held.scopes,
    teams: teamId ? [teamId] : [],
    provedBy: ["certificate"],
    ...(standing.renewed_by !== null && { risk: ["superseded_certificate"] }),
    certificateSerial: serial,
  };
}

interface Sighting {
  readonly at: Date;
  readonly address: string | null;
}

const sightings = new WeakMap<Context["read"], Map<string, Sighting>>();

/** Remembers that a certificate was seen, by its serial in any form; `flushSeen` writes it down. */
export function noteSeen(ctx: Context, serial: string): void {
  const seen = sightings.get(ctx.read) ?? new Map<string, Sighting>();
  sightings.set(ctx.read, seen);
  seen.set(serialOf(serial), { at: ctx.now(), address: ctx.origin.address });
}

/** Writes down when and from where certificates and their bearers were last seen; answers how many. Nothing is written when none was. */
export async function flushSeen(ctx: Context): Promise<number> {
  const seen = sightings.get(ctx.read);
  if (!seen || seen.size === 0) return 0;
  await authorize(ctx, "housekeeping.run", { type: "Organisation", id: "*" });
  const batch = [...seen];
  seen.clear();

  await observe(ctx, async (tx) => {
    for (const [serial, { at, address }] of batch) {
      const identityId = await markSeen(tx, serial, at, address);
      if (identityId) await ctx.noteIdentitySeen(tx, identityId, at, address);
    }
  });
  return batch.length;
}

/** A serial as it is kept. */
function serialOf(text: string): string {
  return plainHex(text).padStart(32, "0");
}

function plainHex(text: string): string {
  return text.replaceAll(":", "").toLowerCase();
}
