import type { Schema } from "@/server/engines/cedar/schema/schema";
import { schemaOf } from "@/server/engines/cedar/texts";
import type { KnownAction, Ports } from "@/server/kernel/ports";
import { checkText, isError } from "./check-set";
import { builtInPolicies, inForce, type KnownPolicy, schemaTextInForce, setOf } from "./in-force";
import { proposalOf } from "./propose";
import { prepareEpoch } from "./put-in-force";
import { newestEpoch } from "./store";
import { allTests } from "./test-store";

/** See `Ports.prepareRolePolicies`: the next epoch has these policies of a role in the place of those that it had. */
export const prepareRolePolicies: Ports["prepareRolePolicies"] = async (ctx, { role, policies, note }) => {
  const { set } = await inForce(ctx.read);
  const old = new Map(set.policies.map((policy) => [policy.name, policy]));
  const others = set.policies.filter(({ name }) => !name.startsWith(`role:${role}:`));
  const own = policies.map(({ name, text }): KnownPolicy => {
    const before = old.get(name);
    if (before?.text === text) return before;
    return { name, text, origin: "role", versionId: null, version: (before?.version ?? 0) + 1, createdAt: null };
  });
  const proposal = proposalOf(set, setOf({ ...set, policies: [...others, ...own] }));
  if (proposal.added.length + proposal.changed.length + proposal.removed.length === 0) {
    return { write: async () => ({ epoch: set.epoch, events: [] }) };
  }
  const prepared = await prepareEpoch(ctx, {
    proposal,
    tests: await allTests(ctx.read),
    how: { kind: "published", base: newestEpoch(ctx.read), note },
  });
  return {
    write: async (tx) => {
      const { value, event, also = [] } = await prepared.write(tx);
      return { epoch: value.epoch.number, events: [event, ...also] };
    },
  };
};

/** See `Ports.checkRolePolicies`. */
export const checkRolePolicies: Ports["checkRolePolicies"] = (db, policies) => {
  const schema = schemaTextInForce(db);
  return policies.flatMap(({ name, text }) =>
    checkText(schema, { name, text })
      .filter(isError)
      .map(({ message }) => message),
  );
};

/** See `Ports.builtInPoliciesOf`. */
export const builtInPoliciesOf: Ports["builtInPoliciesOf"] = (role) =>
  builtInPolicies()
    .filter(({ text }) => text.includes(`Role::"${role}"`))
    .map(({ name, text }) => ({ name, text }));

/** See `Ports.knownActions`. */
export const knownActions: Ports["knownActions"] = (db) => {
  const text = schemaTextInForce(db);
  let actions = known.get(text);
  if (!actions) {
    known.clear();
    known.set(text, (actions = actionsOf(schemaOf(text)?.actions ?? new Map())));
  }
  return actions;
};

/** By the text of the schema: one, as a rule. */
const known = new Map<string, readonly KnownAction[]>();

function actionsOf(actions: Schema["actions"]): KnownAction[] {
  return [...actions.values()].flatMap(({ uid, appliesTo }) =>
    appliesTo === null
      ? []
      : [
          {
            name: uid.id,
            groups: groupsOf(actions, uid.id),
            resourceTypes: [...appliesTo.resources],
            principalTypes: [...appliesTo.principals],
          },
        ],
  );
}

function groupsOf(actions: Schema["actions"], action: string): string[] {
  const groups = new Set<string>([action]);
  for (const one of groups) {
    for (const group of actions.get(`Action::"${one}"`)?.memberOf ?? []) groups.add(group.id);
  }
  groups.delete(action);
  return [...groups];
}
