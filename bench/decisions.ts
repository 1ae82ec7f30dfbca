import { parseArgs } from "node:util";
import { benchChanges } from "./decisions/changes";
import { AS_ECHO, runEcho } from "./decisions/echo";
import { benchEditor } from "./decisions/editor";
import { benchGateway } from "./decisions/gateway";
import { benchImpact } from "./decisions/impact";
import { AS_LOAD, runLoad } from "./decisions/load";
import { openReport, type Report } from "./lib/figures";
import { AS_GATEWAY } from "./lib/gateway";
import { pinToOneCore } from "./lib/measure";

const USAGE = `npm run bench -- decisions [--json] [--only PART,…]

Parts: gateway, changes, impact, editor.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string" },
    help: { type: "boolean", default: false },
    [AS_GATEWAY.slice(2)]: { type: "boolean", default: false },
    [AS_ECHO.slice(2)]: { type: "boolean", default: false },
    [AS_LOAD.slice(2)]: { type: "boolean", default: false },
  },
});

const PARTS: Readonly<Record<string, (report: Report) => Promise<void> | void>> = {
  gateway: benchGateway,
  changes: benchChanges,
  impact: benchImpact,
  editor: benchEditor,
};

const [core] = positionals;
if (core !== undefined) pinToOneCore(Number(core));

if (process.argv.includes(AS_GATEWAY)) await import("@/server/gateway/main");
else if (process.argv.includes(AS_ECHO)) runEcho();
else if (process.argv.includes(AS_LOAD)) runLoad();
else if (values.help) process.stdout.write(`${USAGE}\n`);
else {
  const report = openReport(values.json ? "json" : "table");
  for (const name of values.only?.split(",") ?? Object.keys(PARTS)) {
    const part = PARTS[name];
    if (!part) throw new Error(`there is no part "${name}"\n${USAGE}`);
    await part(report);
  }
  process.exitCode = report.end() ? 0 : 1;
}
