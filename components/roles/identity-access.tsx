import { readPage } from "@/components/shell/guard";
import { Status } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import type { Instant } from "@/components/ui/format";
import { Expiry } from "@/components/ui/lifeline";
import { Section } from "@/components/ui/page-head";
import { Table, Th, TwoLines } from "@/components/ui/table";
import { type GrantSummary, scopeInWords } from "@/server/roles/grant-contract";
import { assignHref } from "./assign/assign-address";

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
  return (
    <Section
      title="Access by roles"
      end={
        refused === undefined &&
        state === "active" && (
          <ButtonLink size="s" icon="key" href={assignHref({ give: `identity ${id}` })}>
            Give access
          </ButtonLink>
        )
      }
    >
      {items.length === 0 ? (
        <p className="x2">{displayName} holds no role, and is in no team that does.</p>
      ) : (
        <Table caption="Access by roles" isInset isSmall isStill>
          <thead>
            <tr>
              <Th>Role</Th>
              <Th className="m-hide">Why</Th>
              <Th>Until</Th>
            </tr>
          </thead>
          <tbody>
            {items.map((grant) => (
              <tr key={grant.id} className="tall">
                <td>
                  <TwoLines first={grant.role.title} second={`on ${scopeInWords(grant.scope)}`} />
                </td>
                <td className="m-hide">
                  <TwoLines first={grant.reason} second={whence(grant, id)} />
                </td>
                <td>
                  <End grant={grant} now={now} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
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
