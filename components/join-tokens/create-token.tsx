"use client";

import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { EnrolCommand, type Trust } from "@/components/identities/enrol-command";
import { JoinTokenForm, type ProfileChoice } from "@/components/identities/join-token-form";
import { DeedButton } from "@/components/shell/disabled-button";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import { FormFoot } from "@/components/ui/form";
import type { CreatedJoinToken } from "@/server/certificates/join-token-contract";

type Props = {
  /** The address asks for the form. */
  readonly isOpenAtFirst: boolean;
  readonly trust: Trust | undefined;
  readonly profiles: readonly ProfileChoice[];
  readonly disabledBecause: string | undefined;
};

/** Makes a join token; then shows it, this once, inside the command that uses it. */
export function CreateToken({ isOpenAtFirst, trust, profiles, disabledBecause }: Props) {
  const router = useRouter();
  const place = usePathname();
  const [isOpen, setOpen] = useState(isOpenAtFirst && disabledBecause === undefined);
  const [wasAsked, setAsked] = useState(isOpenAtFirst);
  const [created, setCreated] = useState<CreatedJoinToken>();

  // The palette may ask for the form while the list is open already.
  if (wasAsked !== isOpenAtFirst) {
    setAsked(isOpenAtFirst);
    if (isOpenAtFirst && disabledBecause === undefined) setOpen(true);
  }

  function change(next: boolean) {
    setOpen(next);
    if (next) return;
    setCreated(undefined);
    if (isOpenAtFirst) router.replace(place, { scroll: false });
    router.refresh();
  }

  return (
    <>
      <DeedButton variant="main" icon="plus" disabledBecause={disabledBecause} onClick={() => setOpen(true)}>
        Make a join token
      </DeedButton>
      <Dialog
        open={isOpen}
        onOpenChange={change}
        title={created ? `Join token for ${created.name}` : "Make a join token"}
        lead={
          created
            ? "Shown this once. When the window closes, only a hash of it is left."
            : "It works once, for one name."
        }
        size="l"
      >
        {created ? (
          <div className="grid gap-5">
            {trust ? (
              <EnrolCommand created={created} trust={trust} onAgain={() => setCreated(undefined)} />
            ) : (
              <CodeBlock text={created.enrollCommand} label="Copy the command" />
            )}
            <FormFoot>
              <Button onClick={() => change(false)}>Done</Button>
            </FormFoot>
          </div>
        ) : (
          <JoinTokenForm profiles={profiles} onCreated={setCreated} />
        )}
      </Dialog>
    </>
  );
}
