import { listWords } from "@/components/ui/format";
import type { Permissions } from "@/server/roles/contract";

/** A refusal in two sentences: why, and whom to ask. */
export interface RefusalWords {
  readonly because: string;
  readonly ask: string;
}

/** Turns the reason of a rule ("it belongs to another team; ask a security admin") into sentences. */
export function refusalWords(reason: string, admins: readonly string[] = []): RefusalWords {
  const because = reason.split(";")[0]?.trim() || "no policy allows it";
  const ask = admins.length > 0 ? `Ask ${orWords(admins)}.` : "Ask a security admin.";
  return { because: `${because.charAt(0).toUpperCase()}${because.slice(1)}.`, ask };
}

/** Why the person may not do this, as a sentence for a disabled button; undefined when they may. */
export function whyNot(permissions: Permissions, action: string): string | undefined {
  const reason = permissions[action];
  if (reason === null) return undefined;
  const { because, ask } = refusalWords(reason ?? "no policy allows it");
  return `${because} ${ask}`;
}

function orWords(names: readonly string[]): string {
  return listWords(names).replace(/ and ([^,]*)$/, " or $1");
}
