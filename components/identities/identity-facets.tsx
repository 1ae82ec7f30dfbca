import { Facets } from "@/components/ui/facets";
import type { IdentityKind, IdentityPage, TeamCount } from "@/server/identities/contract";
import { IdentityState } from "@/server/identities/contract";
import type { Team } from "@/server/identities/team-contract";
import { KINDS, STATES } from "./kinds";
import { type ListAddress, listHref } from "./list-address";

type Props = {
  readonly kind: IdentityKind;
  readonly address: ListAddress;
  readonly page: IdentityPage;
  readonly teams: readonly Team[];
  readonly counts: readonly TeamCount[];
};

/** The filters of a list, by state and by team, each counted over what the others leave. */
export function IdentityFacets({ kind, address, page, teams, counts }: Props) {
  const { place } = KINDS[kind];
  const { query, state, teamId } = address;
  const states = {
    title: "State",
    items: IdentityState.options.map((option) => ({
      label: STATES[option].word,
      tone: STATES[option].tone,
      count: page.byState[option],
      isOn: state === option,
      href: listHref(place, { query, teamId, state: state === option ? undefined : option }),
    })),
  };
  const byTeam = {
    title: "Team",
    items: teams.map(({ id, name }) => {
      const own = counts.find((one) => one.teamId === id);
      return {
        label: name,
        icon: "team" as const,
        count: own?.count ?? 0,
        isAtLeast: own?.isExact === false,
        isOn: teamId === id,
        href: listHref(place, { query, state, teamId: teamId === id ? undefined : id }),
      };
    }),
  };
  return <Facets label="Filters" groups={teams.length > 0 ? [states, byTeam] : [states]} />;
}
