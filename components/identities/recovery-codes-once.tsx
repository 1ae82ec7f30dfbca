"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { CopyButton } from "@/components/ui/copy";
import { saveText } from "./save-text";

type Props = {
  readonly codes: readonly string[];
  /** Whose codes these are, for the file. */
  readonly account: string;
  /** The way on; only when the person says that the codes are kept. */
  readonly foot: (isKept: boolean) => ReactNode;
  /** Somebody tried to leave without them. */
  readonly isAsked?: boolean;
};

/** Recovery codes, the one time they are shown: to copy, to save, and only then on. */
export function RecoveryCodesOnce({ codes, account, foot, isAsked = false }: Props) {
  const [isKept, setKept] = useState(false);
  const text = codes.join("\n");

  function save() {
    const lines = [`Recovery codes of ${account}, Swarm Security Console`, "Each works once.", "", ...codes, ""];
    saveText("swarm-recovery-codes.txt", lines.join("\n"));
  }

  return (
    <>
      <ul
        className="mono grid grid-cols-2 gap-x-6 gap-y-2 rounded-6 border border-line-1 bg-sunken p-4"
        aria-label="Recovery codes"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2 py-4">
        <Button icon="load" onClick={save}>
          Save as a file
        </Button>
        <CopyButton text={text} label="Copy all codes" variant="outline" />
      </div>
      <Checkbox checked={isKept} onChange={(event) => setKept(event.target.checked)}>
        I have kept these codes where I find them without this device
      </Checkbox>
      {isAsked && !isKept && (
        <p className="help help--bad" role="alert">
          Keep the codes first, and say so here: they are not shown again.
        </p>
      )}
      {foot(isKept)}
    </>
  );
}
