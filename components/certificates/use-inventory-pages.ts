"use client";

import { useCallback, useRef, useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { type Failure, failureOf } from "@/components/rpc/failure";
import type { InventoryAddress, InventoryPage, InventoryRow } from "@/server/certificates/inventory-contract";

/** The pages that were read so far, and how to read on. */
export interface InventoryPages {
  readonly rows: readonly InventoryRow[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
  readonly isLoading: boolean;
  readonly failure: Failure | undefined;
  /** The time by which the newest statuses were derived. */
  readonly now: number;
  readMore(): void;
}

/** Begins with the page that the server rendered and reads on by cursor. A new first page begins anew. */
export function useInventoryPages(address: InventoryAddress, first: InventoryPage): InventoryPages {
  const client = useTRPCClient();
  const [seen, setSeen] = useState(first);
  const [further, setFurther] = useState<readonly InventoryPage[]>([]);
  const [isLoading, setLoading] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const asked = useRef<string>(undefined);

  if (seen !== first) {
    setSeen(first);
    setFurther([]);
    setFailure(undefined);
  }

  const last = further.at(-1) ?? first;
  const { next } = last;
  const { filter, sort } = address;
  const readMore = useCallback(() => {
    if (next === null || asked.current === next) return;
    asked.current = next;
    setLoading(true);
    setFailure(undefined);
    client.inventory.list
      .query({ filter, sort, cursor: next })
      .then((page) => {
        // Meanwhile a new first page may have come: what follows the old one does not follow it.
        if (asked.current === next) setFurther((pages) => [...pages, page]);
      })
      .catch((error: unknown) => setFailure(failureOf(error)))
      .finally(() => {
        asked.current = undefined;
        setLoading(false);
      });
  }, [client, filter, sort, next]);

  const rows = further.length === 0 ? first.rows : [...first.rows, ...further.flatMap((page) => page.rows)];
  return { rows, next, isLoading, failure, now: last.now, readMore };
}
