"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { failureOf } from "@/components/rpc/failure";
import { inOurWords } from "@/components/rpc/in-our-words";
import { Button } from "@/components/ui/button";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import { plural } from "@/components/ui/format";
import { useToast } from "@/components/ui/toast";

type EndProps = {
  readonly sessionId: string;
  readonly device: string;
  readonly isCurrent: boolean;
  readonly mayEnd: boolean;
};

/** Ends one session at once; the very next request of that browser is refused. */
export function EndSession({ sessionId, device, isCurrent, mayEnd }: EndProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const [isPending, setPending] = useState(false);

  async function end() {
    setPending(true);
    try {
      if (isCurrent) {
        await client.session.signOut.mutate();
        window.location.assign("/sign-in");
        return;
      }
      await client.session.end.mutate({ sessionId });
      toast.add({ title: `The session of ${device} has ended` });
      router.refresh();
    } catch (error) {
      toast.add({ title: "The session was not ended", detail: failureOf(error).message, tone: "danger" });
    } finally {
      setPending(false);
    }
  }

  if (!mayEnd) return null;
  return (
    <Button
      size="s"
      busy={isPending && "Ending"}
      onClick={end}
      aria-label={`${isCurrent ? "Sign out" : "End the session of"} ${device}`}
    >
      {isCurrent ? "Sign out" : "End"}
    </Button>
  );
}

type EndAllProps = {
  /** Whose; without, one's own others. */
  readonly identityId?: string;
  readonly name?: string;
  readonly count: number;
};

/** Ends all sessions of somebody, or all of one's own but this one; says before what that means. */
export function EndAllSessions({ identityId, name, count }: EndAllProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();

  async function end() {
    const { ended } = await inOurWords(() => client.session.endAll.mutate({ identityId }));
    toast.add({ title: `${plural(ended, "session")} ended` });
    router.refresh();
  }

  const whose = name ?? "you";
  return (
    <DestroyDialog
      trigger={
        <Button size={identityId ? "s" : "m"} variant="danger" icon="logout">
          {identityId ? "End all…" : "End all others…"}
        </Button>
      }
      title={identityId ? `End ${plural(count, "session")} of ${whose}?` : `End ${plural(count, "other session")}?`}
      stops={{
        title: "Stops at once",
        items: [
          {
            icon: "device",
            strong: plural(count, identityId ? "session" : "other session"),
            rest: `of ${whose}. The next request of each is refused; what was typed and not saved there is lost.`,
          },
        ],
      }}
      goesOn={{
        items: [
          identityId
            ? { icon: "person", strong: `${whose} may sign in again`, rest: "with the same password and code." }
            : { icon: "device", strong: "This session", rest: "stays open." },
        ],
      }}
      keepLabel="Keep the sessions"
      destroyLabel="End the sessions"
      destroyIcon="logout"
      onConfirm={end}
    />
  );
}
