"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useRef, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { PageHead } from "@/components/ui/page-head";
import { useToast } from "@/components/ui/toast";
import { sentence } from "@/components/rpc/failure";
import type { PolicyDetail, Published } from "@/server/policies/contract";
import { PolicyEditor } from "../editor/policy-editor";
import type { EditorHandle } from "../editor/problems";
import type { KnownEntity } from "../editor/known";
import { type FirstQuestion, policyHref } from "../policy-address";
import { Deeds, type Question } from "./deeds";
import { DraftBadge, DraftNotes, factsOf } from "./draft-notes";
import { Questions } from "./questions";
import type { Refusals } from "./rights";
import { useDraft } from "./use-draft";
import { type LeaveGuard, useLeaveGuard } from "./use-leave-guard";
import { WorkbenchTabs } from "./workbench-tabs";

export interface WorkbenchProps {
  /** Null for a new policy. */
  readonly detail: PolicyDetail | null;
  /** What the editor begins with. */
  readonly startText: string;
  readonly schema: string;
  readonly known: readonly KnownEntity[];
  /** The epoch in force. */
  readonly epoch: number;
  readonly needsReview: boolean;
  readonly refusals: Refusals;
  readonly now: number;
  /** What there is to begin with, beside an empty text. */
  readonly beginnings?: ReactNode;
  /** What is asked at once: the first save of a new policy leads to a page of its own. */
  readonly ask?: FirstQuestion | undefined;
}

/** A policy and all that is done with it. Begins anew when the server's word about it was asked for again. */
export function Workbench(props: WorkbenchProps) {
  const router = useRouter();
  const { detail } = props;
  const [state, setState] = useState({ detail, generation: 0, isWaiting: false });
  if (state.isWaiting && state.detail !== detail) {
    setState({ detail, generation: state.generation + 1, isWaiting: false });
  }
  function reload() {
    setState((before) => ({ ...before, detail, isWaiting: true }));
    router.refresh();
  }
  return <Bench key={state.generation} {...props} onReload={reload} />;
}

function Bench(props: WorkbenchProps & { readonly onReload: () => void }) {
  const { detail, startText, schema, known, epoch, needsReview, refusals, now, ask: first, onReload } = props;
  const router = useRouter();
  const toast = useToast();
  const draft = useDraft(detail, startText);
  const editor = useRef<EditorHandle>(null);
  const [question, setQuestion] = useState<Question | undefined>(first);
  const isInAddress = useRef(first !== undefined);
  const leave = useLeaveGuard(draft.isChanged);
  const isOthers = detail !== null && detail.origin !== "written";
  const isRead = isOthers || refusals.draft !== undefined || draft.saved?.kind === "removal";
  const name = detail?.id ?? "New policy";

  async function save(next?: FirstQuestion) {
    const saved = await draft.save();
    if (!saved) return "failed";
    if (saved.policy === detail?.id) return "saved";
    router.replace(policyHref(saved.policy, next));
    return "moved";
  }

  /** Asks what comes next; what is typed is saved before, for that is what will be looked at. */
  async function ask(next: Question) {
    const isAboutSaved = next === "publish" || next === "review";
    if (isAboutSaved && (draft.isChanged || draft.saved === null) && (await save(next)) !== "saved") return;
    setQuestion(next);
  }

  function onClose() {
    setQuestion(undefined);
    if (!isInAddress.current || !detail) return;
    // Once: by the next time somebody may be on the way to another page.
    isInAddress.current = false;
    router.replace(policyHref(detail.id), { scroll: false });
  }

  function onPublished({ epoch: { number }, notices }: Published) {
    onClose();
    toast.add({ title: `Epoch ${number} is in force`, detail: notices.map(sentence).join(" ") || undefined });
    onReload();
  }

  function onDiscarded() {
    if (detail?.text != null || (detail?.versions.length ?? 0) > 0) onReload();
    else router.push("/policies");
  }

  return (
    <>
      <PageHead
        title={name}
        badge={<DraftBadge draft={draft} isInForce={detail?.text != null} now={now} />}
        lead={factsOf(detail, now)}
        actions={
          <Deeds
            detail={detail}
            draft={draft}
            needsReview={needsReview}
            refusals={refusals}
            onSave={() => save()}
            onAsk={ask}
          />
        }
      />
      <DraftNotes detail={detail} draft={draft} draftRefused={refusals.draft} onReload={onReload} />
      <div className="pad empty:hidden">
        <FailureNote failure={draft.saving.failure} title="It was not saved." />
      </div>
      <div className="pw__e">
        <PolicyEditor
          ref={editor}
          text={startText}
          schema={schema}
          known={known}
          mode={isRead ? "read" : "edit"}
          keepsName={detail?.text != null}
          beginnings={props.beginnings}
          onChange={draft.edit}
        />
      </div>
      <WorkbenchTabs {...{ detail, draft, schema, known, refusals, now, editor }} />
      <Questions {...{ question, detail, draft, epoch, now, onPublished, onDiscarded }} onClose={onClose} />
      <Leaving guard={leave} onSave={draft.save} canSave={refusals.draft === undefined ? "can save" : "cannot save"} />
    </>
  );
}

type LeavingProps = {
  readonly guard: LeaveGuard;
  readonly canSave: "can save" | "cannot save";
  readonly onSave: () => Promise<unknown>;
};

/** Something is typed and not saved, and somebody is about to go. */
function Leaving({ guard: { wanted, stay, leave }, canSave, onSave }: LeavingProps) {
  async function saveAndGo() {
    if (await onSave()) leave();
    else stay();
  }
  return (
    <Dialog
      open={wanted !== undefined}
      onOpenChange={(isOpen) => !isOpen && stay()}
      title="Leave without saving?"
      lead="What you typed since the last save is only on this page."
      foot={
        <>
          <DialogClose>
            <Button>Stay here</Button>
          </DialogClose>
          <Button variant="danger" onClick={leave}>
            Leave without saving
          </Button>
          {canSave === "can save" && (
            <Button variant="main" onClick={saveAndGo}>
              Save draft and leave
            </Button>
          )}
        </>
      }
    />
  );
}
