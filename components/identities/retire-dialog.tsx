"use client";

import { useTRPCClient } from "@/components/rpc/client";
import { inOurWords } from "@/components/rpc/in-our-words";
import { Button } from "@/components/ui/button";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import { stopsWhenRetired } from "./consequence-items";
import { KINDS } from "./kinds";
import type { DeedDialogProps } from "./lock-dialog";

type Props = DeedDialogProps & { readonly mayLock: boolean; readonly onLock: () => void };

/** Retires an identity for good: consequences, the milder way, the reason, and its name typed. */
export function RetireDialog({ consequences, mayLock, onLock, onClose, onDone }: Props) {
  const client = useTRPCClient();
  const { identity } = consequences;
  const { one } = KINDS[identity.kind];

  async function retire({ reason }: { reason: string }) {
    await inOurWords(() => client.identities.retire.mutate({ id: identity.id, reason }));
    onDone(`${identity.displayName} is retired`);
  }

  return (
    <DestroyDialog
      open
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={`Retire ${identity.displayName}?`}
      lead="It cannot be undone. Its name stays taken, so that no other takes its place in old records."
      stops={{ title: "Stops at once, for good", items: stopsWhenRetired(consequences) }}
      goesOn={{
        title: "Stays",
        items: [{ icon: "audit", strong: "Its history", rest: "in the audit log and in the inventory." }],
      }}
      milder={
        mayLock
          ? {
              text: (
                <>
                  <b>Lock it instead:</b> it is refused everywhere too, and can be unlocked.
                </>
              ),
              action: <Button onClick={onLock}>Lock</Button>,
            }
          : undefined
      }
      reason={{
        label: "Reason",
        placeholder: identity.kind === "user" ? "Left the company" : `The ${one} was scrapped`,
      }}
      typedName={{ label: `Type the ${one}’s name to confirm`, expected: identity.name }}
      told="The audit log keeps the reason."
      keepLabel={`Keep ${identity.displayName}`}
      destroyLabel={`Retire ${identity.displayName}`}
      destroyIcon="x"
      onConfirm={retire}
    />
  );
}
