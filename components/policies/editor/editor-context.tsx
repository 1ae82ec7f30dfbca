"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { Schema } from "@/server/engines/cedar/schema/schema";
import type { Problem, Range } from "@/server/engines/cedar/syntax/problem";
import type { Tree } from "@/server/engines/cedar/syntax/syntax";
import { environmentsOf, Paths, type PathType } from "../blocks/paths";
import type { PolicyBlocks, RowValue } from "../blocks/blocks";
import type { KnownEntity } from "./known";
import type { EditingSession } from "./session";

/** What every block needs. */
export interface Editor {
  readonly session: EditingSession;
  readonly schema: Schema | null;
  readonly known: readonly KnownEntity[];
  readonly isReadOnly: boolean;
  /** It was in force under its name. */
  readonly keepsName: boolean;
  /** Says a change to who cannot see it. */
  announce(words: string): void;
  /** Puts the focus on a part of the editor, by a selector, once it is there. The first that is found has it. */
  focusOn(...selectors: readonly string[]): void;
}

const EditorContext = createContext<Editor | null>(null);

/** The editor around a block. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("blocks stand in an editor");
  return editor;
}

type Props = Pick<Editor, "session" | "schema" | "known" | "isReadOnly" | "keepsName"> & {
  readonly children: ReactNode;
};

/** The frame of an editor's blocks: it says what changes, and keeps the focus where work goes on. */
export function EditorFrame({ session, schema, known, isReadOnly, keepsName, children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState("");
  const announce = useCallback(
    (words: string) => setSaid((before) => (before === words ? `${words}\u00a0` : words)),
    [],
  );
  const focusOn = useCallback((...selectors: readonly string[]) => {
    requestAnimationFrame(() => {
      const found = selectors.map((selector) => frame.current?.querySelector<HTMLElement>(selector)).find(Boolean);
      found?.focus();
    });
  }, []);
  const editor = useMemo(
    () => ({ session, schema, known, isReadOnly, keepsName, announce, focusOn }),
    [session, schema, known, isReadOnly, keepsName, announce, focusOn],
  );
  return (
    <EditorContext value={editor}>
      <div className="contents" ref={frame}>
        {children}
        <div className="vh" role="status">
          {said}
        </div>
      </div>
    </EditorContext>
  );
}

/** One policy of the text that is shown, by which its blocks edit it. */
export interface PolicyView {
  readonly tree: Tree;
  readonly blocks: PolicyBlocks;
  readonly paths: Paths | null;
  /** Where it stands among the policies of the text. */
  readonly place: number;
  /** What is wrong with the text. */
  readonly problems: readonly Problem[];
}

const PolicyContext = createContext<PolicyView | null>(null);
export const PolicyFrame = PolicyContext.Provider;

/** The policy around a block. */
export function usePolicy(): PolicyView {
  const policy = useContext(PolicyContext);
  if (!policy) throw new Error("blocks stand in a policy");
  return policy;
}

/** What paths a policy can ask about; kept while its scope asks the same. */
export function usePaths({ policy }: PolicyBlocks): Paths | null {
  const { schema } = useEditor();
  const { principal, action, resource } = policy;
  const scope = JSON.stringify([principal, action, resource].map(withoutPlaces));
  // oxlint-disable-next-line react/exhaustive-deps -- policies that differ elsewhere ask the same
  return useMemo(() => (schema ? new Paths(schema, environmentsOf(schema, policy)) : null), [schema, scope]);
}

const withoutPlaces = (value: Range): unknown =>
  JSON.parse(JSON.stringify(value, (key, one) => (key === "start" || key === "end" ? undefined : one)));

/** What a new row compares with, of what is known. */
export function useFirstValue(): (type: PathType) => RowValue {
  const { known } = useEditor();
  return useCallback((type) => firstValue(type, known), [known]);
}

function firstValue(type: PathType, known: readonly KnownEntity[]): RowValue {
  switch (type.kind) {
    case "bool":
      return { kind: "bool", value: true };
    case "long":
      return { kind: "long", value: 0n };
    case "string":
    case "record":
      return { kind: "string", value: "" };
    case "entity": {
      const found = known.find((one) => type.names.includes(one.type));
      return { kind: "entity", value: { type: found?.type ?? type.names[0] ?? "Type", id: found?.id ?? "" } };
    }
    case "set":
      return { kind: "set", elements: [firstValue(type.element, known)] };
    case "extension": {
      const today = new Date().toISOString().slice(0, 10);
      const value = { ipaddr: "10.0.0.0/8", decimal: "0.0", datetime: today, duration: "1h" }[type.name];
      return { kind: "extension", name: type.name, value };
    }
  }
}
