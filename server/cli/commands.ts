import { ACCESS_COMMANDS } from "./access-commands";
import type { CommandLine } from "./command-line";
import { IDENTITY_COMMANDS } from "./identity-commands";
import { ROLE_COMMANDS } from "./role-commands";

const GATEWAY = {
  flags: "--gateway <url>",
  about: "address of the gateway, https://host:8443",
  isRequired: true,
} as const;

/** Locking and unlocking: the same words for people and for machines. */
const LOCKS: readonly CommandLine[] = (["user", "node", "service"] as const).flatMap((kind): CommandLine[] => {
  const called = kind === "user" ? "<email>" : "<name>";
  const who = kind === "user" ? "a person" : `a ${kind}`;
  const anew = kind === "user" ? "" : ", so that it enrols anew";
  return [
    {
      usage: `${kind} lock ${called}`,
      about: `lock ${who}: refused everywhere from the next request on, until somebody unlocks`,
      runsOn: "console",
      options: [{ flags: "--reason <text>", about: "why; everybody who sees it reads this", isRequired: true }],
      load: async () => (await import("./commands/lock")).lock(kind),
    },
    {
      usage: `${kind} unlock ${called}`,
      about: `unlock ${who}; certificates that came of a copied key stay revoked${anew}`,
      runsOn: "console",
      options: [],
      load: async () => (await import("./commands/lock")).unlock(kind),
    },
  ];
});

