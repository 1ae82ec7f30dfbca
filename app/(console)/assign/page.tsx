import { Suspense } from "react";
import { readAssignAddress } from "@/components/roles/assign/assign-address";
import { AssignAccess } from "@/components/roles/assign/assign-page";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata = { title: "Assign" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Who of a team can do what, until when; and the way to give more, or less. */
export default async function AssignPage({ searchParams }: Props) {
  const address = readAssignAddress(await searchParams);
  const { give: _, ...list } = address;
  return (
    <Page crumbs={[{ label: "Assign" }]}>
      <Suspense key={JSON.stringify(list)} fallback={<Loading />}>
        <AssignAccess address={address} />
      </Suspense>
    </Page>
  );
}

function Loading() {
  return (
    <>
      <PageHead title="Assign" />
      <TableSkeleton columns={5} />
    </>
  );
}
