import { openReport } from "./lib/figures";
import { benchImpact } from "./decisions/impact";
const report = openReport("table");
await benchImpact(report);
process.exitCode = report.end() ? 0 : 1;
