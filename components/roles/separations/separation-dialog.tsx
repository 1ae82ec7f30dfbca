"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { OptionGroup } from "@/components/ui/choice";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field, FieldHelp } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/form";
import { formatCount } from "@/components/ui/format";
import { Input, Locked, Select } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { PutSeparationInput, type Separation } from "@/server/roles/contract";
import { NamesField } from "../editor/names-field";
import { KIND_WORDS, type RoleChoice } from "./kind-words";

type Props = {
  /** Null for a new one. */
  readonly separation: Separation | null;
  readonly choices: readonly RoleChoice[];
  readonly onClose: () => void;
};

type Kind = Separation["kind"];
const EMPTY = { name: "", kind: "static" as Kind, roles: [] as readonly string[], limit: 2, reason: "" };

/** Says which roles are kept apart, how, and why. */
export function SeparationDialog({ separation, choices, onClose }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const saving = useDeed();
  const [typed, setTyped] = useState(separation ?? EMPTY);
  const [errors, setErrors] = useState<FieldErrors>({});
  const { name, kind, roles, reason } = typed;
  const limit = Math.min(typed.limit, Math.max(2, roles.length));
  const change = (part: Partial<typeof EMPTY>) => setTyped((before) => ({ ...before, ...part }));

  async function save() {
    const checked = checkForm(PutSeparationInput, { name, kind, roles, limit, reason });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await saving.run(() => client.roles.putSeparation.mutate(data));
    if (!done) return;
    toast.add({ title: `${done.value.name} is kept from now on` });
    onClose();
    router.refresh();
  }

  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={separation ? `Edit ${separation.name}` : "Separate duties"}
      lead="Whoever has them together already is listed, and loses nothing."
      foot={
        <>
          <DialogClose>
            <Button>{separation ? "Keep it as it is" : "Cancel"}</Button>
          </DialogClose>
          <Button variant="main" icon="split" busy={saving.isPending && "Saving"} onClick={save}>
            {separation ? "Save separation" : "Keep them apart"}
          </Button>
        </>
      }
    >
      <Fieldset legend="The separation" isPending={saving.isPending}>
        <FailureNote failure={saving.failure} title="It was not saved." />
        {separation ? (
          <div className="field">
            <div className="lab">
              Name <span className="lab__l">cannot be changed</span>
            </div>
            <Locked>{separation.name}</Locked>
          </div>
        ) : (
          <Field label="Name" error={errors["name"]}>
            <Input
              value={name}
              maxLength={80}
              placeholder="Who publishes does not audit"
              onChange={(event) => change({ name: event.target.value })}
            />
          </Field>
        )}
        <OptionGroup
          legend="Kept apart"
          value={kind}
          onChange={(value) => change({ kind: value === "dynamic" ? "dynamic" : "static" })}
          options={Object.entries(KIND_WORDS).map(([value, { word, detail }]) => ({ value, title: word, detail }))}
        />
        <div className="field">
          <div className="lab" aria-hidden="true">
            Roles <span className="lab__l">two or more</span>
          </div>
          <NamesField
            label="Role"
            values={roles}
            offered={choices}
            others="none"
            onChange={(next) => change({ roles: next })}
          />
          <FieldHelp id="separation-roles" error={errors["roles"] ?? errors[""]} />
        </div>
        {roles.length > 2 && (
          <Field label="How many of them one may have" error={errors["limit"]}>
            <Select
              value={String(limit)}
              options={roles
                .slice(1)
                .map((_, at) => ({ value: String(at + 2), label: `${formatCount(at + 1)} at most` }))}
              onChange={(event) => change({ limit: Number(event.target.value) })}
            />
          </Field>
        )}
        <Field label="Why" limit="kept in the audit log" error={errors["reason"]}>
          <Input
            value={reason}
            maxLength={300}
            placeholder="Nobody checks their own work"
            onChange={(event) => change({ reason: event.target.value })}
          />
        </Field>
      </Fieldset>
    </Dialog>
  );
}
