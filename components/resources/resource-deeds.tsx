"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { sentence } from "@/components/rpc/failure";
import { inOurWords } from "@/components/rpc/in-our-words";
import { DeedButton } from "@/components/shell/disabled-button";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { type ResourceDetail, usersInWords } from "@/server/resources/contract";
import { type FormGround, ResourceForm } from "./resource-form";

type Props = {
  readonly resource: ResourceDetail;
  readonly ground: FormGround | undefined;
  readonly closeHref: string;
  readonly putRefused: string | undefined;
  readonly removeRefused: string | undefined;
};

/** What can be done with one resource. One that others use stays, and the button says who they are. */
export function ResourceDeeds({ resource, ground, closeHref, putRefused, removeRefused }: Props) {
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState<"edit" | "remove">();
  const { id, usedBy } = resource;
  const inUse = usedBy.length > 0 ? sentence(usersInWords(usedBy)) : undefined;

  function saved() {
    setOpen(undefined);
    toast.add({ title: `${id} is saved` });
    router.refresh();
  }

  return (
    <>
      <DeedButton disabledBecause={removeRefused ?? inUse} onClick={() => setOpen("remove")}>
        Remove…
      </DeedButton>
      <DeedButton icon="edit" disabledBecause={putRefused} onClick={() => setOpen("edit")}>
        Edit
      </DeedButton>
      {ground && (
        <Dialog
          open={open === "edit"}
          onOpenChange={(next) => setOpen(next ? "edit" : undefined)}
          title={`Edit ${id}`}
          lead="Policies decide by what stands here from the next decision on."
        >
          <ResourceForm ground={ground} resource={resource} onDone={saved} />
        </Dialog>
      )}
      {open === "remove" && (
        <RemoveDialog resource={resource} closeHref={closeHref} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}

type RemoveProps = { readonly resource: ResourceDetail; readonly closeHref: string; readonly onClose: () => void };

function RemoveDialog({ resource: { type, id }, closeHref, onClose }: RemoveProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();

  async function remove() {
    await inOurWords(() => client.resources.remove.mutate({ type, id }));
    toast.add({ title: `${id} is removed` });
    router.push(closeHref, { scroll: false });
    router.refresh();
  }

  return (
    <DestroyDialog
      open
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={`Remove ${id}?`}
      lead="Policies know nothing of it any more. It can be registered again."
      stops={{
        title: "From the next decision on",
        items: [
          {
            icon: "ban",
            strong: `Nothing is known of this ${type}`,
            rest: "and what asks for its attributes is refused.",
          },
          ...(type === "Compute"
            ? [{ icon: "node" as const, strong: "The node of its name", rest: "has neither a provider nor a pool." }]
            : []),
        ],
      }}
      goesOn={{
        title: "Stays",
        items: [{ icon: "audit", strong: "Its history", rest: "in the audit log, with all that was known of it." }],
      }}
      typedName={{ label: "Type its name to confirm", expected: id }}
      keepLabel={`Keep ${id}`}
      destroyLabel={`Remove ${id}`}
      destroyIcon="x"
      onConfirm={remove}
    />
  );
}
