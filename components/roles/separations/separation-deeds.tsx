"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { inOurWords } from "@/components/rpc/in-our-words";
import { DeedButton } from "@/components/shell/disabled-button";
import { IconButton } from "@/components/ui/button";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import { listWords, plural } from "@/components/ui/format";
import { Menu, type MenuEntry } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import type { Separation } from "@/server/roles/contract";
import type { RoleChoice } from "./kind-words";
import { SeparationDialog } from "./separation-dialog";

/** Why the person may not; undefined where they may. */
export interface SeparationRefusals {
  readonly put: string | undefined;
  readonly remove: string | undefined;
}

type AddProps = { readonly choices: readonly RoleChoice[]; readonly refused: string | undefined };

/** The way to keep more roles apart. */
export function AddSeparation({ choices, refused }: AddProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <DeedButton variant="main" icon="plus" disabledBecause={refused} onClick={() => setOpen(true)}>
        Separate duties
      </DeedButton>
      {isOpen && <SeparationDialog separation={null} choices={choices} onClose={() => setOpen(false)} />}
    </>
  );
}

type Props = {
  readonly separation: Separation;
  readonly choices: readonly RoleChoice[];
  /** How many have together what it keeps apart. */
  readonly conflicts: number;
  readonly refusals: SeparationRefusals;
};

/** What can be done with one separation. */
export function SeparationDeeds({ separation, choices, conflicts, refusals }: Props) {
  const [open, setOpen] = useState<"edit" | "remove">();
  const onClose = () => setOpen(undefined);
  const items: MenuEntry[] = [
    {
      ...{ label: "Edit", icon: "edit" as const, onSelect: () => setOpen("edit") },
      ...(refusals.put !== undefined && { disabledBecause: refusals.put }),
    },
    "separator",
    {
      ...{ label: "Remove…", icon: "x" as const, tone: "danger" as const, onSelect: () => setOpen("remove") },
      ...(refusals.remove !== undefined && { disabledBecause: refusals.remove }),
    },
  ];
  return (
    <>
      <Menu trigger={<IconButton icon="dots" label={`More about ${separation.name}`} />} items={items} />
      {open === "edit" && <SeparationDialog separation={separation} choices={choices} onClose={onClose} />}
      {open === "remove" && <RemoveSeparation separation={separation} conflicts={conflicts} onClose={onClose} />}
    </>
  );
}

type RemoveProps = Pick<Props, "separation" | "conflicts"> & { readonly onClose: () => void };

function RemoveSeparation({ separation: { name, roles, limit }, conflicts, onClose }: RemoveProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();

  async function remove() {
    await inOurWords(() => client.roles.removeSeparation.mutate({ name }));
    toast.add({ title: `${name} keeps nothing apart any more` });
    router.refresh();
  }

  return (
    <DestroyDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Remove ${name}?`}
      stops={{
        title: "Stops at once",
        items: [
          {
            icon: "split",
            strong: listWords(roles),
            rest: `may be held together: ${limit} or more of them by one.`,
          },
        ],
      }}
      goesOn={{
        title: "Stays",
        items: [
          { icon: "shield", strong: "Every grant", rest: "as it is; nobody gains anything by it." },
          ...(conflicts > 0
            ? [
                {
                  icon: "warn" as const,
                  strong: plural(conflicts, "holder", "holders"),
                  rest: `${conflicts === 1 ? "keeps" : "keep"} what is kept apart now, and nothing lists that any more.`,
                },
              ]
            : []),
        ],
      }}
      told="The audit log keeps what it was."
      keepLabel="Keep them apart"
      destroyLabel="Remove separation"
      destroyIcon="x"
      onConfirm={remove}
    />
  );
}
