import { TextDiff } from "@/components/policies/history/text-diff";
import type { Failure } from "@/components/rpc/failure";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import type { RoleDetail } from "@/server/roles/contract";
import { definitionText } from "../definition-text";

const TITLES: Readonly<Record<string, string>> = {
  "grant.would_escalate": "You may not add this.",
  "grant.duties_separated": "These duties are kept apart.",
  "role.cycle": "It would inherit itself.",
  "role.name_taken": "The name is taken.",
  "role.refused": "It cannot be put into policies.",
  "role.retired": "It was retired meanwhile.",
};

type Props = {
  readonly failure: Failure | undefined;
  readonly isLooking: boolean;
  /** Reads what somebody else made of it, and goes on from there. */
  readonly onLook: () => void;
};

/** Why it was not saved. What was typed stays. */
export function SaveNotes({ failure, isLooking, onLook }: Props) {
  return (
    <div role="alert" className="empty:hidden">
      {failure?.code === "role.changed" ? (
        <Note
          tone="warn"
          title="Somebody else changed this role."
          actions={
            <Button busy={isLooking && "Looking"} onClick={onLook}>
              Look at their version
            </Button>
          }
        >
          {failure.message} What you typed is still here.
        </Note>
      ) : (
        failure && (
          <Note tone="danger" title={TITLES[failure.code] ?? "It was not saved."}>
            {failure.message}
          </Note>
        )
      )}
    </div>
  );
}

type TheirsProps = { readonly before: RoleDetail; readonly theirs: RoleDetail };

/** What somebody else made of the role while it was edited here. */
export function TheirVersion({ before, theirs }: TheirsProps) {
  const [newest] = theirs.history;
  if (!before.definition || !theirs.definition) return null;
  return (
    <section className="grid gap-3" aria-label="Their version">
      <Note tone="info" title={`You go on from version ${theirs.number}${newest ? `, by ${newest.by.name}` : ""}.`}>
        {newest && <>“{newest.note}” </>}
        What they changed is below. What you typed is unchanged, and saving it replaces theirs: “What changes” says by
        what.
      </Note>
      <TextDiff
        before={definitionText(before.definition)}
        after={definitionText(theirs.definition)}
        caption="What they changed"
      />
    </section>
  );
}
