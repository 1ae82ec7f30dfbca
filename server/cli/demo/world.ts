import type { Actor, Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { ANONYMOUS, originOfProcess, processActor } from "@/server/platform/composition";
import type { Installation } from "../terminal";
import type { TeamName } from "./cast";
import type { Machine } from "./machine";
import type { Person } from "./person";
import type { Days, Story } from "./story";

/** What everybody's password is made of, and everything that deeds of the story need of each other. */
export interface Telling {
  readonly installation: Installation;
  readonly story: Story;
  readonly days: Days;
  /** Of everybody in the example. */
  readonly password: string;
}

/** Where the story happens: who and what is there by now. */
export class DemoWorld {
  readonly story: Story;
  readonly days: Days;
  readonly password: string;
  readonly #installation: Installation;
  readonly #ids: Context;
  readonly #people = new Map<string, Person>();
  readonly #machines = new Map<string, Machine>();
  readonly #teams = new Map<TeamName, string>();

  constructor({ installation, story, days, password }: Telling) {
    this.story = story;
    this.days = days;
    this.password = password;
    this.#installation = installation;
    this.#ids = installation.contextFor(processActor("demo"), originOfProcess("req_demo"));
  }

  /** Somebody who is not known yet, from an address. */
  stranger(address: string, userAgent: string | null = null): Context {
    return this.#contextFor(ANONYMOUS, address, userAgent);
  }

  /** Whoever is logged in on the console's machine. */
  operator(): Context {
    return this.#contextFor(this.#installation.operator, null, null);
  }

  /** One of the jobs in the gateway. */
  job(name: string): Context {
    return this.#contextFor(processActor(name), null, null);
  }

  addPerson(person: Person): void {
    this.#people.set(person.profile.key, person);
  }

  person(key: string): Person {
    return known(this.#people, key);
  }

  addMachine(machine: Machine): void {
    this.#machines.set(machine.plan.key, machine);
  }

  machine(key: string): Machine {
    return known(this.#machines, key);
  }

  machines(): Machine[] {
    return [...this.#machines.values()];
  }

  addTeam(name: TeamName, id: string): void {
    this.#teams.set(name, id);
  }

  teamId(name: TeamName): string {
    return known(this.#teams, name);
  }

  #contextFor(actor: Actor, address: string | null, userAgent: string | null): Context {
    return this.#installation.contextFor(actor, { address, userAgent, requestId: this.#ids.newId("req") });
  }
}

function known<Key, Value>(all: ReadonlyMap<Key, Value>, key: Key): Value {
  const found = all.get(key);
  if (found === undefined) throw new Error(`the story has no ${String(key)} by now`);
  return found;
}

/** Waits for a refusal that the story needs. What is not refused, or for another reason, ends the story. */
export async function refused(work: Promise<unknown>, ...codes: readonly string[]): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DomainError && codes.includes(error.code)) return;
    throw error;
  }
  throw new Error(`the story needs a refusal: ${codes.join(", ")}`);
}
