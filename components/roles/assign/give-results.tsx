import { sentence } from "@/components/rpc/failure";
import { Status } from "@/components/ui/badge";
import type { GrantResult } from "@/server/roles/grant-contract";

/** What became of each, where not all went through. */
export function GiveResults({ results }: { readonly results: readonly GrantResult[] }) {
  return (
    <ul className="grid gap-2" aria-label="Results" role="status">
      {results.map(({ holder, refused }) => (
        <li key={holder.id}>
          <Status tone={refused ? "danger" : "ok"}>{holder.name}</Status>{" "}
          <span className="x2">{refused ? sentence(refused.message) : "Given."}</span>
        </li>
      ))}
    </ul>
  );
}
