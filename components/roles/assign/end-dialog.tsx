"use client";

import { useTRPCClient } from "@/components/rpc/client";
import { sentence } from "@/components/rpc/failure";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import { plural } from "@/components/ui/format";
import { useToast } from "@/components/ui/toast";
import { type GrantSummary, scopeInWords } from "@/server/roles/grant-contract";

type Props = { readonly grants: readonly GrantSummary[]; onClose(): void; onDone(): void };

/** Ends grants, after saying what stops. */
export function EndDialog({ grants, onClose, onDone }: Props) {
  const client = useTRPCClient();
  const toast = useToast();
  const [first] = grants;
  if (!first) return null;
  const isOne = grants.length === 1;

  async function end(reason: string) {
    const { results } = await client.grants.end.mutate({ ids: grants.map(({ id }) => id), reason });
    const refused = results.filter((result) => result.refused !== null);
    if (refused.length === results.length) throw new Error(refused[0]?.refused?.message ?? "nothing was ended");
    toast.add({
      title: `${plural(results.length - refused.length, "grant")} ended`,
      ...(refused.length > 0 && {
        tone: "danger" as const,
        detail: sentence(`${plural(refused.length, "grant")} stayed: ${refused[0]?.refused?.message}`),
      }),
    });
    onDone();
  }

  return (
    <DestroyDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={isOne ? `End ${first.role.title} of ${first.holder.name}?` : `End ${plural(grants.length, "grant")}?`}
      stops={{
        title: "Stops with the next request",
        items: grants.slice(0, 6).map(({ role, holder, scope }) => ({
          icon: "key",
          strong: `${holder.name}: ${role.title}`,
          rest: `on ${scopeInWords(scope)}`,
        })),
      }}
      goesOn={{
        items: [{ icon: "ok", strong: "What they hold by other grants and by their teams", rest: "stays as it is." }],
      }}
      reason={{ label: "Why", limit: "kept with the grant" }}
      keepLabel={isOne ? "Keep the grant" : "Keep the grants"}
      destroyLabel={isOne ? "End the grant" : `End ${plural(grants.length, "grant")}`}
      onConfirm={({ reason }) => end(reason)}
    />
  );
}
