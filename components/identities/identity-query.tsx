"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";
import { Chip } from "@/components/ui/chip";
import { QueryBar } from "@/components/ui/facets";
import { FilterSheet } from "@/components/ui/filter-sheet";
import { SearchField } from "@/components/ui/search-field";
import type { IdentityKind } from "@/server/identities/contract";
import { KINDS, STATES } from "./kinds";
import { type ListAddress, listHref } from "./list-address";

type Props = {
  readonly kind: IdentityKind;
  readonly address: ListAddress;
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  /** The facets, for the sheet of narrow screens. */
  readonly children: ReactNode;
};

/** The search of a list with the filters in force; everything stands in the address. */
export function IdentityQuery({ kind, address, teams, children }: Props) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const { place, many } = KINDS[kind];
  const { query, state, teamId } = address;
  const team = teams.find(({ id }) => id === teamId);
  const active = [state, teamId].filter(Boolean).length;

  function search(next: string) {
    if (next === query) return;
    startTransition(() => router.replace(listHref(place, { query: next, state, teamId }), { scroll: false }));
  }

  return (
    <QueryBar>
      <SearchField
        label={`Search ${many}`}
        placeholder={kind === "user" ? "Name, e-mail address, team or label" : "Name, team or label"}
        value={query}
        onSearch={search}
        chips={
          active > 0 && (
            <>
              {state && (
                <Chip field="state" value={STATES[state].word} removeHref={listHref(place, { query, teamId })} />
              )}
              {teamId && (
                <Chip field="team" value={team?.name ?? teamId} removeHref={listHref(place, { query, state })} />
              )}
            </>
          )
        }
      />
      <FilterSheet count={active}>{children}</FilterSheet>
    </QueryBar>
  );
}
