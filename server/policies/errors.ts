import { DomainError } from "@/server/kernel/errors";
import type { PolicyProblem, TestResult } from "./contract";

/** A text is no policy that could be named and kept. */
export class PolicyTextRefused extends DomainError {
  readonly code = "policy.text_refused";
  readonly fault = "invalid";
}

/** A text calls itself otherwise than the policy that it is to replace, or as another one. */
export class PolicyNameTaken extends DomainError {
  readonly code = "policy.name_taken";
  readonly fault = "conflict";

  constructor(name: string) {
    super(`there is a policy or a draft ${name} already; change that one, or give this another @id`);
  }
}

/** Built-in policies come with the program. */
export class PolicyIsBuiltIn extends DomainError {
  readonly code = "policy.built_in";
  readonly fault = "invalid";

  constructor(name: string) {
    super(
      `${name} is built in and changes with the program alone; write a policy that forbids what it should not permit`,
    );
  }
}

/** Policies of roles are written by their roles. */
export class PolicyIsOfRole extends DomainError {
  readonly code = "policy.of_role";
  readonly fault = "invalid";

  constructor(name: string) {
    super(`${name} is written by the role ${name.split(":")[1]} and changes with it; change the role`);
  }
}

/** Somebody else saved the draft in the meantime. */
export class DraftChanged extends DomainError {
  readonly code = "policy.draft_changed";
  readonly fault = "conflict";
  override readonly facts;

  constructor(by: string, revision: number) {
    super(`${by} saved this draft in the meantime; load it again, and make your change once more`);
    this.facts = { revision };
  }
}

/** Somebody else published in the meantime. */
export class EpochMoved extends DomainError {
  readonly code = "policy.epoch_moved";
  readonly fault = "conflict";
  override readonly facts;

  constructor(base: number, inForce: number) {
    super(`epoch ${inForce} is in force by now, and not ${base}, on which this was built; look at the impact again`);
    this.facts = { base, inForce };
  }
}

/** The set is not sound. Every problem is in the facts. */
export class PoliciesRefused extends DomainError {
  readonly code = "policy.refused";
  readonly fault = "invalid";
  override readonly facts;

  constructor(problems: readonly PolicyProblem[]) {
    const [first] = problems;
    const more = problems.length > 1 ? `, and ${problems.length - 1} more` : "";
    super(
      `${first ? `${first.policy}:${first.line}:${first.column} ${first.message}` : "the policies have a problem"}${more}`,
    );
    this.facts = { problems: problems.slice(0, 100) };
  }
}

/** A policy test does not pass. All of them are in the facts. */
export class TestsFailed extends DomainError {
  readonly code = "policy.tests_failed";
  readonly fault = "invalid";
  override readonly facts;

  constructor(failed: readonly TestResult[]) {
    const [first] = failed;
    const more = failed.length > 1 ? `, and ${failed.length - 1} more` : "";
    super(`the test "${first?.name}" does not pass: ${first?.why}${more}`);
    this.facts = { tests: failed.slice(0, 100) };
  }
}

/** Under this set nobody could administer. */
export class WouldLockOut extends DomainError {
  readonly code = "policy.would_lock_out";
  readonly fault = "invalid";
}

/** Two people are required, and this would be one. */
export class ReviewRequired extends DomainError {
  readonly code = "policy.review_required";
  readonly fault = "forbidden";
}

/** Nothing would be other than it is. */
export class NothingToPublish extends DomainError {
  readonly code = "policy.nothing_to_publish";
  readonly fault = "invalid";

  constructor(message = "this is in force already; there is nothing to publish") {
    super(message);
  }
}

/** A request cannot be asked. */
export class RequestRefused extends DomainError {
  readonly code = "policy.request_refused";
  readonly fault = "invalid";
}

/** Resources that are registered would not fit the schema. */
export class SchemaBreaksResources extends DomainError {
  readonly code = "policy.schema_breaks_resources";
  readonly fault = "invalid";
  override readonly facts;

  constructor(broken: readonly { readonly resource: string; readonly problem: string }[]) {
    const [first] = broken;
    const more = broken.length > 1 ? `, and ${broken.length - 1} more would not fit` : "";
    super(`${first?.resource} would not fit this schema: ${first?.problem}${more}`);
    this.facts = { resources: broken.slice(0, 100) };
  }
}
