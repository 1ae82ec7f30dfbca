import type { Metadata } from "next";
import { IdentityDetailPage, identityTitle } from "@/components/identities/identity-detail-page";

type Props = { readonly params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await identityTitle((await params).id) };
}

/** One service. */
export default async function ServicePage({ params }: Props) {
  return <IdentityDetailPage kind="service" id={(await params).id} />;
}
