import { plural } from "@/components/ui/format";
import type { IconName } from "@/components/ui/icon";
import type { IdentityConsequences } from "@/server/identities/contract";

/** One thing that stops or goes on. */
export interface ConsequenceItem {
  readonly icon: IconName;
  readonly strong: string;
  readonly rest: string;
}

/** What locking stops, and at once. Certificates stay valid, but our gateway refuses them. */
export function stopsWhenLocked({
  identity,
  validCertificates,
  openSessions,
}: IdentityConsequences): ConsequenceItem[] {
  return [
    identity.kind === "user" && {
      icon: "device" as const,
      strong: openSessions === 0 ? "Signing in" : plural(openSessions, "open session"),
      rest: openSessions === 0 ? "is refused." : "end, and signing in is refused.",
    },
    {
      icon: "cert" as const,
      strong: validCertificates === 0 ? "No certificate" : plural(validCertificates, "valid certificate"),
      rest:
        validCertificates === 0
          ? "is valid, and none can be issued or renewed."
          : `${validCertificates === 1 ? "is" : "are"} refused at the gateway from the next request on, and cannot be renewed.`,
    },
  ].filter((item) => item !== false);
}

/** What unlocking brings back, and what of a stolen credential it does not. */
export function comesBackWhenUnlocked({
  identity,
  validCertificates,
  thefts,
}: IdentityConsequences): { readonly sign: "+" | "="; readonly what: string }[] {
  const stolen = new Set(thefts.flatMap(({ certificates }) => certificates)).size;
  const isUser = identity.kind === "user";
  const anew = isUser ? ": issue a new one" : ": it must enrol anew, with a new join token";
  return [
    stolen > 0 && {
      sign: "=" as const,
      what: `${plural(stolen, "certificate")} that came of the copied key ${stolen === 1 ? "stays" : "stay"} revoked: key compromise`,
    },
    validCertificates > 0
      ? { sign: "+" as const, what: `${plural(validCertificates, "valid certificate")} accepted again at once` }
      : { sign: "=" as const, what: `It holds no valid certificate${thefts.length > 0 ? anew : ""}` },
    { sign: "+" as const, what: isUser ? "May sign in again" : "May enrol and renew again" },
    isUser && { sign: "=" as const, what: "Ended sessions do not come back" },
    thefts.length > 0 && { sign: "+" as const, what: "The alert counts as settled" },
  ].filter((item) => item !== false);
}

/** What retiring stops, for good. */
export function stopsWhenRetired(consequences: IdentityConsequences): ConsequenceItem[] {
  const { identity, validCertificates, openSessions, grants } = consequences;
  return [
    identity.kind === "user" && {
      icon: "device" as const,
      strong: openSessions === 0 ? "Signing in" : plural(openSessions, "open session"),
      rest:
        openSessions === 0
          ? "is refused; password and second factor are deleted."
          : "end; password and second factor are deleted.",
    },
    {
      icon: "cert" as const,
      strong: validCertificates === 0 ? "No certificate" : plural(validCertificates, "valid certificate"),
      rest:
        validCertificates === 0
          ? "is valid, so none is revoked."
          : `${validCertificates === 1 ? "is" : "are"} revoked, also for those who only read the revocation list.`,
    },
    grants > 0 && {
      icon: "shield" as const,
      strong: plural(grants, "grant"),
      rest: `${grants === 1 ? "ends" : "end"}: roles that it holds itself, in force or eligible.`,
    },
  ].filter((item) => item !== false);
}
