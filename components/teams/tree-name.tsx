import type { ReactNode } from "react";

/** Deeper than this is drawn no further in, so that names stay readable. */
const INDENTS = ["", "pl-5", "pl-10", "pl-15", "pl-20"] as const;

type Props = {
  readonly depth: number;
  /** What it lies within, for those who do not see how far in it stands. */
  readonly within: string | undefined;
  readonly children: ReactNode;
};

/** A name as deep in the tree as it lies. */
export function TreeName({ depth, within, children }: Props) {
  const indent = INDENTS[Math.min(depth, INDENTS.length - 1)];
  return (
    <span className={`row ${indent}`}>
      {children}
      {within !== undefined && <span className="vh"> within {within}</span>}
    </span>
  );
}
