"use client";

import { useTRPCClient } from "@/components/rpc/client";
import { failureOf } from "@/components/rpc/failure";
import { ButtonLink } from "@/components/ui/button-link";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import { formatCount, plural } from "@/components/ui/format";
import { RevocationReason, type RevocationConsequences } from "@/server/certificates/contract";
import { type Outcome, outcomesOf, skippedOf } from "./consequences";
import { KINDS, REASONS } from "./words";

type Props = {
  readonly consequences: readonly RevocationConsequences[];
  readonly now: number;
  readonly onClose: () => void;
  /** Told how many were revoked. */
  readonly onDone: (revoked: number) => void;
};

const SHOWN = 6;
const REASON_OPTIONS = Object.entries(REASONS).map(([value, label]) => ({ value, label }));

/** Revokes one certificate or several, after what stops and what goes on was told. */
export function RevokeDialog({ consequences, now, onClose, onDone }: Props) {
  const client = useTRPCClient();
  const revocable = consequences.filter(({ isRevocable }) => isRevocable);
  const skipped = skippedOf(consequences);
  const outcomes = outcomesOf(consequences, now);
  const cutOff = outcomes.filter(({ isCutOff }) => isCutOff);
  const goingOn = outcomes.filter(({ isCutOff }) => !isCutOff);
  const [only] = revocable;
  const isOne = revocable.length === 1;
  if (!only) return null;

  async function revoke({ reason }: { reason: string }) {
    const parsed = RevocationReason.parse(reason);
    let revoked = 0;
    for (const { serial, name } of revocable) {
      try {
        await client.certificates.revoke.mutate({ serial, reason: parsed });
        revoked += 1;
      } catch (error) {
        const { message } = failureOf(error);
        throw new Error(
          isOne ? message : `${plural(revoked, "certificate")} revoked; then ${name} failed: ${message}`,
          { cause: error },
        );
      }
    }
    onDone(revoked);
  }

  return (
    <DestroyDialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={
        isOne ? `Revoke the certificate of ${only.name}?` : `Revoke ${formatCount(revocable.length)} certificates?`
      }
      lead={
        <>
          It cannot be undone. {isOne ? `${KINDS[only.kind].word} ${only.name} needs` : "Each of them needs"} a new
          certificate to come back.
          {skipped.length > 0 && ` ${plural(skipped.length, "chosen one")} is left out: revoked or ended already.`}
        </>
      }
      stops={{
        title: "Stops at once",
        items: [
          ...itemsOf(cutOff, "cut off as well"),
          {
            icon: "chain",
            strong: isOne ? "This certificate is refused" : "These certificates are refused",
            rest: "at the gateway with the next request, elsewhere when the new revocation list is read; it is published within a second.",
          },
        ],
      }}
      goesOn={goingOn.length > 0 ? { items: itemsOf(goingOn, "that go on as well") } : undefined}
      milder={
        isOne
          ? {
              text: (
                <>
                  <b>Lock the {KINDS[only.kind].word.toLowerCase()} instead:</b> everything of {only.name} is refused,
                  until you unlock it.
                </>
              ),
              action: (
                <ButtonLink size="s" href={`${KINDS[only.kind].place}/${only.identityId}`}>
                  Go to {only.name}
                </ButtonLink>
              ),
            }
          : undefined
      }
      reason={{ label: "Reason", limit: "stands in the revocation list", options: REASON_OPTIONS }}
      typedName={
        isOne
          ? { label: "Type the name to confirm", expected: only.name }
          : { label: "Type the number to confirm", expected: String(revocable.length) }
      }
      keepLabel={isOne ? "Keep certificate" : "Keep certificates"}
      destroyLabel={isOne ? "Revoke certificate" : `Revoke ${formatCount(revocable.length)}`}
      destroyIcon="ban"
      onConfirm={revoke}
    />
  );
}

function itemsOf(outcomes: readonly Outcome[], more: string) {
  const items = outcomes.slice(0, SHOWN).map(({ kind, strong, rest }) => ({ icon: KINDS[kind].icon, strong, rest }));
  if (outcomes.length <= SHOWN) return items;
  return [...items, { icon: "dots" as const, strong: `${formatCount(outcomes.length - SHOWN)} more`, rest: more }];
}
