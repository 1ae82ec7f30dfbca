import type { Metadata } from "next";
import { Suspense } from "react";
import { PoliciesPage } from "@/components/policies/policies-page";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Policies" };

/** The policies in force. */
export default function PoliciesRoute() {
  return (
    <Page crumbs={[{ label: "Policies" }]}>
      <Suspense fallback={<PoliciesSkeleton />}>
        <PoliciesPage />
      </Suspense>
    </Page>
  );
}

function PoliciesSkeleton() {
  return (
    <>
      <PageHead title="Policies" />
      <TableSkeleton columns={1} rows={6} />
    </>
  );
}
