import { atLeast, informs, type Report } from "../lib/figures";
import { enterCasbin } from "./contenders/casbin";
import { enterCasl } from "./contenders/casl";
import { enterCedarWasm } from "./contenders/cedar-wasm";
import { enterOurs } from "./contenders/ours";
import { race } from "./race";
import { World } from "./world";

const [ENTITIES, REQUESTS] = [1_000, 500];

/** How many times faster than which engine, with so many policies. */
const BARS: readonly { readonly policies: number; readonly times: Readonly<Record<string, number | null>> }[] = [
  { policies: 10, times: { "cedar-wasm": 150, casbin: null, CASL: null } },
  { policies: 100, times: { "cedar-wasm": 300, casbin: null, CASL: null } },
  { policies: 1_000, times: { "cedar-wasm": 800, casbin: 500, CASL: 5 } },
];

/** Every engine answers the same requests of the same worlds in one run; all of them must decide alike. */
export async function benchOthers(report: Report): Promise<void> {
  report.note(`${REQUESTS} requests about ${ENTITIES} entities, decided alike by every engine, asked in turns`);
  for (const { policies, times } of BARS) {
    const world = new World({ policies, entities: ENTITIES });
    const asked = world.requests(REQUESTS);
    const contenders = [
      enterOurs(world, asked),
      enterCedarWasm(world, asked),
      await enterCasbin(world, asked),
      enterCasl(world, asked),
    ];
    const took = race(contenders, REQUESTS);
    const ours = took.get("ours") ?? Number.NaN;
    report.note(
      `${policies} policies: ${[...took].map(([name, time]) => `${name} ${time.toPrecision(3)} µs`).join(", ")}`,
    );
    for (const [name, bar] of Object.entries(times)) {
      const figure = `${policies.toLocaleString("en")} policies, a decision of ${name} against ours`;
      const theirs = took.get(name) ?? Number.NaN;
      report.add(bar === null ? informs(figure, theirs, ours, "µs") : atLeast(bar, figure, theirs, ours, "µs"));
    }
  }
}
