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

/** Bytes as a pipe might bring them: the pieces end in the middle of lines and of characters. */
async function* inPieces(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

const PIECE_BYTES = 61;

/** The program where there is no data directory: a command that opens one fails. */
export function bareTerminal(input = "") {
  const missing = (): never => {
    throw new Error(NO_DATA);
  };
  return testTerminal({ contextFor: missing, settings: new Proxy({}, { get: missing }) as Runtime["settings"] }, input);
}

/** What a command says that opens the data directory where there is none. */
export const NO_DATA = "there is no data directory here";

/** The program in this process, over an open runtime, with `input` on standard input. */
export function testTerminal(runtime: Pick<Runtime, "contextFor" | "settings">, input = "") {
  const context = (): Context => runtime.contextFor(TERMINAL, originOfProcess("req_terminal"));
  const runWords = async (words: readonly string[], stop = new AbortController()): Promise<Said> => {
    let [out, err] = ["", ""];
    const code = await run(words, {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      input: () => inPieces(input),
      withContext: async (work) => work(context()),
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
