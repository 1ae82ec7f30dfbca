import type { Metadata } from "next";
import { Suspense } from "react";
import { ProfilesPage } from "@/components/profiles/profiles-page";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Profiles" };

/** The list of profiles. */
export default function ProfilesRoute() {
  return (
    <Page crumbs={[{ label: "Profiles" }]}>
      <Suspense fallback={<ProfilesSkeleton />}>
        <ProfilesPage />
      </Suspense>
    </Page>
  );
}

function ProfilesSkeleton() {
  return (
    <>
      <PageHead title="Profiles" />
      <TableSkeleton columns={5} rows={3} />
    </>
  );
}
