import type { PolicyDetail } from "@/server/policies/contract";
import type { Draft } from "./use-draft";

/** What somebody may not do with policies, and why; undefined for what they may. */
export interface Refusals {
  readonly draft: string | undefined;
  readonly publish: string | undefined;
}

/** The one way on for a draft: to publish it, or to ask somebody else to. */
export interface WayOn {
  readonly kind: "publish" | "review";
  readonly disabledBecause: string | undefined;
}

/** What somebody may do next with what they are writing. `needsReview`: somebody else than the author publishes. */
export function wayOn(
  draft: Pick<Draft, "saved" | "errors" | "isChanged" | "text">,
  { draft: draftRefused, publish: publishRefused }: Refusals,
  detail: Pick<PolicyDetail, "needsReview" | "mayPublishDraft" | "draft">,
): WayOn {
  const { saved, errors, isChanged, text } = draft;
  // Whoever saved it here after it was read is its author by now.
  const isAsRead = saved !== null && saved.revision === detail.draft?.revision;
  const isOthers = detail.mayPublishDraft && !isChanged && isAsRead;
  const kind = publishRefused !== undefined || (detail.needsReview && !isOthers) ? "review" : "publish";
  const because = () => {
    if (kind === "review" && draftRefused !== undefined) return draftRefused;
    if (text.trim() === "") return "There is nothing yet. Write a policy first.";
    if (saved === null && !isChanged) return "What you see is in force. Change it first.";
    if (saved?.kind !== "removal" && errors > 0) return "The text has errors. The tab Problems lists them.";
    if (kind === "review" && saved?.review?.isCurrent && !isChanged)
      return "It was asked for. Somebody else publishes it.";
    return undefined;
  };
  return { kind, disabledBecause: because() };
}
