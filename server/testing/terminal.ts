import { run } from "@/server/cli/run";
import type { Actor, Context } from "@/server/kernel/context";
import { originOfProcess, type Runtime } from "@/server/platform/composition";

/** Somebody logged in on the machine, as tests mean it. */
export const TERMINAL: Actor = {
  kind: "terminal",
  id: "terminal:tester",
  name: "tester",
  roles: [],
  teams: [],
  provedBy: ["terminal"],
};

/** What a command line left behind. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The program in this process, over an open runtime, with `input` on standard input. */
export function testTerminal(runtime: Pick<Runtime, "contextFor" | "settings">, input = "") {
  const ctx: Context = runtime.contextFor(TERMINAL, originOfProcess("req_terminal"));
  const runWords = async (words: readonly string[], stop = new AbortController()): Promise<Said> => {
    let [out, err] = ["", ""];
    const code = await run(words, {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      readInput: async () => input,
      withContext: (work) => work(ctx),
      withNewInstallation: (_now, work) => work({ operator: TERMINAL, contextFor: runtime.contextFor }),
      trustDomain: () => runtime.settings.trustDomain,
      stopSignal: () => stop.signal,
    });
    return { code, out, err };
  };
  return {
    run: runWords,
    /** What a command answers with `--json`. @throws when it did not end with 0 */
    json: async (words: readonly string[]) => {
      const { code, out, err } = await runWords([...words, "--json"]);
      if (code !== 0) throw new Error(`swarm ${words.join(" ")} ended with ${code}: ${err}`);
      return JSON.parse(out);
    },
  };
}
