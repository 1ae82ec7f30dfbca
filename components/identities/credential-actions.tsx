"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { inOurWords } from "@/components/rpc/in-our-words";
import { DeedButton } from "@/components/shell/disabled-button";
import { Button } from "@/components/ui/button";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import { Dialog } from "@/components/ui/dialog";
import { plural } from "@/components/ui/format";
import { Section } from "@/components/ui/page-head";
import { useToast } from "@/components/ui/toast";
import type { IdentityDetail } from "@/server/identities/contract";
import { OneTimePasswordNote } from "./one-time-password-note";

type Props = {
  readonly identity: IdentityDetail;
  readonly passwordRefused: string | undefined;
  readonly secondFactorRefused: string | undefined;
};

/** For somebody who forgot the password or lost the authenticator. */
export function ForgottenCredentials({ identity, passwordRefused, secondFactorRefused }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState<"password" | "second_factor">();
  const [oneTimePassword, setOneTimePassword] = useState<string>();
  const { id, displayName, openSessions, hasSecondFactor } = identity;
  const close = (next: boolean) => {
    if (!next) setOpen(undefined);
  };
  const sessionsEnd = {
    icon: "device",
    strong: openSessions === 0 ? "No session" : plural(openSessions, "open session"),
    rest: openSessions === 0 ? "is open." : openSessions === 1 ? "ends." : "end.",
  } as const;

  async function resetPassword() {
    const answer = await inOurWords(() => client.identities.resetPassword.mutate({ id }));
    setOneTimePassword(answer.oneTimePassword);
  }

  async function resetSecondFactor() {
    await inOurWords(() => client.identities.resetSecondFactor.mutate({ id }));
    toast.add({ title: `The second factor of ${displayName} is removed` });
    router.refresh();
  }

  return (
    <Section title="Forgotten or lost">
      <div className="topline flex flex-wrap gap-2 pt-3">
        <DeedButton icon="key" disabledBecause={passwordRefused} onClick={() => setOpen("password")}>
          New one-time password…
        </DeedButton>
        <DeedButton
          icon="shield"
          disabledBecause={hasSecondFactor ? secondFactorRefused : "There is no second factor to remove."}
          onClick={() => setOpen("second_factor")}
        >
          Remove second factor…
        </DeedButton>
      </div>
      <DestroyDialog
        open={open === "password"}
        onOpenChange={close}
        title={`Give ${displayName} a one-time password?`}
        lead="Be sure that it is really they who ask: whoever gets it can sign in."
        stops={{
          title: "Stops at once",
          items: [{ icon: "key", strong: "The password they have", rest: "opens nothing any more." }, sessionsEnd],
        }}
        goesOn={{
          title: "Stays",
          items: [
            hasSecondFactor
              ? { icon: "shield", strong: "The second factor", rest: "is still asked for." }
              : { icon: "warn", strong: "There is no second factor,", rest: "so the password alone will do." },
          ],
        }}
        keepLabel="Keep the password"
        destroyLabel="Make a one-time password"
        destroyIcon="key"
        onConfirm={resetPassword}
      />
      <DestroyDialog
        open={open === "second_factor"}
        onOpenChange={close}
        title={`Remove the second factor of ${displayName}?`}
        lead="Be sure that it is really they who ask."
        stops={{
          title: "Stops at once",
          items: [
            {
              icon: "shield",
              strong: "Authenticator and recovery codes",
              rest: "are deleted; the password alone signs in.",
            },
            sessionsEnd,
          ],
        }}
        keepLabel="Keep the second factor"
        destroyLabel="Remove the second factor"
        destroyIcon="shield"
        onConfirm={resetSecondFactor}
      />
      <Dialog
        open={oneTimePassword !== undefined}
        onOpenChange={(next) => {
          if (next) return;
          setOneTimePassword(undefined);
          router.refresh();
        }}
        title="The one-time password"
        foot={
          <Button
            onClick={() => {
              setOneTimePassword(undefined);
              router.refresh();
            }}
          >
            Done
          </Button>
        }
      >
        <OneTimePasswordNote name={displayName} password={oneTimePassword ?? ""} />
      </Dialog>
    </Section>
  );
}
