import { z } from "zod";
import type { Json } from "@/server/kernel/ports";

const TYPE = /^[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)*$/;
const MOST_CHARACTERS = 16_000;

/** Name of a type of the schema in force: `Compute`. */
export const ResourceType = z
  .string()
  .min(1, "say of what type it is")
  .max(100, "at most 100 characters")
  .regex(TYPE, "the name of a type of the schema, such as Compute");

/** What a resource is called: its id in Cedar. */
export const ResourceId = z
  .string()
  .min(1, "give it a name")
  .max(200, "at most 200 characters")
  .regex(/^[A-Za-z0-9._:/-]+$/, "letters, digits, and . _ : / - only");

const EntityName = z.object({ type: ResourceType, id: ResourceId });

const JsonValue: z.ZodType<Json> = z.json();

/** Values in Cedar's JSON format: `{"gpus": 8, "provider": {"__entity": {"type": "Provider", "id": "nordwind"}}}` */
const Attributes = z
  .record(z.string().min(1).max(100), JsonValue)
  .refine((attributes) => JSON.stringify(attributes).length <= MOST_CHARACTERS, "at most 16,000 characters in all");

const Labels = z
  .record(
    z
      .string()
      .regex(/^[a-z0-9]([a-z0-9._/-]{0,61}[a-z0-9])?$/, "label keys: lower-case letters, digits, and . _ / - inside"),
    z.string().max(120, "label values: at most 120 characters"),
  )
  .refine((labels) => Object.keys(labels).length <= 32, "at most 32 labels");

/** Which resource. */
export const ResourceInput = z.object({ type: ResourceType, id: ResourceId });
export type ResourceInput = z.infer<typeof ResourceInput>;

/** All that there is to say of one: it is made, or replaced. */
export const PutResourceInput = ResourceInput.extend({
  /** Name of a team. */
  team: z.string().trim().min(1, "give the team's name").max(120).nullable().default(null),
  parents: z.array(EntityName).max(50, "at most 50 parents").default([]),
  attributes: Attributes.default({}),
  labels: Labels.default({}),
});
export type PutResourceInput = z.infer<typeof PutResourceInput>;

export const ListResourcesInput = z.object({
  type: ResourceType.optional(),
  /** Name of a team. */
  team: z.string().max(120).optional(),
  /** Any part of name, team, attributes or labels. */
  text: z.string().trim().max(200).default(""),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(400).optional(),
  limit: z.number().int().min(1).max(200).default(100),
});
export type ListResourcesInput = z.infer<typeof ListResourcesInput>;

export const ResourceSummary = z.object({
  type: z.string(),
  id: z.string(),
  team: z.object({ id: z.string(), name: z.string() }).nullable(),
  parents: z.array(z.object({ type: z.string(), id: z.string() })).readonly(),
  attributes: z.record(z.string(), JsonValue),
  labels: z.record(z.string(), z.string()),
  /** The attribute `provider`, and what is known of it. */
  provider: z.object({ id: z.string(), trust: z.string().nullable() }).nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type ResourceSummary = z.infer<typeof ResourceSummary>;

export const ResourcePage = z.object({
  items: z.array(ResourceSummary),
  nextCursor: z.string().nullable(),
  /** Of everything that fits, whatever the page. */
  total: z.number().int(),
  /** Of everything that fits with any type, by the types' names. */
  byType: z.array(z.object({ type: z.string(), count: z.number().int() })),
  /** Of everything there is. */
  all: z.object({
    resources: z.number().int(),
    untrustedProviders: z.number().int(),
    untrustedCompute: z.number().int(),
  }),
});
export type ResourcePage = z.infer<typeof ResourcePage>;

/** Those of one type that refer to a resource, the first of them by name. */
const Users = z.object({ type: z.string(), count: z.number().int(), first: z.array(z.string()) });

export const ResourceDetail = ResourceSummary.extend({ usedBy: z.array(Users) });
export type ResourceDetail = z.infer<typeof ResourceDetail>;

/** The schema in force, as text. */
export const SchemaInForce = z.object({ text: z.string() });
export type SchemaInForce = z.infer<typeof SchemaInForce>;

export type { Json };
export { entityAt, isKeptElsewhere, nameOf, usersInWords } from "./model";
