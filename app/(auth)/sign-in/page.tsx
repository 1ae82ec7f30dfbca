import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/identities/sign-in-form";
import { isSignedIn } from "@/components/shell/guard";
import { NEXT_PARAMETER, safeNextPath } from "@/components/shell/next-path";
import { DefinitionList } from "@/components/ui/definition-list";
import { SplitPage } from "@/components/ui/entry";
import { serverCaller } from "@/server/api/caller";

export const metadata: Metadata = { title: "Sign in" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Signing in. Whoever is signed in already goes on; without an organisation the setup comes first. */
export default async function SignInPage({ searchParams }: Props) {
  const wanted = (await searchParams)[NEXT_PARAMETER];
  const next = safeNextPath(wanted);
  const caller = await serverCaller();
  const { step } = await caller.setup.read();
  if (step !== "done") redirect("/setup");
  if (await isSignedIn()) redirect(next);

  return (
    <SplitPage
      product="Swarm"
      suffix="Security Console"
      foot="Every sign-in is written to the audit log, refused ones too."
      aside={{ title: "What signing in does", children: <WhatItDoes /> }}
    >
      <SignInForm next={next} isSentHere={wanted !== undefined} />
    </SplitPage>
  );
}

function WhatItDoes() {
  return (
    <DefinitionList
      items={[
        {
          term: "Proof",
          detail: "Your password, and a code of your authenticator if you have added one.",
        },
        {
          term: "Session",
          detail: "12 h at most, 1 h without use. It is kept in this browser alone and can be ended from any other.",
        },
        { term: "Wrong codes", detail: "Slow down the next attempt. They never lock you out for good." },
        { term: "Recorded", detail: "Time, device, address and result. Never your password or a code." },
      ]}
    />
  );
}
