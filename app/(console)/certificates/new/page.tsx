import type { Metadata } from "next";
import { IssuePage } from "@/components/certificates/issue/issue-page";

export const metadata: Metadata = { title: "Issue a certificate" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The form that issues a certificate; the address may name the profile and for whom. */
export default async function NewCertificatePage({ searchParams }: Props) {
  const { profile, name } = await searchParams;
  return <IssuePage profileName={one(profile)} name={one(name)} />;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
