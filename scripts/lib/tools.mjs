import { existsSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { CommandFailed, show } from "./run.mjs";

/** Debian's Chromium; where it is, tests use it in place of Playwright's own. */
export const DEBIAN_CHROMIUM = "/usr/bin/chromium";

/** Programs that tests drive the product with, and the Debian packages they come in. */
const TEST_TOOLS = {
  openssl: "openssl",
  curl: "curl",
  certtool: "gnutls-bin",
  nginx: "nginx-light",
  faketime: "faketime",
  xz: "xz-utils",
};

/** What Debian's packages ask before they start a service (invoke-rc.d(8)); 101 forbids it. */
const SERVICE_POLICY = "/usr/sbin/policy-rc.d";

/** Finds or installs a browser: Debian's package when it may, else Playwright's own. */
export async function ensureChromium() {
  if (existsSync(DEBIAN_CHROMIUM)) return;
  if (mayInstallPackages() && (await installPackages(["chromium"]))) return;
  const code = await show("playwright", ["install", "chromium"]);
  if (code !== 0) throw new CommandFailed("there is no Chromium, and Playwright could not install its own");
}

/** Installs what tests need and this machine lacks, when it may, and starts none of it; tests name what is missing. */
export async function ensureTestTools() {
  const missing = Object.entries(TEST_TOOLS).filter(([program]) => !isOnPath(program));
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  if (mayInstallPackages() && (await installPackages(packages))) return;
  process.stderr.write(`Missing for some tests: ${packages.join(", ")} (Debian packages)\n`);
}

function mayInstallPackages() {
  return process.getuid?.() === 0 && isOnPath("apt-get");
}

async function installPackages(/** @type {readonly string[]} */ packages) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "-y", "-q", "--no-install-recommends", ...packages];
  const isOurPolicy = !existsSync(SERVICE_POLICY);
  if (isOurPolicy) writeFileSync(SERVICE_POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    if ((await show("apt-get", install, { env })) === 0) return true;
    return (await show("apt-get", ["update", "-q"], { env })) === 0 && (await show("apt-get", install, { env })) === 0;
  } finally {
    if (isOurPolicy) rmSync(SERVICE_POLICY, { force: true });
  }
}

function isOnPath(/** @type {string} */ program) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return folders.some((folder) => folder !== "" && existsSync(join(folder, program)));
}
