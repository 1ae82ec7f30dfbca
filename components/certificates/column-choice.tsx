"use client";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { CheckMenu } from "@/components/ui/menu";
import { COLUMNS, NARROW, useColumnChoice, WIDE } from "./columns";

/** The choice of the table's columns. */
export function ColumnMenu() {
  const choice = useColumnChoice(WIDE);
  return (
    <CheckMenu
      trigger={
        <Button icon="cols" className="m-hide">
          Columns
        </Button>
      }
      heading="Columns"
      items={COLUMNS.map((column) => ({
        id: column.id,
        label: column.label,
        isChecked: choice[column.id] ?? false,
        isLocked: "isLocked" in column,
      }))}
      onToggle={WIDE.choose}
      reset={{ label: "Reset to the usual columns", onSelect: WIDE.reset }}
    />
  );
}

/** The same on a phone: what each row says beyond name, status and end. */
export function LineChoice() {
  const choice = useColumnChoice(NARROW);
  const columns = COLUMNS.filter((column) => !("isLocked" in column));
  return (
    <fieldset className="grid grid-cols-2 gap-x-4">
      <legend className="fac__h">Each row also says</legend>
      {columns.map(({ id, label }) => (
        <Checkbox key={id} checked={choice[id] ?? false} onChange={(event) => NARROW.choose(id, event.target.checked)}>
          {label}
        </Checkbox>
      ))}
    </fieldset>
  );
}
