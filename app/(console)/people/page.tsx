import type { Metadata } from "next";
import { IdentityListPage } from "@/components/identities/identity-list-page";

export const metadata: Metadata = { title: "People" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The list of people. */
export default function PeoplePage({ searchParams }: Props) {
  return <IdentityListPage kind="user" searchParams={searchParams} />;
}
