"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";
import { Chip } from "@/components/ui/chip";
import { QueryBar } from "@/components/ui/facets";
import { FilterSheet } from "@/components/ui/filter-sheet";
import { SearchField } from "@/components/ui/search-field";
import { type RoleAddress, rolesHref } from "./role-address";

type Props = {
  readonly address: RoleAddress;
  /** The facets, for the sheet of narrow screens. */
  readonly children: ReactNode;
};

/** The search of the list with the filters in force; everything stands in the address. */
export function RoleQuery({ address, children }: Props) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const { query, origin, show } = address;
  const active = [origin, show].filter(Boolean).length;

  function search(next: string) {
    if (next === query) return;
    startTransition(() => router.replace(rolesHref({ ...address, query: next }), { scroll: false }));
  }

  const without = (field: "origin" | "show") => rolesHref({ ...address, [field]: undefined });
  return (
    <QueryBar>
      <SearchField
        label="Search roles"
        placeholder="Name, title, or what it is for"
        value={query}
        onSearch={search}
        chips={
          active > 0 && (
            <>
              {origin && <Chip field="origin" value={origin} removeHref={without("origin")} />}
              {show === "unused" && <Chip field="used" op="not all in" value="90 days" removeHref={without("show")} />}
              {show === "unheld" && <Chip field="held by" op="" value="nobody" removeHref={without("show")} />}
              {show === "retired" && <Chip field="state" value="retired" removeHref={without("show")} />}
            </>
          )
        }
      />
      <FilterSheet count={active}>{children}</FilterSheet>
    </QueryBar>
  );
}
