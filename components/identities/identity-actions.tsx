"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { failureOf } from "@/components/rpc/failure";
import { DeedButton } from "@/components/shell/disabled-button";
import { useToast } from "@/components/ui/toast";
import type { IdentityConsequences, IdentityDetail } from "@/server/identities/contract";
import { EditIdentity } from "./edit-identity";
import type { Trust } from "./enrol-command";
import { JoinTokenDialog } from "./join-token-dialog";
import { LastAdminDialog } from "./last-admin-dialog";
import { LockDialog } from "./lock-dialog";
import { RetireDialog } from "./retire-dialog";
import type { TeamChoice } from "./team-field";
import { UnlockDialog } from "./unlock-dialog";

/** Why the person may not, by deed; undefined where they may. */
export interface Refusals {
  readonly update: string | undefined;
  readonly lock: string | undefined;
  readonly unlock: string | undefined;
  readonly retire: string | undefined;
  readonly joinToken: string | undefined;
  readonly newTeam: string | undefined;
}

type Props = {
  readonly identity: IdentityDetail;
  readonly isSelf: boolean;
  readonly teams: readonly TeamChoice[];
  readonly trust: Trust | undefined;
  readonly refusals: Refusals;
};

type Deed = "lock" | "unlock" | "retire";

/** The deeds on an identity. What locking and retiring would stop is counted when it is asked for, not before. */
export function IdentityActions({ identity, isSelf, teams, trust, refusals }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const [counting, setCounting] = useState<Deed>();
  const [open, setOpen] = useState<{ readonly deed: Deed; readonly consequences: IdentityConsequences }>();

  async function ask(deed: Deed) {
    setCounting(deed);
    try {
      const consequences = await client.identities.consequences.query({ id: identity.id });
      setOpen({ deed, consequences });
    } catch (error) {
      toast.add({ title: "The consequences are not known", detail: failureOf(error).message, tone: "danger" });
    } finally {
      setCounting(undefined);
    }
  }

  function done(title: string) {
    toast.add({ title });
    router.refresh();
  }

  if (identity.state === "retired") return null;
  const isLocked = identity.state === "locked";
  const dialog = { onClose: () => setOpen(undefined), onDone: done };
  return (
    <>
      {identity.kind !== "user" && trust && !isLocked && (
        <JoinTokenDialog kind={identity.kind} name={identity.name} trust={trust} disabledBecause={refusals.joinToken} />
      )}
      <EditIdentity
        identity={identity}
        teams={teams}
        disabledBecause={refusals.update}
        newTeamRefused={refusals.newTeam}
      />
      {isLocked ? (
        <DeedButton
          variant="main"
          icon="unlock"
          disabledBecause={refusals.unlock}
          busy={counting === "unlock" && "Counting"}
          onClick={() => ask("unlock")}
        >
          Unlock…
        </DeedButton>
      ) : (
        <DeedButton
          variant="danger"
          icon="lock"
          disabledBecause={isSelf ? "You would end your own session. Ask another security admin." : refusals.lock}
          busy={counting === "lock" && "Counting"}
          onClick={() => ask("lock")}
        >
          Lock…
        </DeedButton>
      )}
      <DeedButton
        variant="danger"
        icon="x"
        disabledBecause={isSelf ? "You would end your own account. Ask another security admin." : refusals.retire}
        busy={counting === "retire" && "Counting"}
        onClick={() => ask("retire")}
      >
        Retire…
      </DeedButton>
      {open &&
        (open.consequences.isLastAdmin ? (
          <LastAdminDialog name={identity.displayName} onClose={dialog.onClose} />
        ) : (
          <>
            {open.deed === "lock" && <LockDialog {...dialog} consequences={open.consequences} />}
            {open.deed === "unlock" && <UnlockDialog {...dialog} consequences={open.consequences} />}
            {open.deed === "retire" && (
              <RetireDialog
                {...dialog}
                consequences={open.consequences}
                mayLock={!isLocked && !refusals.lock}
                onLock={() => setOpen({ ...open, deed: "lock" })}
              />
            )}
          </>
        ))}
    </>
  );
}
