import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MEMORY = "/dev/shm";
const ROOM_BYTES = 2 ** 30;

/**
 * Gives a run of tests one folder for everything temporary, in memory where there is room, and removes it at the end:
 * hundreds of databases are made and deleted, and nobody waits for a disk.
 */
export default function makeScratch(): () => void {
  const folder = mkdtempSync(join(hasRoom(MEMORY) ? MEMORY : tmpdir(), "swarm-tests-"));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

function hasRoom(place: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(place);
    return bavail * bsize > ROOM_BYTES;
  } catch {
    return false;
  }
}
