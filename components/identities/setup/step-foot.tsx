"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { SetupFoot } from "@/components/ui/entry";
import { useHydrated } from "../use-hydrated";

type Props = {
  /** Absent where there is no way back. */
  readonly onBack?: (() => void) | undefined;
  readonly next: string;
  readonly isPending: boolean;
  readonly busyWord: string;
  readonly submitLabel: string;
  readonly children?: ReactNode;
};

/** Back at the left, the way on at the right, and what comes then. */
export function StepFoot({ onBack, next, isPending, busyWord, submitLabel, children }: Props) {
  const isHydrated = useHydrated();
  return (
    <SetupFoot>
      {onBack && (
        <Button variant="quiet" size="l" icon="left" disabled={isPending} onClick={onBack}>
          Back
        </Button>
      )}
      <span className="grow" />
      <span className="x3 t12 m-hide">Next: {next}</span>
      {children}
      <Button type="submit" variant="main" size="l" disabled={!isHydrated} busy={isPending && busyWord}>
        {submitLabel}
      </Button>
    </SetupFoot>
  );
}
