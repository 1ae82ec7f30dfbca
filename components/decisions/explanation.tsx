"use client";

import Link from "next/link";
import { useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { policyHref } from "@/components/policies/policy-address";
import { DECISIONS } from "@/components/policies/words";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { plural, sentence } from "@/components/ui/format";
import { Note } from "@/components/ui/note";
import { Section } from "@/components/ui/page-head";
import type { DecisionExplanation } from "@/server/policies/decision-contract";
import type { TraceLine } from "@/server/policies/test-contract";
import { sortTrace } from "./trace";

/** Makes the decision again by the policies and the facts of its time, and shows what became of each policy. */
export function Explanation({ seq }: { readonly seq: number }) {
  const client = useTRPCClient();
  const deed = useDeed();
  const [explained, setExplained] = useState<DecisionExplanation>();

  async function explain() {
    const done = await deed.run(() => client.decisions.explain.query({ seq }));
    if (done) setExplained(done.value);
  }

  return (
    <Section title="Why">
      <div className="topline grid gap-3 pt-3">
        {!explained && (
          <>
            <p className="x2">
              It can be decided again, by the policies in force at that time and by what was known then.
            </p>
            <div>
              <Button variant="main" busy={deed.isPending && "Deciding again"} onClick={explain}>
                Explain
              </Button>
            </div>
          </>
        )}
        <FailureNote failure={deed.failure} title="It could not be explained." />
        <div className="grid gap-3 empty:hidden" role="status">
          {explained && <Outcome explained={explained} />}
        </div>
        {explained?.again && <Trace trace={explained.again.trace} deciding={explained.again.policies} />}
      </div>
    </Section>
  );
}

function Outcome({ explained: { again, whyNot, epoch } }: { readonly explained: DecisionExplanation }) {
  if (!again) {
    return (
      <Note tone="neutral" title="It is not decided again.">
        {whyNot !== null && sentence(whyNot, 0)}
      </Note>
    );
  }
  return (
    <>
      {again.isSame ? (
        <Note tone="ok" title="Decided again, it is the same.">
          The policies of epoch {epoch} say {DECISIONS[again.decision].word.toLowerCase()}
          {again.policies.length > 0 && ", by the same policies"}.
        </Note>
      ) : (
        <Note tone="danger" title="Decided again, it is not the same.">
          The policies of epoch {epoch} say {DECISIONS[again.decision].word.toLowerCase()}
          {again.policies.length > 0 && ` by ${again.policies.join(", ")}`}. Keep this page and tell your auditor.
        </Note>
      )}
      {again.failed !== null && (
        <Note tone="danger" title={`${again.failed} could not be evaluated.`}>
          It forbids, so it counts as if it did.
        </Note>
      )}
    </>
  );
}

type TraceProps = { readonly trace: readonly TraceLine[]; readonly deciding: readonly string[] };

function Trace({ trace, deciding }: TraceProps) {
  const { decided, near, elsewhere } = sortTrace(trace, deciding);
  return (
    <>
      {decided.length === 0 ? (
        <p>No policy permits it.</p>
      ) : (
        <Steps label="Policies that decided" lines={decided} isDeciding />
      )}
      {near.length > 0 && (
        <div>
          <h3 className="w5">Why the others did not</h3>
          <Steps label="Policies that did not decide" lines={near} />
        </div>
      )}
      {elsewhere.length > 0 && (
        <details>
          <summary className="link">
            {plural(elsewhere.length, "policy is", "policies are")} about somebody or something else
          </summary>
          <Steps label="Policies about something else" lines={elsewhere} />
        </details>
      )}
    </>
  );
}

type StepsProps = { readonly label: string; readonly lines: readonly TraceLine[]; readonly isDeciding?: boolean };

function Steps({ label, lines, isDeciding }: StepsProps) {
  return (
    <ul className="topline mt-1" aria-label={label}>
      {lines.map((line) => (
        <Step key={line.policy} line={line} isDeciding={isDeciding} />
      ))}
    </ul>
  );
}

function Step({ line, isDeciding }: { readonly line: TraceLine; readonly isDeciding?: boolean }) {
  const { policy, failed } = line;
  return (
    <li className="grid gap-1 border-b border-line-1 py-2">
      <span className="flex flex-wrap items-center justify-between gap-x-3">
        <Link className="link w5 anywhere" href={policyHref(policy)}>
          {policy}
        </Link>
        <StepStatus line={line} isDeciding={isDeciding} />
      </span>
      {failed && (
        <span className="t12 x2">
          <code className="mono anywhere">{failed.text}</code> {failed.message ?? "is not true"}
          {failed.saw.map(({ expression, value }) => (
            <span className="block" key={expression}>
              <code className="mono anywhere">{expression}</code> was <code className="mono anywhere">{value}</code>
            </span>
          ))}
        </span>
      )}
    </li>
  );
}

function StepStatus({ line: { effect, outcome }, isDeciding }: { line: TraceLine; isDeciding?: boolean }) {
  if (outcome === "error") return <Status tone="warn">Could not be evaluated</Status>;
  if (isDeciding) {
    const { tone, icon } = effect === "permit" ? DECISIONS.allow : DECISIONS.deny;
    return (
      <Status tone={tone} icon={icon}>
        {effect === "permit" ? "Permitted it" : "Forbade it"}
      </Status>
    );
  }
  if (outcome === "satisfied")
    return <Status tone="neutral">{effect === "permit" ? "Overruled" : "Forbids too"}</Status>;
  return <Status tone="neutral">{effect === "permit" ? "Does not permit" : "Does not forbid"}</Status>;
}
