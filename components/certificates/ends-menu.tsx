"use client";

import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import type { InventoryAddress } from "@/server/certificates/inventory-contract";
import { EndsForm } from "./ends-form";

/** Filters by when a certificate ends. On a phone the form stands in the sheet of filters. */
export function EndsMenu({ address, now }: { readonly address: InventoryAddress; readonly now: number }) {
  return (
    <Popover
      title="Ends"
      align="end"
      trigger={
        <Button icon="clock" className="m-hide">
          Ends
        </Button>
      }
    >
      <div className="w-64 pt-2">
        <EndsForm address={address} now={now} />
      </div>
    </Popover>
  );
}
