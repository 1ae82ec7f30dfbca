"use client";

import { Button } from "@/components/ui/button";
import { SplitPage } from "@/components/ui/entry";
import { FailedState } from "@/components/ui/state";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A page failed. The digest names the line in the server's log; its words stay there. */
export default function ErrorPage({ error, reset }: Props) {
  return (
    <SplitPage product="Swarm" suffix="Security Console">
      <FailedState
        level={1}
        title="This page did not come together"
        actions={
          <Button icon="turn" onClick={reset}>
            Try now
          </Button>
        }
      >
        Nothing you did was lost.{" "}
        {error.digest && (
          <>
            The server’s log has the cause under <span className="mono">{error.digest}</span>.
          </>
        )}
      </FailedState>
    </SplitPage>
  );
}
