"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DefinitionList } from "@/components/ui/definition-list";
import { Dialog } from "@/components/ui/dialog";
import { formatCount } from "@/components/ui/format";
import { FormFoot } from "@/components/ui/form";
import { Time } from "@/components/ui/time";
import { RecoveryCodesOnce } from "../recovery-codes-once";
import { AddAuthenticator } from "./add-authenticator";
import { ProofDialog } from "./proof-dialog";

type Props = {
  readonly email: string;
  readonly since: Date | null;
  readonly recoveryCodesLeft: number;
  readonly now: number;
};

type Open = "replace" | "codes" | "remove";

/** The authenticator: added, replaced, removed; its recovery codes made anew and shown once. */
export function SecondFactor({ email, since, recoveryCodesLeft, now }: Props) {
  const router = useRouter();
  const [open, setOpen] = useState<Open>();
  const [codes, setCodes] = useState<readonly string[]>();
  const [isAsked, setAsked] = useState(false);
  const close = () => setOpen(undefined);

  function take(next: readonly string[]) {
    setOpen(undefined);
    setAsked(false);
    setCodes(next);
  }

  return (
    <>
      {since === null ? (
        <AddAuthenticator hasSecondFactor={false} onCodes={take} />
      ) : (
        <div className="grid gap-4">
          <DefinitionList
            hasTopLine={false}
            items={[
              {
                term: "Authenticator",
                detail: (
                  <>
                    <Status tone="ok">In force</Status> <span className="x3">since </span>
                    <Time at={since} now={now} />
                  </>
                ),
              },
              {
                term: "Recovery codes",
                detail:
                  recoveryCodesLeft > 3 ? (
                    `${formatCount(recoveryCodesLeft)} left`
                  ) : (
                    <Status tone={recoveryCodesLeft === 0 ? "danger" : "warn"}>
                      {recoveryCodesLeft === 0 ? "None left" : `${recoveryCodesLeft} left`}
                    </Status>
                  ),
              },
            ]}
          />
          <div className="flex flex-wrap gap-2">
            <Button icon="key" onClick={() => setOpen("codes")}>
              Make new recovery codes
            </Button>
            <Button icon="turn" onClick={() => setOpen("replace")}>
              Use another authenticator
            </Button>
            <Button icon="x" variant="danger" onClick={() => setOpen("remove")}>
              Remove…
            </Button>
          </div>
        </div>
      )}
      {open === "replace" && (
        <Dialog open onOpenChange={close} title="Use another authenticator" size="l">
          <AddAuthenticator hasSecondFactor onCodes={take} />
        </Dialog>
      )}
      {open === "codes" && <ProofDialog deed="codes" onClose={close} onCodes={take} />}
      {open === "remove" && <ProofDialog deed="remove" onClose={close} onCodes={take} />}
      {codes && (
        <Dialog
          open
          // Only the button closes it: these codes are shown once.
          onOpenChange={() => setAsked(true)}
          title="Keep your recovery codes"
          lead="Each opens your account once if the authenticator is lost. They are shown only now; earlier ones are void."
        >
          <RecoveryCodesOnce
            codes={codes}
            account={email}
            isAsked={isAsked}
            foot={(isKept) => (
              <FormFoot>
                <Button
                  variant="main"
                  disabled={!isKept}
                  onClick={() => {
                    setCodes(undefined);
                    router.refresh();
                  }}
                >
                  Done
                </Button>
              </FormFoot>
            )}
          />
        </Dialog>
      )}
    </>
  );
}
