"use client";

import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { formatCount } from "@/components/ui/format";
import { TableFoot } from "@/components/ui/table";
import type { InventoryAddress, InventoryCount } from "@/server/certificates/inventory-contract";
import { inventoryHref } from "./inventory-address";
import type { InventoryPages } from "./use-inventory-pages";

type Props = {
  readonly address: InventoryAddress;
  readonly pages: InventoryPages;
  readonly total: InventoryCount;
  readonly isPartial: boolean;
  readonly isWhole: boolean;
};

/** How many there are, how many were read, and the way on; as a link where no script runs. */
export function InventoryFoot({ address, pages, total, isPartial, isWhole }: Props) {
  const { rows, next, isLoading, failure, readMore } = pages;
  const shown = address.cursor ? `${formatCount(rows.length)} from here on` : `1–${formatCount(rows.length)}`;
  return (
    <TableFoot
      total={total.count}
      isAtLeast={!total.isExact}
      shown={next !== null || address.cursor ? shown : undefined}
      noun="certificate"
      hint={
        isPartial && next !== null
          ? "Very many fit this text. They are searched part by part as you scroll."
          : `Bar: share of life used. Tick: when renewal is due.${isWhole ? "" : " Filtered."}`
      }
      end={
        <>
          {failure && (
            <span className="da-x" role="alert">
              {failure.message}
            </span>
          )}
          {address.cursor && (
            <ButtonLink size="s" variant="quiet" href={inventoryHref({ ...address, cursor: undefined })}>
              First page
            </ButtonLink>
          )}
          {next !== null && (
            <>
              <noscript>
                <a className="btn btn--quiet btn--s" href={inventoryHref({ ...address, cursor: next })}>
                  Next page
                </a>
              </noscript>
              <Button size="s" variant="quiet" busy={isLoading && "Reading on"} onClick={readMore}>
                {failure ? "Try again" : "Load 100 more"}
              </Button>
            </>
          )}
        </>
      }
    />
  );
}
