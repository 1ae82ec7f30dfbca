"use client";

import { useRef, useState } from "react";
import type { FieldErrors } from "@/components/rpc/check-form";
import { Button } from "@/components/ui/button";
import { Field, FieldHelp } from "@/components/ui/field";
import { TwoColumns } from "@/components/ui/form";
import { Input, Locked, Textarea } from "@/components/ui/input";
import { Section } from "@/components/ui/page-head";
import type { KnownAction, RoleSummary } from "@/server/roles/contract";
import type { KnownNames } from "./condition-fields";
import { missingIn, nameFrom, type PermissionDraft, type RoleDraft, withPermission } from "./draft";
import { NamesField } from "./names-field";
import { PermissionBlock } from "./permission-block";

/** What the editor offers to choose from. */
export interface EditorGround {
  readonly actions: readonly KnownAction[];
  readonly roles: readonly RoleSummary[];
  readonly names: KnownNames;
}

type Props = {
  readonly draft: RoleDraft;
  readonly ground: EditorGround;
  readonly isNew: boolean;
  readonly errors: FieldErrors;
  /** Somebody wanted to save: say what is missing. */
  readonly isChecked: boolean;
  readonly onChange: (draft: RoleDraft) => void;
};

/** What a role is: its words, what it inherits, and what it permits. */
export function RoleFields({ draft, ground, isNew, errors, isChecked, onChange }: Props) {
  const { title, name, isNameTyped, description, inherits } = draft;
  const change = (part: Partial<RoleDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <TwoColumns>
        <Field label="Title" error={errors["title"]}>
          <Input
            name="title"
            value={title}
            maxLength={80}
            autoComplete="off"
            placeholder="Training operator"
            onChange={({ target: { value } }) =>
              change({ title: value, ...(isNew && !isNameTyped && { name: nameFrom(value) }) })
            }
          />
        </Field>
        {isNew ? (
          <Field label="Name" limit="for good, as policies call it" error={errors["name"]}>
            <Input
              mono
              name="name"
              value={name}
              maxLength={60}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              placeholder="training-operator"
              onChange={({ target: { value } }) => change({ name: value, isNameTyped: value !== "" })}
            />
          </Field>
        ) : (
          <div className="field">
            <div className="lab">
              Name <span className="lab__l">cannot be changed</span>
            </div>
            <Locked mono>{name}</Locked>
          </div>
        )}
      </TwoColumns>
      <Field label="Description" isOptional error={errors["description"]}>
        <Textarea
          rows={2}
          name="description"
          value={description}
          maxLength={500}
          placeholder="Who gets it, and what for"
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <Section title="Inherits" aside="whoever holds this role has these, too">
        <NamesField
          label="Inherited role"
          values={inherits}
          offered={heritable(ground.roles, draft.name)}
          others="none"
          onChange={(next) => change({ inherits: next })}
        />
        <FieldHelp id="inherits" error={errors["inherits"]} />
      </Section>
      <Permissions {...{ draft, ground, errors, isChecked, onChange }} />
    </>
  );
}

/** Roles that people wrote and that can be given; what comes with the program is given by itself alone. */
function heritable(roles: readonly RoleSummary[], name: string) {
  return roles
    .filter((role) => role.origin === "written" && role.retiredAt === null && role.name !== name)
    .map((role) => ({ name: role.name, detail: role.title }));
}

function Permissions({ draft, ground, errors, isChecked, onChange }: Omit<Props, "isNew">) {
  const { permissions } = draft;
  const [added, setAdded] = useState<number>();
  const addButton = useRef<HTMLButtonElement>(null);

  function add() {
    const next = withPermission(draft);
    setAdded(next.permissions.at(-1)?.key);
    onChange(next);
  }

  function remove(permission: PermissionDraft) {
    onChange({ ...draft, permissions: permissions.filter((one) => one !== permission) });
    addButton.current?.focus();
  }

  const replace = (next: PermissionDraft) =>
    onChange({ ...draft, permissions: permissions.map((one) => (one.key === next.key ? next : one)) });
  return (
    <Section title="Permissions" aside="any of them is enough">
      {permissions.map((permission, at) => (
        <PermissionBlock
          key={permission.key}
          permission={permission}
          number={at + 1}
          known={ground.actions}
          names={ground.names}
          error={isChecked ? missingIn(permission) : undefined}
          onChange={replace}
          isAdded={permission.key === added}
          onRemove={() => remove(permission)}
        />
      ))}
      {permissions.length === 0 && <p className="x2 topline py-3">It permits nothing of its own yet.</p>}
      <div className="pt-3">
        <Button icon="plus" ref={addButton} onClick={add}>
          Add permission
        </Button>
      </div>
      <FieldHelp id="permissions" error={errors["permissions"]} />
    </Section>
  );
}
