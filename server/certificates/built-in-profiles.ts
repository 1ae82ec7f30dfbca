import type { IdentityKind, ProfileRules } from "./contract";

/** Private, link-local and loopback addresses (RFC 1918, RFC 4193, RFC 3927, RFC 4291): what machines of a swarm have. */
export const MACHINE_RANGES: readonly string[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
  "::1/128",
];

/** A profile before it is in the database. */
export interface ProfileDraft {
  readonly name: string;
  readonly kind: IdentityKind;
  readonly rules: ProfileRules;
}

/** The profiles that every new hierarchy has, one for each kind. */
export function builtInProfiles(trustDomain: string): readonly ProfileDraft[] {
  const machineNames: ProfileRules["names"] = [
    { type: "spiffe", path: "/{kind}/{name}" },
    { type: "dns", patterns: [`*.${trustDomain}`] },
    { type: "ip", ranges: [...MACHINE_RANGES] },
  ];
  return [
    {
      name: "node",
      kind: "node",
      rules: {
        description: "Nodes of the swarm: mutual TLS as client and server, renewed by themselves.",
        keyTypes: ["P-256", "P-384", "Ed25519", "RSA-2048", "RSA-3072", "RSA-4096"],
        defaultHours: 168,
        longestHours: 720,
        extendedKeyUsage: ["serverAuth", "clientAuth"],
        names: machineNames,
        renewalOpensAtPercent: 0,
      },
    },
    {
      name: "service",
      kind: "service",
      rules: {
        description: "Services and workloads: mutual TLS as client and server, renewed by themselves.",
        keyTypes: ["P-256", "P-384", "Ed25519", "RSA-2048", "RSA-3072", "RSA-4096"],
        defaultHours: 168,
        longestHours: 2160,
        extendedKeyUsage: ["serverAuth", "clientAuth"],
        names: machineNames,
        renewalOpensAtPercent: 0,
      },
    },
    {
      name: "user",
      kind: "user",
      rules: {
        description: "People: signing in with a certificate. Never a server.",
        keyTypes: ["P-256", "P-384", "Ed25519", "RSA-2048", "RSA-3072", "RSA-4096"],
        defaultHours: 2160,
        longestHours: 8760,
        extendedKeyUsage: ["clientAuth"],
        names: [
          { type: "spiffe", path: "/{kind}/{name}" },
          { type: "email", domains: [trustDomain] },
        ],
        renewalOpensAtPercent: 50,
      },
    },
  ];
}
