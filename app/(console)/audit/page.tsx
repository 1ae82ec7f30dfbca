import type { Metadata } from "next";
import { Suspense } from "react";
import { readAuditAddress } from "@/components/audit/audit-address";
import { AuditLog } from "@/components/audit/audit-log";
import { Page } from "@/components/shell/page";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";

export const metadata: Metadata = { title: "Audit log" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Who did what, and the proof. */
export default async function AuditPage({ searchParams }: Props) {
  const address = readAuditAddress(await searchParams);
  return (
    <Page crumbs={[{ label: "Audit log" }]}>
      <Suspense key={JSON.stringify(address.filter)} fallback={<AuditSkeleton />}>
        <AuditLog address={address} />
      </Suspense>
    </Page>
  );
}

function AuditSkeleton() {
  return (
    <>
      <PageHead title="Audit log" />
      <TableSkeleton columns={5} />
    </>
  );
}
