import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PolicyPage, policyTitle } from "@/components/policies/page/policy-page";
import { PolicyInput } from "@/server/policies/contract";

type Props = { readonly params: Promise<{ readonly policy: string }> };

/** The title carries the policy's name. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await policyTitle(await nameOf(params)) };
}

/** One policy. */
export default async function PolicyRoute({ params }: Props) {
  return <PolicyPage policy={await nameOf(params)} />;
}

async function nameOf(params: Props["params"]): Promise<string> {
  const parsed = PolicyInput.safeParse({ policy: decodeURIComponent((await params).policy) });
  if (!parsed.success) notFound();
  return parsed.data.policy;
}
