import { parseArgs } from "node:util";
import { benchCrl } from "./certificates/crl";
import { benchEnrolment } from "./certificates/enrolment";
import { benchInventory } from "./certificates/inventory";
import { benchIssuance } from "./certificates/issuance";
import { benchRevocation } from "./certificates/revocation";
import { openReport, type Report } from "./lib/figures";
import { AS_GATEWAY } from "./lib/gateway";
import { pinToOneCore } from "./lib/measure";

const USAGE = `npm run bench -- certificates [--json] [--only PART,…] [--rows N] [--small-rows N] [--clock cpu]
  [--directory DIR] [--about TEXT]

Parts: issuance, enrolment, inventory, revocation, crl.
--clock cpu reads the times of the inventory from the process's own use of its cores, on a machine that is busy.
--directory keeps the filled databases of the inventory in DIR, and uses those that are there.
--about asks only those questions of the inventory that have TEXT in their name.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string" },
    rows: { type: "string", default: "1000000" },
    "small-rows": { type: "string", default: "10000" },
    clock: { type: "string", default: "wall" },
    directory: { type: "string" },
    about: { type: "string", default: "" },
    help: { type: "boolean", default: false },
    [AS_GATEWAY.slice(2)]: { type: "boolean", default: false },
  },
});

const PARTS: Readonly<Record<string, (report: Report) => Promise<void>>> = {
  issuance: benchIssuance,
  enrolment: benchEnrolment,
  inventory: (report) =>
    benchInventory(report, {
      rows: Number(values.rows),
      smallRows: Number(values["small-rows"]),
      clock: values.clock === "cpu" ? "cpu" : "wall",
      directory: values.directory,
      about: values.about,
    }),
  revocation: benchRevocation,
  crl: benchCrl,
};

if (process.argv.includes(AS_GATEWAY)) {
  const [core] = positionals;
  if (core !== undefined) pinToOneCore(Number(core));
  await import("@/server/gateway/main");
} else if (values.help) {
  process.stdout.write(`${USAGE}\n`);
} else {
  const report = openReport(values.json ? "json" : "table");
  for (const name of values.only?.split(",") ?? Object.keys(PARTS)) {
    const part = PARTS[name];
    if (!part) throw new Error(`there is no part "${name}"\n${USAGE}`);
    await part(report);
  }
  process.exitCode = report.end() ? 0 : 1;
}
