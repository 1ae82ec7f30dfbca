"use client";

import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { DeedButton } from "@/components/shell/disabled-button";
import { Dialog } from "@/components/ui/dialog";
import type { IdentityKind } from "@/server/identities/contract";
import { AddNode } from "./add-node";
import { AddPerson } from "./add-person";
import { AddService } from "./add-service";
import type { Trust } from "./enrol-command";
import { KINDS } from "./kinds";
import type { TeamChoice } from "./team-field";

/** What the forms that add something may offer. */
export interface AddProps {
  readonly teams: readonly TeamChoice[];
  /** The only team that the person may add to, if there is one. */
  readonly defaultTeamId: string;
  readonly newTeamRefused: string | undefined;
}

type Props = AddProps & {
  readonly kind: IdentityKind;
  /** The address asks for the form. */
  readonly isOpenAtFirst: boolean;
  readonly trust: Trust | undefined;
  readonly disabledBecause: string | undefined;
  readonly rolesRefused: string | undefined;
};

const TITLES: Readonly<Record<IdentityKind, string>> = {
  user: "Add a person",
  service: "Add a service",
  node: "Add a node",
};
const LEADS: Readonly<Record<IdentityKind, string>> = {
  user: "You get a one-time password to hand over.",
  service: "Named now, it can get a certificate or a join token.",
  node: "You get the command that enrols it. Its key is made on the node and stays there.",
};

/** The button above a list, and the form behind it. */
export function AddIdentity({ kind, isOpenAtFirst, disabledBecause, trust, rolesRefused, ...common }: Props) {
  const router = useRouter();
  const place = usePathname();
  const [isOpen, setOpen] = useState(isOpenAtFirst && disabledBecause === undefined);
  const [wasAsked, setAsked] = useState(isOpenAtFirst);

  // The palette may ask for the form while the list is open already.
  if (wasAsked !== isOpenAtFirst) {
    setAsked(isOpenAtFirst);
    if (isOpenAtFirst && disabledBecause === undefined) setOpen(true);
  }

  function change(next: boolean) {
    setOpen(next);
    if (next) return;
    if (isOpenAtFirst) router.replace(place, { scroll: false });
    router.refresh();
  }
  const close = () => change(false);

  return (
    <>
      <DeedButton variant="main" icon="plus" disabledBecause={disabledBecause} onClick={() => setOpen(true)}>
        {TITLES[kind]}
      </DeedButton>
      <Dialog
        open={isOpen}
        onOpenChange={change}
        title={TITLES[kind]}
        lead={LEADS[kind]}
        size={kind === "node" ? "l" : "m"}
      >
        {kind === "user" && <AddPerson {...common} rolesRefused={rolesRefused} onDone={close} />}
        {kind === "service" && <AddService {...common} onDone={(id) => router.push(`${KINDS.service.place}/${id}`)} />}
        {kind === "node" && <AddNode {...common} trust={trust} onDone={close} />}
      </Dialog>
    </>
  );
}
