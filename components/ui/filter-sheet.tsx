"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { Drawer } from "./dialog";

/** The facets of a narrow screen: a button "Filters 2" that opens them as a sheet. */
export function FilterSheet({ count, children }: { count: number; children: ReactNode }) {
  const address = `${usePathname()}?${useSearchParams()}`;
  const [openedAt, setOpenedAt] = useState<string>();
  return (
    <Drawer
      title="Filters"
      isReadFirst
      // Choosing a filter changes the address, and the sheet gives way to the result.
      open={openedAt === address}
      onOpenChange={(next) => setOpenedAt(next ? address : undefined)}
      trigger={
        <Button icon="filter" className="filters">
          {count > 0 ? `Filters ${count}` : "Filters"}
        </Button>
      }
    >
      {children}
    </Drawer>
  );
}
