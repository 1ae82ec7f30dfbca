"use client";

import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { parseExpression } from "@/server/engines/cedar/syntax/parser";
import type { Condition } from "@/server/engines/cedar/syntax/syntax";
import { cedarPieces } from "../cedar-tokens";
import type { Free } from "../blocks/blocks";
import { bodyRange, replaceFree } from "../blocks/edit";
import { ProblemMark, RemoveButton, useMarked } from "./block-parts";
import { useEditor, usePolicy } from "./editor-context";

type Props = { free: Free; condition: Condition; place: string; onRemove: (words: string) => void };

/** What rows cannot say, in place, as it is written. It is taken over on Enter, and when the focus leaves it. */
export function FreeBlock({ free, condition, place, onRemove }: Props) {
  const { session, isReadOnly, announce } = useEditor();
  const { tree } = usePolicy();
  const range = free.isBroken ? bodyRange(tree, condition) : free.outer;
  const text = tree.text.slice(range.start, range.end);
  const marked = useMarked(range);
  return (
    <div className="cond cond--x" role="group" aria-label={`Expression: ${text}`} data-place={place} {...marked}>
      <ExpressionField
        key={text}
        text={text}
        isReadOnly={isReadOnly}
        onCommit={(next) => {
          session.edit(replaceFree(tree, condition, free, next));
          announce("Expression changed");
        }}
      />
      <ProblemMark start={range.start} end={range.end} />
      {!isReadOnly && <RemoveButton words={text} onRemove={() => onRemove(text)} />}
    </div>
  );
}

type FieldProps = {
  text: string;
  isReadOnly?: boolean;
  /** A new one has the focus, and can be given up. */
  onCancel?: () => void;
  onCommit: (text: string) => void;
};

/** An expression of the language, with what is wrong with it. */
export function ExpressionField({ text, isReadOnly, onCancel, onCommit }: FieldProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState(text);
  const problem = draft === "" && onCancel ? null : (parseExpression(draft).problems[0] ?? null);

  function commit() {
    if (draft === text || problem) return;
    if (draft.trim() === "") onCancel?.();
    else onCommit(draft);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && !event.shiftKey) commit();
    else if (event.key === "Escape") {
      setDraft(text);
      onCancel?.();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <span className="free">
      <Icon name="policy" />
      <span className="free__f">
        <code className="free__c mono" aria-hidden="true">
          {cedarPieces(draft).map((piece, at) => (
            // Pieces are told apart by their place alone.
            <span key={at} className={piece.kind === "plain" ? undefined : `cedar-${piece.kind}`}>
              {piece.text}
            </span>
          ))}
          {"\u200b"}
        </code>
        <textarea
          className="free__t mono"
          ref={field}
          rows={1}
          autoFocus={onCancel !== undefined}
          aria-label="Expression"
          aria-invalid={problem !== null}
          aria-describedby={`${id}-problem`}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          readOnly={isReadOnly}
          data-mark="value"
          data-draft={draft !== text}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={commit}
        />
        <span className="free__p" id={`${id}-problem`}>
          {problem && (
            <>
              <Icon name="stop" size={12} />
              {problem.message}
            </>
          )}
        </span>
      </span>
    </span>
  );
}
