import { Status, Tag } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy";
import { DefinitionList } from "@/components/ui/definition-list";
import { Section } from "@/components/ui/page-head";
import { Time } from "@/components/ui/time";
import type { IdentityDetail } from "@/server/identities/contract";
import { KINDS, roleWords } from "./kinds";

/** What an identity is, in words. */
export function IdentityFacts({ identity, now }: { readonly identity: IdentityDetail; readonly now: number }) {
  const { kind, name, email, roles, team, labels, hasSecondFactor, createdAt, lastSeenAt, lastSeenAddress } = identity;
  const isPerson = kind === "user";
  const entries = Object.entries(labels);
  return (
    <Section title="In words">
      <DefinitionList
        items={[
          { term: "Kind", detail: capitalize(KINDS[kind].one) },
          { term: "Name", detail: <CopyText text={name} label="Copy the name" /> },
          email !== null && { term: "E-mail", detail: email },
          isPerson && { term: "Role", detail: roleWords(roles) },
          { term: "Team", detail: team?.name ?? <span className="x3">None</span> },
          isPerson && {
            term: "Second factor",
            detail: hasSecondFactor ? (
              <Status tone="ok">Authenticator</Status>
            ) : (
              <Status tone="warn">None: a stolen password is enough</Status>
            ),
          },
          {
            term: "Labels",
            detail:
              entries.length === 0 ? (
                <span className="x3">None</span>
              ) : (
                <span className="flex flex-wrap gap-1">
                  {entries.map(([key, value]) => (
                    <Tag key={key}>{`${key}=${value}`}</Tag>
                  ))}
                </span>
              ),
          },
          { term: "Added", detail: <Time at={createdAt} now={now} /> },
          {
            term: "Last seen",
            detail: lastSeenAt ? (
              <>
                <Time at={lastSeenAt} now={now} />
                {lastSeenAddress && <span className="x3">, from {lastSeenAddress}</span>}
              </>
            ) : (
              <span className="x3">Never</span>
            ),
          },
        ]}
      />
    </Section>
  );
}

function capitalize(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
