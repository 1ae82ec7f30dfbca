import { Fragment } from "react";
import { cedarPieces } from "@/components/policies/cedar-tokens";

/** A text of the policy language in its colours, to be read. */
export function CedarText({ text }: { readonly text: string }) {
  return (
    <pre className="code">
      {cedarPieces(text.trimEnd()).map(({ kind, text: piece }, at) =>
        kind === "plain" ? (
          <Fragment key={at}>{piece}</Fragment>
        ) : (
          <span key={at} className={`cedar-${kind}`}>
            {piece}
          </span>
        ),
      )}
    </pre>
  );
}
