import type { ReadDatabase, Transaction, WriteQueue } from "@/server/platform/database";
import type { Action, ResourceType } from "./actions";
import type { Ports } from "./ports";

/** How a caller proved who it is. */
export type Proof = "password" | "totp" | "recovery_code" | "certificate" | "join_token" | "terminal" | "process";

/**
 * What is suspicious about a caller: a session that began on a device from which the person had not signed in before, one
 * that is used from another address than it began at, a certificate that was renewed and is used all the same.
 */
export type Risk = "new_device" | "other_address" | "superseded_certificate";

/**
 * Who asks. `terminal` is somebody with the data directory and the master key at hand, `system` one of our own jobs,
 * `anonymous` nobody yet. Everything in here was established by us; nothing was claimed by the caller.
 */
export interface Actor {
  readonly kind: "user" | "service" | "node" | "terminal" | "system" | "anonymous";
  /** An identity's id, or `terminal:<login>`, `system:<job>`, `anonymous`. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** For each role within what it is held, as `Held.scopes`; a role that is not in here is held within nothing. */
  readonly scopes?: Readonly<Record<string, readonly string[]>>;
  /** Ids of the teams the actor belongs to. */
  readonly teams: readonly string[];
  readonly provedBy: readonly Proof[];
  /** Absent for nothing. */
  readonly risk?: readonly Risk[];
  readonly sessionId?: string;
  /** Serial of the client certificate, 32 hexadecimal digits. */
  readonly certificateSerial?: string;
}

/** Where a request came from. */
export interface Origin {
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
}

/** What an action is asked on. `id` is `"*"` for the whole type. */
export interface Resource {
  readonly type: ResourceType;
  readonly id: string;
  readonly name?: string;
  /** The identity the thing belongs to, where it belongs to one. */
  readonly ownerId?: string | null;
  readonly teamId?: string | null;
  readonly kind?: string;
  /** Further scopes that it lies within, as `Held.scopes`: for what has no place of its own, such as a grant to be made. */
  readonly within?: readonly string[];
}

/** A question to the policy in force. */
export interface Question {
  readonly principal: Actor;
  readonly action: Action;
  readonly resource: Resource;
  /** When it is asked, and from where. */
  readonly at: Date;
  readonly address: string | null;
}

/** Its answer: which rule decided, and under which version of the policy. */
export interface Decision {
  readonly allowed: boolean;
  /** In words, for the refusal: "only an admin may …". */
  readonly reason: string;
  /** Ids of the rules that decided. */
  readonly rules: readonly string[];
  readonly policyVersion: string;
}

/** What an audit entry is about. `key` is no part of the entry: see `Ports.objectKeyOf`. */
interface EntryObject {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  readonly key?: string;
}

/** What happened, as an audit entry says it. `object` is the permit's resource unless said otherwise. */
export interface Event {
  readonly kind: string;
  readonly object?: EntryObject;
  readonly outcome?: "done" | "refused";
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** An audit entry before it has a place in the log. */
export interface EntryDraft {
  readonly at: Date;
  readonly id: string;
  readonly event: Event;
  readonly action: Action;
  readonly actor: Actor;
  readonly origin: Origin;
  readonly object: EntryObject;
  readonly outcome: "done" | "refused";
  readonly policyVersion: string;
}

/** A decision that was made for somebody who asked, before it has a place in the log. */
export interface DecisionDraft {
  readonly at: Date;
  /** About whom, by type and name. */
  readonly subject: { readonly type: string; readonly id: string };
  readonly action: string;
  readonly resource: { readonly type: string; readonly id: string };
  readonly workloadKind: string | null;
  readonly decision: "allow" | "deny";
  /** Names of the policies that decided. */
  readonly policies: readonly string[];
  /** Why no policy was asked; null where policies were. */
  readonly reason: string | null;
  /** The policies that were in force. */
  readonly epoch: number;
  readonly latencyMicros: number;
  /** JSON: with what it can be decided again. */
  readonly asked: string;
}

/** A decision as it goes into the log: with who asked. */
export interface DecisionRecord extends DecisionDraft {
  readonly asker: Pick<Actor, "kind" | "id" | "name">;
  readonly requestId: string;
}

/** All that a verb may use. It reads; writing goes through `authorize` and `commit` alone. */
export interface Context extends Ports {
  readonly actor: Actor;
  readonly origin: Origin;
  /** A read-only connection. */
  readonly read: ReadDatabase;
  now(): Date;
  /** Microseconds since some moment: for how long something took. */
  micros(): number;
  /** Cryptographically secure random bytes. */
  random(bytes: number): Uint8Array;
  /** A new id that sorts by time, `<prefix>_` and 26 characters. */
  newId(prefix: string): string;
}

const holder = globalThis as typeof globalThis & { swarmWriters?: WeakMap<Context, WriteQueue> };
holder.swarmWriters ??= new WeakMap();
/** On `globalThis`: the bundle that made a context and the one that writes through it may be two of one process. */
const writers = holder.swarmWriters;

/** What all contexts of a process have in common. */
export type CommonContext = Omit<Context, "actor" | "origin">;

/**
 * A context for one request, bound to its writer, which stays out of the context's own type. What it has in common with
 * others stands behind it as a prototype: copying that for each request took longer than its permission. Called by
 * `platform/composition` alone.
 */
export function contextOn(common: CommonContext, writer: WriteQueue, actor: Actor, origin: Origin): Context {
  const context = Object.assign(Object.create(common) as Context, { actor, origin });
  writers.set(context, writer);
  return context;
}

/** The same context for another actor, for example after a request proved who sent it. */
export function withActor(ctx: Context, actor: Actor): Context {
  return contextOn(Object.getPrototypeOf(ctx) as CommonContext, writerOf(ctx), actor, ctx.origin);
}

/** The kernel's own access to the writer. @internal */
export function writerOf(ctx: Context): WriteQueue {
  const writer = writers.get(ctx);
  if (!writer) throw new Error("this context was not made by the composition");
  return writer;
}

export type { ReadDatabase, Transaction };
