import type { Metadata } from "next";
import { Suspense } from "react";
import { Page } from "@/components/shell/page";
import { TeamsPage } from "@/components/teams/teams-page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Teams and pools" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Teams and pools, each as a tree; `add` opens the form that makes a team. */
export default async function TeamsRoute({ searchParams }: Props) {
  const parameters = await searchParams;
  return (
    <Page crumbs={[{ label: "Teams and pools" }]}>
      <Suspense fallback={<TeamsSkeleton />}>
        <TeamsPage isAdding={parameters["add"] !== undefined} />
      </Suspense>
    </Page>
  );
}

function TeamsSkeleton() {
  return (
    <>
      <PageHead title="Teams and pools" />
      <TableSkeleton columns={6} />
    </>
  );
}
