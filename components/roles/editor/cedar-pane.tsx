import { sentence } from "@/components/rpc/failure";
import { CopyButton } from "@/components/ui/copy";
import { plural } from "@/components/ui/format";
import { Note } from "@/components/ui/note";
import { CedarText } from "../cedar-text";
import type { Preview } from "./use-preview";

/** What the role would be in Cedar, and what is wrong with it in words. */
export function CedarPane({ preview, isCurrent, failure }: Preview) {
  const policies = preview?.policies ?? [];
  const problems = preview?.problems ?? [];
  const text = policies.map((policy) => policy.text).join("\n");
  return (
    <>
      <div className="ph2">
        <h2>Cedar</h2>
        <span className="x3 t12" role="status">
          {isCurrent ? verdict(policies.length, problems.length) : "Reading what you typed"}
        </span>
        {text !== "" && (
          <div className="ph2__e">
            <CopyButton text={text} label="Copy the policies" />
          </div>
        )}
      </div>
      <div className="redit__p">
        {failure && <Note tone="warn">{failure.message}</Note>}
        {problems.map((problem) => (
          <Note key={problem} tone="danger">
            {sentence(problem)}
          </Note>
        ))}
        {text === "" ? (
          <p className="x2">Each permission becomes one policy, and is shown here as it is put together.</p>
        ) : (
          <CedarText text={text} />
        )}
      </div>
    </>
  );
}

function verdict(policies: number, problems: number): string {
  if (problems > 0) return plural(problems, "problem");
  return policies === 0 ? "no policy yet" : `${plural(policies, "policy", "policies")}, nothing against it`;
}
