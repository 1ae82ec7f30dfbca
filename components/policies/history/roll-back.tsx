"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { failureOf, sentence } from "@/components/rpc/failure";
import { inOurWords } from "@/components/rpc/in-our-words";
import { DeedButton } from "@/components/shell/disabled-button";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import { listWords } from "@/components/ui/format";
import { useToast } from "@/components/ui/toast";
import type { EpochComparison } from "@/server/policies/contract";

type Props = {
  readonly to: number;
  /** The epoch in force, whose place it takes. */
  readonly inForce: number;
  readonly disabledBecause: string | undefined;
};

/** Puts an earlier set in force again, as a new epoch. */
export function RollBack({ to, inForce, disabledBecause }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const [comparison, setComparison] = useState<EpochComparison>();
  const [isAsking, setAsking] = useState(false);

  async function open() {
    setAsking(true);
    try {
      setComparison(await client.policies.compare.query({ from: inForce, to }));
    } catch (error) {
      toast.add({ title: "The two could not be compared", detail: failureOf(error).message, tone: "danger" });
    } finally {
      setAsking(false);
    }
  }

  async function rollBack({ reason: note }: { readonly reason: string }) {
    const { epoch, notices } = await inOurWords(() => client.policies.rollBack.mutate({ to, base: inForce, note }));
    toast.add({
      title: `Epoch ${epoch.number} is in force, as epoch ${to} was`,
      detail: notices.map(sentence).join(" ") || undefined,
    });
    router.refresh();
  }

  return (
    <>
      <DeedButton
        size="s"
        aria-label={`Roll back to epoch ${to}…`}
        disabledBecause={disabledBecause}
        busy={isAsking && "Comparing"}
        onClick={open}
      >
        Roll back to this…
      </DeedButton>
      {comparison && (
        <DestroyDialog
          open
          onOpenChange={(isOpen) => !isOpen && setComparison(undefined)}
          title={`Put epoch ${to} in force again?`}
          lead={`It becomes epoch ${inForce + 1}, and decides at once, in every process. Epoch ${inForce} stays in the history.`}
          stops={{ title: "Changes at once", items: consequencesOf(comparison) }}
          goesOn={{
            title: "Stays",
            items: [{ icon: "edit", strong: "Drafts and tests", rest: "are kept. The tests must pass." }],
          }}
          reason={{ label: "Why", limit: "kept in the history", placeholder: "Nightly jobs miss their deadline" }}
          keepLabel={`Keep epoch ${inForce}`}
          destroyLabel={`Roll back to epoch ${to}`}
          destroyIcon="undo"
          onConfirm={rollBack}
        />
      )}
    </>
  );
}

function consequencesOf({ changes, schema }: EpochComparison) {
  const named = (of: typeof changes) => listWords(of.map(({ policy }) => policy));
  const gone = changes.filter(({ after }) => after === null);
  const back = changes.filter(({ before }) => before === null);
  const other = changes.filter(({ before, after }) => before !== null && after !== null);
  const items = [
    { icon: "x" as const, of: gone, rest: "decides nothing any more." },
    { icon: "undo" as const, of: back, rest: "decides again." },
    { icon: "edit" as const, of: other, rest: "decides by its earlier text." },
  ].flatMap(({ icon, of, rest }) =>
    of.length === 0
      ? []
      : [
          {
            icon,
            strong: named(of),
            rest: of.length === 1 ? rest : rest.replace("decides", "decide").replace("its", "their"),
          },
        ],
  );
  const all = schema ? [...items, { icon: "file" as const, strong: "The schema", rest: "is the earlier one." }] : items;
  return all.length > 0 ? all : [{ icon: "info" as const, strong: "Nothing:", rest: "the two are the same." }];
}
