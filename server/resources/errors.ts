import { DomainError } from "@/server/kernel/errors";
import type { EntityName } from "@/server/kernel/ports";
import { type Users, usersInWords } from "./model";

/** The schema in force does not take it, or it says of itself what is said elsewhere. `facts.problems` are sentences. */
export class ResourceRefused extends DomainError {
  readonly code = "resource.refused";
  readonly fault = "invalid";
  override readonly facts;

  constructor({ type, id }: EntityName, problems: readonly string[]) {
    super(`${type} "${id}" cannot be registered: ${problems.join("; ")}`);
    this.facts = { problems };
  }
}

/** It refers to something that is not registered. */
export class ReferenceMissing extends DomainError {
  readonly code = "resource.reference_missing";
  readonly fault = "invalid";
  override readonly facts;

  constructor({ type, id }: EntityName) {
    super(`it refers to ${type} "${id}", which is not registered; register that first`);
    this.facts = { type, id };
  }
}

/** Others refer to it. */
export class ResourceInUse extends DomainError {
  readonly code = "resource.in_use";
  readonly fault = "conflict";
  override readonly facts;

  constructor({ type, id }: EntityName, users: readonly Users[]) {
    super(`${type} "${id}" cannot be removed: ${usersInWords(users)}`);
    this.facts = { users };
  }
}

/** Somebody gave it to another team meanwhile. */
export class ResourceMoved extends DomainError {
  readonly code = "resource.moved";
  readonly fault = "conflict";

  constructor({ type, id }: EntityName) {
    super(`${type} "${id}" was given to another team meanwhile; look at it again`);
  }
}
