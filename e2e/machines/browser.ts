/** Speaks to the console over HTTP as the scripts of a page do: tRPC, with its cookies, from its own origin. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(readonly consoleUrl: string) {}

  /** Calls a mutation and answers its output. @throws with what was answered when it is refused. */
  async mutate(path: string, input: unknown = null): Promise<Record<string, unknown>> {
    const { status, text } = await this.post(path, input);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
    return JSON.parse(text).result.data.json;
  }

  /** Posts to a procedure and keeps the cookies of the answer. */
  async post(path: string, input: unknown): Promise<{ status: number; text: string }> {
    const answer = await fetch(`${this.consoleUrl}/api/trpc/${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: this.consoleUrl,
        "sec-fetch-site": "same-origin",
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      },
      body: JSON.stringify({ json: input }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, decodeURIComponent(value));
    }
    return { status: answer.status, text: await answer.text() };
  }
}
