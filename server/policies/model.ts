import { PolicyEngine } from "@/server/engines/cedar/evaluation/engine";
import type { EntityData } from "@/server/engines/cedar/data/request";
import type { Schema } from "@/server/engines/cedar/schema/schema";
import type { Tree } from "@/server/engines/cedar/syntax/syntax";
import { entitiesOf, schemaOf, treeOf } from "@/server/engines/cedar/texts";
import {
  type EntityValue,
  ExtensionValue,
  Names,
  RecordValue,
  SetValue,
  type Value,
} from "@/server/engines/cedar/values/value";
import type { Actor, Decision, Question } from "@/server/kernel/context";
import { PRINCIPALS } from "./console-schema";
import type { PolicySummary } from "./contract";

/** A set of policies that governs the console, with its schema and the version that decisions carry. */
export interface PolicySet {
  readonly policies: string;
  readonly schema: string;
  readonly version: string;
}

/** A team that nobody is in. */
const SOME_TEAM = "*";

/**
 * Decides what the kernel asks by a set of policies. What comes with a question is known for that question alone, so that
 * nobody fills the memory by asking about things that are not there.
 */
export class ConsoleAuthority {
  readonly version: string;
  readonly tree: Tree;
  readonly schema: Schema | null;
  readonly #names = new Names();
  readonly #engine = new PolicyEngine({ names: this.#names });

  /** @throws {TextRefused} when a text has an error */
  constructor({ policies, schema, version }: PolicySet) {
    this.version = version;
    this.tree = treeOf(policies);
    this.schema = schemaOf(schema);
    this.#engine.setEntities(entitiesOf("[]", { names: this.#names, schema: this.schema }));
    this.#engine.setPolicies(
      this.tree.policies.map((policy, at) => ({ id: idOf(policy, at), policy, text: policies })),
    );
  }

  /** Each policy, in the order of the text. */
  summaries(): PolicySummary[] {
    const { text, policies } = this.tree;
    return policies.map((policy, at) => ({
      id: idOf(policy, at),
      effect: policy.effect,
      about: commentIn(text.slice(policies[at - 1]?.end ?? 0, policy.start)),
      text: text.slice(policy.start, policy.end),
      version: this.version,
    }));
  }

  /** Asks the policies. Unknown means no. */
  decide(question: Question): Decision {
    const rules = this.#rulesFor(question);
    const allowed = rules.length > 0;
    const reason = allowed ? "allowed" : this.#reasonFor(question);
    return { allowed, reason, rules, policyVersion: this.version };
  }

  /** The policies that permit it; none when it is refused. */
  #rulesFor(question: Question): readonly string[] {
    const { principal, action, at } = question;
    const [who, what] = [this.#principalOf(principal), this.#resourceOf(question)];
    const request = {
      principal: who.uid,
      action: this.#names.passing("Action", action, 2),
      resource: what.uid,
      context: RecordValue.of([
        ["provedBy", SetValue.of(principal.provedBy)],
        ["now", new ExtensionValue("datetime", BigInt(at.getTime()))],
        ["risk", SetValue.of([])],
      ]),
    };
    const { decision, reasons } = this.#engine.epoch.answer(request, { given: [who, what] });
    return decision === "allow" ? reasons : [];
  }

  /** Why not, and who could: found by asking the same policies what they would say to somebody else. */
  #reasonFor(question: Question): string {
    const { principal, resource } = question;
    const would = (other: Partial<Actor>, thing: Partial<Question["resource"]> = {}) =>
      this.#rulesFor({ ...question, principal: { ...principal, ...other }, resource: { ...resource, ...thing } })
        .length > 0;
    if (principal.kind === "anonymous") return "sign in first";
    if (principal.kind === "node" || principal.kind === "service")
      return `a ${principal.kind} may use its own certificate only`;
    if (principal.kind === "user" && !would({ roles: ["admin"] })) return "no person may do this";
    if (would({ teams: [SOME_TEAM] }, { teamId: SOME_TEAM })) {
      return resource.teamId == null
        ? "it belongs to no team of yours; ask a security admin"
        : "it belongs to another team; ask a security admin";
    }
    if (principal.roles.includes("auditor")) return "an auditor reads and changes nothing; ask a security admin";
    return "no policy allows it; ask a security admin";
  }

  #principalOf({ kind, id, name, roles, teams }: Actor): EntityData {
    return {
      uid: this.#names.passing(PRINCIPALS[kind], id, 0),
      attributes: RecordValue.of([
        ["id", id],
        ["name", name],
        ["state", "active"],
      ]),
      tags: null,
      parents: [...this.#groups("Role", roles), ...this.#groups("Team", teams)],
    };
  }

  #resourceOf({ resource: { type, id, ownerId, teamId, kind } }: Question): EntityData {
    const owners = [...(ownerId ? [ownerId] : []), ...(type === "Identity" ? [id] : [])];
    const attributes: [string, Value][] = [["owners", SetValue.of(owners)]];
    if (teamId) attributes.push(["team", this.#names.passing("Team", teamId, 3)]);
    if (kind) attributes.push(["kind", kind]);
    return { uid: this.#names.passing(type, id, 1), attributes: RecordValue.of(attributes), tags: null, parents: [] };
  }

  /** Those that actors are in come from our store: they are few, and kept. */
  #groups(type: "Role" | "Team", ids: readonly string[]): EntityValue[] {
    return ids.map((id) => this.#names.of(type, id));
  }
}

/** The words of comments. */
function commentIn(trivia: string): string {
  const lines = trivia.split("\n").filter((line) => line.trimStart().startsWith("//"));
  return lines.map((line) => line.trim().slice(2).trim()).join(" ");
}

/** The name that a policy gives itself: `@id("…")`. */
function idOf({ annotations }: Tree["policies"][number], at: number): string {
  return annotations.find(({ name }) => name === "id")?.value ?? `policy${at}`;
}
