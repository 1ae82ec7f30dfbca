"use client";

import Link from "next/link";
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

/** How many there are, how many were read, and the way on. */
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
          ? "Very many are looked through, part by part as you scroll."
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
          {next !== null &&
            (isLoading ? (
              <Button size="s" variant="quiet" busy="Reading on" />
            ) : (
              <Link
                className="btn btn--quiet btn--s"
                href={inventoryHref({ ...address, cursor: next })}
                prefetch={false}
                onClick={(event) => {
                  // A plain click reads on here; another tab begins at the next page.
                  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
                  event.preventDefault();
                  readMore();
                }}
              >
                {failure ? "Try again" : "Load 100 more"}
              </Link>
            ))}
        </>
      }
    />
  );
}
