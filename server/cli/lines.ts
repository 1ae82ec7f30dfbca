/** A line of input by its number, from 1; or why it cannot be read. */
export type Line = { readonly number: number } & ({ readonly text: string } | { readonly refused: string });

const LINE_FEED = 10;

/**
 * The lines of an input as they come, without those that are blank. No more than one is held, and of one longer than
 * `maxBytes` nothing is: it is refused, and the next line goes on.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let draft = new Draft(maxBytes);
  for await (const chunk of input) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      draft.add(chunk.subarray(from, at));
      yield* draft.line(number);
      [draft, number, from] = [new Draft(maxBytes), number + 1, at + 1];
    }
    draft.add(chunk.subarray(from));
  }
  yield* draft.line(number);
}

/** A line whose end has not come. */
class Draft {
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(readonly maxBytes: number) {}

  add(part: Uint8Array): void {
    this.#bytes += part.length;
    if (this.#bytes > this.maxBytes) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  *line(number: number): Generator<Line> {
    if (this.#bytes > this.maxBytes) {
      yield { number, refused: `the line is longer than ${this.maxBytes} bytes` };
      return;
    }
    const text = textOf(Buffer.concat(this.#parts));
    if (text === null) yield { number, refused: "the line is not UTF-8" };
    else if (text.trim() !== "") yield { number, text };
  }
}

/** All of an input. */
export async function bytesOf(input: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What UTF-8 bytes say; null when they are none. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
