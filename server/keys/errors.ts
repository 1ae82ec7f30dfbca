import { DomainError } from "@/server/kernel/errors";

/** The database is sealed with a master key that is not there. Nothing was changed. */
export class MasterKeyMissing extends DomainError {
  readonly code = "key.master_missing";
  readonly fault = "unavailable";
}

/** The master key is there, but it does not open this database. Nothing was changed. */
export class MasterKeyWrong extends DomainError {
  readonly code = "key.master_wrong";
  readonly fault = "unavailable";
}

/** A sealed value was altered, moved to another row, or sealed under a data key that is gone. */
export class KeyUnusable extends DomainError {
  readonly code = "key.unusable";
  readonly fault = "unavailable";

  constructor(label: string) {
    super(`what is sealed as "${label}" cannot be opened: it was altered or moved`);
  }
}
