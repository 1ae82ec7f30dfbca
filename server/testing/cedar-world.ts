import { PolicyEngine } from "@/server/engines/cedar/evaluation/engine";
import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import type { EntityData, Request } from "@/server/engines/cedar/data/request";
import { type EntityValue, EMPTY_RECORD, Names, RecordValue, type Value } from "@/server/engines/cedar/values/value";

/** What is known of an entity, in short: attributes and tags by name, groups as `Type::id`. */
export interface Draft {
  readonly attributes?: Readonly<Record<string, Value>>;
  readonly tags?: Readonly<Record<string, Value>>;
  readonly in?: readonly string[];
}

/** An engine with policies that are named by their position, and entities by `Type::id`. */
export class CedarWorld {
  readonly names = new Names();
  readonly engine = new PolicyEngine({ names: this.names });

  constructor(policies: string, entities: Readonly<Record<string, Draft>> = {}) {
    this.engine.setPolicies(this.read(policies).map((policy, at) => ({ ...policy, id: `policy${at}` })));
    this.engine.setEntities(Object.entries(entities).map(([uid, draft]) => this.entity(uid, draft)));
  }

  /** The policies of a text, without names. @throws Error when it has a problem */
  read(text: string) {
    const { policies, problems } = parsePolicies(text);
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join("; "));
    return policies.map((policy) => ({ policy, text }));
  }

  /** `Type::id`, without quotes. */
  uid(written: string): EntityValue {
    const at = written.lastIndexOf("::");
    return this.names.of(written.slice(0, at), written.slice(at + 2));
  }

  entity(uid: string, { attributes, tags, in: groups = [] }: Draft): EntityData {
    const record = (values: Readonly<Record<string, Value>>) => RecordValue.of(Object.entries(values));
    return {
      uid: this.uid(uid),
      attributes: attributes ? record(attributes) : EMPTY_RECORD,
      tags: tags ? record(tags) : null,
      parents: groups.map((group) => this.uid(group)),
    };
  }

  request(principal: string, action: string, resource: string, context: Readonly<Record<string, Value>> = {}): Request {
    return {
      principal: this.uid(principal),
      action: this.uid(`Action::${action}`),
      resource: this.uid(resource),
      context: RecordValue.of(Object.entries(context)),
    };
  }

  /** `allow` or `deny`, and because of which policies. */
  answer(...asked: Parameters<CedarWorld["request"]>): string {
    const { decision, reasons, errors } = this.engine.epoch.answer(this.request(...asked));
    const failed = errors.length > 0 ? ` but ${errors.map(({ policyId }) => policyId).join(" ")} erred` : "";
    return `${[decision, ...reasons.toSorted()].join(" ")}${failed}`;
  }
}
