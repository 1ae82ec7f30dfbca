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

/** What retiring stops, for good. */
export function stopsWhenRetired(consequences: IdentityConsequences): ConsequenceItem[] {
  const { identity, validCertificates, openSessions } = consequences;
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
  ].filter((item) => item !== false);
}
