"use client";

import { type ReactNode, useMemo } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Segmented } from "@/components/ui/choice";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { addPolicy, setEffect } from "@/server/engines/cedar/syntax/editing/patch";
import type { Policy } from "@/server/engines/cedar/syntax/syntax";
import { readPolicy } from "../blocks/read";
import { ActionBlock } from "./action-block";
import { useMarked, Words } from "./block-parts";
import { ConditionBlocks } from "./condition-block";
import { PolicyFrame, useEditor, usePaths, usePolicy } from "./editor-context";
import { NameBlock } from "./name-block";
import { ScopeBlock } from "./scope-block";
import type { Snapshot } from "./session";

type Props = { snapshot: Snapshot; onGoTo: (range: { start: number; end: number }) => void };

/** The text as blocks. */
export function BlockPane({ snapshot, beginnings, onGoTo }: Props & { beginnings: ReactNode }) {
  const { session, isReadOnly } = useEditor();
  const { tree, canUndo, canRedo } = snapshot;
  return (
    <section className="pe__b" aria-label="Blocks">
      <div className="ph2">
        <h2>Blocks</h2>
        <span className="x3 t12 cut">read as one sentence, top to bottom</span>
        {!isReadOnly && (
          <span className="ph2__e">
            <IconButton icon="undo" label="Undo" aria-disabled={!canUndo} onClick={() => session.undo()} />
            <IconButton
              className="ph2__redo"
              icon="undo"
              label="Redo"
              aria-disabled={!canRedo}
              onClick={() => session.redo()}
            />
          </span>
        )}
      </div>
      {tree.policies.length === 0 && <NewPolicy />}
      {tree.text.trim() === "" && !isReadOnly && beginnings}
      {tree.policies.map((policy, place) => (
        <PolicyBlock key={place} policy={policy} place={place} snapshot={snapshot} onGoTo={onGoTo} />
      ))}
    </section>
  );
}

/** A text without a policy: it begins with what the policy does. */
function NewPolicy() {
  const { session, isReadOnly, focusOn } = useEditor();
  const begin = (effect: Policy["effect"]) => {
    const { tree } = session.snapshot();
    session.edit([addPolicy(tree, `${effect} (\n  principal,\n  action,\n  resource\n);`)]);
    focusOn('[data-scope="principal"] select');
  };
  return (
    <div className="bl">
      <div className="bl__r" role="group" aria-label="Effect">
        <span className="bl__k">Effect</span>
        <div className="bl__v">
          <Button size="s" icon="check" disabled={isReadOnly} onClick={() => begin("permit")}>
            Permit
          </Button>
          <Button size="s" icon="ban" disabled={isReadOnly} onClick={() => begin("forbid")}>
            Forbid
          </Button>
          <span className="x3 t12">The text has no policy yet.</span>
        </div>
      </div>
    </div>
  );
}

type PolicyProps = Props & { policy: Policy; place: number };

function PolicyBlock({ policy, place, snapshot, onGoTo }: PolicyProps) {
  const { tree } = snapshot;
  const blocks = useMemo(() => readPolicy(policy, tree.problems), [policy, tree]);
  const paths = usePaths(blocks);
  const view = useMemo(
    () => ({ tree, blocks, paths, place, problems: snapshot.problems }),
    [tree, blocks, paths, place, snapshot.problems],
  );
  const [problem] = tree.problems.filter(({ range }) => range.start >= policy.start && range.start <= policy.end);
  return (
    <PolicyFrame value={view}>
      <div className="bl">
        {problem && (
          <Note
            tone="danger"
            title="Not all of the text can be read."
            isRow
            actions={
              <Button size="s" onClick={() => onGoTo(problem.range)}>
                Go there
              </Button>
            }
          >
            The blocks show what can: <Words text={problem.message} />.
          </Note>
        )}
        <NameBlock />
        <EffectBlock />
        <ScopeBlock variable="principal" />
        <ActionBlock />
        <ScopeBlock variable="resource" />
        <ConditionBlocks />
      </div>
    </PolicyFrame>
  );
}

function EffectBlock() {
  const { session, isReadOnly, announce } = useEditor();
  const { tree, blocks } = usePolicy();
  const { policy } = blocks;
  const marked = useMarked(policy.effectRange);
  const { effect } = policy;
  return (
    <div className="bl__r" {...marked}>
      <span className="bl__k">Effect</span>
      <div className="bl__v">
        {isReadOnly ? (
          <EffectWord effect={effect} />
        ) : (
          <Segmented
            label="Effect"
            value={effect}
            options={(["permit", "forbid"] as const).map((value) => ({ value, label: <EffectWord effect={value} /> }))}
            onChange={(next) => {
              session.edit([setEffect(tree, policy, next)]);
              announce(next === "permit" ? "Permits" : "Forbids");
            }}
          />
        )}
      </div>
    </div>
  );
}

function EffectWord({ effect }: { effect: Policy["effect"] }) {
  return (
    <span className={`eff eff--${effect}`}>
      <Icon name={effect === "permit" ? "check" : "ban"} size={12} />
      {effect === "permit" ? "Permit" : "Forbid"}
    </span>
  );
}
