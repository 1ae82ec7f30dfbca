import { z } from "zod";
import type { Json } from "@/server/kernel/ports";
import { PolicyChange } from "./contract";

const JsonValue: z.ZodType<Json> = z.json();

/** An entity by its type and name. */
export const EntityRef = z.object({ type: z.string().min(1).max(100), id: z.string().min(1).max(200) });
export type EntityRef = z.infer<typeof EntityRef>;

/** A request as people write it; `context` in Cedar's JSON. What is known of the entities comes from the store. */
export const AskedRequest = z.object({
  principal: EntityRef,
  action: z.string().min(1).max(100),
  resource: EntityRef,
  context: z.record(z.string(), JsonValue).default({}),
});
export type AskedRequest = z.infer<typeof AskedRequest>;

/** A policy test: a request, and the decision that is expected of it. */
export const PolicyTest = AskedRequest.extend({
  name: z.string().trim().min(1).max(200),
  /** Entities in Cedar's JSON, in the place of what the store knows, so that a test means the same everywhere. */
  entities: z.array(JsonValue).max(1_000).default([]),
  expect: z.object({
    decision: z.enum(["allow", "deny"]),
    /** Names of the policies that must have decided; any if left out. */
    policies: z.array(z.string()).max(100).optional(),
  }),
});
export type PolicyTest = z.infer<typeof PolicyTest>;

/** Which test. */
export const TestNameInput = z.object({ name: z.string().min(1).max(200) });
export type TestNameInput = z.infer<typeof TestNameInput>;

const Changes = z.array(PolicyChange).max(1_000).default([]);

/** Asks the policies in force, with some changes. */
export const TryInput = AskedRequest.extend({ changes: Changes, entities: z.array(JsonValue).max(1_000).default([]) });
export type TryInput = z.infer<typeof TryInput>;

/** What became of a policy. */
export const TraceLine = z.object({
  policy: z.string(),
  effect: z.enum(["permit", "forbid"]),
  outcome: z.enum(["satisfied", "not satisfied", "error"]),
  /** The part of its text that was not true, and the values that it saw. */
  failed: z
    .object({
      text: z.string(),
      saw: z.array(z.object({ expression: z.string(), value: z.string() })),
      message: z.string().nullable(),
    })
    .nullable(),
});
export type TraceLine = z.infer<typeof TraceLine>;

/** The verdict, and why. */
export const TryResult = z.object({
  decision: z.enum(["allow", "deny"]),
  /** Names of the policies that decided. */
  policies: z.array(z.string()),
  /** A forbid that could not be evaluated, and therefore forbids. */
  failed: z.string().nullable(),
  trace: z.array(TraceLine),
  /** What our store knows of those who take part, in Cedar's JSON. */
  facts: z.array(
    z.object({
      uid: EntityRef,
      attrs: z.record(z.string(), JsonValue),
      tags: z.record(z.string(), z.string()),
      parents: z.array(EntityRef),
    }),
  ),
});
export type TryResult = z.infer<typeof TryResult>;

/** Who may do something to a resource. */
export const WhoCanInput = z.object({
  changes: Changes,
  action: z.string().min(1).max(100),
  resource: EntityRef,
  context: z.record(z.string(), JsonValue).default({}),
});
export type WhoCanInput = z.infer<typeof WhoCanInput>;

/** Everybody who may, and by which policies; the first 500 by name. */
export const WhoCanResult = z.object({
  total: z.int(),
  principals: z.array(EntityRef.extend({ policies: z.array(z.string()) })),
});
export type WhoCanResult = z.infer<typeof WhoCanResult>;
