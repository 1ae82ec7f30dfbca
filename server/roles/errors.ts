import { DomainError } from "@/server/kernel/errors";
import { scopeInWords } from "./model";

/** A role is held within a team, and somebody has none. */
export class RoleNeedsTeam extends DomainError {
  readonly code = "role.needs_team";
  readonly fault = "invalid";

  constructor(role: string) {
    super(`${role} is held within a team; choose the team`);
  }
}

/** A role has, or had, this name. */
export class RoleNameTaken extends DomainError {
  readonly code = "role.name_taken";
  readonly fault = "conflict";

  constructor(name: string) {
    super(`there is or was a role ${name}, and a name is never given again; choose another`);
  }
}

/** Built-in roles change with the program alone. */
export class RoleIsBuiltIn extends DomainError {
  readonly code = "role.built_in";
  readonly fault = "invalid";

  constructor(name: string) {
    super(`${name} is built in and changes with the program alone; copy it, and change the copy`);
  }
}

/** A retired role is not given or changed any more. */
export class RoleRetired extends DomainError {
  readonly code = "role.retired";
  readonly fault = "gone";

  constructor(name: string) {
    super(`the role ${name} is retired; choose another, or make one`);
  }
}

/** Somebody else changed the role in the meantime. */
export class RoleChanged extends DomainError {
  readonly code = "role.changed";
  readonly fault = "conflict";
  override readonly facts;

  constructor(name: string, by: string, number: number) {
    super(`${by} changed ${name} in the meantime, to version ${number}; look at it, and make your change once more`);
    this.facts = { number };
  }
}

/** A role would inherit itself. */
export class RoleCycle extends DomainError {
  readonly code = "role.cycle";
  readonly fault = "invalid";
  override readonly facts;

  constructor(way: readonly string[]) {
    super(`a role would inherit itself: ${way.join(" → ")}; leave one of them out`);
    this.facts = { way };
  }
}

/** The role cannot be put into policies. */
export class RoleRefused extends DomainError {
  readonly code = "role.refused";
  readonly fault = "invalid";
  override readonly facts;

  constructor(problems: readonly string[]) {
    super(problems.slice(0, 3).join("; "));
    this.facts = { problems };
  }
}

/** What a scope names is not there. */
export class UnknownScope extends DomainError {
  readonly code = "grant.unknown_scope";
  readonly fault = "invalid";

  constructor(scope: string) {
    super(`there is no ${scopeInWords(scope)}; choose a team, a pool or an object that is there`);
  }
}

/** A built-in role is held by people, within what it is made for. */
export class RoleOutOfPlace extends DomainError {
  readonly code = "grant.role_out_of_place";
  readonly fault = "invalid";
}

/** The times of a grant make no sense. */
export class GrantTimes extends DomainError {
  readonly code = "grant.times";
  readonly fault = "invalid";
}

/** The grant is over. */
export class GrantEnded extends DomainError {
  readonly code = "grant.ended";
  readonly fault = "gone";

  constructor() {
    super("this grant has ended, and is kept as it was; give the role again");
  }
}

/** Somebody gives what they do not have, and may not give. */
export class WouldEscalate extends DomainError {
  readonly code = "grant.would_escalate";
  readonly fault = "forbidden";
  override readonly facts;

  constructor(message: string, facts: Readonly<Record<string, unknown>>) {
    super(message);
    this.facts = facts;
  }
}

/** Two duties would come together that are kept apart. */
export class DutiesSeparated extends DomainError {
  readonly code = "grant.duties_separated";
  readonly fault = "conflict";
  override readonly facts;

  constructor(who: string, separation: { readonly name: string; readonly kind: string }, roles: readonly string[]) {
    const when = separation.kind === "static" ? "together" : "at the same time";
    super(
      `${who} would have ${roles.join(" and ")} ${when}, which ${separation.name} keeps apart; end one of them first`,
    );
    this.facts = { separation: separation.name, kind: separation.kind, roles };
  }
}

/** Nobody could administer any more. */
export class LastAdministrator extends DomainError {
  readonly code = "grant.last_administrator";
  readonly fault = "conflict";

  constructor() {
    super("nobody would be security admin without an end any more; make somebody else one first");
  }
}

/** Nobody inactive gets anything. */
export class HolderNotActive extends DomainError {
  readonly code = "grant.holder_not_active";
  readonly fault = "invalid";

  constructor(name: string, state: string) {
    super(`${name} is ${state}; a role is given to those who are active`);
  }
}

/** The holder has that already. */
export class AlreadyHeld extends DomainError {
  readonly code = "grant.already_held";
  readonly fault = "conflict";
  override readonly facts;

  constructor(who: string, role: string, grant: string) {
    super(`${who} holds ${role} within the same until then or longer; extend that grant, or choose another time`);
    this.facts = { grant };
  }
}

/** Only an eligible grant is activated, within its bounds. */
export class NotActivatable extends DomainError {
  readonly code = "grant.not_activatable";
  readonly fault = "invalid";
}
