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
import { Input } from "@/components/ui/input";
import { Section } from "@/components/ui/page-head";
import { type DraftDetail, type Published, PublishInput } from "@/server/policies/contract";
import { TextDiff } from "../history/text-diff";
import { CheckNotes, isPublishable } from "./check-notes";
import { useCheck } from "./use-check";

type Props = {
  readonly draft: DraftDetail;
  /** The policy in force that it changes; null for a new one. */
  readonly policy: string | null;
  /** Its text in force. */
  readonly inForce: string | null;
  /** The epoch in force, on which it builds. */
  readonly epoch: number;
  readonly onClose: () => void;
  readonly onPublished: (published: Published) => void;
};

/** What publishing a draft would do, and then the deed. The server checks all of it again. */
export function PublishDialog({ draft, policy, inForce, epoch, onClose, onPublished }: Props) {
  const client = useTRPCClient();
  const publishing = useDeed();
  const { check, failure } = useCheck([{ policy, text: draft.text }]);
  const [note, setNote] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  const isRemoval = draft.kind === "removal";

  async function publish() {
    const drafts = [{ draft: draft.id, revision: draft.revision }];
    const checked = checkForm(PublishInput, { drafts, base: epoch, note });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await publishing.run(() => client.policies.publish.mutate(data));
    if (done) onPublished(done.value);
  }

  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="l"
      title={isRemoval ? `Remove ${draft.policy}?` : `Publish ${draft.policy}?`}
      lead={
        isRemoval
          ? `With epoch ${epoch + 1} it decides nothing any more. Its history stays, and it can be rolled back.`
          : `With epoch ${epoch + 1} it decides at once, in every process. It can be rolled back.`
      }
      foot={
        <>
          <DialogClose>
            <Button>Keep as a draft</Button>
          </DialogClose>
          <Button
            variant={isRemoval ? "destroy" : "main"}
            icon="send"
            disabled={!check || !isPublishable(check)}
            busy={publishing.isPending && "Publishing"}
            onClick={publish}
          >
            Publish epoch {epoch + 1}
          </Button>
        </>
      }
    >
      <Fieldset legend="Publish" isPending={publishing.isPending}>
        <Section title="What changes">
          <TextDiff before={inForce ?? ""} after={draft.text ?? ""} caption={`What changes in ${draft.policy}`} />
        </Section>
        <CheckNotes check={check} />
        <FailureNote failure={failure ?? publishing.failure} title="It was not published." />
        <Field label="Why" limit="kept in the history" error={errors["note"]}>
          <Input
            value={note}
            maxLength={500}
            placeholder={isRemoval ? "The project has ended" : "Asked for by data protection"}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
      </Fieldset>
    </Dialog>
  );
}
