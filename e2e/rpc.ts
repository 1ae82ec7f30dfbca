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

/** What an answer of tRPC holds, its dates left as text. */
interface Body {
  readonly result?: { readonly data?: { readonly json?: unknown } };
  readonly error?: { readonly json?: { readonly data?: { readonly shown?: { readonly code?: string } } } };
}

/** Calls procedures that write, one after the other, by `fetch` from the page itself: as a script of its own would. */
export function callFrom(page: Page, calls: readonly RpcCall[]): Promise<RpcAnswer[]> {
  return page.evaluate(
    async (all) => {
      const answers: RpcAnswer[] = [];
      for (const { path, input } of all) {
        const answer = await fetch(`/api/trpc/${path}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ json: input ?? null }),
        });
        const said: Body = await answer.json();
        const code = said.error?.json?.data?.shown?.code;
        answers.push({ path, status: answer.status, value: said.result?.data?.json, code });
      }
      return answers;
    },
    [...calls],
  );
}

/** Reads by a procedure with the cookies of a page. @throws when it is refused. */
export async function readFrom<T>(page: Page, path: string, input: unknown = {}): Promise<T> {
  const answer = await page.request.get(`/api/trpc/${path}`, { params: { input: JSON.stringify({ json: input }) } });
  if (answer.status() !== 200) throw new Error(`${path} answered ${answer.status()} ${await answer.text()}`);
  const said: Body = await answer.json();
  return said.result?.data?.json as T;
}
