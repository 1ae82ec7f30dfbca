"use client";

import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { DeedButton } from "@/components/shell/disabled-button";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import type { ResourceInput } from "@/server/resources/contract";
import { resourcesHref } from "./resource-address";
import { type FormGround, ResourceForm } from "./resource-form";

type Props = {
  readonly ground: FormGround | undefined;
  /** The address asks for the form. */
  readonly isOpenAtFirst: boolean;
  readonly disabledBecause: string | undefined;
};

/** The button above the list, and the form behind it. */
export function AddResource({ ground, isOpenAtFirst, disabledBecause }: Props) {
  const router = useRouter();
  const place = usePathname();
  const toast = useToast();
  const mayOpen = disabledBecause === undefined;
  const [isOpen, setOpen] = useState(isOpenAtFirst && mayOpen);
  const [wasAsked, setAsked] = useState(isOpenAtFirst);

  // The palette may ask for the form while the list is open already.
  if (wasAsked !== isOpenAtFirst) {
    setAsked(isOpenAtFirst);
    if (isOpenAtFirst && mayOpen) setOpen(true);
  }

  function change(next: boolean) {
    setOpen(next);
    if (!next && isOpenAtFirst) router.replace(place, { scroll: false });
  }

  function added(resource: ResourceInput) {
    setOpen(false);
    toast.add({ title: `${resource.id} is registered` });
    router.push(resourcesHref({ open: resource }), { scroll: false });
    router.refresh();
  }

  return (
    <>
      <DeedButton variant="main" icon="plus" disabledBecause={disabledBecause} onClick={() => setOpen(true)}>
        Add resource
      </DeedButton>
      {ground && (
        <Dialog
          open={isOpen}
          onOpenChange={change}
          title="Add resource"
          lead="What the schema in force asks about each type. Policies decide by it."
        >
          <ResourceForm ground={ground} onDone={added} />
        </Dialog>
      )}
    </>
  );
}
