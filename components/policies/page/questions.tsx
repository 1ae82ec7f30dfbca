"use client";

import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import type { PolicyDetail, Published } from "@/server/policies/contract";
import type { Question } from "./deeds";
import { DiscardDialog } from "./discard-dialog";
import { PublishDialog } from "./publish-dialog";
import { RemoveDialog } from "./remove-dialog";
import { ReviewDialog } from "./review-dialog";
import type { Draft } from "./use-draft";

type Props = {
  readonly question: Question | undefined;
  readonly detail: PolicyDetail | null;
  readonly draft: Draft;
  readonly epoch: number;
  readonly now: number;
  readonly onClose: () => void;
  readonly onPublished: (published: Published) => void;
  readonly onDiscarded: () => void;
};

/** The dialog of the question that is asked. */
export function Questions({ question, detail, draft, epoch, now, onClose, onPublished, onDiscarded }: Props) {
  const { saved } = draft;
  switch (question) {
    case undefined:
      return null;
    case "publish":
      return (
        saved && (
          <PublishDialog
            {...{ draft: saved, epoch, onClose, onPublished }}
            policy={detail?.text == null ? null : detail.id}
            inForce={detail?.text ?? null}
          />
        )
      );
    case "review":
      return (
        saved && (
          <ReviewDialog
            draft={saved}
            onClose={onClose}
            onAsked={(asked) => {
              draft.keep(asked);
              onClose();
            }}
          />
        )
      );
    case "discard":
      return (
        <DiscardDialog
          name={saved?.policy ?? "the new policy"}
          draft={saved}
          isInForce={detail?.text != null}
          isChanged={draft.isChanged}
          now={now}
          onClose={onClose}
          onDiscarded={onDiscarded}
        />
      );
    case "remove":
      return (
        detail && (
          <RemoveDialog
            detail={detail}
            effect={parsePolicies(detail.text ?? "").policies[0]?.effect ?? "permit"}
            onClose={onClose}
            onRemove={async () => {
              await draft.saveRemoval();
            }}
          />
        )
      );
  }
}
