import type { Metadata } from "next";
import { Suspense } from "react";
import { readDecisionAddress } from "@/components/decisions/decision-address";
import { DecisionLog } from "@/components/decisions/decision-log";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Decisions" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What machines asked, what they were told, and why. */
export default async function DecisionsPage({ searchParams }: Props) {
  const address = readDecisionAddress(await searchParams);
  return (
    <Page crumbs={[{ label: "Decisions" }]}>
      <Suspense key={JSON.stringify(address.filter)} fallback={<DecisionsSkeleton />}>
        <DecisionLog address={address} />
      </Suspense>
    </Page>
  );
}

function DecisionsSkeleton() {
  return (
    <>
      <PageHead title="Decisions" />
      <TableSkeleton columns={6} />
    </>
  );
}
