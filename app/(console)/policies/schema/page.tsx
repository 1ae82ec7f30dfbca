import type { Metadata } from "next";
import { Suspense } from "react";
import { SchemaPage } from "@/components/policies/schema/schema-page";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Schema" };

/** What policies are checked against, and what an admin may add to it. */
export default function SchemaRoute() {
  return (
    <Page crumbs={[{ label: "Policies", href: "/policies" }, { label: "Schema" }]}>
      <Suspense fallback={<SchemaSkeleton />}>
        <SchemaPage />
      </Suspense>
    </Page>
  );
}

function SchemaSkeleton() {
  return (
    <>
      <PageHead title="Schema" />
      <TableSkeleton columns={1} rows={10} />
    </>
  );
}
