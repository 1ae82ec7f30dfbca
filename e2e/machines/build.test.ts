import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DIST, ROOT } from "../../scripts/lib/paths.mjs";

const NEXT = join(ROOT, ".next");
const CACHES = /^(cache|dev|types|diagnostics|trace)(\/|$)/;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !CACHES.test(path));
}

const built = [...filesIn(NEXT).map((path) => join(NEXT, path)), ...filesIn(DIST).map((path) => join(DIST, path))];
const forBrowsers = filesIn(join(NEXT, "static"))
  .filter((path) => /\.(js|css|json|html)$/.test(path))
  .map((path) => join(NEXT, "static", path));

describe("the build", () => {
  it("was looked at", () => {
    expect(built.length).toBeGreaterThan(50);
    expect(forBrowsers.length).toBeGreaterThan(5);
  });

  it("holds no key, no database and no environment file", () => {
    expect(built.filter((path) => /\.(key|pem|p12|pfx|db|db-wal|db-shm|sqlite)$|\/\.env[^/]*$/.test(path))).toEqual([]);
  });

  it("names none to take along, either: tracing once copied a private key", () => {
    const traces = built.filter((path) => path.endsWith(".nft.json"));
    expect(traces.length).toBeGreaterThan(1);
    const taken = traces.flatMap((path) => {
      const { files } = JSON.parse(readFileSync(path, "utf8")) as { files: string[] };
      return files.filter((file) =>
        /\.(key|db|db-wal|db-shm)$|(^|\/)(\.env[^/]*|data(-[^/]*)?\/.*)$/.test(withoutPackages(file)),
      );
    });
    expect(taken).toEqual([]);
  });

  it("holds no secret", () => {
    const markers = [
      /-----BEGIN (EC |RSA |ENCRYPTED )?PRIVATE KEY-----\s*[A-Za-z0-9+/=]{16}/,
      /swarm-master-key-v1:[A-Za-z0-9_-]{20}/,
    ];
    const leaking = built.filter((path) => {
      const text = readFileSync(path, "latin1");
      return markers.some((marker) => marker.test(text));
    });
    expect(leaking).toEqual([]);
  });

  it("gives browsers none of the server's code", () => {
    const serverOnly = [
      /better-sqlite3|@node-rs\/argon2|drizzle-orm|node:(crypto|fs|https?|net|tls)\b/,
      /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|PRAGMA) [a-z_]+ (FROM|SET|VALUES|WHERE)\b/,
      /SWARM_MASTER_(PASSPHRASE|KEY_FILE)/,
      /__drizzle_migrations|data_keys/,
    ];
    const leaking = forBrowsers.flatMap((path) => {
      const text = readFileSync(path, "utf8");
      return serverOnly.filter((marker) => marker.test(text)).map((marker) => `${path}: ${marker}`);
    });
    expect(leaking).toEqual([]);
  });

  it("gives browsers no source maps", () => {
    expect(filesIn(join(NEXT, "static")).filter((path) => path.endsWith(".map"))).toEqual([]);
  });
});

/** What packages bring along is theirs. */
function withoutPackages(path: string): string {
  return path.includes("node_modules/") ? "" : path;
}
