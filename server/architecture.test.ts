import { describe, expect, it } from "vitest";
import { commit, Permit } from "./kernel/permit";
import { type Import, readSourceFiles, type SourceFile } from "./testing/source-files";

const files = readSourceFiles(["app", "components", "server", "drizzle", "proxy.ts", "next.config.ts"]);
const code = files.filter((file) => !file.isTest && !file.path.startsWith("server/testing/"));

const ROOMS = ["identities", "certificates", "policies", "roles", "tokens", "audit", "keys", "resources"];
const TRANSPORTS = ["api", "gateway", "jobs", "cli", "console"];

const COMPOSITION = /^server\/platform\/composition(-[a-z]+)?\.ts$/;
const CONTRACT = /^server\/[a-z]+\/([a-z-]+-)?contract\.ts$/;
const MODEL = /^server\/[a-z]+\/([a-z-]+-)?model\.ts$/;
const STORE = /^server\/[a-z]+\/([a-z-]+-)?store\.ts$/;
const ENGINE = /^server\/engines\/([a-z0-9]+)\//;
/** The folders of the policy engine, in the order in which a text goes through them. */
const STAGES = ["values", "syntax", "schema", "data", "validation", "evaluation"];

/** The floor a path stands on, 1 at the top; undefined for tests, configuration and what lies outside. */
function floorOf(path: string): number | undefined {
  if (/^(app|components)\//.test(path)) return 1;
  const folder = /^server\/([a-z]+)\//.exec(path)?.[1] ?? "";
  if (TRANSPORTS.includes(folder)) return 2;
  if (ROOMS.includes(folder) || folder === "kernel") return 3;
  if (folder === "engines" || folder === "platform") return 4;
  return path.startsWith("drizzle/") ? 5 : undefined;
}

function roomOf(path: string): string | undefined {
  const folder = /^server\/([a-z]+)\//.exec(path)?.[1] ?? "";
  return ROOMS.includes(folder) ? folder : undefined;
}

const isPure = (path: string) => CONTRACT.test(path) || MODEL.test(path) || ENGINE.test(path);
const isVerbCode = (path: string) => roomOf(path) !== undefined || path.startsWith("server/kernel/");

/** Every import that a rule forbids, as `file:line imports target`. */
function forbidden(among: readonly SourceFile[], rule: (file: SourceFile, imported: Import) => boolean): string[] {
  return among.flatMap((file) =>
    file.imports
      .filter((imported) => rule(file, imported))
      .map((imported) => `${file.path}:${imported.line} imports ${imported.target}`),
  );
}

/** Every use that a rule forbids, as `file:line uses what`. */
function misused(among: readonly SourceFile[], words: readonly string[]): string[] {
  return among.flatMap((file) =>
    file.uses.filter(({ what }) => words.includes(what)).map(({ what, line }) => `${file.path}:${line} uses ${what}`),
  );
}

describe("the house", () => {
  it("was looked at: a check that sees nothing passes for nothing", () => {
    expect(files.length).toBeGreaterThan(30);
    for (const floor of [1, 2, 3, 4, 5]) {
      expect(code.filter((file) => floorOf(file.path) === floor).length, `files on floor ${floor}`).toBeGreaterThan(3);
    }
    expect(code.flatMap((file) => file.imports).length).toBeGreaterThan(100);
    const unresolved = forbidden(
      files,
      (_file, { target, isPackage }) => !isPackage && !/\.(ts|tsx|css|json|mjs)$/.test(target),
    );
    expect(unresolved, "imports that lead nowhere").toEqual([]);
    const homeless = code.filter((file) => floorOf(file.path) === undefined).map((file) => file.path);
    expect(homeless).toEqual(["proxy.ts", "next.config.ts"]);
  });

  it("has imports that go down only, so that what lies below can be understood, tested and kept without what lies above", () => {
    const upward = forbidden(code, (file, { target }) => {
      const [from, to] = [floorOf(file.path), floorOf(target)];
      return from !== undefined && to !== undefined && to < from && !COMPOSITION.test(file.path);
    });
    expect(upward).toEqual([]);
  });

  it("has screens that know the server by its callers, contracts and engines alone, so that no screen sees a table or a verb", () => {
    const screens = code.filter((file) => floorOf(file.path) === 1);
    const peeking = forbidden(screens, (_file, { target, isPackage, isTypeOnly }) => {
      if (isPackage) return ["better-sqlite3", "drizzle-orm"].includes(packageOf(target));
      if (!/^(server|drizzle)\//.test(target)) return false;
      if (target === "server/api/root.ts") return !isTypeOnly;
      return !(target === "server/api/caller.ts" || CONTRACT.test(target) || ENGINE.test(target));
    });
    expect(peeking).toEqual([]);
    expect(forbidden(screens, (file, { target }) => /^components\//.test(file.path) && /^app\//.test(target))).toEqual(
      [],
    );
  });

  it("has parts in components/ui that know no word of the domain, so that they serve every screen", () => {
    const parts = code.filter((file) => file.path.startsWith("components/ui/"));
    expect(
      forbidden(parts, (_file, { target, isPackage }) => !isPackage && !target.startsWith("components/ui/")),
    ).toEqual([]);
  });

  it("has verbs that do not know who called them, so that browser, machine and terminal get the same one", () => {
    const callers = [
      "next",
      "next-auth",
      "react",
      "react-dom",
      "@trpc/server",
      "commander",
      "node:http",
      "node:https",
      "node:tls",
    ];
    const rooms = code.filter((file) => isVerbCode(file.path));
    expect(forbidden(rooms, (_file, { target }) => callers.includes(packageOf(target)))).toEqual([]);
  });

  it("has rooms that never import another room: what they need of each other are ports, wired once", () => {
    const rooms = code.filter((file) => isVerbCode(file.path));
    const crossing = forbidden(rooms, (file, { target }) => {
      const room = roomOf(target);
      return room !== undefined && room !== roomOf(file.path);
    });
    expect(crossing).toEqual([]);
    const wiring = forbidden(
      code,
      (file, { target }) => /^server\/platform\//.test(file.path) && roomOf(target) !== undefined,
    );
    expect(wiring.length, "the composition wires rooms").toBeGreaterThan(3);
    expect(wiring.filter((line) => !COMPOSITION.test(line.split(":")[0] ?? ""))).toEqual([]);
  });

  it("has engines that import nobody, so that they can be read, tested and given away alone", () => {
    const engines = code.filter((file) => ENGINE.test(file.path));
    const leaving = forbidden(engines, (file, { target, isPackage }) => {
      return !isPackage && ENGINE.exec(target)?.[1] !== ENGINE.exec(file.path)?.[1];
    });
    expect(leaving).toEqual([]);
  });

  it("has a policy engine whose stages import only those before them, so that each can be read without the next", () => {
    const stageOf = (path: string) => STAGES.indexOf(/^server\/engines\/cedar\/([a-z]+)\//.exec(path)?.[1] ?? "");
    const stages = code.filter((file) => stageOf(file.path) >= 0);
    expect(new Set(stages.map((file) => stageOf(file.path))).size, "stages with files").toBe(STAGES.length);
    expect(forbidden(stages, (file, { target }) => stageOf(target) > stageOf(file.path))).toEqual([]);
    const isEditing = (path: string) => path.startsWith("server/engines/cedar/syntax/editing/");
    const leaning = code.filter((file) => ENGINE.test(file.path) && !isEditing(file.path));
    expect(forbidden(leaning, (_file, { target }) => isEditing(target))).toEqual([]);
  });

  it("has contracts, models and engines that are pure: no input, no output, no clock, no chance, so that a table tests them and a browser runs them", () => {
    const pure = code.filter((file) => isPure(file.path));
    expect(pure.length).toBeGreaterThan(10);
    const outward = forbidden(pure, (_file, { target, isPackage, isTypeOnly }) => {
      if (isPackage)
        return (
          target.startsWith("node:") || ["better-sqlite3", "drizzle-orm", "server-only"].includes(packageOf(target))
        );
      return !isTypeOnly && (floorOf(target) === 5 || target.startsWith("server/platform/"));
    });
    expect(outward).toEqual([]);
    const words = [
      "Date.now",
      "new Date()",
      "Date()",
      "Math.random",
      "process",
      "process.env",
      "performance",
      "crypto",
      "fetch",
    ];
    expect(misused(pure, words)).toEqual([]);
  });

  it("has contracts that lean on contracts, pure rules of the kernel and engines alone, because browsers import them", () => {
    const contracts = code.filter((file) => CONTRACT.test(file.path));
    expect(contracts.length).toBeGreaterThan(2);
    const leaning = forbidden(contracts, (_file, { target, isPackage, isTypeOnly }) => {
      if (isPackage || isTypeOnly) return false;
      const isRule = target === "server/kernel/actions.ts";
      return !(CONTRACT.test(target) || ENGINE.test(target) || MODEL.test(target) || isRule);
    });
    expect(leaning).toEqual([]);
  });

  it("has tables that only stores import, so that a room's SQL is in one place", () => {
    const reaching = forbidden(code, (file, { target, isPackage }) => {
      const isTable = isPackage
        ? ["drizzle-orm", "better-sqlite3"].includes(packageOf(target))
        : target.startsWith("drizzle/");
      return isTable && !STORE.test(file.path) && !/^(server\/platform|drizzle)\//.test(file.path);
    });
    expect(reaching).toEqual([]);
  });

  it("has no barrels but the schema's, so that an import says where a thing is and loads nothing else", () => {
    const barrels = files.filter((file) => file.isBarrel || /\/index\.tsx?$/.test(file.path)).map((file) => file.path);
    expect(barrels).toEqual(["drizzle/schema/index.ts"]);
  });

  it("reads the environment in platform/env alone, so that every setting is checked once and can be found", () => {
    const allowed = new Set(["server/platform/env.ts", "proxy.ts", "next.config.ts"]);
    const elsewhere = code.filter((file) => !allowed.has(file.path));
    expect(misused(elsewhere, ["process.env"])).toEqual([]);
    const reader = code.filter((file) => file.path === "server/platform/env.ts");
    expect(misused(reader, ["process.env"]).length, "the one reading").toBe(1);
  });

  it("takes time and chance from the context, so that a test can stop the clock and no verb can pick a weak source", () => {
    const rooms = code.filter((file) => isVerbCode(file.path));
    expect(misused(rooms, ["Date.now", "new Date()", "Date()", "Math.random", "performance", "crypto"])).toEqual([]);
    const sources = [
      "randomBytes",
      "randomInt",
      "randomUUID",
      "randomFill",
      "randomFillSync",
      "getRandomValues",
      "webcrypto",
    ];
    const drawing = forbidden(rooms, (_file, { target, names }) => {
      return (
        packageOf(target) === "node:crypto" &&
        names.some((name) => sources.includes(name) || name === "*" || name === "default")
      );
    });
    expect(drawing).toEqual([]);
  });

  it("has one door to a writable transaction: contexts are bound and databases opened by the composition alone", () => {
    const doors: Readonly<Record<string, RegExp>> = {
      bindContext: COMPOSITION,
      openDatabase: COMPOSITION,
      writerOf: /^server\/kernel\//,
    };
    const opened = forbidden(code, (file, { names }) => {
      return names.some((name) => doors[name] !== undefined && !doors[name].test(file.path));
    });
    expect(opened).toEqual([]);
  });

  it("gives permits by authorize alone: neither a constructor nor a look-alike makes one, for the compiler or at run time", () => {
    const alike = {
      action: "certificate.revoke",
      resource: { type: "Certificate", id: "*" },
      policyVersion: "1",
    } as const;
    // @ts-expect-error: a permit has a member that nothing outside of its class can have
    const lookAlike: Permit = alike;
    expect(() => commit(lookAlike, async () => ({ value: 0, event: { kind: "forged" } }))).toThrow(TypeError);
    // @ts-expect-error: the constructor is private
    const construct = () => new Permit(undefined, "certificate.revoke", alike.resource, "1");
    expect(construct).toBeTypeOf("function");
  });

  it("authorizes in verbs and never in the proxy, because a proxy can be gone around", () => {
    const gate = code.filter((file) => file.path === "proxy.ts");
    expect(gate).toHaveLength(1);
    const leaning = forbidden(gate, (_file, { target, isPackage }) => {
      return isPackage ? target !== "next/server" : target !== "server/console/content-security-policy.ts";
    });
    expect(leaning).toEqual([]);
  });

  it("is tested by nobody's leftovers: no code that runs in the product imports a test's helper", () => {
    const leaning = forbidden(code, (_file, { target, isPackage }) => {
      return isPackage
        ? ["vitest", "fast-check", "oxc-parser", "@playwright/test"].includes(packageOf(target))
        : /^server\/testing\/|\.test\.tsx?$|^e2e\//.test(target);
    });
    expect(leaning).toEqual([]);
  });
});

/** `@trpc/server/adapters` is `@trpc/server`. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
