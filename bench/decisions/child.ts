import { type ChildProcess, fork } from "node:child_process";

/** Another process of the benchmark's own bundle, to which something is said and which answers. */
export interface Child {
  say<Answer>(message: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts it, on a core of its own when one is given. It says something when it is ready. */
export async function startChild(role: string, core: number | null): Promise<Child> {
  const child = fork(process.argv[1] ?? "", [role, ...(core === null ? [] : [String(core)])], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await answerOf(child);
  return {
    say: <Answer>(message: unknown) => {
      const answer = answerOf<Answer>(child);
      child.send(message as object);
      return answer;
    },
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process of the benchmark ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (message: { readonly failed?: string }) => {
      child.off("exit", ended);
      if (message.failed === undefined) resolve(message as Answer);
      else reject(new Error(message.failed));
    });
  });
}

/** In the other process: says that it is ready, and answers what is said to it. */
export function answerParent(answer: (message: never) => Promise<object>): void {
  process.on("message", (message) => {
    answer(message as never).then(
      (value) => process.send?.(value),
      (error: Error) => process.send?.({ failed: String(error.stack) }),
    );
  });
  process.send?.({});
}
