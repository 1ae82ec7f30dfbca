import {
  assertGeneralName,
  formatGeneralName,
  type GeneralName,
  parseGeneralName,
} from "@/server/engines/x509/general-names";
import { X509Error } from "@/server/engines/x509/errors";
import { ipInCidr, parseCidr, parseIp } from "@/server/engines/x509/ip";
import type { Finding, IdentityKind, NameRule, ProfileRules } from "./contract";
import { IdentityName } from "./contract";
import { spiffeIdOf } from "./model";

/** More alternative names than this are nobody's. */
export const MOST_NAMES = 100;

/** Whom names are judged for. */
export interface Bearer {
  readonly kind: IdentityKind;
  readonly name: string;
  readonly trustDomain: string;
}

/**
 * Who vouches for the names: a person who may issue to anybody, or somebody who speaks for this bearer alone (a join
 * token, a team lead). The latter gives a machine its own DNS name and the address that it was seen at, nothing else:
 * any other name might be another machine's.
 */
export type Vouching = "person" | { readonly ownNamesOnly: true; readonly address: string | null };

const OWN_NAMES: Vouching = { ownNamesOnly: true, address: null };

/** A name as a person types it, with or without its kind. @throws NameRefused */
export function readTypedName(text: string): GeneralName {
  const trimmed = text.trim();
  if (/^(dns|ip|uri|email):/i.test(trimmed) && parseIp(trimmed) === null) return normalName(parseGeneralName(trimmed));
  return normalName(parseGeneralName(`${kindOfTyped(trimmed)}:${trimmed}`));
}

function kindOfTyped(text: string): GeneralName["type"] {
  if (parseIp(text) !== null) return "ip";
  if (text.includes("://")) return "uri";
  return text.includes("@") ? "email" : "dns";
}

/** DNS names and mail domains in lower case, everything else as it is. */
export function normalName(name: GeneralName): GeneralName {
  if (name.type === "dns") return { type: "dns", value: name.value.toLowerCase() };
  if (name.type !== "email") return name;
  const at = name.value.lastIndexOf("@");
  return { type: "email", value: name.value.slice(0, at) + name.value.slice(at).toLowerCase() };
}

/** The names without repetitions, in their order. */
export function distinctNames(names: readonly GeneralName[]): GeneralName[] {
  return [...new Map(names.map((name) => [formatGeneralName(name), name])).values()];
}

/**
 * The names that a certificate carries: its SPIFFE ID, then a machine's own DNS name where the profile has it, then what
 * was asked for. Without any DNS name verifiers hold the common name against the DNS constraints of the authority.
 */
export function namesFor(
  rules: Pick<ProfileRules, "names">,
  bearer: Bearer,
  requested: readonly GeneralName[],
): GeneralName[] {
  const spiffe: GeneralName = { type: "uri", value: spiffeIdOf(bearer.trustDomain, bearer.kind, bearer.name) };
  const own: GeneralName = { type: "dns", value: `${bearer.name}.${bearer.trustDomain}` };
  const hasOwn = bearer.kind !== "user" && judgeName(rules.names, bearer, own, OWN_NAMES) === null;
  return distinctNames(hasOwn ? [spiffe, own, ...requested] : [spiffe, ...requested]);
}

/** Judges every name against the numbered rules of a profile. No finding means that all of them may be signed. */
export function judgeNames(
  rules: Pick<ProfileRules, "names">,
  bearer: Bearer,
  names: readonly GeneralName[],
  vouching: Vouching,
): Finding[] {
  if (names.length > MOST_NAMES) {
    return [
      {
        code: "name.too_many",
        rule: null,
        about: `${names.length} names`,
        message: `${names.length} names, and at most ${MOST_NAMES} fit`,
      },
    ];
  }
  return names.flatMap((name) => judgeName(rules.names, bearer, name, vouching) ?? []);
}

