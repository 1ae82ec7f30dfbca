"use client";

import { type FormEvent, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot } from "@/components/ui/form";
import { formatLongInstant, type Instant, toMs } from "@/components/ui/format";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { type GrantSummary, scopeInWords } from "@/server/roles/grant-contract";
import { endOf } from "../until";
import { UntilField, type UntilValue } from "../until-field";

type Props = { readonly grant: GrantSummary; readonly now: Instant; onClose(): void; onDone(): void };

/** Another end for a grant: later, or sooner. */
export function ExtendDialog({ grant, now, onClose, onDone }: Props) {
  const client = useTRPCClient();
  const deed = useDeed();
  const toast = useToast();
  const [until, setUntil] = useState<UntilValue>({ preset: "30d", date: "" });
  const [reason, setReason] = useState("");
  const end = endOf(until.preset, until.date, toMs(now));

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (end === undefined) return;
    const done = await deed.run(() => client.grants.change.mutate({ id: grant.id, endsAt: end, reason }));
    if (!done) return;
    toast.add({ title: end === null ? "It has no end now" : `It ends ${formatLongInstant(end)}` });
    onDone();
  }

  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Another end for ${grant.role.title} of ${grant.holder.name}`}
      lead={`On ${scopeInWords(grant.scope)}. ${grant.endsAt === null ? "It has no end now." : `It ends ${formatLongInstant(grant.endsAt)} now.`}`}
    >
      <form method="post" onSubmit={submit} noValidate>
        <Fieldset legend="Another end" isPending={deed.isPending}>
          <UntilField value={until} onChange={setUntil} now={toMs(now)} />
          <Field label="Why" limit="kept with the grant">
            <Input
              name="extend-reason"
              autoComplete="off"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
          <FailureNote failure={deed.failure} />
          <FormFoot>
            <Button onClick={onClose}>Keep the end</Button>
            <Button
              type="submit"
              variant="main"
              disabled={end === undefined || reason.trim() === ""}
              busy={deed.isPending && "Moving"}
            >
              Move the end
            </Button>
          </FormFoot>
        </Fieldset>
      </form>
    </Dialog>
  );
}
