import { parseArgs } from "node:util";
import { openReport, type Report } from "./lib/figures";
import { benchChanges } from "./policies/changes";
import { benchEditing } from "./policies/editing";
import { benchOthers } from "./policies/others";
import { benchScale } from "./policies/scale";
import { benchWhoCan } from "./policies/who-can";

const USAGE = `npm run bench -- policies [--json] [--only PART,…]

Parts: others, scale, changes, who-can, editing.`;

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const PARTS: Readonly<Record<string, (report: Report) => Promise<void> | void>> = {
  others: benchOthers,
  scale: benchScale,
  changes: benchChanges,
  "who-can": benchWhoCan,
  editing: benchEditing,
};

if (values.help) {
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
