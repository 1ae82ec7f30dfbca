import type { Metadata } from "next";
import { Suspense } from "react";
import { readResourceAddress } from "@/components/resources/resource-address";
import { ResourcesPage } from "@/components/resources/resources-page";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Resources" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The registry of resources; `open` shows one beside the list, `add` opens the form. */
export default async function ResourcesRoute({ searchParams }: Props) {
  const parameters = await searchParams;
  return (
    <Page crumbs={[{ label: "Resources" }]}>
      <Suspense fallback={<ResourcesSkeleton />}>
        <ResourcesPage address={readResourceAddress(parameters)} isAdding={parameters["add"] !== undefined} />
      </Suspense>
    </Page>
  );
}

function ResourcesSkeleton() {
  return (
    <>
      <PageHead title="Resources" />
      <TableSkeleton columns={6} />
    </>
  );
}
