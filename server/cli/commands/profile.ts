import type { NameRule } from "@/server/certificates/contract";
import { getProfile, listProfiles } from "@/server/certificates/profiles";
import type { Handler } from "../terminal";
import { fields, table } from "../text";
import { argument } from "../words";

/** `swarm profile list` */
export const showProfiles: Handler = async (terminal) => {
  const profiles = await terminal.withContext((ctx) => listProfiles(ctx));
  terminal.say(
    { profiles },
    table(
      profiles,
      [
        { title: "PROFILE", of: (profile) => profile.name },
        { title: "KIND", of: (profile) => profile.kind },
        { title: "AUTHORITY", of: (profile) => profile.authority.slug },
        { title: "LIFETIME", of: (profile) => lifetime(profile.rules.defaultHours) },
        { title: "LONGEST", of: (profile) => lifetime(profile.rules.longestHours) },
        { title: "KEYS", of: (profile) => profile.rules.keyTypes.join(", ") },
      ],
      "there are no profiles: set the console up first",
    ),
  );
};

/** `swarm profile show PROFILE` */
export const showProfile: Handler = async (terminal, given) => {
  const profile = await terminal.withContext((ctx) => getProfile(ctx, { profile: argument(given, 0) }));
  const { rules } = profile;
  terminal.say(
    profile,
    fields([
      ["Profile", profile.name],
      ["About", rules.description],
      ["Kind", profile.kind],
      ["Authority", `${profile.authority.name} (${profile.authority.slug})`],
      ["Lifetime", `${lifetime(rules.defaultHours)}, at most ${lifetime(rules.longestHours)}`],
      [
        "Renewal",
        rules.renewalOpensAtPercent === 0 ? "at any time" : `after ${rules.renewalOpensAtPercent} % of the lifetime`,
      ],
      ["Keys", rules.keyTypes.join(", ")],
      ["Usage", rules.extendedKeyUsage.join(", ")],
      ["Names", rules.names.map((rule, index) => `${index + 1}. ${inWords(rule)}`).join("\n")],
    ]),
  );
};

function inWords(rule: NameRule): string {
  switch (rule.type) {
    case "spiffe":
      return `SPIFFE ID ${rule.path}`;
    case "dns":
      return `DNS names ${rule.patterns.join(", ")}`;
    case "ip":
      return `addresses ${rule.ranges.join(", ")}`;
    case "email":
      return `e-mail addresses at ${rule.domains.join(", ")}`;
  }
}

function lifetime(hours: number): string {
  return hours % 24 === 0 && hours >= 48 ? `${hours / 24} d` : `${hours} h`;
}
