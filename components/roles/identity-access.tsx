import { readPage } from "@/components/shell/guard";
import { Status } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import type { Instant } from "@/components/ui/format";
import { Expiry } from "@/components/ui/lifeline";
import { Section } from "@/components/ui/page-head";
import { type GrantSummary, scopeInWords } from "@/server/roles/grant-contract";
import { assignHref } from "./assign/assign-address";
import { GrantDeeds } from "./grant-deeds";

type Props = {
  readonly identity: { readonly id: string; readonly displayName: string; readonly state: string };
  /** Why the asking person gives this one nothing; undefined when they may. */
  readonly refused: string | undefined;
  readonly now: Instant;
};

/** What somebody holds by roles: their own, and what their teams hold. */
export async function IdentityAccess({ identity, refused, now }: Props) {
  const { id, displayName, state } = identity;
  const read = await readPage((caller) => caller.grants.list({ holder: { kind: "identity", id } }));
  if (read.refused) return null;
  const { items } = read.value;
  const mayChange = refused === undefined && state === "active";
  return (
    <Section
      title="Access by roles"
      end={
        mayChange && (
          <ButtonLink size="s" icon="key" href={assignHref({ give: `identity ${id}` })}>
            Give access
          </ButtonLink>
        )
      }
    >
      {items.length === 0 ? (
        <p className="x2">{displayName} holds no role, and is in no team that does.</p>
      ) : (
        <ul className="grid" aria-label="Access by roles">
          {items.map((grant) => (
            <li key={grant.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line-1 py-2">
              <div className="grow basis-56">
                <div>
                  <span className="w5">{grant.role.title}</span>{" "}
                  <span className="x2">on {scopeInWords(grant.scope)}</span>
                </div>
                <div className="t12 x2">
                  {grant.reason}, {whence(grant, id)}
                </div>
              </div>
              <div className="basis-44">
                <End grant={grant} now={now} />
              </div>
              {mayChange && (
                <div>{grant.holder.id === id ? <GrantDeeds grant={grant} now={now} /> : <Through grant={grant} />}</div>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What a team holds is changed where the team is. */
function Through({ grant }: { readonly grant: GrantSummary }) {
  return (
    <ButtonLink size="s" variant="quiet" href={assignHref({ team: grant.holder.id })}>
      Team {grant.holder.name}
    </ButtonLink>
  );
}

/** By whom it was given, and through what it is held. */
function whence({ holder, createdBy }: GrantSummary, id: string): string {
  return holder.id === id ? `given by ${createdBy.name}` : `by team ${holder.name}, given by ${createdBy.name}`;
}

function End({ grant, now }: { readonly grant: GrantSummary; readonly now: Instant }) {
  const { state, endsAt, startsAt, activationHours } = grant;
  if (state === "eligible") return <Status tone="neutral">To activate, {activationHours} h</Status>;
  if (state === "waiting") return <Status tone="neutral">Not begun</Status>;
  return endsAt === null ? <span className="x3">No end</span> : <Expiry start={startsAt} end={endsAt} now={now} />;
}
