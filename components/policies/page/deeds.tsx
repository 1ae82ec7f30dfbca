"use client";

import { DeedButton } from "@/components/shell/disabled-button";
import { IconButton } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Menu, type MenuEntry } from "@/components/ui/menu";
import type { PolicyDetail } from "@/server/policies/contract";
import { roleOfPolicy } from "../policy-address";
import { type Refusals, wayOn } from "./rights";
import type { Draft } from "./use-draft";

/** What is asked before it is done. */
export type Question = "publish" | "review" | "discard" | "remove";

type Props = {
  readonly detail: PolicyDetail | null;
  readonly draft: Draft;
  readonly needsReview: boolean;
  readonly refusals: Refusals;
  readonly onSave: () => void;
  readonly onAsk: (question: Question) => void;
};

/** What can be done with a policy; the way on is filled. */
export function Deeds({ detail, draft, needsReview, refusals, onSave, onAsk }: Props) {
  const { saved, isChanged, saving, text } = draft;
  const copyHref = detail && `/policies/new?from=${encodeURIComponent(detail.id)}`;
  const role = detail && roleOfPolicy(detail);
  if (role) {
    return (
      <ButtonLink variant="main" icon="shield" href={`/roles/${encodeURIComponent(role)}`}>
        Look at the role
      </ButtonLink>
    );
  }
  if (detail?.origin === "built-in") {
    return refusals.draft ? (
      <DeedButton icon="copy" disabledBecause={refusals.draft}>
        Copy as a new policy
      </DeedButton>
    ) : (
      <ButtonLink variant="main" icon="copy" href={copyHref ?? "/policies/new"}>
        Copy as a new policy
      </ButtonLink>
    );
  }

  const way = wayOn(draft, refusals, {
    needsReview,
    mayPublishDraft: detail?.mayPublishDraft ?? !needsReview,
    draft: detail?.draft ?? null,
  });
  const more = moreOf({ detail, draft, refusals, copyHref, onAsk });
  const nothingToSave = text.trim() === "" ? "There is nothing yet. Write a policy first." : "Everything is saved.";
  return (
    <>
      {(saved || isChanged) && refusals.draft === undefined && (
        <DeedButton variant="quiet" onClick={() => onAsk("discard")}>
          Discard…
        </DeedButton>
      )}
      {saved?.kind !== "removal" && (
        <DeedButton
          busy={saving.isPending && "Saving"}
          disabledBecause={refusals.draft ?? (isChanged && text.trim() !== "" ? undefined : nothingToSave)}
          onClick={onSave}
        >
          Save draft
        </DeedButton>
      )}
      <DeedButton
        variant="main"
        icon="send"
        disabledBecause={way.disabledBecause}
        disabled={saving.isPending}
        onClick={() => onAsk(way.kind)}
      >
        {way.kind === "publish" ? "Publish…" : "Ask for review…"}
      </DeedButton>
      {more.length > 0 && <Menu trigger={<IconButton icon="dots" label="More" size="m" />} items={more} />}
    </>
  );
}

type MoreProps = Pick<Props, "detail" | "draft" | "refusals" | "onAsk"> & { readonly copyHref: string | null };

function moreOf({ detail, draft, refusals, copyHref, onAsk }: MoreProps): MenuEntry[] {
  if (detail === null || copyHref === null) return [];
  const because =
    refusals.draft ?? (draft.saved || draft.isChanged ? "Publish or discard the draft first." : undefined);
  return [
    {
      label: "Copy as a new policy",
      icon: "copy",
      href: copyHref,
      ...(refusals.draft && { disabledBecause: refusals.draft }),
    },
    ...(detail.text === null
      ? []
      : [
          "separator" as const,
          {
            ...{ label: "Remove policy…", icon: "x" as const, tone: "danger" as const },
            ...(because !== undefined && { disabledBecause: because }),
            onSelect: () => onAsk("remove"),
          },
        ]),
  ];
}
