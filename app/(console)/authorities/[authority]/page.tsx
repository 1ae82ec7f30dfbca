import type { Metadata } from "next";
import { AuthorityPage, authorityTitle } from "@/components/authorities/authority-page";

type Props = { readonly params: Promise<{ readonly authority: string }> };

/** The title carries the authority's name. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await authorityTitle((await params).authority) };
}

/** One authority, by its id or slug. */
export default async function AuthorityRoute({ params }: Props) {
  return <AuthorityPage authority={(await params).authority} />;
}
