"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import type { AuthoritySummary, CrlState } from "@/server/certificates/authority-contract";

/** An authority as the graph draws it. */
export interface DrawnAuthority
  extends Pick<AuthoritySummary, "id" | "slug" | "name" | "role" | "parentId" | "keyAlgorithm" | "status"> {
  readonly ends: number;
  readonly crl: CrlState["state"];
}

type Props = { readonly authorities: readonly DrawnAuthority[]; readonly now: number };

/** The library writes positions as styles: it is loaded late, and draws in the browser alone. */
const Canvas = dynamic(() => import("./authority-canvas").then((loaded) => loaded.AuthorityCanvas), {
  ssr: false,
  loading: () => <div className="graph" />,
});

/** Who signed whom, drawn. The table below says the same. */
export function AuthorityGraph(props: Props) {
  const isNarrow = useSyncExternalStore(subscribe, isNarrowNow, () => undefined);
  return (
    <figure>
      <figcaption className="vh">Who signed whom. The table below says the same.</figcaption>
      {isNarrow === undefined ? (
        <div className="graph" />
      ) : (
        <Canvas key={String(isNarrow)} {...props} direction={isNarrow ? "LR" : "TB"} />
      )}
    </figure>
  );
}

const NARROW = "(max-width: 960px)";

function isNarrowNow(): boolean | undefined {
  return matchMedia(NARROW).matches;
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
