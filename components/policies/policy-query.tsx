"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";
import { Chip } from "@/components/ui/chip";
import { QueryBar } from "@/components/ui/facets";
import { FilterSheet } from "@/components/ui/filter-sheet";
import { SearchField } from "@/components/ui/search-field";
import { policiesHref, type PolicyAddress } from "./policy-address";

type Props = {
  readonly address: PolicyAddress;
  /** The facets, for the sheet of narrow screens. */
  readonly children: ReactNode;
};

/** The search of the list with the filters in force; everything stands in the address. */
export function PolicyQuery({ address, children }: Props) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const { query, effect, origin, show } = address;
  const active = [effect, origin, show].filter(Boolean).length;

  function search(next: string) {
    if (next === query) return;
    startTransition(() => router.replace(policiesHref({ ...address, query: next }), { scroll: false }));
  }

  const without = (field: "effect" | "origin" | "show") => policiesHref({ ...address, [field]: undefined });
  return (
    <QueryBar>
      <SearchField
        label="Search policies"
        placeholder="Name, what it is for, or its text"
        value={query}
        onSearch={search}
        chips={
          active > 0 && (
            <>
              {effect && <Chip field="effect" value={effect} removeHref={without("effect")} />}
              {origin && <Chip field="origin" value={origin} removeHref={without("origin")} />}
              {show === "drafts" && <Chip field="draft" value="waiting" removeHref={without("show")} />}
              {show === "idle" && <Chip field="decided" op="not in" value="90 days" removeHref={without("show")} />}
            </>
          )
        }
      />
      <FilterSheet count={active}>{children}</FilterSheet>
    </QueryBar>
  );
}
