import type { CommandLine, Option } from "./command-line";

/** Until when a grant is held: one of these. */
const ENDS: readonly Option[] = [
  { flags: "--until <time>", about: "the first moment at which it is not held, UTC: 2026-11-27 or 2026-11-27T18:00" },
  { flags: "--for <time>", about: "for so long: 8h, 30d" },
  { flags: "--no-end", about: "until somebody ends it" },
];

const DEFINITION: Option = {
  flags: "--file <file>",
  about: "what it is, in JSON as role show --json gives it under definition; - for standard input",
  isRequired: true,
};

/** Commands about roles, and who holds them. */
export const ROLE_COMMANDS: readonly CommandLine[] = [
  {
    usage: "role list",
    about: "list the roles, what each permits and how many hold it",
    runsOn: "console",
    options: [],
    load: async () => (await import("./commands/role-list")).showRoles,
  },
  {
    usage: "role show <role>",
    about: "show what a role permits, what it inherits and how many hold it",
    runsOn: "console",
    options: [{ flags: "--cedar", about: "show its policies in Cedar" }],
    load: async () => (await import("./commands/role-list")).showRole,
  },
  {
    usage: "role create <role>",
    about: "make a role and put its policies in force",
    runsOn: "console",
    options: [DEFINITION, { flags: "--note <text>", about: "why, for those who read the history" }],
    load: async () => (await import("./commands/role-change")).create,
  },
  {
    usage: "role update <role>",
    about: "make a role something else, and put that in force for everybody who holds it",
    runsOn: "console",
    options: [
      DEFINITION,
      { flags: "--note <text>", about: "why, for those who read the history", isRequired: true },
      { flags: "--base <version>", about: "refuse when it is at another version than this" },
    ],
    load: async () => (await import("./commands/role-change")).update,
  },
  {
    usage: "role retire <role>",
    about: "end a role for good: its grants end, and its name is never given again",
    runsOn: "console",
    options: [{ flags: "--reason <text>", about: "why; everybody who held it reads this", isRequired: true }],
    load: async () => (await import("./commands/role-change")).retire,
  },
  {
    usage: "grant add <who...>",
    about: "give a role: to user:mara@swarm.local, service:llm-gateway, node:gpu-7, team:vision",
    runsOn: "console",
    options: [
      { flags: "--role <role>", about: "name of the role", isRequired: true },
      {
        flags: "--scope <scope>",
        about: "where: everything, Team::vision, Pool::train, label:env=prod or an object such as Dataset::web-crawl",
        isRequired: true,
      },
      ...ENDS,
      { flags: "--from <time>", about: "from then on (default: now)" },
      { flags: "--eligible <hours>", about: "held when activated only, for so many hours at a time at most" },
      { flags: "--reason <text>", about: "what it is for", isRequired: true },
      { flags: "--ticket <text>", about: "where it was asked for, such as OPS-117" },
      { flags: "--preview", about: "show what it would newly allow, and change nothing" },
    ],
    load: async () => (await import("./commands/grant-add")).add,
  },
  {
    usage: "grant list",
    about: "list who holds which role, where and until when, the newest first",
    runsOn: "console",
    options: [
      { flags: "--who <who>", about: "what one holds, by their teams too: user:mara@swarm.local, team:vision" },
      { flags: "--role <role>", about: "of one role" },
      { flags: "--team <team>", about: "of a team, of those within it, and of everybody in them" },
      { flags: "--ends-within <hours>", about: "that end within so many hours" },
      { flags: "--unused <days>", about: "that were not used for so many days" },
      { flags: "--ended", about: "those that are over" },
      { flags: "--limit <number>", about: "at most so many (default: 100)" },
      { flags: "--after <grant>", about: "go on where the list before ended" },
    ],
    load: async () => (await import("./commands/grant-list")).showGrants,
  },
  {
    usage: "grant extend <grant>",
    about: "move the end of a grant, later or sooner",
    runsOn: "console",
    options: [...ENDS, { flags: "--reason <text>", about: "why", isRequired: true }],
    load: async () => (await import("./commands/grant-end")).extend,
  },
  {
    usage: "grant revoke <grant...>",
    about: "end grants now",
    runsOn: "console",
    options: [{ flags: "--reason <text>", about: "why", isRequired: true }],
    load: async () => (await import("./commands/grant-end")).revoke,
  },
];
