import type { Metadata } from "next";
import { Suspense } from "react";
import { PoliciesPage } from "@/components/policies/policies-page";
import { readPolicyAddress } from "@/components/policies/policy-address";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Policies" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The policies in force, and drafts. */
export default async function PoliciesRoute({ searchParams }: Props) {
  const address = readPolicyAddress(await searchParams);
  return (
    <Page crumbs={[{ label: "Policies" }]}>
      <Suspense fallback={<PoliciesSkeleton />}>
        <PoliciesPage address={address} />
      </Suspense>
    </Page>
  );
}

function PoliciesSkeleton() {
  return (
    <>
      <PageHead title="Policies" />
      <TableSkeleton columns={4} rows={8} />
    </>
  );
}
