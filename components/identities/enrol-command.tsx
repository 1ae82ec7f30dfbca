"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useState } from "react";
import { useTRPC } from "@/components/rpc/client";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { CodeBlock } from "@/components/ui/copy";
import { colonHex, formatDuration, shortenMiddle } from "@/components/ui/format";
import { Note } from "@/components/ui/note";
import { Section } from "@/components/ui/page-head";
import type { CreatedJoinToken, JoinToken } from "@/server/certificates/join-token-contract";

/** What a machine must have before it enrols: where the trust anchors are, and what to compare them with. */
export interface Trust {
  readonly bundleUrl: string;
  /** SHA-256 of the root certificate, hexadecimal. */
  readonly rootFingerprint: string;
}

type Props = {
  readonly created: CreatedJoinToken;
  readonly trust: Trust;
  readonly onJoined?: () => void;
  /** Makes another token when this one has ended. */
  readonly onAgain?: () => void;
};

const LOOK_EVERY_MS = 2_000;

/** The command for the machine, to copy, and a line that says when it has joined. */
export function EnrolCommand({ created, trust, onJoined, onAgain }: Props) {
  return (
    <div className="grid gap-5">
      <Section title={`Run this on ${created.name}`} aside="where Swarm is checked out; the token in it works once">
        <CodeBlock text={created.enrollCommand} label="Copy the command" />
        <p className="help">
          It fetches the trust bundle, compares its hash, makes a key and sends a request for it. The token is shown
          only now.
        </p>
      </Section>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <ButtonLink href={trust.bundleUrl} size="s" icon="load" isExternal download="bundle.pem">
          Download the trust bundle
        </ButtonLink>
        <p className="x3 t12 min-w-0 flex-1 basis-64">
          Its root, SHA-256: <span className="mono anywhere">{colonHex(trust.rootFingerprint)}</span>
        </p>
      </div>
      <JoinWatch created={created} onJoined={onJoined} onAgain={onAgain} />
    </div>
  );
}

/** Looks every two seconds whether the token was used, until it was or has ended. */
function JoinWatch({ created, onJoined, onAgain }: Omit<Props, "trust">) {
  const trpc = useTRPC();
  const { data, isError } = useQuery({
    ...trpc.joinTokens.list.queryOptions({ limit: 50 }),
    refetchInterval: ({ state }) => (isOver(tokenOf(state.data?.items, created.id)) ? false : LOOK_EVERY_MS),
    staleTime: 0,
  });
  const token = tokenOf(data?.items, created.id) ?? created;
  const hasJoined = token.state === "used";
  const left = useTimeLeft(created);

  useEffect(() => {
    if (hasJoined) onJoined?.();
  }, [hasJoined, onJoined]);

  if (hasJoined) {
    return (
      <div role="status">
        <Note tone="ok" title={`${token.name} has joined.`}>
          It enrolled from {token.usedFrom ?? "an unknown address"}
          {token.usedForSerial && (
            <>
              {" "}
              and holds the certificate{" "}
              <Link className="link mono" href={`/certificates/${token.usedForSerial}`}>
                {shortenMiddle(colonHex(token.usedForSerial))}
              </Link>
            </>
          )}
          . It renews by itself while <span className="mono">renew --watch</span> runs.
        </Note>
      </div>
    );
  }
  if (token.state === "expired" || token.state === "revoked" || left <= 0) {
    return (
      <div role="status">
        <Note
          tone="warn"
          title={token.state === "revoked" ? "Somebody revoked this token." : "The token has ended unused."}
          actions={onAgain && <Button onClick={onAgain}>Make a new command</Button>}
        >
          The command above does nothing any more.
        </Note>
      </div>
    );
  }
  return (
    <div role="status">
      <Note tone="info" title={`Waiting for ${token.name}.`}>
        This line changes when it has joined.{" "}
        {isError ? "The console does not answer right now; it is asked again." : null}
        <span className="x3" aria-hidden="true">
          {" "}
          The command works for {formatDuration(left)} more.
        </span>
      </Note>
    </div>
  );
}

function tokenOf(items: readonly JoinToken[] | undefined, id: string): JoinToken | undefined {
  return items?.find((item) => item.id === id);
}

function isOver(token: JoinToken | undefined): boolean {
  return token !== undefined && token.state !== "open";
}

/** Milliseconds until the token ends, by the server's own clock: its life, minus what has passed here. */
function useTimeLeft(created: CreatedJoinToken): number {
  const life = created.expiresAt.getTime() - created.createdAt.getTime();
  const [began] = useState(() => performance.now());
  const [left, setLeft] = useState(life);

  useEffect(() => {
    const timer = setInterval(() => setLeft(life - (performance.now() - began)), 1_000);
    return () => clearInterval(timer);
  }, [life, began]);

  return left;
}
