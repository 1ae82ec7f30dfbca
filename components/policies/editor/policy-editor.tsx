"use client";

import {
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { Problem, Range } from "@/server/engines/cedar/syntax/problem";
import { schemaOf } from "../blocks/diagnose";
import { BlockPane } from "./block-pane";
import { CedarPane } from "./cedar-pane";
import { EditorFrame } from "./editor-context";
import type { KnownEntity } from "./known";
import { PaneTabs, type PaneName } from "./pane-tabs";
import type { EditorHandle } from "./problems";
import { EditingSession } from "./session";

export type { KnownEntity };

export interface PolicyEditorProps {
  /** The text to begin with: one policy with its comments, or nothing for a new one. */
  readonly text: string;
  /** The schema in force, in Cedar's human-readable form. */
  readonly schema: string;
  /** What there is to choose from. */
  readonly known: readonly KnownEntity[];
  readonly mode?: "edit" | "read";
  /** It was in force, and is called as it was. */
  readonly keepsName?: boolean;
  /** Shown under the first choice while the text is empty. */
  readonly beginnings?: ReactNode;
  /** Told what is wrong with the text: once in the beginning, and after each change. */
  readonly onChange: (text: string, problems: readonly Problem[]) => void;
  readonly ref?: Ref<EditorHandle>;
}

/**
 * A policy as blocks and as text, side by side. The text is the truth: blocks are read from it, and every change of a block
 * is a small change of the text, which the text pane's history undoes.
 */
export function PolicyEditor({
  text,
  schema,
  known,
  mode = "edit",
  keepsName = false,
  beginnings,
  onChange,
  ref,
}: PolicyEditorProps) {
  const [read] = useState(() => ({ text: schema, schema: schemaOf(schema) }));
  const told = useRef(onChange);
  told.current = onChange;
  const [session] = useState(() => new EditingSession(text, read.schema, (...now) => told.current(...now)));
  const [current, setCurrent] = useState(read);
  const snapshot = useSyncExternalStore(session.subscribe, session.snapshot, session.snapshot);
  const [pane, setPane] = useState<PaneName>("blocks");

  useEffect(() => {
    session.mode = mode;
  }, [session, mode]);
  useEffect(() => session.start(), [session]);
  const checkBy = useEffectEvent((next: string) => {
    if (next === current.text) return;
    const parsed = schemaOf(next);
    session.checkBy(parsed);
    setCurrent({ text: next, schema: parsed });
  });
  useEffect(() => checkBy(schema), [schema]);

  const panes = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = panes.current;
    const onKey = (event: KeyboardEvent) => undoByKey(event, session);
    element?.addEventListener("keydown", onKey);
    return () => element?.removeEventListener("keydown", onKey);
  }, [session]);

  const goTo = useCallback(
    (range: Range) => {
      setPane("cedar");
      requestAnimationFrame(() => session.goTo(range));
    },
    [session],
  );
  useImperativeHandle(
    ref,
    () => ({ goTo, fixOf: (problem) => session.fixOf(problem), apply: (fix) => session.edit(fix.edits) }),
    [goTo, session],
  );

  const errors = snapshot.problems.length;
  return (
    <EditorFrame
      session={session}
      schema={current.schema}
      known={known}
      isReadOnly={mode === "read"}
      keepsName={keepsName}
    >
      <PaneTabs pane={pane} problems={errors} onChange={setPane} />
      <div className="pe" data-pane={pane} ref={panes}>
        <BlockPane snapshot={snapshot} beginnings={beginnings} onGoTo={goTo} />
        <CedarPane text={snapshot.tree.text} />
      </div>
    </EditorFrame>
  );
}

/** One history for both panes; a field whose text is not taken over yet has its own. */
function undoByKey(event: KeyboardEvent, session: EditingSession): void {
  const { target, ctrlKey, metaKey, shiftKey } = event;
  const key = event.key.toLowerCase();
  const isUndo = (ctrlKey || metaKey) && key === "z";
  const isRedo = (isUndo && shiftKey) || (ctrlKey && key === "y");
  if (!(isUndo || isRedo) || !(target instanceof HTMLElement)) return;
  if (target.closest(".cm-editor") || target.dataset["draft"] === "true") return;
  event.preventDefault();
  if (isRedo) session.redo();
  else session.undo();
}
