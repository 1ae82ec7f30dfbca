"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";
import { Chip } from "@/components/ui/chip";
import { QueryBar } from "@/components/ui/facets";
import { FilterSheet } from "@/components/ui/filter-sheet";
import { SearchField } from "@/components/ui/search-field";
import type { AuditFilter } from "@/server/audit/contract";
import { auditHref } from "./audit-address";
import { kindWords } from "./event-words";

type Props = {
  readonly filter: AuditFilter;
  /** Names of the actor and the object that are filtered by, where the result knows them. */
  readonly names: { readonly actor?: string; readonly object?: string };
  /** The facets, for the sheet of narrow screens. */
  readonly children: ReactNode;
};

/** The search of the log with the filters in force; everything stands in the address. */
export function AuditQuery({ filter, names, children }: Props) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const chips = [
    { field: "result", value: filter.outcome, without: "outcome" },
    { field: "kind", value: filter.kind && kindWords(filter.kind), without: "kind" },
    { field: "who", value: filter.actorId && (names.actor ?? filter.actorId), without: "actorId" },
    { field: "on", value: filter.objectId && (names.object ?? filter.objectId), without: "objectId" },
    { field: "from", value: filter.from && words(filter.from), without: "from" },
    { field: "until", value: filter.until && words(filter.until), without: "until" },
  ].filter((chip) => chip.value);

  function search(text: string) {
    if (text === (filter.text ?? "")) return;
    startTransition(() => router.replace(auditHref({ filter: { ...filter, text } }), { scroll: false }));
  }

  return (
    <QueryBar>
      <SearchField
        label="Search the audit log"
        placeholder="Who, what, on what, or an address"
        value={filter.text ?? ""}
        onSearch={search}
        chips={
          chips.length > 0 && (
            <>
              {chips.map(({ field, value, without }) => (
                <Chip
                  key={field}
                  field={field}
                  value={value}
                  removeHref={auditHref({ filter: { ...filter, [without]: undefined } })}
                />
              ))}
            </>
          )
        }
      />
      <FilterSheet count={chips.length}>{children}</FilterSheet>
    </QueryBar>
  );
}

function words(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
