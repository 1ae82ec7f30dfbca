import { parseArgs } from "node:util";
import { benchEditor } from "./decisions/editor";
import { benchImpact } from "./decisions/impact";
import { openReport, type Report } from "./lib/figures";

const USAGE = `npm run bench -- decisions [--json] [--only PART,…]

Parts: impact, editor.`;

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const PARTS: Readonly<Record<string, (report: Report) => Promise<void> | void>> = {
  impact: benchImpact,
  editor: benchEditor,
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
