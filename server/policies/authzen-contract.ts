import { z } from "zod";
import type { Json } from "@/server/kernel/ports";

/**
 * What is said at the gateway by the OpenID AuthZEN Authorization API 1.0,
 * https://openid.net/specs/authorization-api-1_0.html; sections below are of that.
 */

/** So many questions may be asked at once. */
export const MOST_EVALUATIONS = 1_000;
/** So deep may what is given with a question nest. */
const DEEPEST = 16;
/** So many results a page of a search has at most, and when nothing is said. */
const [LONGEST_PAGE, PAGE] = [1_000, 100];

const Name = z.string().min(1).max(200);

/** An object of JSON, not nested too deep. */
export type Fields = Readonly<Record<string, Json>>;
const Fields = z.custom<Fields>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value) && isShallow(value, DEEPEST),
  `expected an object, nested at most ${DEEPEST} deep`,
);

/** 5.1: `{"type": "Node", "id": "gpu-7"}`. The id is the name, the id that the console shows, or the SPIFFE ID. */
const Subject = z.object({ type: Name, id: Name, properties: Fields.optional() });
/** 5.2: `{"type": "Compute", "id": "gpu-7"}` */
const Resource = z.object({ type: Name, id: Name, properties: Fields.optional() });
/** 5.3: `{"name": "workload.run"}` */
const Action = z.object({ name: Name, properties: Fields.optional() });

/** 6.1: one question. */
export const Evaluation = z.object({
  subject: Subject,
  action: Action,
  resource: Resource,
  context: Fields.default({}),
});
export type Evaluation = z.infer<typeof Evaluation>;

/** 7.1.2.1: whether all are answered, or those up to the first of one kind. */
const Semantic = z.enum(["execute_all", "deny_on_first_deny", "permit_on_first_permit"]);
export type Semantic = z.infer<typeof Semantic>;

const Part = z.object({
  subject: Subject.optional(),
  action: Action.optional(),
  resource: Resource.optional(),
  context: Fields.optional(),
});

/** 7.1: many questions; what one of them leaves out, stands beside them. Without any, what stands there is the one. */
export const Evaluations = Part.extend({
  evaluations: z.array(Part).max(MOST_EVALUATIONS).optional(),
  options: z.object({ evaluations_semantic: Semantic.optional() }).optional(),
}).transform(({ evaluations, options, ...defaults }, { addIssue }) => {
  const isAlone = evaluations === undefined || evaluations.length === 0;
  const parts = isAlone ? [defaults] : evaluations;
  const whole: Evaluation[] = [];
  for (const [at, part] of parts.entries()) {
    const subject = part.subject ?? defaults.subject;
    const action = part.action ?? defaults.action;
    const resource = part.resource ?? defaults.resource;
    if (subject && action && resource) {
      whole.push({ subject, action, resource, context: part.context ?? defaults.context ?? {} });
      continue;
    }
    const missing = subject ? (action ? "resource" : "action") : "subject";
    const path = isAlone ? [missing] : ["evaluations", at, missing];
    addIssue({ code: "custom", path, message: "say it here, or once for all beside evaluations" });
    return z.NEVER;
  }
  return { isAlone, semantic: options?.evaluations_semantic ?? "execute_all", evaluations: whole };
});
export type Evaluations = z.infer<typeof Evaluations>;

/** 5.5: the answer. Its context is for people and logs: why, by which policies, and where it stands in our log. */
export interface DecisionAnswer {
  readonly decision: boolean;
  readonly context: {
    /** Names of the policies that decided. */
    readonly policies: readonly string[];
    readonly reason: string;
    /** The policies that were in force. */
    readonly epoch: number;
    /** Its number in the log of decisions. */
    readonly decision_id: number;
    /** What was claimed and not believed: `subject.clearance`. */
    readonly ignored_properties?: readonly string[];
    /** 7.2.1: why a question among others could not be asked. */
    readonly error?: { readonly status: number; readonly message: string };
  };
}

/** 8.2.1 */
const Page = z.object({ token: z.string().max(1_000).optional(), limit: z.int().min(1).max(LONGEST_PAGE).optional() });

const Search = { context: Fields.default({}), page: Page.default({}) };
/** Of what is searched for, the type is said alone; an id is ignored. */
const Wanted = z.object({ type: Name });

/** 8.4.1: who may do this? */
export const SubjectSearch = z.object({ subject: Wanted, action: Action, resource: Resource, ...Search });
export type SubjectSearch = z.infer<typeof SubjectSearch>;
/** 8.5.1: to what may this be done? */
export const ResourceSearch = z.object({ subject: Subject, action: Action, resource: Wanted, ...Search });
export type ResourceSearch = z.infer<typeof ResourceSearch>;
/** 8.6.1: what may be done? */
export const ActionSearch = z.object({ subject: Subject, resource: Resource, ...Search });
export type ActionSearch = z.infer<typeof ActionSearch>;

/** How many results a page has. */
export function pageLimit(limit: number | undefined): number {
  return limit ?? PAGE;
}

/** 8.3: what was found. An empty token says that there is no more (8.2.2). */
export interface SearchAnswer<Found> {
  readonly page: { readonly next_token: string; readonly count: number };
  readonly context: { readonly epoch: number; readonly ignored_properties?: readonly string[] };
  readonly results: readonly Found[];
}

/** 9.1: where everything is. */
export interface DecisionPoint {
  readonly policy_decision_point: string;
  readonly access_evaluation_endpoint: string;
  readonly access_evaluations_endpoint: string;
  readonly search_subject_endpoint: string;
  readonly search_resource_endpoint: string;
  readonly search_action_endpoint: string;
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1));
}
