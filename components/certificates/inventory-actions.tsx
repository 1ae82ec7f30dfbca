"use client";

import { DeedButton } from "@/components/shell/disabled-button";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Menu } from "@/components/ui/menu";
import type { InventoryAddress, InventoryCount } from "@/server/certificates/inventory-contract";
import { exportHref, isWhole } from "./inventory-address";
import { countWords } from "./words";

type Props = {
  readonly address: InventoryAddress;
  readonly total: InventoryCount;
  readonly exportRefused: string | undefined;
  readonly issueRefused: string | undefined;
};

/** Export and issue, above the list. */
export function InventoryActions({ address, total, exportRefused, issueRefused }: Props) {
  const what = `${isWhole(address.filter) ? "All" : "The"} ${countWords(total)} shown, in this order`;
  return (
    <>
      <Menu
        trigger={<Button icon="load">Export</Button>}
        items={[
          { heading: what },
          {
            label: "CSV, for a spreadsheet",
            href: exportHref(address, "csv"),
            isExternal: true,
            disabledBecause: exportRefused,
          },
          {
            label: "NDJSON, a line a certificate",
            href: exportHref(address, "ndjson"),
            isExternal: true,
            disabledBecause: exportRefused,
          },
        ]}
      />
      <IssueLink refused={issueRefused} />
    </>
  );
}

/** The way to the form that issues; it stays, and says why, when the person may not. */
export function IssueLink({ refused, isMain }: { readonly refused: string | undefined; readonly isMain?: boolean }) {
  if (refused) {
    return (
      <DeedButton icon="plus" disabledBecause={refused}>
        Issue certificate
      </DeedButton>
    );
  }
  return (
    <ButtonLink href="/certificates/new" icon="plus" variant={isMain ? "main" : "outline"}>
      Issue certificate
    </ButtonLink>
  );
}
