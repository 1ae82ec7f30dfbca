import type { Metadata } from "next";
import { ImportPage } from "@/components/identities/import/import-page";
import { Page } from "@/components/shell/page";

export const metadata: Metadata = { title: "Import identities" };

/** People, services and nodes from a file. */
export default function ImportRoute() {
  return (
    <Page crumbs={[{ label: "People", href: "/people" }, { label: "Import" }]}>
      <ImportPage />
    </Page>
  );
}
