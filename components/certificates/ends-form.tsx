"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { InventoryAddress } from "@/server/certificates/inventory-contract";
import { inventoryHref } from "./inventory-address";

const DAY = 86_400_000;
const PRESETS = [
  { days: 1, label: "within 24 h" },
  { days: 7, label: "within 7 d" },
  { days: 30, label: "within 30 d" },
] as const;

/** Filters by when a certificate ends: presets first, then any two days. Follows the address when that changes. */
export function EndsForm({ address, now }: { readonly address: InventoryAddress; readonly now: number }) {
  return <Fields key={inventoryHref(address)} address={address} now={now} />;
}

function Fields({ address, now }: { readonly address: InventoryAddress; readonly now: number }) {
  const router = useRouter();
  const { filter, sort } = address;
  const [from, setFrom] = useState(dayOf(filter.endsAfter));
  const [until, setUntil] = useState(dayOf(filter.endsBefore));
  const minute = Math.floor(now / 60_000) * 60_000;

  function show(event: FormEvent) {
    event.preventDefault();
    const ends = { endsAfter: msOf(from), endsBefore: msOf(until) };
    router.replace(inventoryHref({ filter: { ...filter, ...ends }, sort }), { scroll: false });
  }

  return (
    <form className="grid gap-3" onSubmit={show}>
      <div className="flex flex-wrap gap-1">
        {PRESETS.map(({ days, label }) => (
          <ButtonLink
            key={days}
            size="s"
            href={inventoryHref({ filter: { ...filter, endsAfter: minute, endsBefore: minute + days * DAY }, sort })}
          >
            {label}
          </ButtonLink>
        ))}
      </div>
      <Field label="From" limit="UTC">
        <Input type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
      </Field>
      <Field label="Before" limit="UTC">
        <Input type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
      </Field>
      <Button type="submit">Show these</Button>
    </form>
  );
}

function dayOf(at: number | undefined): string {
  return at === undefined ? "" : new Date(at).toISOString().slice(0, 10);
}

function msOf(day: string): number | undefined {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : at;
}
