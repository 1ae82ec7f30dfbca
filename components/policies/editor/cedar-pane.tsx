"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { cedarPieces } from "../cedar-tokens";
import { useEditor } from "./editor-context";

/** The text. Until its editor is loaded it is there to read. */
export function CedarPane({ text }: { text: string }) {
  const { session, known, isReadOnly } = useEditor();
  const parent = useRef<HTMLDivElement>(null);
  const latest = useRef(known);
  latest.current = known;
  const [isLoaded, setLoaded] = useState(false);

  useEffect(() => {
    let close: (() => void) | undefined;
    let isGone = false;
    async function open() {
      const { openCedarView } = await import("./cedar-view");
      if (isGone || !parent.current) return;
      const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
      const view = openCedarView({
        parent: parent.current,
        session,
        known: () => latest.current,
        label: "Policy text",
        isReadOnly,
        nonce,
      });
      const detach = session.attach(view.pane);
      setLoaded(true);
      close = () => {
        detach();
        view.close();
      };
    }
    void open();
    return () => {
      isGone = true;
      close?.();
    };
  }, [session, isReadOnly]);

  return (
    <section className="pe__c" aria-label="Cedar">
      <div className="ph2">
        <h2>Cedar</h2>
        <span className="x3 t12 cut">{isReadOnly ? "the same policy as text" : "both sides edit the same policy"}</span>
        <span className="ph2__e">
          {!isReadOnly && (
            <Button variant="quiet" size="s" onClick={() => session.format()}>
              Format
            </Button>
          )}
          <CopyButton text={text} label="Copy policy" />
        </span>
      </div>
      <div className="pe__t" ref={parent} />
      {!isLoaded && (
        <pre className="pe__w mono">
          {cedarPieces(text).map((piece, at) => (
            // Pieces are told apart by their place alone.
            <span key={at} className={piece.kind === "plain" ? undefined : `cedar-${piece.kind}`}>
              {piece.text}
            </span>
          ))}
        </pre>
      )}
    </section>
  );
}
