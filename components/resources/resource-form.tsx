"use client";

import { type FormEvent, useMemo, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { type LabelRow, LabelsField, labelsOf, rowsOf } from "@/components/identities/labels-field";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot } from "@/components/ui/form";
import { Input, Locked, Select } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { PutResourceInput, type ResourceDetail, type ResourceInput, usersInWords } from "@/server/resources/contract";
import { AttributeField } from "./attribute-field";
import { attributesOf, plansOf, type Typed, type TypePlan, typedOf } from "./schema-plan";

/** What the form may offer. */
export interface FormGround {
  /** The schema in force, as text. */
  readonly schema: string;
  /** Names of the teams that the person may give it to. */
  readonly teams: readonly string[];
  /** Whether it may belong to nobody. */
  readonly mayLeaveOutTeam: boolean;
  /** What is registered, by type, for the fields that name another. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Why nothing of a type may be registered. */
  readonly locked: Readonly<Record<string, string>>;
}

type Props = {
  readonly ground: FormGround;
  /** The one to change; without, a new one. */
  readonly resource?: ResourceDetail;
  readonly onDone: (resource: ResourceInput) => void;
};

/** What is typed about a resource. */
interface Draft {
  readonly type: string;
  readonly id: string;
  readonly team: string;
  readonly typed: Typed;
  /** The first of each type that it is within. */
  readonly within: Readonly<Record<string, string>>;
  readonly labels: readonly LabelRow[];
}

/** A resource with the fields that the schema in force asks for. */
export function ResourceForm({ ground, resource, onDone }: Props) {
  const client = useTRPCClient();
  const deed = useDeed();
  const plans = useMemo(() => plansOf(ground.schema), [ground.schema]);
  const [draft, setDraft] = useState<Draft>(() => draftOf(ground, plans, resource));
  const [errors, setErrors] = useState<FieldErrors>({});
  const plan = plans.find(({ type }) => type === draft.type);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { attributes, errors: wrong } = plan ? attributesOf(plan, draft.typed) : { attributes: {}, errors: {} };
    const checked = checkForm(PutResourceInput, {
      type: draft.type,
      id: draft.id.trim(),
      team: plan?.hasTeam && draft.team ? draft.team : null,
      parents: parentsOf(draft, plan, resource),
      attributes,
      labels: plan?.hasLabels ? labelsOf(draft.labels) : {},
    });
    setErrors({ ...checked.errors, ...wrong });
    if (!checked.data || Object.keys(wrong).length > 0) return;
    const { data } = checked;
    const done = await deed.run(() => client.resources.put.mutate(data));
    if (done) onDone({ type: done.value.type, id: done.value.id });
  }

  return (
    <form method="post" onSubmit={submit} noValidate>
      <Fieldset legend="Resource" isPending={deed.isPending}>
        {!resource && (
          <>
            <TypeField plans={plans} ground={ground} value={draft.type} error={errors["type"]} onChange={change} />
            <Field
              label="Name"
              limit="cannot be changed later"
              help={draft.type === "Compute" ? "The name of the node, where it is one." : undefined}
              error={errors["id"]}
            >
              <Input
                mono
                name="resource-name"
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                value={draft.id}
                onChange={(event) => change({ id: event.target.value })}
              />
            </Field>
          </>
        )}
        {plan && <KnownFields {...{ plan, ground, draft, errors, change }} />}
        {resource && resource.type === "Provider" && resource.usedBy.length > 0 && (
          <Note tone="neutral" title="Who is concerned:">
            {usersInWords(resource.usedBy)}.
          </Note>
        )}
        <FailureNote failure={deed.failure} />
        <FormFoot>
          <Button type="submit" variant="main" busy={deed.isPending && "Saving"}>
            {resource ? "Save" : "Add the resource"}
          </Button>
        </FormFoot>
      </Fieldset>
    </form>
  );
}

type TypeProps = {
  readonly plans: readonly TypePlan[];
  readonly ground: FormGround;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<Draft>) => void;
};

