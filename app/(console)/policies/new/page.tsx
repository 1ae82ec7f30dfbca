import type { Metadata } from "next";
import { NewPolicyPage } from "@/components/policies/page/new-policy-page";

export const metadata: Metadata = { title: "New policy" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Writes a policy; the address may name a template to start from, or a policy to copy. */
export default async function NewPolicyRoute({ searchParams }: Props) {
  const { template, from } = await searchParams;
  return <NewPolicyPage template={one(template)} from={one(from)} />;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
