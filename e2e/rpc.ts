import type { Page } from "@playwright/test";

/** What a procedure answered to a page: its value, or the stable code of a refusal. */
export interface RpcAnswer {
  readonly path: string;
  readonly status: number;
  readonly value?: unknown;
  readonly code?: string;
}

/** A call of a procedure. */
export interface RpcCall {
  readonly path: string;
  readonly input?: unknown;
}

/** Calls procedures one after the other, by `fetch` from the page itself: with its cookies, as its own scripts do. */
export function callFrom(page: Page, method: "GET" | "POST", calls: readonly RpcCall[]): Promise<RpcAnswer[]> {
  return page.evaluate(
    async ({ all, how }) => {
      const answers: RpcAnswer[] = [];
      for (const { path, input } of all) {
        const body = JSON.stringify({ json: input ?? null });
        const answer =
          how === "GET"
            ? await fetch(`/api/trpc/${path}?input=${encodeURIComponent(body)}`)
            : await fetch(`/api/trpc/${path}`, {
                method: "POST",
                headers: { "content-type": "application/json" },
                body,
              });
        const said = await answer.json();
        const code = said.error?.json?.data?.shown?.code ?? said.error?.code;
        answers.push({ path, status: answer.status, value: said.result?.data?.json, code });
      }
      return answers;
    },
    { all: [...calls], how: method },
  );
}

/** Reads by a procedure, from the page. @throws when it is refused. */
export async function readFrom<T>(page: Page, path: string, input: unknown = {}): Promise<T> {
  const [answer] = await callFrom(page, "GET", [{ path, input }]);
  if (answer?.status !== 200) throw new Error(`${path} answered ${answer?.status} ${answer?.code}`);
  return answer.value as T;
}
