import { formatDuration, listWords } from "@/components/ui/format";
import type { NameRule, ProfileRules } from "@/server/certificates/contract";

const HOUR = 3_600_000;

/** A rule about names in words. `values` are what people compare; they come after the sentence. */
export interface RuleWords {
  readonly title: string;
  readonly values: readonly string[];
  readonly note?: string;
}

/** One rule of a profile in words. */
export function ruleWords(rule: NameRule): RuleWords {
  switch (rule.type) {
    case "spiffe":
      return {
        title: "The SPIFFE ID is the identity's own",
        values: [rule.path],
        note: "In the trust domain. {kind} and {name} stand for whom the certificate is for. It is always there.",
      };
    case "dns":
      return {
        title: rule.patterns.length === 0 ? "No DNS names" : "DNS names within",
        values: rule.patterns,
        note: rule.patterns.some((pattern) => pattern.startsWith("*."))
          ? "*. means any depth below. Wildcards themselves are never issued."
          : undefined,
      };
    case "ip":
      return { title: rule.ranges.length === 0 ? "No IP addresses" : "IP addresses within", values: rule.ranges };
    case "email":
      return {
        title: rule.domains.length === 0 ? "No e-mail addresses" : "The person's own e-mail address at",
        values: rule.domains,
      };
  }
}

/** How long certificates of a profile live: "7 d, 30 d at most". */
export function lifeWords({ defaultHours, longestHours }: ProfileRules): string {
  const usual = formatDuration(defaultHours * HOUR);
  return defaultHours === longestHours ? usual : `${usual}, ${formatDuration(longestHours * HOUR)} at most`;
}

/** When a certificate of a profile may be renewed, and when that is due. */
export function renewalWords({ renewalOpensAtPercent }: ProfileRules): string {
  const opens = renewalOpensAtPercent === 0 ? "at any time" : `after ${renewalOpensAtPercent} % of its life`;
  return `May be renewed ${opens}; due after two thirds.`;
}

const PURPOSES: Readonly<Record<ProfileRules["extendedKeyUsage"][number], string>> = {
  clientAuth: "prove itself when it connects",
  serverAuth: "accept connections under its names",
  emailProtection: "sign and receive e-mail",
};

/** What a certificate of a profile may do. */
export function purposeWords({ extendedKeyUsage }: ProfileRules): string {
  const text = listWords(extendedKeyUsage.map((usage) => PURPOSES[usage]));
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Kinds of names that no rule speaks of: they are refused. */
export function unspokenWords(rules: ProfileRules): string {
  const KINDS = { dns: "DNS names", ip: "IP addresses", email: "e-mail addresses" } as const;
  const spoken = new Set<string>(rules.names.map(({ type }) => type));
  const missing = Object.entries(KINDS)
    .filter(([type]) => !spoken.has(type))
    .map(([, words]) => words);
  return missing.length === 0
    ? "Any other kind of name is refused, and so are extensions of a request: none is copied."
    : `No rule speaks of ${listWords(missing)}: they are refused, and so is any other kind of name. Extensions of a request are never copied.`;
}
