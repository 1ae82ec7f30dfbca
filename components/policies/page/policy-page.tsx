import { cache } from "react";
import { type Caller, currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { Page } from "@/components/shell/page";
import { whyNot } from "@/components/shell/refusal";
import { Workbench } from "./workbench";

const PLACE = { label: "Policies", href: "/policies" };

const readPolicy = cache((policy: string) =>
  readPage(async (caller) => ({ detail: await caller.policies.get({ policy }), ...(await readGround(caller)) })),
);

/** What an editor needs besides the policy. */
export async function readGround(caller: Caller) {
  const [schema, known] = await Promise.all([caller.policies.schema(), caller.policies.known()]);
  return { schema: schema.whole, known: known.entities };
}

/** What somebody may not do with policies, and why. */
export async function readRefusals() {
  const permissions = await currentPermissions();
  return { draft: whyNot(permissions, "policy.draft"), publish: whyNot(permissions, "policy.publish") };
}

/** The name in the title of the page. */
export async function policyTitle(policy: string): Promise<string> {
  const read = await readPolicy(policy);
  return read.value ? `Policy ${read.value.detail.id}` : "Not allowed";
}

/** One policy: its text and its draft, what it would do, and its history. */
export async function PolicyPage({ policy }: { readonly policy: string }) {
  const now = Date.now();
  const read = await readPolicy(policy);
  if (read.refused) {
    return (
      <Page crumbs={[PLACE, { label: "Not allowed" }]}>
        <Refused refused={read.refused} doing="see this policy" />
      </Page>
    );
  }
  const { detail, schema, known } = read.value;
  return (
    <Page crumbs={[PLACE, { label: detail.id }]}>
      <Workbench
        {...{ detail, schema, known, now }}
        key={detail.id}
        startText={detail.draft?.text ?? detail.text ?? detail.versions[0]?.text ?? ""}
        epoch={detail.epoch}
        needsReview={detail.needsReview}
        refusals={await readRefusals()}
      />
    </Page>
  );
}
