import type { Metadata } from "next";
import { IdentityListPage } from "@/components/identities/identity-list-page";

export const metadata: Metadata = { title: "Nodes" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The list of nodes. */
export default function NodesPage({ searchParams }: Props) {
  return <IdentityListPage kind="node" searchParams={searchParams} />;
}
