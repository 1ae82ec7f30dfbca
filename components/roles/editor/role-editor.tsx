"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useLeaveGuard } from "@/components/policies/page/use-leave-guard";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Segmented } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot } from "@/components/ui/form";
import { plural } from "@/components/ui/format";
import { Input } from "@/components/ui/input";
import { PageHead, Section } from "@/components/ui/page-head";
import { useToast } from "@/components/ui/toast";
import { CreateRoleInput, type RoleDetail, UpdateRoleInput } from "@/server/roles/contract";
import { countHolders, roleHref } from "../role-address";
import { holderWords } from "../words";
import { CedarPane } from "./cedar-pane";
import { ChangeLines } from "./change-lines";
import { changesOf } from "./changes";
import { askable, definitionOf, missingIn, type RoleDraft } from "./draft";
import { LeavingDialog } from "./leaving-dialog";
import { type EditorGround, RoleFields } from "./role-fields";
import { SaveNotes, TheirVersion } from "./save-notes";
import { usePreview } from "./use-preview";

type Props = {
  /** The role that is changed; null for a new one. */
  readonly existing: RoleDetail | null;
  readonly start: RoleDraft;
  readonly ground: EditorGround;
};

/** Makes a role or changes one: what it is at the left, what it would be in Cedar at the right, and then the deed. */
export function RoleEditor({ existing: role, start, ground }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const saving = useDeed();
  const looking = useDeed();
  const [draft, setDraft] = useState(start);
  const [base, setBase] = useState(role);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [isChecked, setChecked] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const [pane, setPane] = useState<"form" | "cedar">("form");
  const isChanged =
    JSON.stringify({ ...draft, isNameTyped: false }) !== JSON.stringify({ ...start, isNameTyped: false });
  const leave = useLeaveGuard(isChanged && !isSaved);
  const asked = usePreview(askable(draft));
  const back = role ? roleHref(role.name) : "/roles";

  function change(next: RoleDraft) {
    setDraft(next);
    setErrors({});
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    const { errors: found, send } = readyToSend(draft, base);
    setErrors(found);
    setChecked(true);
    if (!send || draft.permissions.some(missingIn)) {
      setPane("form");
      return;
    }
    const done = await saving.run(() => send(client));
    if (!done) return;
    setSaved(true);
    toast.add({ title: base ? `${done.value.title} is changed` : `${done.value.title} is made`, detail: "In force." });
    router.replace(roleHref(done.value.name));
  }

  async function look() {
    const done = await looking.run(() => client.roles.get.query({ name: draft.name }));
    if (!done) return;
    setBase(done.value);
    saving.clear();
  }

  const problems = asked.preview?.problems.length ?? 0;
  return (
    <form className="redit-form" method="post" onSubmit={save} noValidate>
      <PageHead
        title={role ? `Edit ${role.title}` : "New role"}
        lead={
          role ? <Reach role={base ?? role} /> : "It permits nothing until it is given to somebody, within something."
        }
      />
      <div className="redit__tabs">
        <Segmented
          label="Show"
          options={[
            { value: "form", label: "Form" },
            { value: "cedar", label: problems > 0 ? `Cedar, ${plural(problems, "problem")}` : "Cedar" },
          ]}
          value={pane}
          onChange={setPane}
        />
      </div>
      <div className="redit" data-pane={pane}>
        <div className="redit__f">
          <Fieldset legend={role ? "The role" : "The new role"} isPending={saving.isPending} className="redit__s">
            <RoleFields {...{ draft, ground, errors, isChecked }} isNew={role === null} onChange={change} />
            {role && base && base !== role && <TheirVersion before={role} theirs={base} />}
            <WhatChanges {...{ draft, base, asked }} />
            <Field label="Why" limit="kept in the history and the audit log" error={errors["note"]}>
              <Input
                name="note"
                value={draft.note}
                maxLength={300}
                placeholder={role ? "Draining is theirs now, too" : "Asked for by team vision"}
                onChange={(event) => change({ ...draft, note: event.target.value })}
              />
            </Field>
            <SaveNotes failure={saving.failure ?? looking.failure} isLooking={looking.isPending} onLook={look} />
          </Fieldset>
          <div className="redit__e">
            <FormFoot>
              <ButtonLink href={back}>{role ? "Keep it as it is" : "Cancel"}</ButtonLink>
              <Button type="submit" variant="main" icon="check" busy={saving.isPending && "Saving"}>
                {role ? "Save role" : "Make role"}
              </Button>
            </FormFoot>
          </div>
        </div>
        <section className="redit__c" aria-label="Cedar">
          <CedarPane {...asked} />
        </section>
      </div>
      <LeavingDialog guard={leave} />
    </form>
  );
}

/** Checks a draft by the contract; `send` is there when it fits. */
function readyToSend(draft: RoleDraft, base: RoleDetail | null) {
  const { name, note } = draft;
  const values = { ...definitionOf(draft), name, note };
  if (base === null) {
    const { data, errors } = checkForm(CreateRoleInput, values);
    return { errors, send: data && ((client: Client) => client.roles.create.mutate(data)) };
  }
  const { data, errors } = checkForm(UpdateRoleInput, { ...values, base: base.number });
  return { errors, send: data && ((client: Client) => client.roles.update.mutate(data)) };
}

type Client = ReturnType<typeof useTRPCClient>;

/** Whom a change reaches at once. */
function Reach({ role }: { readonly role: RoleDetail }) {
  const isOne = countHolders(role) === 1;
  const held =
    countHolders(role) === 0
      ? "Nobody holds it"
      : `${holderWords(role.holders)} ${isOne ? "holds it, and gets" : "hold it, and get"} the change at once`;
  const heirs = role.inheritedBy.length;
  return `${held}${heirs > 0 ? `; ${plural(heirs, "role inherits", "roles inherit")} it` : ""}.`;
}

type ChangesProps = {
  readonly draft: RoleDraft;
  readonly base: RoleDetail | null;
  readonly asked: ReturnType<typeof usePreview>;
};

/** What saving would change, against what is in force. */
function WhatChanges({ draft, base, asked: { preview } }: ChangesProps) {
  const before = base?.definition ? { definition: base.definition, cells: base.cells } : null;
  const changes = changesOf(before, { definition: draft, cells: preview?.cells ?? before?.cells ?? [] });
  const isNothing = changes.every(({ sign }) => sign === "=");
  return (
    <Section title="What changes" aside={base ? `against version ${base.number}` : "for whoever gets it"}>
      {isNothing && <p className="x2 topline py-2">{base ? "Nothing yet." : "It permits nothing yet."}</p>}
      {changes.length > 0 && <ChangeLines changes={changes} />}
    </Section>
  );
}
