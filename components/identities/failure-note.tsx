import type { Failure } from "@/components/rpc/failure";
import { Note } from "@/components/ui/note";

/** Why it did not work, said at once to readers too. Empty while nothing failed. */
export function FailureNote({ failure, title }: { readonly failure: Failure | undefined; readonly title?: string }) {
  return (
    <div role="alert" className="empty:hidden">
      {failure && (
        <Note tone="danger" title={title}>
          {failure.message}
        </Note>
      )}
    </div>
  );
}