function judgeName(rules: readonly NameRule[], bearer: Bearer, name: GeneralName, vouching: Vouching): Finding | null {
  const refuse = (code: string, rule: number | null, words: string): Finding => ({
    code,
    rule,
    about: formatGeneralName(name),
    message: `SAN \`${name.value}\` ${words}${rule === null ? "" : `, rule ${rule}`}`,
  });
  const index = rules.findIndex((rule) => ruleTypeFor(name) === rule.type);
  const rule = rules[index];
  if (!rule) return refuse("name.kind", null, "is of a kind that this profile does not issue");
  const malformed = malformation(name);
  if (malformed) return refuse("name.malformed", index + 1, malformed);
  const outside = whyOutside(rule, bearer, name);
  if (outside) return refuse(`name.${rule.type}`, index + 1, outside);
  if (vouching !== "person" && !isOwnName(name, bearer, vouching.address)) {
    const whose =
      name.type === "ip"
        ? "is not the address it was asked from"
        : `is not the name of ${bearer.kind} \`${bearer.name}\``;
    return refuse("name.not_own", index + 1, `${whose}, and other names need a security admin`);
  }
  return null;
}

function ruleTypeFor(name: GeneralName): NameRule["type"] | null {
  if (name.type === "uri") return "spiffe";
  return name.type === "other" ? null : name.type;
}

function malformation(name: GeneralName): string | null {
  if (name.type === "dns" && name.value.includes("*")) return "is a wildcard, and none are issued";
  try {
    assertGeneralName(name);
    return null;
  } catch (error) {
    if (error instanceof X509Error) return "is malformed";
    throw error;
  }
}

function whyOutside(rule: NameRule, bearer: Bearer, name: GeneralName): string | null {
  switch (rule.type) {
    case "spiffe": {
      const path = rule.path.replace("{kind}", bearer.kind).replace("{name}", bearer.name);
      const own = `spiffe://${bearer.trustDomain}${path}`;
      return name.value === own ? null : `is not \`${own}\``;
    }
    case "dns":
      return rule.patterns.some((pattern) => fitsDnsPattern(name.value, pattern))
        ? null
        : `is outside ${listed(rule.patterns)}`;
    case "ip": {
      const octets = parseIp(name.value);
      const isInside = rule.ranges.some((range) => {
        const cidr = parseCidr(range);
        return octets !== null && cidr !== null && ipInCidr(octets, cidr);
      });
      return isInside ? null : `is outside ${listed(rule.ranges)}`;
    }
    case "email":
      return whyOutsideMail(rule.domains, bearer, name.value);
  }
}

function whyOutsideMail(domains: readonly string[], bearer: Bearer, address: string): string | null {
  const at = address.lastIndexOf("@");
  if (!domains.includes(address.slice(at + 1))) return `is outside ${listed(domains)}`;
  return address.slice(0, at).toLowerCase() === bearer.name ? null : `is not an address of \`${bearer.name}\``;
}

function fitsDnsPattern(value: string, pattern: string): boolean {
  return pattern.startsWith("*.")
    ? value.endsWith(pattern.slice(1)) && value.length > pattern.length - 1
    : value === pattern;
}

/** `gpu-7` owns `gpu-7.swarm.local`; `gpu-7.rack.swarm.local` is the name of another. */
function isOwnName(name: GeneralName, bearer: Bearer, address: string | null): boolean {
  if (name.type === "dns") return name.value === `${bearer.name}.${bearer.trustDomain}`;
  if (name.type !== "ip") return true;
  const seen = address === null ? null : parseIp(address);
  const asked = parseIp(name.value);
  return seen !== null && asked !== null && Buffer.compare(seen, asked) === 0;
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? "what this profile issues" : values.map((value) => `\`${value}\``).join(", ");
}

/** The identity that a request speaks of: its SPIFFE ID, or its common name, with or without the trust domain. */
export function identityNameIn(
  request: { readonly commonName: string | null; readonly names: readonly GeneralName[] },
  kind: IdentityKind,
  trustDomain: string,
): string | null {
  const prefix = spiffeIdOf(trustDomain, kind, "");
  const spiffe = request.names.find((name) => name.type === "uri" && name.value.startsWith(prefix));
  const candidate =
    spiffe?.value.slice(prefix.length) ?? withoutSuffix(request.commonName?.toLowerCase() ?? "", `.${trustDomain}`);
  return IdentityName.safeParse(candidate).success ? candidate : null;
}

function withoutSuffix(text: string, suffix: string): string {
  return text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}
