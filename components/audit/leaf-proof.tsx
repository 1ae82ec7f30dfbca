"use client";

import { useEffect, useState } from "react";
import { CopyText } from "@/components/ui/copy";
import { Note } from "@/components/ui/note";

type Props = { readonly canonical: string; readonly leafHash: string };

/** Recomputes the leaf hash in this browser, so that the server's word is not the evidence. */
export function LeafProof({ canonical, leafHash }: Props) {
  const [computed, setComputed] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    void hashOf(canonical).then((hash) => isCurrent && setComputed(hash));
    return () => {
      isCurrent = false;
    };
  }, [canonical]);

  const hash = (
    <CopyText text={leafHash} shown={`sha256 ${leafHash.slice(0, 16)}…${leafHash.slice(-8)}`} label="Copy leaf hash" />
  );
  if (computed === undefined) {
    return (
      <Note tone="neutral" title="Checking the leaf hash in this browser.">
        {hash}
      </Note>
    );
  }
  return computed === leafHash ? (
    <Note tone="ok" title="This entry is what was written.">
      This browser hashed its canonical bytes and got the leaf hash of the log. {hash}
    </Note>
  ) : (
    <Note tone="danger" title="This entry is not what its leaf hash says.">
      The canonical bytes hash to {computed.slice(0, 16)}…. Keep this page, export the log and tell your auditor. {hash}
    </Note>
  );
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
