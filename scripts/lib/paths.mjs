import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the scripts make; never committed. */
export const DIST = join(ROOT, "dist");

/** Folders with code. */
export const CODE = ["app", "components", "server", "drizzle", "e2e", "bench", "scripts"];

/** The oldest Node.js that everything here was tried on. */
const OLDEST_NODE = [20, 20];

/** Ends the process when Node.js is too old to run the product. */
export function assertNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  process.stderr.write(`Node.js ${OLDEST_NODE.join(".")} or newer is needed; this is ${process.versions.node}\n`);
  process.exit(1);
}
