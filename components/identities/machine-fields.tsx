"use client";

import type { FieldErrors } from "@/components/rpc/check-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { AddProps } from "./add-identity";
import { type LabelRow, LabelsField, labelsOf } from "./labels-field";
import { TeamField } from "./team-field";

/** What is typed about a machine. */
export interface MachineDraft {
  readonly name: string;
  readonly teamId: string;
  readonly labels: readonly LabelRow[];
}

/** The draft as `createMachine` takes it. */
export function machineInput(kind: "service" | "node", { name, teamId, labels }: MachineDraft) {
  return { kind, name: name.trim(), teamId: teamId || null, labels: labelsOf(labels) };
}

type Props = AddProps & {
  readonly kind: "service" | "node";
  readonly draft: MachineDraft;
  readonly errors: FieldErrors;
  readonly onChange: (draft: MachineDraft) => void;
};

/** Name, team and labels of a machine. */
export function MachineFields({ kind, draft, errors, onChange, ...team }: Props) {
  return (
    <>
      <Field
        label="Name"
        limit="cannot be changed later"
        help="Lower-case letters, digits and hyphens, in parts joined by dots. It stands in every certificate."
        error={errors["name"]}
      >
        <Input
          mono
          name="machine-name"
          placeholder={kind === "node" ? "gpu-7.rack-3" : "scheduler"}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={draft.name}
          onChange={(event) => onChange({ ...draft, name: event.target.value })}
        />
      </Field>
      <TeamField
        teams={team.teams}
        newTeamRefused={team.newTeamRefused}
        value={draft.teamId}
        onChange={(teamId) => onChange({ ...draft, teamId })}
      />
      <LabelsField rows={draft.labels} error={errors["labels"]} onChange={(labels) => onChange({ ...draft, labels })} />
    </>
  );
}
