"use client";

import { removeAnnotation, setAnnotation } from "@/server/engines/cedar/syntax/editing/patch";
import { nameOf, nameProblem } from "../blocks/name";
import { useEditor, usePolicy } from "./editor-context";
import { TextControl } from "./value-inputs";

/** What the policy calls itself. One that was in force keeps its name. */
export function NameBlock() {
  const { session, isReadOnly, keepsName } = useEditor();
  const { tree, blocks } = usePolicy();
  const { policy } = blocks;
  const name = nameOf(policy);
  const problem = nameProblem(name);

  function change(next: string) {
    const edit = next === "" ? removeAnnotation(tree, policy, "id") : setAnnotation(tree, policy, "id", next);
    session.edit([edit], "typing");
  }

  return (
    <div className="bl__r">
      <span className="bl__k">Name</span>
      <div className="bl__v">
        {isReadOnly || keepsName ? (
          <span className="w5">{name}</span>
        ) : (
          <>
            <TextControl
              className="pl--name"
              label="Name"
              value={name}
              placeholder="what-it-does"
              aria-invalid={name !== "" && problem !== null}
              onChange={change}
            />
            {problem && <span className="x3 t12">{name === "" ? "lower-case words and hyphens" : problem}</span>}
          </>
        )}
      </div>
    </div>
  );
}
