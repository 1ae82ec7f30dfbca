import { type EntityData, type Request } from "@/server/engines/cedar/data/request";
import type { Answer } from "@/server/engines/cedar/evaluation/answer";
import { type Epoch, PolicyEngine } from "@/server/engines/cedar/evaluation/engine";
import type { Schema } from "@/server/engines/cedar/schema/schema";
import type { Tree } from "@/server/engines/cedar/syntax/syntax";
import { entitiesOf, schemaOf, treeOf } from "@/server/engines/cedar/texts";
import { Names } from "@/server/engines/cedar/values/value";
import type { NamedText } from "./policy-text";

/** A set of policies with the schema that they follow. */
export interface PolicySet {
  readonly policies: readonly NamedText[];
  /** All of it: the swarm's part and the console's. */
  readonly schema: string;
  /** What permits, decisions and audit entries carry. */
  readonly version: string;
}

/** What the policies say, and by which of them. */
export interface Verdict {
  readonly decision: "allow" | "deny";
  /** Names of the policies that decided: those that permit it, or those that forbid it. */
  readonly policies: readonly string[];
  /** A forbid that could not be evaluated, and therefore forbids; null as a rule. */
  readonly failed: string | null;
  readonly trace: Answer["trace"];
}

/** What is asked, with what is known of those who take part. */
export interface Asked {
  readonly request: Request;
  readonly given: readonly EntityData[];
}

/**
 * A set of policies, ready to be asked. What comes with a question is known for that question alone, so that nobody fills
 * the memory by asking about things that are not there. A forbid that cannot be evaluated forbids.
 */
export class Authority {
  readonly #trees: ReadonlyMap<string, Tree>;

  private constructor(
    readonly set: PolicySet,
    readonly schema: Schema | null,
    readonly names: Names,
    readonly epoch: Epoch,
    trees: ReadonlyMap<string, Tree>,
  ) {
    this.#trees = trees;
  }

  /** @throws {TextRefused} when a text cannot be read */
  static of(set: PolicySet): Authority {
    const names = new Names();
    const engine = new PolicyEngine({ names });
    const schema = schemaOf(set.schema);
    engine.setEntities(entitiesOf("[]", { names, schema }));
    const trees = new Map(set.policies.map(({ name, text }) => [name, treeOf(text)]));
    engine.setPolicies([...trees].map(([name, tree]) => ({ id: name, policy: onlyPolicyOf(tree), text: tree.text })));
    return new Authority(set, schema, names, engine.epoch, trees);
  }

  /** The authority of another set; with the same schema only what is other is compiled. @throws {TextRefused} */
  changedTo(set: PolicySet): Authority {
    if (set.schema !== this.set.schema) return Authority.of(set);
    const engine = PolicyEngine.from(this.epoch);
    const trees = new Map<string, Tree>();
    for (const { name, text } of set.policies) {
      const known = this.#trees.get(name);
      const tree = known?.text === text ? known : treeOf(text);
      trees.set(name, tree);
      if (tree !== known) engine.setPolicy({ id: name, policy: onlyPolicyOf(tree), text });
    }
    for (const name of this.#trees.keys()) if (!trees.has(name)) engine.removePolicy(name);
    return new Authority(set, this.schema, this.names, engine.epoch, trees);
  }

  /** The same policies over other entities. */
  at(epoch: Epoch): Authority {
    return new Authority(this.set, this.schema, this.names, epoch, this.#trees);
  }

  get version(): string {
    return this.set.version;
  }

  /** Each policy's tree by its name, in the order of the set. */
  get trees(): ReadonlyMap<string, Tree> {
    return this.#trees;
  }

  /** Asks the policies. Unknown means no. */
  ask({ request, given }: Asked, options: { readonly trace?: boolean } = {}): Verdict {
    const { decision, reasons, failedForbids, trace } = this.epoch.answer(request, { given, ...options });
    const [failed] = failedForbids;
    if (failed === undefined || decision === "deny") return { decision, policies: reasons, failed: null, trace };
    return { decision: "deny", policies: failedForbids, failed, trace };
  }
}

function onlyPolicyOf({ policies }: Tree) {
  const [policy] = policies;
  if (!policy || policies.length > 1) throw new RangeError("a text of a set holds one policy");
  return policy;
}
