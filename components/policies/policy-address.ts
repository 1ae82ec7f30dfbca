import { z } from "zod";
import type { PolicySummary } from "@/server/policies/contract";

const Effect = z.enum(["permit", "forbid"]);
const Origin = z.enum(["written", "role", "built-in"]);
/** `idle`: in force, and decided nothing for 90 days. */
const Wanted = z.enum(["drafts", "idle"]);

/** What an address of the list asks for. */
export interface PolicyAddress {
  readonly query: string;
  readonly effect?: z.infer<typeof Effect> | undefined;
  readonly origin?: z.infer<typeof Origin> | undefined;
  readonly show?: z.infer<typeof Wanted> | undefined;
}

const IDLE_MS = 90 * 24 * 60 * 60 * 1_000;

/** Reads the address of the list; what cannot be understood is left out, for addresses are typed by people. */
export function readPolicyAddress(parameters: Readonly<Record<string, string | string[] | undefined>>): PolicyAddress {
  const one = (name: string) => [parameters[name]].flat()[0];
  return {
    query: (one("q") ?? "").trim().slice(0, 200),
    effect: Effect.safeParse(one("effect")).data,
    origin: Origin.safeParse(one("origin")).data,
    show: Wanted.safeParse(one("show")).data,
  };
}

/** Writes an address that `readPolicyAddress` reads. */
export function policiesHref({ query, effect, origin, show }: PolicyAddress): string {
  const parameters = new URLSearchParams();
  if (query) parameters.set("q", query);
  if (effect) parameters.set("effect", effect);
  if (origin) parameters.set("origin", origin);
  if (show) parameters.set("show", show);
  const text = parameters.toString();
  return text === "" ? "/policies" : `/policies?${text}`;
}

/** Where one policy is; `ask` opens the question before it is published, or before a review is asked for. */
export function policyHref(policy: string, ask?: FirstQuestion): string {
  const place = `/policies/${encodeURIComponent(policy)}`;
  return ask ? `${place}?ask=${ask}` : place;
}

const FirstQuestion = z.enum(["publish", "review"]);
/** What the address of a policy can ask at once. */
export type FirstQuestion = z.infer<typeof FirstQuestion>;

/** Reads what `policyHref` asks. */
export function readFirstQuestion(value: string | string[] | undefined): FirstQuestion | undefined {
  return FirstQuestion.safeParse(value).data;
}

/** The policies that an address asks for: drafts first, then what people wrote, then those of roles, then the program's. */
export function policiesAt(
  policies: readonly PolicySummary[],
  { query, effect, origin, show }: PolicyAddress,
  now: number,
): PolicySummary[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (policy: PolicySummary) => (policy.draft ? 0 : 1 + Origin.options.indexOf(policy.origin));
  return policies
    .filter(
      (policy) =>
        (!effect || policy.effect === effect) &&
        (!origin || policy.origin === origin) &&
        (show !== "drafts" || policy.draft !== null) &&
        (show !== "idle" || isIdle(policy, now)) &&
        words.every((word) => searched(policy).includes(word)),
    )
    .sort((a, b) => rank(a) - rank(b));
}

/** Whether a policy in force has decided nothing for 90 days. */
export function isIdle({ version, lastDecidedAt }: PolicySummary, now: number): boolean {
  return version !== null && (lastDecidedAt === null || lastDecidedAt.getTime() < now - IDLE_MS);
}

function searched({ id, about, text }: PolicySummary): string {
  return `${id}\n${about}\n${text}`.toLowerCase();
}

/** The role that a policy of a role is of: `role:training-operator:1` is of `training-operator`. Undefined for others. */
export function roleOfPolicy({ id, origin }: Pick<PolicySummary, "id" | "origin">): string | undefined {
  return origin === "role" ? /^role:([^:]+):/.exec(id)?.[1] : undefined;
}
