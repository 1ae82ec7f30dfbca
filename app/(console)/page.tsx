import type { Metadata } from "next";
import { Suspense } from "react";
import { OverviewContent } from "@/components/overview/overview";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { LinesSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Overview" };

/** What is about to break, and the safe button for it. */
export default function OverviewPage() {
  return (
    <Page crumbs={[{ label: "Overview" }]}>
      <Suspense fallback={<OverviewSkeleton />}>
        <OverviewContent />
      </Suspense>
    </Page>
  );
}

function OverviewSkeleton() {
  return (
    <>
      <PageHead title="Overview" />
      <div className="pad">
        <LinesSkeleton lines={8} />
      </div>
    </>
  );
}
