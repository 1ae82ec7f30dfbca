import Link from "next/link";
import type { ReactNode } from "react";
import { Badge, Status } from "@/components/ui/badge";
import { plural } from "@/components/ui/format";
import { Note } from "@/components/ui/note";
import type { TraceLine, TryResult } from "@/server/policies/test-contract";
import { policyHref } from "../policy-address";
import { DECISIONS, EFFECTS } from "../words";

type Props = {
  readonly result: TryResult;
  /** What can be done with it. */
  readonly children: ReactNode;
};

/** What was decided, by which policies, and why the others did not. */
export function Verdict({ result, children }: Props) {
  const { decision, policies, failed, trace, facts } = result;
  const { word, tone, icon } = DECISIONS[decision];
  const deciding = new Set(policies);
  const others = trace.filter(({ policy }) => !deciding.has(policy));
  return (
    <section aria-label="Verdict" className="grid content-start gap-4 min-w-0">
      <div className="flex flex-wrap items-center gap-2" role="status">
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
        <span>
          {policies.length === 0 ? (
            "No policy permits it."
          ) : (
            <>
              Decided by <PolicyLinks policies={policies} />.
            </>
          )}
        </span>
      </div>
      {failed !== null && (
        <Note tone="danger" title={`${failed} could not be evaluated.`}>
          It forbids, so it counts as if it did.
        </Note>
      )}
      {children}
      <details open={others.length <= 6}>
        <summary className="link">{plural(others.length, "other policy", "other policies")}, and why not</summary>
        <ul className="tr__l topline mt-2">
          {others.map((line) => (
            <Step key={line.policy} line={line} />
          ))}
        </ul>
      </details>
      <details>
        <summary className="link">
          {facts.length === 0
            ? "Nothing is known of who and what"
            : `What is known of ${plural(facts.length, "thing")} that take part`}
        </summary>
        {facts.length === 0 ? (
          <p className="x2 mt-2">The store holds nobody and nothing of these names. They have no attributes.</p>
        ) : (
          <pre className="code mt-2">{JSON.stringify(facts, null, 2)}</pre>
        )}
      </details>
    </section>
  );
}

/** Names of policies, each leading to its page. */
export function PolicyLinks({ policies }: { readonly policies: readonly string[] }) {
  return policies.map((policy, at) => (
    <span key={policy}>
      {at > 0 && ", "}
      <Link className="link anywhere" href={policyHref(policy)}>
        {policy}
      </Link>
    </span>
  ));
}

function Step({ line: { policy, effect, outcome, failed } }: { readonly line: TraceLine }) {
  return (
    <li>
      <Status tone={outcome === "error" ? "warn" : "neutral"}>{outcomeWord(effect, outcome)}</Status>
      <span className="w5 anywhere">{policy}</span>
      {failed ? (
        <span className="tr__w">
          <code className="mono anywhere">{failed.text}</code> {failed.message ?? "is not true"}
          {failed.saw.map(({ expression, value }) => (
            <span className="block" key={expression}>
              <code className="mono anywhere">{expression}</code> is <code className="mono anywhere">{value}</code>
            </span>
          ))}
        </span>
      ) : (
        outcome === "satisfied" && <span className="tr__w">It {EFFECTS[effect].word.toLowerCase()} too.</span>
      )}
    </li>
  );
}

function outcomeWord(effect: TraceLine["effect"], outcome: TraceLine["outcome"]): string {
  if (outcome === "error") return "Error";
  if (outcome === "satisfied") return effect === "permit" ? "Overruled" : "Forbids";
  return effect === "permit" ? "No permit" : "No forbid";
}
