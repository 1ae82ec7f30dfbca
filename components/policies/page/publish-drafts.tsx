"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { sentence } from "@/components/rpc/failure";
import { useDeed } from "@/components/rpc/use-deed";
import { DeedButton } from "@/components/shell/disabled-button";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/form";
import { plural } from "@/components/ui/format";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { type DraftDetail, type PolicyDetail, PublishInput } from "@/server/policies/contract";
import { TextDiff } from "../history/text-diff";
import { CheckNotes, isPublishable } from "./check-notes";
import { useCheck } from "./use-check";

type Props = {
  /** Names of the policies that have a draft. */
  readonly policies: readonly string[];
  readonly epoch: number;
  readonly publishRefused: string | undefined;
};

/** Publishes several drafts as one epoch, so that none is in force without the others. */
export function PublishDrafts({ policies, epoch, publishRefused }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <DeedButton icon="send" disabledBecause={publishRefused} onClick={() => setOpen(true)}>
        Publish {plural(policies.length, "draft")}…
      </DeedButton>
      {isOpen && <Drafts policies={policies} epoch={epoch} onClose={() => setOpen(false)} />}
    </>
  );
}

type Drafted = PolicyDetail & { readonly draft: DraftDetail };

function Drafts({ policies, epoch, onClose }: Omit<Props, "publishRefused"> & { readonly onClose: () => void }) {
  const router = useRouter();
  const toast = useToast();
  const client = useTRPCClient();
  const publishing = useDeed();
  const { drafts, failure } = useDrafts(policies);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [note, setNote] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  const chosen = drafts?.filter(({ id, mayPublishDraft }) => mayPublishDraft && !left.has(id)) ?? [];
  const { check, failure: checking } = useCheck(
    chosen.map(({ id, text, draft }) => ({ policy: text === null ? null : id, text: draft.text })),
  );

  function choose(id: string, isChosen: boolean) {
    const next = new Set(left);
    if (isChosen) next.delete(id);
    else next.add(id);
    setLeft(next);
  }

  async function publish() {
    const wanted = chosen.map(({ draft }) => ({ draft: draft.id, revision: draft.revision }));
    const checked = checkForm(PublishInput, { drafts: wanted, base: epoch, note });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await publishing.run(() => client.policies.publish.mutate(data));
    if (!done) return;
    const { epoch: published, notices } = done.value;
    toast.add({
      title: `Epoch ${published.number} is in force`,
      detail: notices.map(sentence).join(" ") || undefined,
    });
    onClose();
    router.refresh();
  }

  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="l"
      title={`Publish ${plural(policies.length, "draft")} together?`}
      lead={`With epoch ${epoch + 1} all that are chosen decide at once, in every process. They can be rolled back together.`}
      foot={
        <>
          <DialogClose>
            <Button>Keep as drafts</Button>
          </DialogClose>
          <Button
            variant="main"
            icon="send"
            disabled={chosen.length === 0 || !check || !isPublishable(check)}
            busy={publishing.isPending && "Publishing"}
            onClick={publish}
          >
            Publish epoch {epoch + 1}
          </Button>
        </>
      }
    >
      <Fieldset legend="Publish" isPending={publishing.isPending}>
        <FailureNote failure={failure} title="The drafts could not be read." />
        <ul className="grid gap-3">
          {drafts?.map((drafted) => (
            <li key={drafted.id}>
              <DraftChoice drafted={drafted} isChosen={chosen.includes(drafted)} onChoose={choose} />
            </li>
          ))}
        </ul>
        {chosen.length > 0 && <CheckNotes check={check} />}
        <FailureNote failure={checking ?? publishing.failure} title="They were not published." />
        <Field label="Why" limit="kept in the history" error={errors["note"]}>
          <Input
            value={note}
            maxLength={500}
            placeholder="Asked for by data protection"
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
      </Fieldset>
    </Dialog>
  );
}

type ChoiceProps = {
  readonly drafted: Drafted;
  readonly isChosen: boolean;
  readonly onChoose: (id: string, isChosen: boolean) => void;
};

const DOES = { new: "is new", change: "changes what is in force", removal: "takes it out of force" } as const;

function DraftChoice({ drafted: { id, text, draft, mayPublishDraft }, isChosen, onChoose }: ChoiceProps) {
  return (
    <>
      <Checkbox checked={isChosen} disabled={!mayPublishDraft} onChange={(event) => onChoose(id, event.target.checked)}>
        <span className="w5">{id}</span>{" "}
        <span className="x2">
          {DOES[draft.kind]}, by {draft.by.name}
        </span>
      </Checkbox>
      {!mayPublishDraft && <p className="x2 t12">Somebody else than its author publishes it.</p>}
      <details>
        <summary className="link t12">What changes</summary>
        <TextDiff before={text ?? ""} after={draft.text ?? ""} caption={`What changes in ${id}`} />
      </details>
    </>
  );
}

/** Each policy with its draft, as the server has them now. */
function useDrafts(policies: readonly string[]) {
  const client = useTRPCClient();
  const { run, failure } = useDeed();
  const [drafts, setDrafts] = useState<readonly Drafted[]>();
  const names = policies.join("\n");
  useEffect(() => {
    let isOver = false;
    const read = () => Promise.all(names.split("\n").map((policy) => client.policies.get.query({ policy })));
    void run(read).then((done) => {
      if (!isOver && done) setDrafts(done.value.filter((detail): detail is Drafted => detail.draft !== null));
    });
    return () => {
      isOver = true;
    };
  }, [client, run, names]);
  return { drafts, failure };
}
