import type { Metadata } from "next";
import { Suspense } from "react";
import { AuthoritiesPage } from "@/components/authorities/authorities-page";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Authorities" };

/** The hierarchy of authorities. */
export default function AuthoritiesRoute() {
  return (
    <Page crumbs={[{ label: "Authorities" }]}>
      <Suspense fallback={<AuthoritiesSkeleton />}>
        <AuthoritiesPage />
      </Suspense>
    </Page>
  );
}

function AuthoritiesSkeleton() {
  return (
    <>
      <PageHead title="Authorities" />
      <TableSkeleton columns={5} rows={4} />
    </>
  );
}
