"use client";

import { useTRPCClient } from "@/components/rpc/client";
import { inOurWords } from "@/components/rpc/in-our-words";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import type { IdentityConsequences } from "@/server/identities/contract";
import { stopsWhenLocked } from "./consequence-items";
import { KINDS } from "./kinds";

/** What the dialogs of a deed are given. */
export interface DeedDialogProps {
  readonly consequences: IdentityConsequences;
  readonly onClose: () => void;
  /** With what there is to say about it. */
  readonly onDone: (title: string) => void;
}

/** Locks an identity after its consequences; it can be undone. */
export function LockDialog({ consequences, onClose, onDone }: DeedDialogProps) {
  const client = useTRPCClient();
  const { identity, validCertificates } = consequences;
  const { one } = KINDS[identity.kind];

  async function lock({ reason }: { reason: string }) {
    await inOurWords(() => client.identities.lock.mutate({ id: identity.id, reason }));
    onDone(`${identity.displayName} is locked`);
  }

  return (
    <DestroyDialog
      open
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={`Lock ${identity.displayName}?`}
      lead="It is refused everywhere until somebody unlocks it."
      stops={{ title: "Stops at once", items: stopsWhenLocked(consequences) }}
      goesOn={{
        title: "Stays as it is",
        items: [
          validCertificates > 0
            ? {
                icon: "audit",
                strong: "Its certificates are not revoked.",
                rest: "Whoever reads only the revocation list still accepts them. Retiring it revokes them.",
              }
            : { icon: "unlock", strong: "Everything it has", rest: "comes back when it is unlocked." },
        ],
      }}
      reason={{
        label: "Reason",
        limit: "everybody who sees it reads this",
        placeholder: identity.kind === "user" ? "Left on holiday without the laptop" : `The ${one} left our control`,
      }}
      told="The audit log keeps the reason."
      keepLabel={`Keep ${identity.displayName} active`}
      destroyLabel={`Lock ${identity.displayName}`}
      destroyIcon="lock"
      onConfirm={lock}
    />
  );
}
