import { mkdtempSync, rmSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holdsPair, makeFolder, type PairFiles, readPair, replaceFile, savePair } from "./files";
import { dropPendingKeys, findPendingKey, keepPendingKey } from "./pending";

const generation = (name: string): PairFiles => ({
  key: `key ${name}`,
  cert: `cert ${name}`,
  chain: `chain ${name}`,
  ca: "ca",
});

describe("a node's files", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "swarm-node-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it("are read back as they were saved, the key for its owner alone", async () => {
    expect(await holdsPair(dir)).toBe(false);
    await savePair(dir, generation("1"));
    expect(await readPair(dir)).toEqual(generation("1"));
    expect(await holdsPair(dir)).toBe(true);
    expect((await stat(join(dir, "key.pem"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dir, "cert.pem"))).mode & 0o777).toBe(0o644);
  });

  it("change together: all of them go through one link", async () => {
    await savePair(dir, generation("1"));
    const names = ["key", "cert", "chain", "ca"].map((name) => join(dir, `${name}.pem`));
    const before = await Promise.all(names.map((name) => lstat(name)));
    await savePair(dir, generation("2"));
    const after = await Promise.all(names.map((name) => lstat(name)));
    expect(after.map(({ ino }) => ino)).toEqual(before.map(({ ino }) => ino));
    expect(await readPair(dir)).toEqual(generation("2"));
  });

  it("stay whole when a replacement was interrupted before the link was swapped", async () => {
    await savePair(dir, generation("1"));
    await mkdir(join(dir, ".sets", "zzzzzzzzz-half"));
    await writeFile(join(dir, ".sets", "zzzzzzzzz-half", "key.pem"), "key half");
    await symlink(".sets/zzzzzzzzz-half", join(dir, ".live.abandoned"));
    expect(await readPair(dir)).toEqual(generation("1"));
    await savePair(dir, generation("2"));
    expect(await readPair(dir)).toEqual(generation("2"));
  });

  it("that somebody put there by hand are taken over without a moment of mixed files", async () => {
    for (const [name, text] of Object.entries(generation("by hand"))) await writeFile(join(dir, `${name}.pem`), text);
    await savePair(dir, generation("2"));
    expect(await readPair(dir)).toEqual(generation("2"));
    const sets = await readdir(join(dir, ".sets"));
    const keys = await Promise.all(sets.sort().map((set) => readFile(join(dir, ".sets", set, "key.pem"), "utf8")));
    expect(keys).toEqual(["key by hand", "key 2"]);
  });

  it("keep one older set and no more", async () => {
    for (const name of ["1", "2", "3", "4"]) await savePair(dir, generation(name));
    expect(await readdir(join(dir, ".sets"))).toHaveLength(2);
    expect(await readPair(dir)).toEqual(generation("4"));
    expect((await readdir(dir)).sort()).toEqual([".live", ".sets", "ca.pem", "cert.pem", "chain.pem", "key.pem"]);
  });

  it("can be read at any moment while they are replaced, and fit each other", async () => {
    await savePair(dir, generation("0"));
    let isDone = false;
    const writer = (async () => {
      for (let count = 1; count <= 30; count++) await savePair(dir, generation(String(count)));
      isDone = true;
    })();
    let reads = 0;
    while (!isDone) {
      const set = await readlink(join(dir, ".live"));
      const read = Promise.all(["key", "cert"].map((name) => readFile(join(dir, set, `${name}.pem`), "utf8")));
      // Two sets may have come since the link was read, and with the second this one is gone.
      const files = await read.catch(() => []);
      if (files.length === 0) {
        expect(await readlink(join(dir, ".live"))).not.toBe(set);
        continue;
      }
      const [key, cert] = files.map((text) => text.split(" ")[1]);
      expect(cert).toBe(key);
      reads++;
    }
    await writer;
    expect(reads).toBeGreaterThan(10);
    expect(await readPair(dir)).toEqual(generation("30"));
  });

  it("are replaced alone without a half file, and leave no draft behind", async () => {
    const file = join(dir, "out.pem");
    await replaceFile(file, "one", 0o644);
    await replaceFile(file, "two", 0o600);
    expect(await readFile(file, "utf8")).toBe("two");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await mkdir(join(dir, "folder"));
    await expect(replaceFile(join(dir, "folder"), "three", 0o600)).rejects.toMatchObject({ code: "EISDIR" });
    expect((await readdir(dir)).sort()).toEqual(["folder", "out.pem"]);
  });

  it("remember the key of a renewal that was begun, for its owner alone", async () => {
    expect(await findPendingKey(dir, "0a")).toBeUndefined();
    await keepPendingKey(dir, { serial: "0A", key: "pending" });
    expect(await findPendingKey(dir, "0a")).toBe("pending");
    expect(await findPendingKey(dir, "0b")).toBeUndefined();
    expect((await stat(join(dir, ".pending", `${"0a".padStart(32, "0")}.pem`))).mode & 0o777).toBe(0o600);
    await dropPendingKeys(dir);
    expect(await findPendingKey(dir, "0a")).toBeUndefined();
  });
});

describe("a folder that cannot be made", () => {
  it.each(["/proc/nowhere", "/proc/nowhere/deep/er", "/dev/null/x"])("%s is an error, and an end", async (dir) => {
    await expect(makeFolder(dir)).rejects.toThrow();
  });
});
