import type { Metadata } from "next";
import { Suspense } from "react";
import { InventoryPage } from "@/components/certificates/inventory-page";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";
import { readInventoryAddress } from "@/server/certificates/inventory-contract";

export const metadata: Metadata = { title: "Certificates" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The inventory of certificates. */
export default async function CertificatesPage({ searchParams }: Props) {
  const address = readInventoryAddress(await searchParams);
  return (
    <Page crumbs={[{ label: "Certificates" }]}>
      {/* Without a key: while a filter is on its way the list stays, and the search keeps its focus. */}
      <Suspense fallback={<InventorySkeleton />}>
        <InventoryPage address={address} />
      </Suspense>
    </Page>
  );
}

function InventorySkeleton() {
  return (
    <>
      <PageHead title="Certificates" />
      <TableSkeleton columns={6} />
    </>
  );
}
