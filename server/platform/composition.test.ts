import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testWorld } from "@/server/testing/world";

it("makes database, log and master key so that nobody else can read them", async () => {
  const world = await testWorld();
  try {
    const { dataDir } = world.runtime.settings;
    const files = readdirSync(dataDir).filter((name) => statSync(join(dataDir, name)).isFile());
    expect(files).toEqual(expect.arrayContaining(["master.key", "swarm.db", "swarm.db-shm", "swarm.db-wal"]));
    for (const name of files) expect([name, statSync(join(dataDir, name)).mode & 0o077]).toEqual([name, 0]);
  } finally {
    world.close();
  }
});
