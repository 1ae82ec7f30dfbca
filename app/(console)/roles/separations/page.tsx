import type { Metadata } from "next";
import { Suspense } from "react";
import { SeparationsPage } from "@/components/roles/separations/separations-page";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Separations of duties" };

/** Which roles are kept apart. */
export default function SeparationsRoute() {
  return (
    <Page crumbs={[{ label: "Roles", href: "/roles" }, { label: "Separations" }]}>
      <Suspense fallback={<SeparationsSkeleton />}>
        <SeparationsPage />
      </Suspense>
    </Page>
  );
}

function SeparationsSkeleton() {
  return (
    <>
      <PageHead title="Separations of duties" />
      <TableSkeleton columns={4} rows={3} />
    </>
  );
}
