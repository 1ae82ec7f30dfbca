"use client";

import { plural } from "@/components/ui/format";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import type { PolicyDetail } from "@/server/policies/contract";

type Props = {
  readonly detail: PolicyDetail;
  readonly effect: "permit" | "forbid";
  readonly onClose: () => void;
  /** Makes the draft that removes it. @throws in our words */
  readonly onRemove: () => Promise<void>;
};

/** Begins a removal: it is a draft first, so that its impact can be seen before it is published. */
export function RemoveDialog({ detail, effect, onClose, onRemove }: Props) {
  const { id, decisions, needsReview } = detail;
  return (
    <DestroyDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Remove ${id}?`}
      lead="This makes a draft. Nothing changes until the draft is published."
      stops={{
        title: "Stops when it is published",
        items: [
          {
            icon: effect === "permit" ? "ban" : "unlock",
            strong: effect === "permit" ? "What it alone permits" : "What it forbids",
            rest: effect === "permit" ? "is refused." : "is allowed to whomever another policy permits it.",
          },
          ...(decisions === 0
            ? []
            : [
                {
                  icon: "audit" as const,
                  strong: plural(decisions, "decision"),
                  rest: decisions === 1 ? "was made by it so far." : "were made by it so far.",
                },
              ]),
        ],
      }}
      goesOn={{
        title: "Stays",
        items: [
          {
            icon: "clock",
            strong: "Its history",
            rest: "with every text; an earlier epoch can be put in force again.",
          },
        ],
      }}
      told={needsReview ? "Somebody else publishes it." : undefined}
      keepLabel="Keep policy"
      destroyLabel="Draft the removal"
      destroyIcon="x"
      onConfirm={onRemove}
    />
  );
}
