"use client";

import { useRouter } from "next/navigation";
import { FailureNote } from "@/components/identities/failure-note";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { DeedButton } from "@/components/shell/disabled-button";

type Props = { readonly id: string; readonly disabledBecause: string | undefined };

/** Settles an alert once a person has looked at it. */
export function ResolveAlert({ id, disabledBecause }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const deed = useDeed();

  async function resolve() {
    const done = await deed.run(() => client.certificates.resolveAlert.mutate({ id }));
    if (done) router.refresh();
  }

  return (
    <>
      <DeedButton
        size="s"
        icon="check"
        disabledBecause={disabledBecause}
        busy={deed.isPending && "Noting"}
        onClick={resolve}
      >
        I have looked at it
      </DeedButton>
      <FailureNote failure={deed.failure} />
    </>
  );
}
