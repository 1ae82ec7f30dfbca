import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PolicyPage, policyTitle } from "@/components/policies/page/policy-page";
import { readFirstQuestion } from "@/components/policies/policy-address";
import { PolicyInput } from "@/server/policies/contract";

type Props = {
  readonly params: Promise<{ readonly policy: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The title carries the policy's name. */
export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  return { title: await policyTitle(await nameOf(params)) };
}

/** One policy. */
export default async function PolicyRoute({ params, searchParams }: Props) {
  const { ask } = await searchParams;
  return <PolicyPage policy={await nameOf(params)} ask={readFirstQuestion(ask)} />;
}

async function nameOf(params: Props["params"]): Promise<string> {
  const parsed = PolicyInput.safeParse({ policy: decodeURIComponent((await params).policy) });
  if (!parsed.success) notFound();
  return parsed.data.policy;
}
