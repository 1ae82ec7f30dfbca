import { redirect } from "next/navigation";
import { cache, Suspense } from "react";
import { ObjectHistory } from "@/components/audit/object-history";
import { currentAccount, readPage, Refused } from "@/components/shell/guard";
import { Page } from "@/components/shell/page";
import { whyNot } from "@/components/shell/refusal";
import { Badge } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy";
import { Note } from "@/components/ui/note";
import { Columns, PageHead } from "@/components/ui/page-head";
import { LinesSkeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import type { IdentityDetail, IdentityKind } from "@/server/identities/contract";
import { ForgottenCredentials } from "./credential-actions";
import { IdentityActions } from "./identity-actions";
import { IdentityAccess } from "@/components/roles/identity-access";
import { IdentityCertificates } from "./identity-certificates";
import { IdentityFacts } from "./identity-facts";
import { IdentitySessions } from "./identity-sessions";
import { identityHref, KINDS, STATES } from "./kinds";
import { readTrust } from "./read-trust";

const readIdentity = cache((id: string) =>
  readPage(async (caller) => {
    const identity = await caller.identities.get({ id });
    const about = { id, teamId: identity.team?.id ?? null, ownerId: id };
    return {
      identity,
      teams: await caller.teams.list(),
      permissions: await caller.roles.permissions(about),
    };
  }),
);

/** The name in the title of the page. */
export async function identityTitle(id: string): Promise<string> {
  const read = await readIdentity(id);
  return read.value?.identity.displayName ?? "Not allowed";
}

type Props = { readonly kind: IdentityKind; readonly id: string };

/** One person, service or node: what it is, what it holds, and what can be done about it. */
export async function IdentityDetailPage({ kind, id }: Props) {
  const { title, place, one } = KINDS[kind];
  const now = Date.now();
  const read = await readIdentity(id);
  if (read.refused) {
    return (
      <Page crumbs={[{ label: title, href: place }, { label: "Not allowed" }]}>
        <Refused refused={read.refused} doing={`see this ${one}`} />
      </Page>
    );
  }

  const { identity, teams, permissions } = read.value;
  if (identity.kind !== kind) redirect(identityHref(identity));
  const account = await currentAccount();
  const isSelf = account.id === identity.id;
  const { word, tone } = STATES[identity.state];
  return (
    <Page crumbs={[{ label: title, href: place }, { label: identity.displayName }]}>
      <PageHead
        title={identity.displayName}
        badge={<Badge tone={tone}>{word}</Badge>}
        lead={<CopyText text={identity.spiffeId} label="Copy the SPIFFE ID" />}
        actions={
          <IdentityActions
            identity={identity}
            isSelf={isSelf}
            teams={teams.map((team) => ({ id: team.id, name: team.name }))}
            trust={kind === "user" ? undefined : await readTrust(permissions)}
            refusals={{
              update: whyNot(permissions, "identity.update"),
              lock: whyNot(permissions, "identity.lock"),
              unlock: whyNot(permissions, "identity.unlock"),
              retire: whyNot(permissions, "identity.retire"),
              joinToken: whyNot(permissions, "join_token.create"),
              newTeam: whyNot(permissions, "team.create"),
            }}
          />
        }
      />
      <StateNote identity={identity} now={now} />
      <Columns>
        <div className="grid content-start gap-7">
          <IdentityFacts identity={identity} now={now} />
          {kind === "user" && !isSelf && identity.state !== "retired" && (
            <ForgottenCredentials
              identity={identity}
              passwordRefused={whyNot(permissions, "password.change")}
              secondFactorRefused={whyNot(permissions, "second_factor.manage")}
            />
          )}
        </div>
        <div className="grid content-start gap-7">
          <Suspense fallback={<LinesSkeleton lines={3} />}>
            <IdentityAccess identity={identity} refused={whyNot(permissions, "grant.add")} now={now} />
          </Suspense>
          <Suspense fallback={<LinesSkeleton lines={3} />}>
            <IdentityCertificates identity={identity} now={now} />
          </Suspense>
          {kind === "user" && (
            <Suspense fallback={<LinesSkeleton lines={3} />}>
              <IdentitySessions identity={identity} isSelf={isSelf} permissions={permissions} now={now} />
            </Suspense>
          )}
        </div>
      </Columns>
      <div className="pad pb-6">
        <Suspense fallback={<LinesSkeleton lines={5} />}>
          <ObjectHistory
            objectId={identity.id}
            isActor={kind !== "user"}
            title={kind === "user" ? "What happened to them" : "What happened to it"}
            refused={whyNot(permissions, "audit.list")}
            now={now}
          />
        </Suspense>
      </div>
    </Page>
  );
}

/** The sentence that changes what the reader does. */
function StateNote({ identity, now }: { readonly identity: IdentityDetail; readonly now: number }) {
  const { state, stateReason, stateChangedAt, validCertificates, kind, lastSeenAt } = identity;
  if (state === "locked") {
    return (
      <div className="pad">
        <Note tone="danger" icon="lock" title="Locked, and refused everywhere.">
          {stateReason && <>Because: {stateReason}. </>}
          Since <Time at={stateChangedAt} now={now} />.
        </Note>
      </div>
    );
  }
  if (state === "retired") {
    return (
      <div className="pad">
        <Note tone="neutral" title="Retired, and does not come back.">
          {stateReason && <>Because: {stateReason}. </>}
          Since <Time at={stateChangedAt} now={now} />. The name stays taken.
        </Note>
      </div>
    );
  }
  if (kind !== "user" && validCertificates === 0) {
    return (
      <div className="pad">
        <Note tone={lastSeenAt ? "warn" : "info"} title="It holds no valid certificate, so it can prove nothing.">
          {lastSeenAt ? "Its last one has ended or was revoked." : "It has not enrolled yet."} A join token lets it make
          a key of its own and enrol.
        </Note>
      </div>
    );
  }
  return null;
}
