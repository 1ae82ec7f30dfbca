"use client";

import { useState } from "react";
import { sentence } from "@/components/rpc/failure";
import { Button } from "@/components/ui/button";
import { OptionGroup } from "@/components/ui/choice";
import { formatLongInstant, plural } from "@/components/ui/format";
import type { Offer } from "@/server/roles/grant-contract";

type Props = {
  readonly offers: readonly Offer[];
  readonly value: string;
  onChange(role: string): void;
  readonly error?: string | undefined;
};

/** So many that cannot be given are shown at first. */
const LOCKED = 2;

/** Which role: those that can be given first; the others stay visible, with why not and whom to ask. */
export function RoleField({ offers, value, onChange, error }: Props) {
  const [isWhole, setWhole] = useState(false);
  const open = offers.filter(({ mode }) => mode !== "no");
  const locked = offers.filter(({ mode }) => mode === "no");
  const shown = isWhole ? locked : locked.slice(0, LOCKED);
  return (
    <>
      <OptionGroup
        legend="Role"
        value={value}
        onChange={onChange}
        error={error}
        options={[...open, ...shown].map((offer) => ({
          value: offer.role,
          title: offer.title,
          detail: offer.description,
          end: offer.mode === "no" ? "not yours to give" : heldWords(offer),
          lockedBecause: offer.refused === null ? undefined : sentence(offer.refused),
        }))}
      />
      {locked.length > shown.length && (
        <Button size="s" variant="quiet" onClick={() => setWhole(true)}>
          Show {plural(locked.length - shown.length, "other role")} that you cannot give
        </Button>
      )}
    </>
  );
}

function heldWords({ held }: Offer): string | undefined {
  if (!held) return undefined;
  return held.until === null ? "has it now" : `has it until ${formatLongInstant(held.until)}`;
}
