"use client";

import type { FocusEvent } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Popover } from "@/components/ui/popover";
import type { Problem, Range } from "@/server/engines/cedar/syntax/problem";
import { useEditor, usePolicy } from "./editor-context";

/** Takes a block away. */
export function RemoveButton({ words, onRemove }: { words: string; onRemove: () => void }) {
  return (
    <IconButton
      className="cond__x"
      icon="x"
      label={`Remove: ${words}`}
      tooltip="none"
      data-mark="remove"
      onClick={onRemove}
    />
  );
}

/** What stands between backticks is of the language. */
export function Words({ text }: { text: string }) {
  return text.split("`").map((piece, at) =>
    at % 2 === 1 ? (
      <code className="mono" key={at}>
        {piece}
      </code>
    ) : (
      piece
    ),
  );
}

/** That something is wrong with a block: an icon, which opens the words and what ends it. */
export function ProblemMark({ start, end }: Range) {
  const { problems } = usePolicy();
  const found = problems.filter(({ range }) => range.start < end && range.end > start);
  const [first] = found;
  if (!first) return null;
  const isError = found.some(({ severity }) => severity === "error");
  return (
    <Popover
      title={isError ? "Error" : "Warning"}
      trigger={
        <button
          className={isError ? "cond__w da-x" : "cond__w wa-x"}
          type="button"
          aria-label={`${isError ? "Error" : "Warning"}: ${first.message}`}
        >
          <Icon name={isError ? "stop" : "warn"} size={14} />
        </button>
      }
    >
      <ul className="cond__ps">
        {found.map((problem) => (
          <li key={`${problem.code} ${problem.range.start} ${problem.message}`}>
            <Words text={problem.message} />
            <FixButton problem={problem} />
          </li>
        ))}
      </ul>
    </Popover>
  );
}

/** Ends a problem, where it is known for sure how. */
function FixButton({ problem }: { problem: Problem }) {
  const { session, announce } = useEditor();
  const fix = session.fixOf(problem);
  if (!fix) return null;
  return (
    <Button
      size="s"
      onClick={() => {
        session.edit(fix.edits);
        announce(`Done: ${fix.label}`);
      }}
    >
      {fix.label}
    </Button>
  );
}

/** While the focus is in a block, the text shows where it is. */
export function useMarked({ start, end }: Range) {
  const { session } = useEditor();
  return {
    onFocus(event: FocusEvent) {
      event.stopPropagation();
      session.mark({ start, end });
    },
    onBlur: () => session.mark(null),
  };
}
