"use client";

import { type FormEvent, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Fieldset, FormFoot } from "@/components/ui/form";
import { CreateMachineInput } from "@/server/identities/contract";
import type { AddProps } from "./add-identity";
import { FailureNote } from "./failure-note";
import { type MachineDraft, MachineFields, machineInput } from "./machine-fields";

/** A service with its name, team and labels; how it gets a certificate comes on its page. */
export function AddService({ onDone, ...common }: AddProps & { readonly onDone: (id: string) => void }) {
  const client = useTRPCClient();
  const deed = useDeed();
  const [draft, setDraft] = useState<MachineDraft>({ name: "", teamId: common.defaultTeamId, labels: [] });
  const [errors, setErrors] = useState<FieldErrors>({});

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(CreateMachineInput, machineInput("service", draft));
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.identities.createMachine.mutate(data));
    if (done) onDone(done.value.id);
  }

  return (
    <form method="post" onSubmit={submit} noValidate>
      <Fieldset legend="Service" isPending={deed.isPending}>
        <MachineFields {...common} kind="service" draft={draft} errors={errors} onChange={setDraft} />
        <FailureNote failure={deed.failure} />
        <FormFoot>
          <Button type="submit" variant="main" busy={deed.isPending && "Adding"}>
            Add the service
          </Button>
        </FormFoot>
      </Fieldset>
    </form>
  );
}
