"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { DeedButton } from "@/components/shell/disabled-button";
import { useToast } from "@/components/ui/toast";
import type { RevocationConsequences } from "@/server/certificates/contract";
import { RevokeDialog } from "./revoke-dialog";

type Props = { readonly serial: string; readonly now: number; readonly disabledBecause: string | undefined };

/** The button that revokes one certificate: it asks the server what would happen, and tells that first. */
export function RevokeCertificate({ serial, now, disabledBecause }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const deed = useDeed();
  const [consequences, setConsequences] = useState<RevocationConsequences>();

  async function ask() {
    const told = await deed.run(() => client.certificates.revocationConsequences.query({ serial }));
    if (told) setConsequences(told.value);
  }

  function close() {
    setConsequences(undefined);
  }

  return (
    <>
      <DeedButton
        variant="danger"
        icon="ban"
        disabledBecause={disabledBecause}
        busy={deed.isPending && "Asking what would happen"}
        onClick={ask}
      >
        Revoke…
      </DeedButton>
      {deed.failure && (
        <p className="help help--bad" role="alert">
          {deed.failure.message}
        </p>
      )}
      {consequences && (
        <RevokeDialog
          consequences={[consequences]}
          now={now}
          onClose={close}
          onDone={() => {
            close();
            toast.add({ title: `Certificate of ${consequences.name} revoked` });
            router.refresh();
          }}
        />
      )}
    </>
  );
}
