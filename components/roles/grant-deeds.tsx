"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Instant } from "@/components/ui/format";
import type { GrantSummary } from "@/server/roles/grant-contract";
import { EndDialog } from "./assign/end-dialog";
import { ExtendDialog } from "./assign/extend-dialog";

type Props = { readonly grant: GrantSummary; readonly now: Instant };

/** What can be done about one grant: another end, or the end now. */
export function GrantDeeds({ grant, now }: Props) {
  const router = useRouter();
  const [open, setOpen] = useState<"end" | "extend">();
  const of = `${grant.role.title} of ${grant.holder.name}`;
  const dialog = {
    onClose: () => setOpen(undefined),
    onDone: () => {
      setOpen(undefined);
      router.refresh();
    },
  };
  return (
    <>
      <Button size="s" variant="quiet" aria-label={`Extend ${of}`} onClick={() => setOpen("extend")}>
        Extend
      </Button>
      <Button size="s" variant="quiet" aria-label={`End ${of}`} onClick={() => setOpen("end")}>
        End…
      </Button>
      {open === "end" && <EndDialog grants={[grant]} {...dialog} />}
      {open === "extend" && <ExtendDialog grant={grant} now={now} {...dialog} />}
    </>
  );
}
