"use client";

import { DestroyDialog } from "@/components/ui/destroy-dialog";
import { inOurWords } from "@/components/rpc/in-our-words";
import { useTRPCClient } from "@/components/rpc/client";
import type { DraftDetail } from "@/server/policies/contract";
import { savedAt } from "./draft-notes";

type Props = {
  readonly name: string;
  /** Null where nothing was saved yet. */
  readonly draft: DraftDetail | null;
  readonly isInForce: boolean;
  /** Whether something was typed since it was saved. */
  readonly isChanged: boolean;
  readonly now: number;
  readonly onClose: () => void;
  readonly onDiscarded: () => void;
};

/** Throws away what was written. */
export function DiscardDialog({ name, draft, isInForce, isChanged, now, onClose, onDiscarded }: Props) {
  const client = useTRPCClient();

  async function discard() {
    if (draft) {
      await inOurWords(() => client.policies.discardDraft.mutate({ draft: draft.id, revision: draft.revision }));
    }
    onDiscarded();
  }

  return (
    <DestroyDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={draft ? `Discard the draft of ${name}?` : "Discard what you wrote?"}
      stops={{
        title: "Is gone",
        items: [
          draft
            ? {
                icon: "edit",
                strong: draft.kind === "removal" ? "The wish to remove it," : `The draft, revision ${draft.revision},`,
                rest: `saved ${savedAt(draft.updatedAt, now)} UTC by ${draft.by.name}${isChanged ? ", and what was typed since" : ""}.`,
              }
            : { icon: "edit", strong: "What was typed", rest: "and never saved." },
        ],
      }}
      goesOn={{
        title: "Stays",
        items: [
          isInForce
            ? { icon: "policy", strong: "The policy in force", rest: "decides as before." }
            : { icon: "policy", strong: "The policies in force", rest: "decide as before; this one never did." },
        ],
      }}
      told="The audit log keeps the text."
      keepLabel="Keep writing"
      destroyLabel={draft ? "Discard draft" : "Discard"}
      destroyIcon="x"
      onConfirm={discard}
    />
  );
}
