import { refusalWords } from "@/components/shell/refusal";
import { ButtonLink } from "@/components/ui/button-link";
import { Section } from "@/components/ui/page-head";
import { serverCaller } from "@/server/api/caller";
import type { IdentityDetail } from "@/server/identities/contract";
import type { Permissions } from "@/server/roles/contract";
import { SessionTable } from "./session-table";
import { EndAllSessions } from "./session-actions";

type Props = {
  readonly identity: IdentityDetail;
  readonly isSelf: boolean;
  readonly permissions: Permissions;
  readonly now: number;
};

/** Where a person is signed in; ended by those who may. */
export async function IdentitySessions({ identity, isSelf, permissions, now }: Props) {
  const refusedReason = permissions["session.read"];
  if (typeof refusedReason === "string") {
    const { because, ask } = refusalWords(refusedReason);
    return (
      <Section title="Sessions">
        <p className="topline x2 py-2">
          You may not see where others are signed in. {because} {ask}
        </p>
      </Section>
    );
  }
  const caller = await serverCaller();
  const sessions = await caller.session.list({ identityId: identity.id });
  const mayEnd = permissions["session.end"] === null;
  return (
    <Section
      title="Sessions"
      aside={sessions.length > 0 ? `${sessions.length} open` : undefined}
      end={
        isSelf ? (
          <ButtonLink href="/sessions" size="s" variant="quiet">
            Your sessions
          </ButtonLink>
        ) : (
          mayEnd &&
          sessions.length > 0 && (
            <EndAllSessions identityId={identity.id} name={identity.displayName} count={sessions.length} />
          )
        )
      }
    >
      {sessions.length === 0 ? (
        <p className="topline x3 py-2">Nowhere signed in.</p>
      ) : (
        <SessionTable sessions={sessions} now={now} mayEnd={mayEnd} isSmall />
      )}
    </Section>
  );
}
