"use client";

import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";

type Props = ComponentProps<typeof Button> & {
  /** Why the person may not; the button stays visible and reachable, and says so. */
  disabledBecause?: string | undefined;
};

/** A button that stays when it may not be used, and tells why to pointers, keyboards and readers alike. */
export function DeedButton({ disabledBecause, onClick, ...rest }: Props) {
  if (disabledBecause === undefined) return <Button {...rest} onClick={onClick} />;
  return (
    <Tooltip text={disabledBecause}>
      <Button {...rest} variant="outline" aria-disabled="true" aria-description={disabledBecause} />
    </Tooltip>
  );
}
