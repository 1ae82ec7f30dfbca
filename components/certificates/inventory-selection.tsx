"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { failureOf } from "@/components/rpc/failure";
import { DeedButton } from "@/components/shell/disabled-button";
import { Button } from "@/components/ui/button";
import { formatCount, plural } from "@/components/ui/format";
import { SelectionBar } from "@/components/ui/selection-bar";
import { useToast } from "@/components/ui/toast";
import type { RevocationConsequences } from "@/server/certificates/contract";
import type { InventoryRow } from "@/server/certificates/inventory-contract";
import { RevokeDialog } from "./revoke-dialog";

type Props = {
  readonly rows: readonly InventoryRow[];
  readonly now: number;
  readonly revokeRefused: string | undefined;
  readonly onClear: () => void;
};

/** So many are revoked together at the most: each has its own consequences, and they must be readable. */
const TOGETHER = 50;

/** What can be done with the chosen certificates. */
export function InventorySelection({ rows, now, revokeRefused, onClear }: Props) {
  const router = useRouter();
  const client = useTRPCClient();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const [consequences, setConsequences] = useState<readonly RevocationConsequences[]>();
  const candidates = rows.filter(({ status }) => status !== "revoked" && status !== "expired");

  async function copy() {
    try {
      await navigator.clipboard.writeText(rows.map(({ serial }) => serial).join("\n"));
      toast.add({ title: `${plural(rows.length, "serial")} copied` });
    } catch {
      toast.add({ title: "The browser did not allow copying" });
    }
  }

  async function ask() {
    setAsking(true);
    try {
      setConsequences(
        await Promise.all(candidates.map(({ serial }) => client.certificates.revocationConsequences.query({ serial }))),
      );
    } catch (error) {
      toast.add({ title: "What would happen could not be told", detail: failureOf(error).message, tone: "danger" });
    } finally {
      setAsking(false);
    }
  }

  function close() {
    setConsequences(undefined);
  }

  function done(revoked: number) {
    close();
    onClear();
    toast.add({ title: `${plural(revoked, "certificate")} revoked` });
    router.refresh();
  }

  return (
    <>
      <SelectionBar count={rows.length} onClear={onClear}>
        <Button icon="copy" onClick={copy}>
          Copy serials
        </Button>
        <DeedButton
          icon="ban"
          disabledBecause={revokeRefused ?? whyNone(rows.length, candidates.length)}
          busy={isAsking && "Asking what would happen"}
          onClick={ask}
        >
          Revoke…
        </DeedButton>
      </SelectionBar>
      {consequences && <RevokeDialog consequences={consequences} now={now} onClose={close} onDone={done} />}
    </>
  );
}

function whyNone(chosen: number, candidates: number): string | undefined {
  if (candidates === 0) {
    return chosen === 1 ? "It is revoked or ended already." : "All of them are revoked or ended already.";
  }
  if (candidates > TOGETHER) {
    return `${formatCount(candidates)} are too many at once. Choose ${TOGETHER} at the most, so that each can be told.`;
  }
  return undefined;
}
