import type { Metadata } from "next";
import { IdentityDetailPage, identityTitle } from "@/components/identities/identity-detail-page";

type Props = { readonly params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await identityTitle((await params).id) };
}

/** One node. */
export default async function NodePage({ params }: Props) {
  return <IdentityDetailPage kind="node" id={(await params).id} />;
}
