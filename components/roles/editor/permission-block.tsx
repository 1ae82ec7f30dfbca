"use client";

import { IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { FieldHelp } from "@/components/ui/field";
import { listWords } from "@/components/ui/format";
import type { KnownAction } from "@/server/roles/contract";
import { ActionPicker } from "./action-picker";
import { ConditionFields, type KnownNames } from "./condition-fields";
import { type PermissionDraft, typesOf, withActions } from "./draft";

type Props = {
  readonly permission: PermissionDraft;
  /** From 1: the number of its policy. */
  readonly number: number;
  readonly known: readonly KnownAction[];
  readonly names: KnownNames;
  /** What is missing, once somebody wanted to save it. */
  readonly error: string | undefined;
  /** It was just added: the focus goes to its first control. */
  readonly isAdded: boolean;
  readonly onChange: (permission: PermissionDraft) => void;
  readonly onRemove: () => void;
};

/** One permission: what may be done, on what, and only where. It becomes one policy. */
export function PermissionBlock({ permission, number, known, names, error, isAdded, onChange, onRemove }: Props) {
  const { actions, conditions, key } = permission;
  return (
    <div className="rperm" role="group" aria-label={`Permission ${number}`}>
      <div className="rperm__h">
        <h3>Permission {number}</h3>
        <IconButton icon="x" label={`Remove permission ${number}`} onClick={onRemove} />
      </div>
      <div className="bl__r">
        <span className="bl__k">May</span>
        <div className="bl__v">
          <ActionPicker
            known={known}
            chosen={actions}
            isFirst={isAdded}
            onChange={(chosen) => onChange(withActions(permission, chosen, known))}
          />
        </div>
      </div>
      {actions.length > 0 && (
        <div className="bl__r">
          <span className="bl__k">On</span>
          <div className="bl__v">
            <TypeTicks permission={permission} known={known} onChange={onChange} />
          </div>
        </div>
      )}
      <div className="bl__r">
        <span className="bl__k">Only where</span>
        <ConditionFields
          conditions={conditions}
          names={names}
          onChange={(next) => onChange({ ...permission, conditions: next })}
        />
      </div>
      <FieldHelp id={`permission-${key}`} error={error} />
    </div>
  );
}

type TypesProps = Pick<Props, "permission" | "known" | "onChange">;

/** Only the types that the chosen actions take; none ticked is all of them. */
function TypeTicks({ permission, known, onChange }: TypesProps) {
  const types = typesOf(known, permission.actions);
  const { resourceTypes } = permission;
  if (types.length < 2) return <span className="x1">{types[0] ?? "nothing that there is"}</span>;
  const toggle = (type: string, isOn: boolean) =>
    onChange({
      ...permission,
      resourceTypes: types.filter((one) => (one === type ? isOn : resourceTypes.includes(one))),
    });
  return (
    <div className="grid gap-1">
      <span className="ticks">
        {types.map((type) => (
          <Checkbox
            key={type}
            checked={resourceTypes.includes(type)}
            onChange={(event) => toggle(type, event.target.checked)}
          >
            {type}
          </Checkbox>
        ))}
      </span>
      {resourceTypes.length === 0 && (
        <p className="help">
          {types.length > 6 ? `None ticked: all ${types.length} types.` : `None ticked: ${listWords(types)}.`}
        </p>
      )}
    </div>
  );
}
