"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";
import { Chip } from "@/components/ui/chip";
import { QueryBar } from "@/components/ui/facets";
import { FilterSheet } from "@/components/ui/filter-sheet";
import { SearchField } from "@/components/ui/search-field";
import type { InventoryAddress } from "@/server/certificates/inventory-contract";
import { ColumnMenu, LineChoice } from "./column-choice";
import { EndsForm } from "./ends-form";
import { EndsMenu } from "./ends-menu";
import { countConditions, inventoryHref } from "./inventory-address";
import { type Condition, conditionsOf, type Labels } from "./inventory-conditions";

type Props = {
  readonly address: InventoryAddress;
  readonly labels: Labels;
  /** Name of the identity that the address asks for. */
  readonly holder: string | undefined;
  readonly now: number;
  /** The facets, for the sheet of narrow screens. */
  readonly children: ReactNode;
};

/**
 * The search with every condition in force as a chip, the choice of an end, and the choice of columns. On a phone all but
 * the search is in the sheet of filters.
 */
export function InventoryQuery({ address, labels, holder, now, children }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const { filter, sort } = address;
  const named = holder && filter.identity ? { ...labels, [filter.identity]: holder } : labels;
  const chips = conditionsOf(address, named).filter(({ key }) => key !== "query");

  function search(query: string) {
    if (query === (filter.query ?? "")) return;
    const href = inventoryHref({ filter: { ...filter, query: query || undefined }, sort });
    startTransition(() => router.replace(href, { scroll: false }));
  }

  return (
    <QueryBar>
      <SearchField
        label="Search certificates"
        placeholder="Name, SAN, serial or fingerprint, any part of it"
        value={filter.query ?? ""}
        onSearch={search}
        chips={chips.length > 0 && <Chips conditions={chips} />}
      />
      <span className="vh" role="status">
        {isPending ? "Searching" : ""}
      </span>
      <EndsMenu address={address} now={now} />
      <ColumnMenu />
      <FilterSheet count={countConditions(filter)}>
        {chips.length > 0 && (
          <div className="flex flex-wrap gap-2 phone:hidden">
            <Chips conditions={chips} />
          </div>
        )}
        {children}
        <section className="grid gap-2 phone:hidden" aria-label="Ends">
          <h2 className="fac__h">Ends</h2>
          <EndsForm address={address} now={now} />
        </section>
        <div className="phone:hidden">
          <LineChoice />
        </div>
      </FilterSheet>
    </QueryBar>
  );
}

/** Each condition in force, and the way to take it off. */
function Chips({ conditions }: { readonly conditions: readonly Condition[] }) {
  return conditions.map(({ key, field, op, value, rest }) => (
    <Chip key={key} field={field} op={op} value={value} removeHref={inventoryHref(rest)} />
  ));
}