/** Every command. */
export const COMMANDS: readonly CommandLine[] = [
  {
    usage: "init",
    about: "set the console up without a browser: organisation, first admin, authorities",
    runsOn: "console",
    options: [
      { flags: "--org <name>", about: "name of the organisation", isRequired: true },
      { flags: "--admin <email>", about: "e-mail address of the first admin", isRequired: true },
      { flags: "--admin-name <name>", about: "the admin's name" },
      { flags: "--password-stdin", about: "read the admin's password from standard input", isRequired: true },
      { flags: "--trust-domain <domain>", about: "SPIFFE trust domain (default: SWARM_TRUST_DOMAIN)" },
      { flags: "--algorithm <name>", about: "keys of the authorities: P-256, P-384 or Ed25519 (default: P-256)" },
    ],
    load: async () => (await import("./commands/init")).init,
  },
  {
    usage: "demo",
    about: "fill an empty data directory with an example organisation and forty days of its life",
    runsOn: "console",
    options: [],
    load: async () => (await import("./commands/demo")).demo,
  },
  {
    usage: "user add <email>",
    about: "add a person",
    runsOn: "console",
    options: [
      { flags: "--role <role>", about: "admin, auditor or team_lead", isRequired: true },
      { flags: "--team <name>", about: "their team; a team_lead leads it" },
      { flags: "--name <name>", about: "the person's name" },
      {
        flags: "--password-stdin",
        about: "read the password from standard input; without it a one-time password is made",
      },
    ],
    load: async () => (await import("./commands/user")).addUser,
  },
  {
    usage: "user list",
    about: "list people",
    runsOn: "console",
    options: [],
    load: async () => (await import("./commands/user")).listUsers,
  },
  ...LOCKS,
  ...IDENTITY_COMMANDS,
  {
    usage: "profile list",
    about: "list what may be issued",
    runsOn: "console",
    options: [],
    load: async () => (await import("./commands/profile")).showProfiles,
  },
  {
    usage: "profile show <profile>",
    about: "show the rules of one profile",
    runsOn: "console",
    options: [],
    load: async () => (await import("./commands/profile")).showProfile,
  },
  {
    usage: "cert issue",
    about: "issue a certificate for a certificate request",
    runsOn: "console",
    options: [
      { flags: "--profile <profile>", about: "name of the profile", isRequired: true },
      { flags: "--csr <file>", about: "certificate request in PEM, - for standard input", isRequired: true },
      {
        flags: "--out <file>",
        about: "where leaf and intermediates go in PEM, - for standard output",
        isRequired: true,
      },
      { flags: "--name <name>", about: "name of the identity (default: what the request says)" },
      { flags: "--san <name...>", about: "a further name: dns:…, ip:…, email:…" },
      { flags: "--ttl <time>", about: "lifetime: hours, or 12h, 30d (default: the profile's)" },
    ],
    load: async () => (await import("./commands/cert-issue")).issueCert,
  },
  {
    usage: "cert list",
    about: "list certificates, those that need somebody first",
    runsOn: "console",
    options: [
      { flags: "--query <text>", about: "part of a name, SAN, serial or fingerprint" },
      { flags: "--status <status...>", about: "due, active, renewed, expired or revoked" },
      { flags: "--limit <number>", about: "at most so many (default: 100)" },
    ],
    load: async () => (await import("./commands/cert-list")).listCerts,
  },
  {
    usage: "cert show <serial>",
    about: "show every field of a certificate",
    runsOn: "console",
    options: [],
    load: async () => (await import("./commands/cert-show")).showCert,
  },
  {
    usage: "cert revoke <serial>",
    about: "revoke a certificate; it is refused from the next request on",
    runsOn: "console",
    options: [
      {
        flags: "--reason <reason>",
        about: "unspecified, keyCompromise, affiliationChanged, superseded, cessationOfOperation or privilegeWithdrawn",
        isRequired: true,
      },
    ],
    load: async () => (await import("./commands/cert-show")).revokeCert,
  },
  {
    usage: "join-token create",
    about: "make a one-use token with which a machine enrols",
    runsOn: "console",
    options: [
      { flags: "--kind <kind>", about: "node or service", isRequired: true },
      { flags: "--name <name>", about: "name of the machine", isRequired: true },
      { flags: "--ttl <time>", about: "how long it can be used: 15m, 2h (default: 15m)" },
      { flags: "--profile <profile>", about: "name of the profile (default: the built-in one of that kind)" },
    ],
    load: async () => (await import("./commands/join-token")).createToken,
  },
  {
    usage: "ca bundle",
    about: "write the trust anchors",
    runsOn: "console",
    options: [{ flags: "--out <file>", about: "where they go in PEM, - for standard output", isRequired: true }],
    load: async () => (await import("./commands/ca")).writeBundle,
  },
  {
    usage: "enroll",
    about: "on a machine: make a key here and get its first certificate with a join token",
    runsOn: "node",
    options: [
      GATEWAY,
      { flags: "--ca <file>", about: "trust anchors of the gateway, PEM", isRequired: true },
      { flags: "--token <token>", about: "the join token; others on this machine may see it in the process list" },
      { flags: "--token-file <file>", about: "a file that holds the join token" },
      { flags: "--token-stdin", about: "read the join token from standard input" },
      { flags: "--out <folder>", about: "where key.pem, cert.pem, chain.pem and ca.pem go", isRequired: true },
      { flags: "--key-type <type>", about: "p256, p384, ed25519, rsa2048, rsa3072 or rsa4096 (default: p256)" },
      { flags: "--replace", about: "replace the files of a machine that enrolled before" },
    ],
    load: async () => (await import("./node/commands")).enroll,
  },
  {
    usage: "renew",
    about: "on a machine: renew its certificate with a new key",
    runsOn: "node",
    options: [
      GATEWAY,
      { flags: "--dir <folder>", about: "the folder that enroll filled", isRequired: true },
      { flags: "--watch", about: "stay, and renew at two thirds of every lifetime" },
    ],
    load: async () => (await import("./node/commands")).renew,
  },
  ...ACCESS_COMMANDS,
  ...ROLE_COMMANDS,
  {
    usage: "policy evaluate",
    about: "answer lines of JSON: policies, schema, entities and requests in; decisions, reasons and errors out",
    runsOn: "anywhere",
    options: [
      {
        flags: "--stdin",
        about: "a line each: {policies, schema, entitiesJson, requestsJson[]}, the last two JSON as text",
        isRequired: true,
      },
    ],
    load: async () => (await import("./commands/policy-evaluate")).evaluatePolicies,
  },
  {
    usage: "policy check <file...>",
    about: "tell every problem of policies as file:line:column message; - is standard input",
    runsOn: "anywhere",
    options: [{ flags: "--schema <file>", about: "check types too, by a schema in either of Cedar's two forms" }],
    load: async () => (await import("./commands/policy-check")).checkPolicies,
  },
  {
    usage: "policy format <file...>",
    about: "write policies in the one form, to standard output; - is standard input",
    runsOn: "anywhere",
    options: [
      { flags: "--check", about: "write nothing, and end with 1 when a file is not in that form" },
      { flags: "--write", about: "write the files themselves" },
    ],
    load: async () => (await import("./commands/policy-format")).formatFiles,
  },
];
