"use client";

import { replaceExpression } from "@/server/engines/cedar/syntax/editing/patch-expression";
import { askedBefore } from "../blocks/asked";
import type { Group, Row, RowContent } from "../blocks/blocks";
import { changeRow } from "../blocks/edit-row";
import { newRow, type Question, questionsOf, typeOfValue, valueNeeded, withQuestion } from "../blocks/operators";
import { checksFor, type KnownPath, type PathType } from "../blocks/paths";
import { groupTypesOf } from "../blocks/scope";
import { pathWords, questionWords, rowWords } from "../blocks/words";
import { writePath, writeRow } from "../blocks/write-row";
import { useEditor, useFirstValue, usePolicy } from "./editor-context";
import { PathPicker } from "./path-picker";
import { ProblemMark, RemoveButton, useMarked } from "./block-parts";
import { ValueControl } from "./value-control";
import { ChoiceControl } from "./value-inputs";

type Props = { row: Row; groups: readonly Group[]; place: string; onRemove: (words: string) => void };

/** `path operator value`, each with its own control. */
export function RowBlock({ row, groups, place, onRemove }: Props) {
  const { session, isReadOnly } = useEditor();
  const { tree, paths, blocks } = usePolicy();
  const first = useFirstValue();
  const marked = useMarked(row.outer);
  const known = paths?.find(row.path) ?? null;
  const type = known?.type ?? typeOfRow(row);
  const words = rowWords(row, type);
  const entityTypes = useEntityTypes(row, type);

  function change(next: RowContent, how: "step" | "typing" = "step") {
    session.edit(changeRow(tree, row, next), how);
  }

  /** Another path is another row, with what must be asked first. */
  function changePath(to: KnownPath) {
    const asked = askedBefore(blocks, groups);
    const texts = [...checksFor(to, asked), writeRow(newRow(to, first))];
    session.edit([replaceExpression(tree, row.inner, texts.join(" && "))]);
  }

  return (
    <div className="cond" role="group" aria-label={words} data-place={place} {...marked}>
      {paths && !isReadOnly ? (
        <PathPicker
          label="What is asked about"
          paths={paths}
          onChoose={changePath}
          trigger={
            <button
              className="pl pl--path"
              type="button"
              title={writePath(row.path)}
              aria-label={`Asks about ${pathWords(row.path)}`}
            >
              {pathWords(row.path)}
            </button>
          }
        />
      ) : (
        <span className="pl pl--path" title={writePath(row.path)}>
          {pathWords(row.path)}
        </span>
      )}
      <QuestionControl
        row={row}
        known={known}
        type={type}
        onChange={(question) => type && change(withQuestion(row, question, type, first))}
      />
      {row.value && (
        <ValueControl
          label={`${pathWords(row.path)} ${questionWords(row, type)}`}
          value={row.value}
          entityTypes={entityTypes}
          type={elementType(row, type)}
          onChange={(value, how) => change({ ...row, value }, how)}
        />
      )}
      <ProblemMark start={row.outer.start} end={row.outer.end} />
      {!isReadOnly && <RemoveButton words={words} onRemove={() => onRemove(words)} />}
    </div>
  );
}

type QuestionProps = {
  row: Row;
  known: KnownPath | null;
  type: PathType | null;
  onChange: (question: Question) => void;
};

function QuestionControl({ row, known, type, onChange }: QuestionProps) {
  const { isReadOnly } = useEditor();
  const own = keyOf(row);
  const questions = known ? questionsOf(known) : [];
  const all = questions.some((question) => keyOf(question) === own) ? questions : [row, ...questions];
  if (isReadOnly) return <span className="x3">{questionWords(row, type)}</span>;
  return (
    <ChoiceControl
      label="Asks whether it"
      look="word"
      mark="operator"
      value={own}
      options={all.map((question) => ({ value: keyOf(question), label: questionWords(question, type) }))}
      onChange={(key) => {
        const question = all.find((one) => keyOf(one) === key);
        if (question) onChange({ operator: question.operator, isNot: question.isNot });
      }}
    />
  );
}

const keyOf = ({ operator, isNot }: Question) => `${isNot ? "not " : ""}${operator}`;

/** The type of a path that the schema does not know, by what it is compared with. */
function typeOfRow({ operator, value }: Row): PathType | null {
  if (operator === "holds") return { kind: "bool" };
  const type = typeOfValue(value);
  if (!type) return null;
  if (operator === "contains") return { kind: "set", element: type };
  return operator === "one of" && type.kind === "set" ? type.element : type;
}

function elementType({ operator }: Row, type: PathType | null): PathType | null {
  const needed = type && valueNeeded(type, operator);
  return needed?.kind === "one" || needed?.kind === "several" ? needed.type : null;
}

/** What entities a row can name: what something is in may be of other types. */
function useEntityTypes(row: Row, type: PathType | null): readonly string[] {
  const { schema } = useEditor();
  const element = elementType(row, type);
  if (row.operator === "is") return type?.kind === "entity" ? type.names : [];
  if (element?.kind !== "entity") return [];
  return row.operator === "in" && schema ? [...groupTypesOf(schema, element.names), ...element.names] : element.names;
}
