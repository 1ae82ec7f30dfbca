"use client";

import { useRouter } from "next/navigation";
import { Select } from "@/components/ui/input";
import type { AssignPage } from "@/server/roles/grant-contract";
import { type AssignAddress, assignHref } from "./assign-address";

type Props = { readonly teams: AssignPage["teams"]; readonly address: AssignAddress };

/** Which team is looked at. */
export function TeamChoice({ teams, address }: Props) {
  const router = useRouter();
  if (teams.length < 2) return null;
  return (
    <Select
      aria-label="Team"
      value={address.team}
      onChange={(event) => router.push(assignHref({ team: event.target.value }))}
      options={teams.map(({ id, name, mayGive }) => ({ value: id, label: mayGive ? name : `${name} (to look at)` }))}
    />
  );
}
