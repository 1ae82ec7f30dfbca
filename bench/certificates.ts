import { parseArgs } from "node:util";
import { benchInventory } from "./certificates/inventory";
import { openReport, type Report } from "./lib/figures";

const USAGE = `npm run bench -- certificates [--json] [--only PART,…] [--rows N] [--small-rows N]

Parts: inventory`;

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string" },
    rows: { type: "string", default: "1000000" },
    "small-rows": { type: "string", default: "10000" },
    help: { type: "boolean", default: false },
  },
});

const PARTS: Readonly<Record<string, (report: Report) => Promise<void>>> = {
  inventory: (report) => benchInventory(report, Number(values.rows), Number(values["small-rows"])),
};

if (values.help) {
  process.stdout.write(`${USAGE}\n`);
} else {
  const report = openReport(values.json ? "json" : "table");
  const chosen = values.only?.split(",") ?? Object.keys(PARTS);
  for (const name of chosen) {
    const part = PARTS[name];
    if (!part) throw new Error(`there is no part "${name}"\n${USAGE}`);
    await part(report);
  }
  process.exitCode = report.end() ? 0 : 1;
}
