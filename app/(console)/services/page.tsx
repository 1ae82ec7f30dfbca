import type { Metadata } from "next";
import { IdentityListPage } from "@/components/identities/identity-list-page";

export const metadata: Metadata = { title: "Services" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The list of services. */
export default function ServicesPage({ searchParams }: Props) {
  return <IdentityListPage kind="service" searchParams={searchParams} />;
}
