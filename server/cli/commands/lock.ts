import type { Context } from "@/server/kernel/context";
import { Email, IdentityName, type IdentityKind, LockIdentityInput } from "@/server/identities/contract";
import { getNamedIdentity } from "@/server/identities/get-named-identity";
import { lockIdentity } from "@/server/identities/lock-identity";
import { readConsequences } from "@/server/identities/read-consequences";
import { unlockIdentity } from "@/server/identities/unlock-identity";
import type { Given, Handler } from "../terminal";
import { fields } from "../text";
import { argument, check, option } from "../words";

/** `swarm user lock EMAIL --reason TEXT`, and the same for nodes and services by name. */
export function lock(kind: IdentityKind): Handler {
  return async (terminal, given) => {
    const name = nameIn(kind, given);
    const { reason } = check(LockIdentityInput.omit({ id: true }), { reason: option(given, "reason") });
    const done = await terminal.withContext(async (ctx) => {
      const { id, validCertificates, openSessions } = await standingOf(ctx, kind, name);
      return { identity: await lockIdentity(ctx, { id, reason }), validCertificates, openSessions };
    });
    terminal.say(
      done,
      fields([
        ["Locked", name],
        ["Reason", reason],
        ["Sessions ended", kind === "user" ? done.openSessions : null],
        ["Certificates", certificatesWhenLocked(done.validCertificates)],
      ]),
    );
  };
}

/** `swarm user unlock EMAIL`, and the same for nodes and services by name. Says what does not come back. */
export function unlock(kind: IdentityKind): Handler {
  return async (terminal, given) => {
    const name = nameIn(kind, given);
    const done = await terminal.withContext(async (ctx) => {
      const { id, thefts } = await standingOf(ctx, kind, name);
      const identity = await unlockIdentity(ctx, { id });
      const { validCertificates } = await readConsequences(ctx, { id });
      return { identity, validCertificates, thefts };
    });
    const { validCertificates, thefts } = done;
    const stolen = new Set(thefts.flatMap(({ certificates }) => certificates)).size;
    const isCutOff = thefts.length > 0 && validCertificates === 0;
    terminal.say(
      done,
      fields([
        ["Unlocked", name],
        ["Valid certificates", validCertificates],
        ["Stay revoked", stolen > 0 ? `${stolen} that came of a copied key, reason keyCompromise` : null],
        ["Alerts settled", thefts.length > 0 ? thefts.length : null],
        ["Next", isCutOff ? anew(kind, name) : null],
      ]),
    );
  };
}

function nameIn(kind: IdentityKind, given: Given): string {
  const [schema, argumentName] = kind === "user" ? [Email, "<email>"] : [IdentityName, "<name>"];
  return check(schema, argument(given, 0), { "": argumentName });
}

async function standingOf(ctx: Context, kind: IdentityKind, name: string) {
  const { id } = await getNamedIdentity(ctx, { kind, name });
  return { id, ...(await readConsequences(ctx, { id })) };
}

function certificatesWhenLocked(valid: number): string {
  if (valid === 0) return "none is valid";
  return `${valid} valid: refused at the gateway from the next request on, and not revoked`;
}

function anew(kind: IdentityKind, name: string): string {
  if (kind === "user") return "issue a new certificate: swarm cert issue";
  return `enrol it anew: swarm join-token create --kind ${kind} --name ${name}`;
}
