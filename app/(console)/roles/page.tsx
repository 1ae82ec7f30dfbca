import type { Metadata } from "next";
import { Suspense } from "react";
import { readRoleAddress } from "@/components/roles/role-address";
import { RolesPage } from "@/components/roles/roles-page";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Roles" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The roles that can be given. */
export default async function RolesRoute({ searchParams }: Props) {
  const address = readRoleAddress(await searchParams);
  return (
    <Page crumbs={[{ label: "Roles" }]}>
      <Suspense fallback={<RolesSkeleton />}>
        <RolesPage address={address} />
      </Suspense>
    </Page>
  );
}

function RolesSkeleton() {
  return (
    <>
      <PageHead title="Roles" />
      <TableSkeleton columns={5} rows={6} />
    </>
  );
}
