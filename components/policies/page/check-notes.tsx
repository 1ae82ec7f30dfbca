import { plural } from "@/components/ui/format";
import { Note } from "@/components/ui/note";
import { sentence } from "@/components/rpc/failure";
import type { CheckResult } from "@/server/policies/contract";

/** Whether a set with nothing worse than warnings was found. */
export function isPublishable({ problems, tests, lockOut }: CheckResult): boolean {
  return (
    lockOut === null && tests.every(({ passed }) => passed) && problems.every(({ severity }) => severity !== "error")
  );
}

/** What was found out before a publishing: what stands against it first. */
export function CheckNotes({ check }: { readonly check: CheckResult | undefined }) {
  if (!check) {
    return (
      <p className="x2" role="status">
        Checking the text, the tests, and who could still administer.
      </p>
    );
  }
  const { problems, tests, lockOut, notices } = check;
  const failed = tests.filter(({ passed }) => !passed);
  return (
    <div className="grid gap-3" role="status">
      {lockOut && (
        <Note tone="danger" title="Somebody would be locked out.">
          {sentence(lockOut)}
        </Note>
      )}
      {problems.map(({ policy, severity, message, line }) => (
        <Note
          key={`${policy} ${line} ${message}`}
          tone={severity === "error" ? "danger" : "warn"}
          title={`Line ${line}`}
        >
          of {policy}: {message}
        </Note>
      ))}
      {failed.length > 0 && (
        <Note tone="danger" title={`${plural(failed.length, "test does", "tests do")} not pass.`}>
          <ul>
            {failed.map(({ name, why }) => (
              <li key={name}>
                {name}: {why}
              </li>
            ))}
          </ul>
        </Note>
      )}
      {notices.map((notice) => (
        <Note key={notice} tone="warn">
          {sentence(notice)}
        </Note>
      ))}
      {isPublishable(check) && (
        <Note tone="ok" title="Nothing stands against it.">
          {tests.length === 0
            ? "There are no policy tests to pass yet."
            : `${plural(tests.length, "test passes", "tests pass")}.`}{" "}
          {notices.length === 0 && "Whoever may publish now may publish afterwards."}
        </Note>
      )}
    </div>
  );
}
