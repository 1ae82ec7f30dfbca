"use client";

import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { ChangeList } from "@/components/ui/diff-rows";
import { Dialog } from "@/components/ui/dialog";
import { comesBackWhenUnlocked } from "./consequence-items";
import { FailureNote } from "./failure-note";
import type { DeedDialogProps } from "./lock-dialog";

/** Unlocks an identity, and says before what comes back. */
export function UnlockDialog({ consequences, onClose, onDone }: DeedDialogProps) {
  const client = useTRPCClient();
  const deed = useDeed();
  const { identity } = consequences;

  async function unlock() {
    const done = await deed.run(() => client.identities.unlock.mutate({ id: identity.id }));
    if (!done) return;
    onClose();
    onDone(`${identity.displayName} is active again`);
  }

  return (
    <Dialog
      open
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={`Unlock ${identity.displayName}?`}
      lead={identity.stateReason ? `It was locked because: ${identity.stateReason}` : undefined}
      foot={
        <>
          <Button onClick={onClose}>Keep it locked</Button>
          <Button variant="main" icon="unlock" busy={deed.isPending && "Unlocking"} onClick={unlock}>
            Unlock {identity.displayName}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <ChangeList items={comesBackWhenUnlocked(consequences)} />
        <FailureNote failure={deed.failure} />
      </div>
    </Dialog>
  );
}
