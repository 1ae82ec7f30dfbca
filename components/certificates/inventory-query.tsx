"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { QueryBar } from "@/components/ui/facets";
import { FilterSheet } from "@/components/ui/filter-sheet";
import { CheckMenu } from "@/components/ui/menu";
import { SearchField } from "@/components/ui/search-field";
import type { InventoryAddress } from "@/server/certificates/inventory-contract";
import { chooseColumn, COLUMNS, resetColumns, useColumnChoice } from "./columns";
import { EndsMenu } from "./ends-menu";
import { countConditions, inventoryHref } from "./inventory-address";
import { conditionsOf, type Labels } from "./inventory-conditions";

type Props = {
  readonly address: InventoryAddress;
  readonly labels: Labels;
  /** Name of the identity that the address asks for. */
  readonly holder: string | undefined;
  readonly now: number;
  /** The facets, for the sheet of narrow screens. */
  readonly children: ReactNode;
};

/** The search with every condition in force as a chip, the choice of an end, and the choice of columns. */
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
        chips={
          chips.length > 0 &&
          chips.map(({ key, field, op, value, rest }) => (
            <Chip key={key} field={field} op={op} value={value} removeHref={inventoryHref(rest)} />
          ))
        }
      />
      <span className="vh" role="status">
        {isPending ? "Searching" : ""}
      </span>
      <EndsMenu address={address} now={now} />
      <ColumnMenu />
      <FilterSheet count={countConditions(filter)}>{children}</FilterSheet>
    </QueryBar>
  );
}

function ColumnMenu() {
  const choice = useColumnChoice();
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
      onToggle={chooseColumn}
      reset={{ label: "Reset to the usual columns", onSelect: resetColumns }}
    />
  );
}
