"use client";

import { useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/form";
import { Textarea } from "@/components/ui/input";
import { AskReviewInput, type DraftDetail } from "@/server/policies/contract";

type Props = {
  readonly draft: DraftDetail;
  readonly onClose: () => void;
  readonly onAsked: (draft: DraftDetail) => void;
};

/** Asks for a second person, who sees the same page and publishes. */
export function ReviewDialog({ draft, onClose, onAsked }: Props) {
  const client = useTRPCClient();
  const asking = useDeed();
  const [note, setNote] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});

  async function ask() {
    const checked = checkForm(AskReviewInput, { draft: draft.id, revision: draft.revision, note });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await asking.run(() => client.policies.askReview.mutate(data));
    if (done) onAsked(done.value);
  }

  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Ask for a review of ${draft.policy}`}
      lead={`Somebody else looks at revision ${draft.revision} and publishes it. When the draft is saved again, the review is asked again.`}
      foot={
        <>
          <DialogClose>
            <Button>Not yet</Button>
          </DialogClose>
          <Button variant="main" icon="send" busy={asking.isPending && "Asking"} onClick={ask}>
            Ask for review
          </Button>
        </>
      }
    >
      <Fieldset legend="Ask for review" isPending={asking.isPending}>
        <FailureNote failure={asking.failure} />
        <Field label="What they should look at" error={errors["note"]}>
          <Textarea rows={3} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </Fieldset>
    </Dialog>
  );
}
