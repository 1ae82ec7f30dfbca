"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { DeedButton } from "@/components/shell/disabled-button";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot } from "@/components/ui/form";
import { Input, Locked } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { type IdentityDetail, UpdateIdentityInput } from "@/server/identities/contract";
import { FailureNote } from "./failure-note";
import { type LabelRow, LabelsField, labelsOf, rowsOf } from "./labels-field";
import { type TeamChoice, TeamField } from "./team-field";

type Props = {
  readonly identity: IdentityDetail;
  readonly teams: readonly TeamChoice[];
  readonly disabledBecause: string | undefined;
  readonly newTeamRefused: string | undefined;
};

/** The words about an identity: display name, team, labels. Its own name stays. */
export function EditIdentity({ disabledBecause, ...form }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <DeedButton icon="edit" disabledBecause={disabledBecause} onClick={() => setOpen(true)}>
        Edit
      </DeedButton>
      <Dialog open={isOpen} onOpenChange={setOpen} title={`Edit ${form.identity.displayName}`}>
        <EditForm {...form} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

type FormProps = Omit<Props, "disabledBecause"> & { readonly onDone: () => void };

function EditForm({ identity, teams, newTeamRefused, onDone }: FormProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const deed = useDeed();
  const [displayName, setDisplayName] = useState(identity.displayName);
  const [teamId, setTeamId] = useState(identity.team?.id ?? "");
  const [labels, setLabels] = useState<readonly LabelRow[]>(() => rowsOf(identity.labels));
  const [errors, setErrors] = useState<FieldErrors>({});

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(UpdateIdentityInput, {
      id: identity.id,
      displayName,
      teamId: teamId || null,
      labels: labelsOf(labels),
    });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.identities.update.mutate(data));
    if (!done) return;
    onDone();
    toast.add({ title: `${done.value.displayName} is saved` });
    router.refresh();
  }

  return (
    <form method="post" onSubmit={submit} noValidate>
      <Fieldset legend="Identity" isPending={deed.isPending}>
        <Field label="Shown as" error={errors["displayName"]}>
          <Input value={displayName} autoComplete="off" onChange={(event) => setDisplayName(event.target.value)} />
        </Field>
        <Field label="Name" limit="stands in certificates and stays">
          <Locked mono>{identity.name}</Locked>
        </Field>
        <TeamField
          teams={teams}
          newTeamRefused={newTeamRefused}
          value={teamId}
          onChange={setTeamId}
          help="Whoever leads the team may lock it and issue certificates for it."
        />
        <LabelsField rows={labels} error={errors["labels"]} onChange={setLabels} />
        <FailureNote failure={deed.failure} />
        <FormFoot>
          <Button onClick={onDone}>Keep it as it was</Button>
          <Button type="submit" variant="main" busy={deed.isPending && "Saving"}>
            Save
          </Button>
        </FormFoot>
      </Fieldset>
    </form>
  );
}
