"use client";

import { useEffect, useRef } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import type { Failure } from "@/components/rpc/failure";
import { Button } from "@/components/ui/button";
import { DefinitionList } from "@/components/ui/definition-list";
import { colonHex, formatDuration, formatFull, shortenMiddle } from "@/components/ui/format";
import { Note } from "@/components/ui/note";
import { Time } from "@/components/ui/time";
import type { IssuePreview } from "@/server/certificates/contract";
import { FieldList } from "../certificate-fields";
import { Findings } from "../findings";
import { bareName, KINDS } from "../words";

type Props = {
  readonly preview: IssuePreview | undefined;
  readonly isPending: boolean;
  readonly failure: Failure | undefined;
  readonly now: number;
  readonly onIssue: () => void;
};

/** What would be signed, or why nothing would be. */
export function PreviewPanel({ preview, isPending, failure, now, onIssue }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (preview) panel.current?.focus();
  }, [preview]);

  if (!preview) {
    return (
      <p className="topline x2 py-3">
        Before anything is signed you see it here: every name and every field, and what the profile refuses, with the
        number of its rule.
      </p>
    );
  }
  return (
    <div className="topline grid gap-4 pt-3 outline-none" ref={panel} tabIndex={-1} role="status">
      {preview.mayBeIssued ? (
        <Note tone="ok" title={titleOf(preview)}>
          {preview.authority.name} would sign it.
        </Note>
      ) : (
        <Note tone="danger" title="Nothing of this would be signed.">
          Change what is named here and look again.
        </Note>
      )}
      {preview.findings.length > 0 && <Findings findings={preview.findings} profile={preview.profile.name} />}
      <Summary preview={preview} now={now} />
      {preview.mayBeIssued && (
        <>
          <details>
            <summary className="link w-fit cursor-pointer py-1">
              All {preview.fields.length} fields; serial number and signature come with signing
            </summary>
            <FieldList fields={preview.fields} />
          </details>
          <FailureNote failure={failure} />
          <div className="form__f">
            <Button variant="main" icon="cert" busy={isPending && "Issuing"} onClick={onIssue}>
              Issue certificate
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function titleOf({ identity }: IssuePreview): string {
  if (!identity) return "This can be issued.";
  const who = `${KINDS[identity.kind].word.toLowerCase()} ${identity.name}`;
  return identity.isNew ? `This can be issued. It makes ${who} known.` : `This can be issued to ${who}.`;
}

function Summary({ preview, now }: { readonly preview: IssuePreview; readonly now: number }) {
  const { request, sans, notBefore, notAfter, renewAfter, hours, mayBeIssued } = preview;
  const given = (notAfter.getTime() - notBefore.getTime()) / 3_600_000;
  return (
    <DefinitionList
      items={[
        sans.length > 0 && {
          term: mayBeIssued ? "Names" : "Names asked for",
          detail: (
            <ul>
              {sans.map((san) => (
                <li className="mono anywhere" key={san}>
                  {bareName(san)}
                </li>
              ))}
            </ul>
          ),
        },
        request && {
          term: "Key",
          detail: (
            <>
              {request.keyAlgorithm}, <span className="x3">SHA-256</span>{" "}
              <span className="mono">{shortenMiddle(colonHex(request.keyFingerprint), 11, 5)}</span>
            </>
          ),
        },
        {
          term: "Valid",
          detail: (
            <>
              until {formatFull(notAfter)}, {formatDuration(notAfter.getTime() - now)}
              {given < hours - 1 && "; not longer, for the authority ends then"}
            </>
          ),
        },
        { term: "Renewal due", detail: <Time at={renewAfter} now={now} /> },
        request !== null &&
          request.ignoredExtensions.length > 0 && {
            term: "Left out",
            detail: `${request.ignoredExtensions.join(", ")}: extensions of a request are never copied.`,
          },
      ]}
    />
  );
}
