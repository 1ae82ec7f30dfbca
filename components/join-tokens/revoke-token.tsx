"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { KINDS } from "@/components/certificates/words";
import { useTRPCClient } from "@/components/rpc/client";
import { failureOf } from "@/components/rpc/failure";
import { DeedButton } from "@/components/shell/disabled-button";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import { useToast } from "@/components/ui/toast";
import type { MachineKind } from "@/server/certificates/join-token-contract";

type Props = {
  readonly id: string;
  readonly kind: MachineKind;
  readonly name: string;
  readonly disabledBecause: string | undefined;
};

/** Takes an open token back, before anybody uses it. */
export function RevokeToken({ id, kind, name, disabledBecause }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const who = `${KINDS[kind].word.toLowerCase()} ${name}`;

  async function revoke() {
    try {
      await client.joinTokens.revoke.mutate({ id });
    } catch (error) {
      throw new Error(failureOf(error).message, { cause: error });
    }
    toast.add({ title: `Join token of ${name} revoked` });
    router.refresh();
  }

  return (
    <>
      <DeedButton
        size="s"
        variant="danger"
        disabledBecause={disabledBecause}
        aria-label={`Revoke the join token of ${name}…`}
        onClick={() => setOpen(true)}
      >
        Revoke…
      </DeedButton>
      <DestroyDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={`Revoke the join token of ${name}?`}
        lead="You can make another one at any time."
        stops={{
          title: "Stops at once",
          items: [
            {
              icon: "token",
              strong: "The command with this token does nothing any more;",
              rest: `${who} cannot enrol with it.`,
            },
          ],
        }}
        goesOn={{
          items: [
            {
              icon: "cert",
              strong: "Certificates that exist already",
              rest: "stay as they are, and so do other tokens.",
            },
          ],
        }}
        keepLabel="Keep token"
        destroyLabel="Revoke token"
        destroyIcon="ban"
        onConfirm={revoke}
      />
    </>
  );
}
