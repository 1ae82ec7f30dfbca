"use client";

import { type RefObject, useState } from "react";
import { PanelTabs } from "@/components/ui/panel-tabs";
import type { PolicyDetail } from "@/server/policies/contract";
import { type EditorHandle, Problems } from "../editor/problems";
import type { KnownEntity } from "../editor/known";
import { VersionsPanel } from "../history/versions-panel";
import { ImpactPanel } from "../impact/impact-panel";
import { ShadowPanel } from "../impact/shadow-panel";
import { TestPanel } from "../trial/test-panel";
import { useTests } from "../trial/use-tests";
import { WhoCanPanel } from "../trial/who-can-panel";
import type { Refusals } from "./rights";
import type { Draft } from "./use-draft";

type Props = {
  readonly detail: PolicyDetail | null;
  readonly draft: Draft;
  readonly schema: string;
  readonly known: readonly KnownEntity[];
  readonly refusals: Refusals;
  readonly now: number;
  readonly editor: RefObject<EditorHandle | null>;
};

type Name = "problems" | "test" | "impact" | "shadow" | "who-can" | "history";

/** Below the editor: what is wrong, what it would do, and what was before. */
export function WorkbenchTabs({ detail, draft, schema, known, refusals, now, editor }: Props) {
  const { text, problems, errors, changes, saved, savedChanges } = draft;
  const [name, setName] = useState<Name>("problems");
  const tests = useTests(changes, errors > 0 ? "not readable" : "readable");
  const passed = tests.results?.filter((result) => result.passed).length ?? 0;
  const total = tests.results?.length ?? 0;
  const versions = detail?.versions ?? [];
  const asked = { schema, known, text, changes };
  return (
    <PanelTabs<Name>
      label="About this policy"
      value={name}
      onChange={setName}
      tabs={[
        {
          ...{ name: "problems", label: "Problems", count: problems.length },
          countTone: errors > 0 ? "danger" : problems.length > 0 ? "warn" : undefined,
          panel: <Problems text={text} problems={problems} editor={editor} />,
        },
        {
          ...{ name: "test", label: "Test", isKept: true },
          count: tests.results ? `${passed} of ${total}` : undefined,
          countTone: passed < total ? "danger" : undefined,
          panel: <TestPanel {...asked} tests={tests} draftRefused={refusals.draft} />,
        },
        {
          ...{ name: "impact", label: "Impact", isKept: true },
          panel: <ImpactPanel changes={changes} blockedBy={blockedBy(draft)} />,
        },
        ...(saved
          ? [
              {
                ...{ name: "shadow" as const, label: "Shadow" },
                count: saved.shadowSince ? "runs" : undefined,
                panel: <ShadowPanel draft={saved} changes={savedChanges} mayDraft={refusals.draft === undefined} />,
              },
            ]
          : []),
        { name: "who-can", label: "Who can", isKept: true, panel: <WhoCanPanel {...asked} /> },
        {
          ...{ name: "history", label: "History", count: versions.length },
          panel: <VersionsPanel versions={versions} draftText={saved ? (saved.text ?? "") : null} now={now} />,
        },
      ]}
    />
  );
}

/** Why nobody can say yet what the draft would do. */
function blockedBy({ changes, errors }: Draft): string | null {
  if (changes.length === 0) return "What you see is in force. Change it, and see here what that would do.";
  return errors > 0 ? "The text has errors. The tab Problems lists them." : null;
}
