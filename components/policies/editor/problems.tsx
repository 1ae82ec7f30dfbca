"use client";

import type { RefObject } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { locationOf, type Problem, type Range } from "@/server/engines/cedar/syntax/problem";
import { Words } from "./block-parts";
import type { Fix } from "../blocks/fix";

/** What an editor does for what stands beside it. */
export interface EditorHandle {
  /** Shows a stretch of the text, and puts the cursor there. */
  goTo(range: Range): void;
  /** How a problem can be ended; null when that is not known for sure. */
  fixOf(problem: Problem): Fix | null;
  /** Ends a problem. */
  apply(fix: Fix): void;
}

type Props = {
  text: string;
  problems: readonly Problem[];
  /** The editor of that text. */
  editor: RefObject<EditorHandle | null>;
};

/** What is wrong with a policy's text: where, in words, and what ends it. */
export function Problems({ text, problems, editor }: Props) {
  if (text.trim() === "") return <p className="probs__n x2">Nothing is written yet.</p>;
  if (problems.length === 0) {
    return (
      <p className="probs__n x2" role="status">
        <Icon name="ok" className="ok-x" /> No problems: the text can be read, and fits the schema.
      </p>
    );
  }
  return (
    <ul className="probs" aria-label="Problems">
      {problems.map((problem) => (
        <ProblemItem
          key={`${problem.code} ${problem.range.start} ${problem.range.end} ${problem.message}`}
          text={text}
          problem={problem}
          editor={editor}
        />
      ))}
    </ul>
  );
}

function ProblemItem({ text, problem, editor }: Omit<Props, "problems"> & { problem: Problem }) {
  const { line, column } = locationOf(text, problem.range.start);
  const isError = problem.severity === "error";
  const fix = editor.current?.fixOf(problem) ?? null;
  return (
    <li className="probs__i">
      <Icon
        name={isError ? "stop" : "warn"}
        className={isError ? "da-x" : "wa-x"}
        label={isError ? "Error" : "Warning"}
      />
      <span className="anywhere">
        <b className="w5">Line {line}</b> <span className="x3">column {column}</span> <Words text={problem.message} />
      </span>
      <span className="probs__a">
        {fix && (
          <Button size="s" onClick={() => editor.current?.apply(fix)}>
            {fix.label}
          </Button>
        )}
        <Button variant="quiet" size="s" onClick={() => editor.current?.goTo(problem.range)}>
          Go there<span className="vh">: line {line}</span>
        </Button>
      </span>
    </li>
  );
}
