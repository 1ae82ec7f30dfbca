"use client";

import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { ChangeList } from "@/components/ui/diff-rows";
import { Dialog } from "@/components/ui/dialog";
import { plural } from "@/components/ui/format";
import { FailureNote } from "./failure-note";
import type { DeedDialogProps } from "./lock-dialog";

/** Unlocks an identity, and says before what comes back. */
export function UnlockDialog({ consequences, onClose, onDone }: DeedDialogProps) {
  const client = useTRPCClient();
  const deed = useDeed();
  const { identity, validCertificates } = consequences;

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
        <ChangeList
          items={[
            validCertificates > 0
              ? { sign: "+", what: `${plural(validCertificates, "valid certificate")} accepted again at once` }
              : { sign: "=", what: "It holds no valid certificate" },
            identity.kind === "user"
              ? { sign: "+", what: "May sign in again" }
              : { sign: "+", what: "May enrol and renew again" },
            ...(identity.kind === "user" ? [{ sign: "=" as const, what: "Ended sessions do not come back" }] : []),
          ]}
        />
        <FailureNote failure={deed.failure} />
      </div>
    </Dialog>
  );
}
