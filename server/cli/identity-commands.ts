import type { CommandLine } from "./command-line";

/** Commands about people, services and nodes alike. */
export const IDENTITY_COMMANDS: readonly CommandLine[] = [
  {
    usage: "identity import <file>",
    about: "make people, services and nodes out of CSV, all or none: kind, name, displayName, email, team, labels",
    runsOn: "console",
    options: [{ flags: "--check", about: "tell every problem and what would be made, and make nothing" }],
    load: async () => (await import("./commands/identity")).importFile,
  },
  {
    usage: "identity export",
    about: "write them as CSV that import takes, to standard output",
    runsOn: "console",
    options: [
      { flags: "--kind <kind>", about: "user, service or node (default: all three)" },
      { flags: "--team <name>", about: "of one team" },
    ],
    load: async () => (await import("./commands/identity")).exportFile,
  },
  {
    usage: "identity retire <kind> <name>",
    about: "retire one for good: sessions and grants end, certificates are revoked; a person by e-mail address",
    runsOn: "console",
    options: [{ flags: "--reason <text>", about: "why; everybody who sees it reads this", isRequired: true }],
    load: async () => (await import("./commands/identity")).retire,
  },
];
