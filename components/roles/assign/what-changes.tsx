"use client";

import type { ReactNode } from "react";
import { sentence } from "@/components/rpc/failure";
import { ChangeList } from "@/components/ui/diff-rows";
import { formatLongInstant, plural } from "@/components/ui/format";
import { Note } from "@/components/ui/note";
import type { GrantPreview } from "@/server/roles/grant-contract";
import { gainLines } from "../gain-words";
import type { Preview } from "./use-preview";

type Props = { readonly preview: Preview | undefined; readonly endsAt: Date | null | undefined };

/** What would be newly allowed, as the engine says, and nothing else; or why it cannot be given. */
export function WhatChanges({ preview, endsAt }: Props) {
  return (
    <section className="field" aria-label="What changes" aria-busy={preview === undefined}>
      <div className="lab">What changes</div>
      <div role="status" className="grid gap-3">
        {preview === undefined ? (
          <p className="help">Asking the policies…</p>
        ) : preview.failure ? (
          <Note tone="danger">{preview.failure}</Note>
        ) : (
          <>
            {preview.holders.map((one) => (
              <Changes
                key={one.holder.id}
                {...{ one, endsAt }}
                isNamed={preview.holders.length > 1 ? "named" : "alone"}
              />
            ))}
            {preview.limits.map((limit) => (
              <p className="help" key={limit}>
                Not everything was asked about: {limit}.
              </p>
            ))}
          </>
        )}
      </div>
    </section>
  );
}

type ChangesProps = {
  readonly one: GrantPreview["holders"][number];
  readonly endsAt: Date | null | undefined;
  readonly isNamed: "named" | "alone";
};

function Changes({ one, endsAt, isNamed }: ChangesProps) {
  const { holder, refused, gains } = one;
  if (refused) {
    return (
      <Note tone="danger" icon="lock" title={isNamed === "named" ? holder.name : undefined}>
        {sentence(refused.message)}
      </Note>
    );
  }
  const until = endsAt ? `until ${formatLongInstant(endsAt)}` : "without an end";
  const lines = gainLines(gains).map(({ deed, on, workloads }): { sign: "+"; what: ReactNode } => ({
    sign: "+",
    what: (
      <>
        {holder.name} can {deed} <b className="w5">{on}</b>
        {workloads && <>, for {workloads} alone</>}, {until}.
      </>
    ),
  }));
  const rest = {
    sign: "=" as const,
    what:
      lines.length === 0
        ? `${holder.name} can do all of that already, or nothing lies within it: nothing is newly allowed.`
        : `Nothing else. ${plural(lines.length, "line")} by the policies in force now.`,
  };
  return <ChangeList items={[...lines, rest]} />;
}
