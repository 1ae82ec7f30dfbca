import type { Metadata } from "next";
import { Suspense } from "react";
import { readCompared } from "@/components/policies/history/epochs-address";
import { EpochsPage } from "@/components/policies/history/epochs-page";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "History of the policies" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Every set of policies that was in force. */
export default async function PolicyHistoryRoute({ searchParams }: Props) {
  const compared = readCompared(await searchParams);
  return (
    <Page crumbs={[{ label: "Policies", href: "/policies" }, { label: "History" }]}>
      <Suspense fallback={<HistorySkeleton />}>
        <EpochsPage compared={compared} />
      </Suspense>
    </Page>
  );
}

function HistorySkeleton() {
  return (
    <>
      <PageHead title="History" />
      <TableSkeleton columns={4} rows={6} />
    </>
  );
}
