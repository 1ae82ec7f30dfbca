"use client";

import { useVirtualizer, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useState, useSyncExternalStore } from "react";

/** The rows that are drawn, and the room that the others take. */
export interface VirtualRows {
  /** Indexes of the drawn rows; all of them until the browser has taken over from the server. */
  readonly indexes: readonly number[];
  readonly before: number;
  readonly after: number;
  /** Measures a row; rows carry `data-index`. */
  readonly measure: ((row: HTMLElement | null) => void) | undefined;
  /** Brings a row into view. */
  reveal(index: number): void;
}

type Options = { readonly count: number; readonly scroller: RefObject<HTMLElement | null> };

const ROW = 36;
const ROW_ON_PHONE = 76;
const HEAD = 32;
const OVERSCAN = 12;

/**
 * Draws only the rows in sight. The table scrolls inside itself, on a phone with the page. What the server renders has
 * all rows of its page, and no position is written before hydration.
 */
export function useVirtualRows({ count, scroller }: Options): VirtualRows {
  const isPhone = useIsPhone();
  const [margin, setMargin] = useState(0);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes what it returns
  const inside = useVirtualizer<HTMLElement, HTMLElement>({
    count,
    enabled: isPhone === false,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
  });
  const withPage = useWindowVirtualizer<HTMLElement>({
    count,
    enabled: isPhone === true,
    estimateSize: () => ROW_ON_PHONE,
    overscan: OVERSCAN,
    scrollMargin: margin,
    scrollPaddingStart: 56,
    scrollPaddingEnd: 96,
  });

  useEffect(() => {
    if (isPhone && scroller.current) setMargin(scroller.current.getBoundingClientRect().top + window.scrollY);
  }, [isPhone, scroller]);

  const virtualizer = isPhone ? withPage : inside;
  const reveal = useCallback((index: number) => virtualizer.scrollToIndex(index, { align: "auto" }), [virtualizer]);
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  if (isPhone === undefined || !first || !last) {
    const indexes = Array.from({ length: count }, (_, index) => index);
    return { indexes, before: 0, after: 0, measure: undefined, reveal };
  }
  const start = isPhone ? margin : HEAD;
  return {
    indexes: items.map(({ index }) => index),
    before: first.start - start,
    after: Math.max(0, virtualizer.getTotalSize() - last.end + (isPhone ? margin : 0)),
    measure: virtualizer.measureElement,
    reveal,
  };
}

/** Whether the page has the width of a phone; undefined on the server and in the first rendering. */
function useIsPhone(): boolean | undefined {
  return useSyncExternalStore<boolean | undefined>(
    subscribeToWidth,
    () => matchMedia(PHONE).matches,
    () => undefined,
  );
}

const PHONE = "(max-width: 720px)";

function subscribeToWidth(listener: () => void): () => void {
  const query = matchMedia(PHONE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
