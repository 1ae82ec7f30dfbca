/**
 * The members of a JSON object by name, each as it is written: `JSON.parse` would round integers beyond 2⁵³. The text is
 * taken to be valid JSON.
 */
export function rawMembersOf(text: string): ReadonlyMap<string, string> {
  const pairs = rawPartsOf(text).map((part): [string, string] => {
    const end = endOfString(part, 0);
    return [JSON.parse(part.slice(0, end)) as string, part.slice(part.indexOf(":", end) + 1).trim()];
  });
  return new Map(pairs);
}

/** What stands between the commas of a JSON array or object, each as it is written. The text is taken to be valid JSON. */
export function rawPartsOf(text: string): readonly string[] {
  const parts: string[] = [];
  const inner = text.trim().slice(1, -1);
  let [depth, start] = [0, 0];
  for (let at = 0; at < inner.length; at += 1) {
    const character = inner[at] ?? "";
    if (character === '"') at = endOfString(inner, at) - 1;
    else if ("[{".includes(character)) depth += 1;
    else if ("]}".includes(character)) depth -= 1;
    else if (character === "," && depth === 0) {
      parts.push(inner.slice(start, at).trim());
      start = at + 1;
    }
  }
  const last = inner.slice(start).trim();
  return last === "" ? parts : [...parts, last];
}

/** Where the string that starts at an offset has ended. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}
