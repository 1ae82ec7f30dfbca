import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import { DeedButton } from "@/components/shell/disabled-button";
import { ButtonLink } from "@/components/ui/button-link";
import { Facets, Pane, WorkArea } from "@/components/ui/facets";
import { PageHead } from "@/components/ui/page-head";
import type { PolicySummary } from "@/server/policies/contract";
import { PublishDrafts } from "./page/publish-drafts";
import { policiesAt, policiesHref, type PolicyAddress } from "./policy-address";
import { PolicyQuery } from "./policy-query";
import { PolicyTable } from "./policy-table";
import { leadLine, nowLine } from "./words";

/** Every policy in force and every draft. */
export async function PoliciesPage({ address }: { readonly address: PolicyAddress }) {
  const now = Date.now();
  const read = await readPage((caller) => caller.policies.list());
  if (read.refused) return <Refused refused={read.refused} doing="see the policies" />;

  const { policies, epoch } = read.value;
  const permissions = await currentPermissions();
  const draftRefused = whyNot(permissions, "policy.draft");
  const drafts = policies.flatMap(({ id, draft }) => (draft ? [id] : []));
  const facets = <PolicyFacets address={address} policies={policies} now={now} />;
  return (
    <>
      <PageHead
        title={nowLine(read.value)}
        lead={leadLine(read.value)}
        actions={
          <>
            <ButtonLink href="/policies/schema" icon="file">
              Schema
            </ButtonLink>
            <ButtonLink href="/policies/history" icon="clock">
              History
            </ButtonLink>
            {drafts.length > 1 && (
              <PublishDrafts policies={drafts} epoch={epoch} publishRefused={whyNot(permissions, "policy.publish")} />
            )}
            {draftRefused ? (
              <DeedButton icon="plus" disabledBecause={draftRefused}>
                New policy
              </DeedButton>
            ) : (
              <ButtonLink href="/policies/new" variant="main" icon="plus">
                New policy
              </ButtonLink>
            )}
          </>
        }
      />
      <WorkArea rail={facets}>
        <Pane>
          <PolicyQuery address={address}>{facets}</PolicyQuery>
          <PolicyTable address={address} shown={policiesAt(policies, address, now)} total={policies.length} now={now} />
        </Pane>
      </WorkArea>
    </>
  );
}

type FacetsProps = {
  readonly address: PolicyAddress;
  readonly policies: readonly PolicySummary[];
  readonly now: number;
};

function PolicyFacets({ address, policies, now }: FacetsProps) {
  const facet = (label: string, filter: Partial<PolicyAddress>) => {
    const isOn = Object.entries(filter).every(([field, value]) => address[field as keyof PolicyAddress] === value);
    const cleared = Object.fromEntries(Object.keys(filter).map((field) => [field, undefined]));
    return {
      ...{ label, isOn, count: policiesAt(policies, { ...address, ...filter }, now).length },
      href: policiesHref({ ...address, ...(isOn ? cleared : filter) }),
    };
  };
  return (
    <Facets
      label="Filters"
      groups={[
        {
          title: "Effect",
          items: [
            { ...facet("Permits", { effect: "permit" }), tone: "ok", icon: "ok" },
            { ...facet("Forbids", { effect: "forbid" }), tone: "danger", icon: "ban" },
          ],
        },
        {
          title: "Origin",
          items: [
            facet("Written here", { origin: "written" }),
            facet("Of roles", { origin: "role" }),
            facet("Built in", { origin: "built-in" }),
          ],
        },
        {
          title: "Worth a look",
          items: [facet("Drafts", { show: "drafts" }), facet("Never decided in 90 days", { show: "idle" })],
        },
      ]}
    />
  );
}
