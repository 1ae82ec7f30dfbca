"use client";

import { usePathname, useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { DeedButton } from "@/components/shell/disabled-button";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { CreateTeamInput } from "@/server/identities/team-contract";
import { PlaceSelect, type TeamPlace } from "./move-team";

type Props = {
  readonly teams: readonly TeamPlace[];
  /** The address asks for the form. */
  readonly isOpenAtFirst: boolean;
  readonly disabledBecause: string | undefined;
};

/** The button above the teams, and the form behind it. */
export function AddTeam({ teams, isOpenAtFirst, disabledBecause }: Props) {
  const router = useRouter();
  const place = usePathname();
  const [isOpen, setOpen] = useState(isOpenAtFirst && disabledBecause === undefined);

  function change(next: boolean) {
    setOpen(next);
    if (!next && isOpenAtFirst) router.replace(place, { scroll: false });
  }

  return (
    <>
      <DeedButton variant="main" icon="plus" disabledBecause={disabledBecause} onClick={() => setOpen(true)}>
        Make a team
      </DeedButton>
      <Dialog
        open={isOpen}
        onOpenChange={change}
        title="Make a team"
        lead="Its name stands in policies and grants, and stays."
      >
        <AddForm teams={teams} onDone={() => change(false)} />
      </Dialog>
    </>
  );
}

function AddForm({ teams, onDone }: { readonly teams: readonly TeamPlace[]; readonly onDone: () => void }) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const deed = useDeed();
  const [name, setName] = useState("");
  const [parentId, setParentId] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(CreateTeamInput, { name, parentId: parentId || null });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.teams.create.mutate(data));
    if (!done) return;
    onDone();
    toast.add({ title: `The team ${done.value.name} is made` });
    router.refresh();
  }

  return (
    <form method="post" onSubmit={submit} noValidate>
      <Fieldset legend="Team" isPending={deed.isPending}>
        <Field label="Name" error={errors["name"]}>
          <Input value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />
        </Field>
        <PlaceSelect
          teams={teams}
          value={parentId}
          onChange={setParentId}
          help="What the upper team holds, everybody in this one will hold; who leads the upper one leads this one too."
        />
        <FailureNote failure={deed.failure} />
        <FormFoot>
          <Button type="submit" variant="main" busy={deed.isPending && "Making"}>
            Make the team
          </Button>
        </FormFoot>
      </Fieldset>
    </form>
  );
}
