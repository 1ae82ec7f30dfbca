import { DomainError } from "@/server/kernel/errors";

/** E-mail, password or code is wrong, or the account may not sign in. Which of these is not said. */
export class SignInRefused extends DomainError {
  readonly code = "sign_in.refused";
  readonly fault = "unauthenticated";

  constructor() {
    super("this e-mail address, password and code do not fit together, or the account is closed");
  }
}

abstract class Slowed extends DomainError {
  readonly fault = "limited";
  override readonly facts;

  constructor(retryAfterMs: number) {
    const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
    super(`too many wrong attempts; try again in ${inWords(seconds)}`);
    this.facts = { retryAfterSeconds: seconds };
  }
}

/** Too many wrong passwords or codes came for this account, or from this address. */
export class SignInSlowed extends Slowed {
  readonly code = "sign_in.slowed";
}

/** Too many wrong passwords or codes came from somebody who is signed in already. */
export class ProofSlowed extends Slowed {
  readonly code = "proof.slowed";
}

/** Too many wrong setup codes. */
export class SetupSlowed extends Slowed {
  readonly code = "setup.slowed";
}

/** The password or the code that a security change asks for is wrong. */
export class ProofRefused extends DomainError {
  readonly code = "proof.refused";
  readonly fault = "forbidden";

  constructor(readonly asked: "password" | "code") {
    super(asked === "password" ? "this is not your current password" : "this code is wrong or was used already");
  }
}

/** The new password is not good enough. `facts.problem` is the rule that it breaks. */
export class PasswordRefused extends DomainError {
  readonly code = "password.refused";
  readonly fault = "invalid";
  override readonly facts;

  constructor(problem: string, message: string) {
    super(message);
    this.facts = { problem };
  }
}

/** The first code of a new authenticator is wrong. */
export class SecondFactorCodeRefused extends DomainError {
  readonly code = "second_factor.code_refused";
  readonly fault = "invalid";

  constructor() {
    super("this code does not fit; wait for the next one, and check the clock of the device");
  }
}

/** The offered secret is too old, or was made for somebody else. */
export class SecondFactorOfferEnded extends DomainError {
  readonly code = "second_factor.offer_ended";
  readonly fault = "gone";

  constructor() {
    super("this QR code has ended; start again with a new one");
  }
}

/** There is no second factor to remove, or to make recovery codes for. */
export class SecondFactorMissing extends DomainError {
  readonly code = "second_factor.missing";
  readonly fault = "conflict";

  constructor() {
    super("there is no second factor yet; add an authenticator first");
  }
}

/** The console is set up: neither setup nor `swarm init` may run again. */
export class SetupAlreadyDone extends DomainError {
  readonly code = "setup.already_done";
  readonly fault = "conflict";

  constructor() {
    super("this console is set up already; sign in, or use an empty data directory");
  }
}

/** Nobody can sign in before the setup is finished. */
export class SetupUnfinished extends DomainError {
  readonly code = "setup.unfinished";
  readonly fault = "conflict";

  constructor() {
    super("this console is not set up yet; open /setup, or run swarm init");
  }
}

/** The code is not the one on the terminal, or was used already. */
export class SetupCodeRefused extends DomainError {
  readonly code = "setup.code_refused";
  readonly fault = "unauthenticated";

  constructor() {
    super("this is not the setup code on the terminal; it works once, and each start prints a new one");
  }
}

/** This browser did not give the setup code, or another one gave a newer code. */
export class SetupNotClaimed extends DomainError {
  readonly code = "setup.not_claimed";
  readonly fault = "unauthenticated";

  constructor() {
    super("give the setup code from the terminal first");
  }
}

/** A step of the setup was called before the one it needs. */
export class SetupOutOfOrder extends DomainError {
  readonly code = "setup.out_of_order";
  readonly fault = "conflict";

  constructor(needed: string) {
    super(`first ${needed}`);
  }
}

/** Another identity of that kind has this name. */
export class NameTaken extends DomainError {
  readonly code = "identity.name_taken";
  readonly fault = "conflict";

  constructor(kind: string, name: string) {
    super(`there is a ${kind} "${name}" already; names of retired ones stay taken`);
  }
}

/** A machine of the other kind has this name: a client that asks for its DNS name could be answered by either. */
export class MachineNameTaken extends DomainError {
  readonly code = "identity.machine_name_taken";
  readonly fault = "conflict";

  constructor(other: string, name: string, wanted: string) {
    super(
      `there is a ${other} "${name}" already, and a ${wanted} of that name would share its DNS name; take another name`,
    );
  }
}

/** Another person has this e-mail address. */
export class EmailTaken extends DomainError {
  readonly code = "identity.email_taken";
  readonly fault = "conflict";

  constructor(email: string) {
    super(`somebody has the address ${email} already; addresses of retired people stay taken`);
  }
}

/** A team has this name already. */
export class TeamNameTaken extends DomainError {
  readonly code = "team.name_taken";
  readonly fault = "conflict";

  constructor(name: string) {
    super(`there is a team "${name}" already`);
  }
}

/** A team cannot be moved into itself, or into a team within it. */
export class TeamWithinItself extends DomainError {
  readonly code = "team.within_itself";
  readonly fault = "conflict";

  /** Names, from the team up the line that would lead back to it. */
  constructor(name: string, line: readonly string[]) {
    super(`${name} would lie within itself: ${[...line, name].join(" → ")}; choose a team outside of it`);
  }
}

/** Something is wrong with a file of identities, so that none of it was made. `facts.problems` are the first of them. */
export class ImportRefused extends DomainError {
  readonly code = "import.refused";
  readonly fault = "invalid";
  override readonly facts;

  constructor(problems: readonly { readonly row: number; readonly message: string }[]) {
    const [first] = problems;
    const more = problems.length > 1 ? `, and ${problems.length - 1} more` : "";
    super(`nothing was imported: ${first ? `row ${first.row}: ${first.message}${more}` : "the file is empty"}`);
    this.facts = { count: problems.length, problems: problems.slice(0, 100) };
  }
}

/** A file of identities is larger than what is accepted. */
export class ImportTooLarge extends DomainError {
  readonly code = "import.too_large";
  readonly fault = "invalid";

  constructor() {
    super("this file is too large; at most 10,000 identities and 5 MB are taken at once, so split it");
  }
}

/** Without this person nobody could administer the console. */
export class LastAdmin extends DomainError {
  readonly code = "identity.last_admin";
  readonly fault = "conflict";

  constructor(name: string) {
    super(`${name} is the last active security admin; make another one first`);
  }
}

/** A retired identity does not come back. */
export class IdentityRetired extends DomainError {
  readonly code = "identity.retired";
  readonly fault = "gone";

  constructor(name: string) {
    super(`${name} is retired and does not come back; make a new identity`);
  }
}

/** One's own password and second factor are changed with a fresh proof, never reset. */
export class OwnAccount extends DomainError {
  readonly code = "identity.own_account";
  readonly fault = "conflict";

  constructor() {
    super("this is your own account; change its password and second factor on your account page");
  }
}

/** Passwords and second factors belong to people. */
export class NotAPerson extends DomainError {
  readonly code = "identity.not_a_person";
  readonly fault = "invalid";

  constructor(name: string) {
    super(`${name} is a machine: it has neither a password nor a second factor`);
  }
}

function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
