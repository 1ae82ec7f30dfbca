"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";
import { Chip } from "@/components/ui/chip";
import { QueryBar } from "@/components/ui/facets";
import { FilterSheet } from "@/components/ui/filter-sheet";
import { SearchField } from "@/components/ui/search-field";
import { type ResourceAddress, resourcesHref } from "./resource-address";

type Props = {
  readonly address: ResourceAddress;
  /** The facets, for the sheet of narrow screens. */
  readonly children: ReactNode;
};

/** The search of the resources with the filters in force; everything stands in the address. */
export function ResourceQuery({ address, children }: Props) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const { text, type, team } = address;
  const active = [type, team].filter(Boolean).length;

  function search(next: string) {
    if (next === text) return;
    startTransition(() => router.replace(resourcesHref({ text: next, type, team }), { scroll: false }));
  }

  return (
    <QueryBar>
      <SearchField
        label="Search resources"
        placeholder="Name, team, attribute or label"
        value={text}
        onSearch={search}
        chips={
          active > 0 && (
            <>
              {type && <Chip field="type" value={type} removeHref={resourcesHref({ text, team })} />}
              {team && <Chip field="team" value={team} removeHref={resourcesHref({ text, type })} />}
            </>
          )
        }
      />
      <FilterSheet count={active}>{children}</FilterSheet>
    </QueryBar>
  );
}
