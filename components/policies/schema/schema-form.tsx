"use client";

import { useRouter } from "next/navigation";
import { useDeferredValue, useMemo, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { DeedButton } from "@/components/shell/disabled-button";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { plural } from "@/components/ui/format";
import { Input, Textarea } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { useToast } from "@/components/ui/toast";
import { readSchema } from "@/server/engines/cedar/schema/read-schema";
import { locationOf } from "@/server/engines/cedar/syntax/problem";

type Props = {
  /** The part that an admin may extend. */
  readonly text: string;
  /** The console's own part, which follows it. */
  readonly consoleText: string;
  readonly epoch: number;
  readonly disabledBecause: string | undefined;
};

/** So many problems are shown. */
const SHOWN = 20;

/** The schema as text, with its problems as it is written, and the way to put it in force. */
export function SchemaForm({ text, consoleText, epoch, disabledBecause }: Props) {
  const [written, setWritten] = useState(text);
  const [isOpen, setOpen] = useState(false);
  const problems = useProblems(useDeferredValue(written), consoleText);
  const isChanged = written !== text;

  return (
    <div className="pad grid gap-4">
      <Field
        label="Schema of the swarm"
        limit="in Cedar's human-readable form"
        help="The console's own types and actions follow it and cannot be changed here."
      >
        <Textarea
          mono
          rows={28}
          spellCheck={false}
          autoCapitalize="off"
          readOnly={disabledBecause !== undefined}
          value={written}
          onChange={(event) => setWritten(event.target.value)}
        />
      </Field>
      <div role="status">
        {problems.length > 0 && (
          <Note tone="danger" title={`${plural(problems.length, "problem")} in the schema`}>
            <ul>
              {problems.slice(0, SHOWN).map(({ place, message }) => (
                <li key={place + message}>
                  <span className="mono">{place}</span> {message}
                </li>
              ))}
            </ul>
          </Note>
        )}
      </div>
      <div className="form__f">
        {isChanged && <Button onClick={() => setWritten(text)}>Undo changes</Button>}
        <DeedButton
          variant="main"
          icon="send"
          disabledBecause={disabledBecause ?? blockedBy(isChanged, problems.length)}
          onClick={() => setOpen(true)}
        >
          Publish schema…
        </DeedButton>
      </div>
      {isOpen && <PublishDialog text={written} epoch={epoch} onClose={() => setOpen(false)} />}
    </div>
  );
}

function PublishDialog({
  text,
  epoch,
  onClose,
}: {
  readonly text: string;
  readonly epoch: number;
  readonly onClose: () => void;
}) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const deed = useDeed();
  const [note, setNote] = useState("");

  async function publish() {
    const done = await deed.run(() => client.policies.publishSchema.mutate({ text, base: epoch, note }));
    if (!done) return;
    toast.add({ title: `Epoch ${done.value.epoch.number} is in force with the new schema` });
    onClose();
    router.refresh();
  }

  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={`Publish this schema as epoch ${epoch + 1}?`}
      lead="Every policy in force, every policy test and every resource is checked against it first; one that breaks any of them is refused."
      foot={
        <>
          <Button onClick={onClose}>Keep the schema</Button>
          <Button variant="main" icon="send" busy={deed.isPending && "Publishing"} onClick={() => void publish()}>
            Publish schema
          </Button>
        </>
      }
    >
      <Field label="Why" limit="for those who read the history">
        <Input name="note" value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <FailureNote failure={deed.failure} title="It was not published" />
    </Dialog>
  );
}

function useProblems(written: string, consoleText: string) {
  return useMemo(() => {
    const whole = written.trimEnd() + consoleText;
    return readSchema(whole).problems.map(({ range, message }) => {
      const { line, column } = locationOf(whole, range.start);
      return { place: `${line}:${column}`, message };
    });
  }, [written, consoleText]);
}

function blockedBy(isChanged: boolean, problems: number): string | undefined {
  if (!isChanged) return "It is in force as it stands here; change it first.";
  return problems > 0 ? "It has problems; mend them first." : undefined;
}
