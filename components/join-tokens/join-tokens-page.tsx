import { readTrust } from "@/components/identities/read-trust";
import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import { Facets, Pane, QueryBar, WorkArea } from "@/components/ui/facets";
import { FilterSheet } from "@/components/ui/filter-sheet";
import { PageHead } from "@/components/ui/page-head";
import type { JoinTokenPage } from "@/server/certificates/join-token-contract";
import { CreateToken } from "./create-token";
import { type TokenAddress, tokensHref } from "./token-address";
import { TokenTable } from "./token-table";
import { leadLine, nowLine, TOKEN_STATES } from "./words";

type Props = { readonly address: TokenAddress; readonly isAdding: boolean };

/** The join tokens: what is open first, and the way to make one. */
export async function JoinTokensPage({ address, isAdding }: Props) {
  const now = Date.now();
  const read = await readPage((caller) => caller.joinTokens.list({ ...address }));
  if (read.refused) return <Refused refused={read.refused} doing="see the join tokens" />;

  const page = read.value;
  const permissions = await currentPermissions();
  const profiles =
    permissions["profile.list"] === null ? await readPage((caller) => caller.profiles.list()) : undefined;
  const facets = <TokenFacets address={address} page={page} />;
  return (
    <>
      <PageHead
        title={nowLine(page)}
        lead={leadLine(page)}
        actions={
          <CreateToken
            isOpenAtFirst={isAdding}
            trust={await readTrust(permissions)}
            profiles={(profiles?.value ?? []).map(({ name, kind, rules }) => ({
              ...{ name, kind },
              description: rules.description,
            }))}
            disabledBecause={whyNot(permissions, "join_token.create")}
          />
        }
      />
      <WorkArea rail={facets}>
        <Pane>
          <div className="narrow:hidden">
            <QueryBar>
              <FilterSheet count={address.state ? 1 : 0}>{facets}</FilterSheet>
            </QueryBar>
          </div>
          <TokenTable
            address={address}
            page={page}
            now={now}
            revokeRefused={whyNot(permissions, "join_token.revoke")}
          />
        </Pane>
      </WorkArea>
    </>
  );
}

function TokenFacets({ address, page }: { readonly address: TokenAddress; readonly page: JoinTokenPage }) {
  const states = (["open", "used", "expired", "revoked"] as const).map((state) => {
    const { word, tone, icon } = TOKEN_STATES[state];
    const isOn = address.state === state;
    return {
      ...{ label: word, tone, icon, isOn, count: page.counts[state] },
      href: tokensHref({ state: isOn ? undefined : state }),
    };
  });
  return <Facets label="Filters" groups={[{ title: "State", items: states }]} />;
}
