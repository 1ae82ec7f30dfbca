"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { DECISIONS } from "@/components/policies/words";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { FilterSheet } from "@/components/ui/filter-sheet";
import { Input, Select } from "@/components/ui/input";
import { DecisionFilter, type DecisionRow } from "@/server/policies/decision-contract";
import { type DecisionAddress, decisionsHref, type FilterField } from "./decision-address";
import { FIELD_WORDS } from "./decision-words";

type Props = {
  readonly address: DecisionAddress;
  /** What is shown: its names are offered. */
  readonly rows: readonly DecisionRow[];
  /** The switch that follows the log. */
  readonly live: ReactNode;
  /** The facets, for the sheet of narrow screens. */
  readonly children: ReactNode;
};

/** Columns whose filter is typed; the log is asked for exactly what is typed. */
const TYPED = [
  ...(["subject", "subjectType", "asker", "action", "resource", "resourceType"] as const),
  ...(["workloadKind", "policy", "epoch", "from", "until"] as const),
] satisfies readonly FilterField[];
type TypedField = (typeof TYPED)[number];

/** The filters in force as chips, and the line that adds one; everything stands in the address. */
export function DecisionQuery({ address, rows, live, children }: Props) {
  const { filter, isLive } = address;
  const active = (Object.keys(FIELD_WORDS) as FilterField[]).filter((field) => filter[field] !== undefined);
  return (
    <>
      <div className="qbar flex-wrap">
        <AddFilter address={address} rows={rows} />
        <FilterSheet count={active.length}>{children}</FilterSheet>
        <span className="ml-auto">{live}</span>
      </div>
      {active.length > 0 && (
        <div className="flex flex-wrap gap-2 px-4 pb-2">
          {active.map((field) => (
            <Chip
              key={field}
              field={FIELD_WORDS[field]}
              op={field === "from" || field === "until" ? "" : "is"}
              value={chipWords(filter, field)}
              removeHref={decisionsHref({ filter: { ...filter, [field]: undefined }, isLive })}
            />
          ))}
        </div>
      )}
    </>
  );
}

function AddFilter({ address: { filter, isLive }, rows }: Pick<Props, "address" | "rows">) {
  const router = useRouter();
  const id = useId();
  const [field, setField] = useState<TypedField>("subject");
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const isTime = field === "from" || field === "until";

  function add(event: FormEvent) {
    event.preventDefault();
    const given = text.trim();
    const parsed = DecisionFilter.shape[field].safeParse(isTime ? `${given}Z` : given);
    if (given === "" || !parsed.success) {
      setProblem(PROBLEMS[field] ?? `Type a whole ${FIELD_WORDS[field]}: the log is asked for exactly that.`);
      return;
    }
    setText("");
    setProblem(undefined);
    router.push(decisionsHref({ filter: { ...filter, [field]: parsed.data }, isLive }), { scroll: false });
  }

  return (
    <form className="flex w-full flex-wrap items-center gap-2 phone:w-auto" role="search" onSubmit={add} noValidate>
      <Select
        className="w-36"
        aria-label="Filter by"
        options={TYPED.map((one) => ({
          value: one,
          label: capital(FIELD_WORDS[one]) + (isMoment(one) ? ", UTC" : ""),
        }))}
        value={field}
        onChange={(event) => {
          setField(TYPED.find((one) => one === event.target.value) ?? "subject");
          setText("");
          setProblem(undefined);
        }}
      />
      <Input
        aria-label={`${capital(FIELD_WORDS[field])} is`}
        aria-describedby={problem ? `${id}-problem` : undefined}
        aria-invalid={problem ? true : undefined}
        className="w-auto min-w-30 flex-1 phone:w-56"
        data-search
        type={isTime ? "datetime-local" : "text"}
        inputMode={field === "epoch" ? "numeric" : undefined}
        list={isTime ? undefined : `${id}-known`}
        placeholder={isTime ? undefined : PLACEHOLDERS[field]}
        maxLength={200}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <datalist id={`${id}-known`}>
        {namesIn(rows, field).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Button type="submit" icon="plus">
        Add filter
      </Button>
      <span id={`${id}-problem`} role="alert" className="da-x t12 empty:hidden">
        {problem}
      </span>
    </form>
  );
}

const PROBLEMS: Readonly<Partial<Record<TypedField, string>>> = {
  epoch: "Type the number of an epoch, such as 3.",
  from: "Choose a day and a time.",
  until: "Choose a day and a time.",
};

const PLACEHOLDERS: Readonly<Partial<Record<TypedField, string>>> = {
  subject: "gpu-7",
  subjectType: "Node",
  asker: "scheduler",
  action: "workload.run",
  resource: "gpu-7",
  resourceType: "Compute",
  workloadKind: "training",
  policy: "eu-data-stays-in-eu",
  epoch: "3",
};

/** The values of a column among the rows shown. */
function namesIn(rows: readonly DecisionRow[], field: TypedField): string[] {
  return [...new Set(rows.flatMap((row) => valuesOf(row, field)))].toSorted();
}

function valuesOf({ subject, asker, action, resource, ...row }: DecisionRow, field: TypedField): readonly string[] {
  switch (field) {
    case "subject":
      return [subject.id];
    case "subjectType":
      return [subject.type];
    case "asker":
      return [asker.name];
    case "action":
      return [action];
    case "resource":
      return [resource.id];
    case "resourceType":
      return [resource.type];
    case "workloadKind":
      return row.workloadKind === null ? [] : [row.workloadKind];
    case "policy":
      return row.policies;
    case "epoch":
      return [String(row.epoch)];
    case "from":
    case "until":
      return [];
  }
}

function isMoment(field: TypedField): boolean {
  return field === "from" || field === "until";
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function chipWords(filter: DecisionFilter, field: FilterField): string {
  const value = filter[field];
  if (value instanceof Date) return `${value.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return field === "decision" && filter.decision ? DECISIONS[filter.decision].word.toLowerCase() : String(value);
}
