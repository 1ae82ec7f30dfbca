import type { Metadata } from "next";
import { Suspense } from "react";
import { JoinTokensPage } from "@/components/join-tokens/join-tokens-page";
import { readTokenAddress } from "@/components/join-tokens/token-address";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Join tokens" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The list of join tokens; `add` opens the form. */
export default async function JoinTokensRoute({ searchParams }: Props) {
  const parameters = await searchParams;
  return (
    <Page crumbs={[{ label: "Join tokens" }]}>
      <Suspense fallback={<TokensSkeleton />}>
        <JoinTokensPage address={readTokenAddress(parameters)} isAdding={parameters["add"] !== undefined} />
      </Suspense>
    </Page>
  );
}

function TokensSkeleton() {
  return (
    <>
      <PageHead title="Join tokens" />
      <TableSkeleton columns={5} />
    </>
  );
}
