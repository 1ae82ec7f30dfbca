"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { DeedButton } from "@/components/shell/disabled-button";
import { Dialog } from "@/components/ui/dialog";
import type { CreatedJoinToken, MachineKind } from "@/server/certificates/join-token-contract";
import { EnrolCommand, type Trust } from "./enrol-command";
import { JoinTokenForm } from "./join-token-form";

type Props = {
  readonly kind: MachineKind;
  readonly name: string;
  readonly trust: Trust;
  readonly disabledBecause: string | undefined;
};

/** A join token for a machine that is known already. */
export function JoinTokenDialog({ kind, name, trust, disabledBecause }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [created, setCreated] = useState<CreatedJoinToken>();

  function change(next: boolean) {
    setOpen(next);
    if (next) return;
    setCreated(undefined);
    router.refresh();
  }

  return (
    <>
      <DeedButton icon="token" disabledBecause={disabledBecause} onClick={() => setOpen(true)}>
        Join token
      </DeedButton>
      <Dialog
        open={isOpen}
        onOpenChange={change}
        size="l"
        title={`Enrol ${name}`}
        lead="With a join token it makes a key of its own and gets a certificate for it."
      >
        {created ? (
          <EnrolCommand created={created} trust={trust} onAgain={() => setCreated(undefined)} />
        ) : (
          <JoinTokenForm kind={kind} name={name} onCreated={setCreated} />
        )}
      </Dialog>
    </>
  );
}
