"use client";

import { useRouter } from "next/navigation";
import { useTRPCClient } from "@/components/rpc/client";
import { failureOf } from "@/components/rpc/failure";
import { useDeed } from "@/components/rpc/use-deed";
import { DeedButton } from "@/components/shell/disabled-button";
import { formatRelative } from "@/components/ui/format";
import { useToast } from "@/components/ui/toast";

type Props = {
  readonly authority: string;
  readonly name: string;
  readonly disabledBecause: string | undefined;
  readonly isSmall?: boolean;
};

/** Signs and publishes a new revocation list now. It comes by itself anyway: this is for whoever cannot wait. */
export function PublishCrl({ authority, name, disabledBecause, isSmall }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const deed = useDeed();

  async function publish() {
    const done = await deed.run(async () => {
      try {
        return await client.authorities.publishCrl.mutate({ authority });
      } catch (error) {
        toast.add({ title: `The list of ${name} was not published`, detail: failureOf(error).message, tone: "danger" });
        throw error;
      }
    });
    if (!done) return;
    const { number, nextUpdate } = done.value;
    toast.add({
      title: `Revocation list ${number} of ${name} is published`,
      detail: `The next one comes ${formatRelative(nextUpdate, Date.now())} at the latest.`,
    });
    router.refresh();
  }

  return (
    <DeedButton
      size={isSmall ? "s" : "m"}
      icon="turn"
      disabledBecause={disabledBecause}
      busy={deed.isPending && "Signing"}
      aria-label={isSmall ? `Publish now, revocation list of ${name}` : undefined}
      onClick={publish}
    >
      {isSmall ? "Publish now" : "Publish list now"}
    </DeedButton>
  );
}
