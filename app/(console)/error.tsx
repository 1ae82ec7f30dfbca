"use client";

import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { FailedState } from "@/components/ui/state";

type Props = { readonly error: Error & { digest?: string }; readonly reset: () => void };

/** A page failed; the console around it goes on. */
export default function ConsoleError({ error, reset }: Props) {
  return (
    <Page crumbs={[{ label: "Failed" }]}>
      <FailedState
        level={1}
        title="This page did not come together"
        actions={
          <Button icon="turn" onClick={reset}>
            Try again
          </Button>
        }
      >
        Nothing was changed by it. The other places of the console are not affected.
        {error.digest && (
          <>
            {" "}
            The server’s log has the cause under <span className="mono">{error.digest}</span>.
          </>
        )}
      </FailedState>
    </Page>
  );
}
