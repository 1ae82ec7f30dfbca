"use client";

import type { FocusEvent } from "react";
import { IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Tooltip } from "@/components/ui/tooltip";
import type { Range } from "@/server/engines/cedar/syntax/problem";
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

/** That something is wrong with a block: an icon, and its words. */
export function ProblemMark({ start, end }: Range) {
  const { problems } = usePolicy();
  const problem = problems.find(({ range }) => range.start < end && range.end > start);
  if (!problem) return null;
  const isError = problem.severity === "error";
  return (
    <Tooltip text={<Words text={problem.message} />}>
      <span
        className={isError ? "cond__w da-x" : "cond__w wa-x"}
        tabIndex={0}
        role="img"
        aria-label={`${isError ? "Error" : "Warning"}: ${problem.message}`}
      >
        <Icon name={isError ? "stop" : "warn"} size={14} />
      </span>
    </Tooltip>
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