/** The types of the schema; those that the person may not register stay, and the reason stands below. */
function TypeField({ plans, ground: { locked }, value, error, onChange }: TypeProps) {
  const lockedTypes = Object.keys(locked);
  const [reason] = Object.values(locked);
  return (
    <Field
      label="Type"
      error={error}
      help={reason && `Not ${lockedTypes.join(" or ")}: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`}
    >
      <Select
        placeholder="Choose one"
        value={value}
        onChange={(event) => onChange({ type: event.target.value, typed: {}, within: {} })}
        options={plans.map(({ type }) => ({ value: type, label: type, disabled: locked[type] !== undefined }))}
      />
    </Field>
  );
}

type FieldsProps = {
  readonly plan: TypePlan;
  readonly ground: FormGround;
  readonly draft: Draft;
  readonly errors: FieldErrors;
  readonly change: (part: Partial<Draft>) => void;
};

function KnownFields({ plan, ground, draft, errors, change }: FieldsProps) {
  const { typed, within } = draft;
  return (
    <>
      {plan.fields.map((field) => (
        <AttributeField
          key={`${plan.type} ${field.name}`}
          plan={field}
          value={typed[field.name] ?? ""}
          error={errors[field.name]}
          names={ground.names}
          onChange={(value) => change({ typed: { ...typed, [field.name]: value } })}
        />
      ))}
      {plan.within.map((type) => (
        <Field key={type} label={type} isOptional error={errors["parents"]}>
          <Select
            placeholder={`No ${type.toLowerCase()}`}
            value={within[type] ?? ""}
            onChange={(event) => change({ within: { ...within, [type]: event.target.value } })}
            options={(ground.names[type] ?? []).map((name) => ({ value: name, label: name }))}
          />
        </Field>
      ))}
      {plan.hasTeam && <TeamField ground={ground} value={draft.team} error={errors["team"]} onChange={change} />}
      {plan.hasLabels && (
        <LabelsField
          rows={draft.labels}
          error={errors["labels"]}
          help="Policies may ask for them too."
          onChange={(labels) => change({ labels })}
        />
      )}
    </>
  );
}

type TeamProps = {
  readonly ground: FormGround;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<Draft>) => void;
};

function TeamField({ ground: { teams, mayLeaveOutTeam }, value, error, onChange }: TeamProps) {
  const [only] = teams;
  if (!mayLeaveOutTeam && teams.length === 1 && only !== undefined && (value === only || value === "")) {
    return (
      <Field label="Team" limit="the one that you lead">
        <Locked>{only}</Locked>
      </Field>
    );
  }
  return (
    <Field label="Team" isOptional={mayLeaveOutTeam} error={error} help="Whoever leads the team may change it.">
      <Select
        placeholder={mayLeaveOutTeam ? "No team" : "Choose one"}
        value={value}
        onChange={(event) => onChange({ team: event.target.value })}
        options={teams.map((name) => ({ value: name, label: name }))}
      />
    </Field>
  );
}

function draftOf(ground: FormGround, plans: readonly TypePlan[], resource: ResourceDetail | undefined): Draft {
  if (!resource) {
    const team = ground.mayLeaveOutTeam ? "" : (ground.teams[0] ?? "");
    return { type: "", id: "", team, typed: {}, within: {}, labels: [] };
  }
  const plan = plans.find(({ type }) => type === resource.type);
  return {
    type: resource.type,
    id: resource.id,
    team: resource.team?.name ?? "",
    typed: plan ? typedOf(plan, resource.attributes) : {},
    within: Object.fromEntries([...resource.parents].reverse().map(({ type, id }) => [type, id])),
    labels: rowsOf(resource.labels),
  };
}

/** What was chosen to be within, and what else it was within before and the form does not show. */
function parentsOf({ within }: Draft, plan: TypePlan | undefined, resource: ResourceDetail | undefined) {
  const chosen = (plan?.within ?? []).flatMap((type) => (within[type] ? [{ type, id: within[type] }] : []));
  const shown = new Set((plan?.within ?? []).map((type) => resource?.parents.find((each) => each.type === type)));
  const others = (resource?.parents ?? []).filter(
    (each) => !shown.has(each) && !chosen.some(({ type, id }) => type === each.type && id === each.id),
  );
  return [...chosen, ...others];
}
