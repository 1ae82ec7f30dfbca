"use client";

import { type FormEvent, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Fieldset, FormFoot } from "@/components/ui/form";
import type { CreatedJoinToken } from "@/server/certificates/join-token-contract";
import { CreateMachineInput } from "@/server/identities/contract";
import type { AddProps } from "./add-identity";
import { EnrolCommand, type Trust } from "./enrol-command";
import { FailureNote } from "./failure-note";
import { type MachineDraft, MachineFields, machineInput } from "./machine-fields";
import { type TokenLife, TokenLifeField } from "./token-life-field";

type Props = AddProps & { readonly trust: Trust | undefined; readonly onDone: () => void };

/** A node is named first, with its team and labels, and then gets its join token. */
export function AddNode({ trust, onDone, ...common }: Props) {
  const client = useTRPCClient();
  const deed = useDeed();
  const [draft, setDraft] = useState<MachineDraft>({ name: "", teamId: common.defaultTeamId, labels: [] });
  const [minutes, setMinutes] = useState<TokenLife>("15");
  const [errors, setErrors] = useState<FieldErrors>({});
  const [madeName, setMadeName] = useState<string>();
  const [created, setCreated] = useState<CreatedJoinToken>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(CreateMachineInput, machineInput("node", draft));
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(async () => {
      // When only the token failed, the node is there already.
      if (madeName !== data.name) await client.identities.createMachine.mutate(data);
      setMadeName(data.name);
      return client.joinTokens.create.mutate({ kind: "node", name: data.name, ttlMinutes: Number(minutes) });
    });
    if (done) setCreated(done.value);
  }

  if (created && trust) {
    return (
      <>
        <EnrolCommand created={created} trust={trust} onAgain={() => setCreated(undefined)} />
        <FormFoot>
          <Button onClick={onDone}>Done</Button>
        </FormFoot>
      </>
    );
  }
  return (
    <form method="post" onSubmit={submit} noValidate>
      <Fieldset legend="Node" isPending={deed.isPending}>
        <MachineFields {...common} kind="node" draft={draft} errors={errors} onChange={setDraft} />
        <TokenLifeField value={minutes} onChange={setMinutes} />
        <FailureNote failure={deed.failure} />
        <FormFoot>
          <Button type="submit" variant="main" icon="token" busy={deed.isPending && "Making the command"}>
            Make the command
          </Button>
        </FormFoot>
      </Fieldset>
    </form>
  );
}
