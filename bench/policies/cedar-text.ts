import type { Asked, Name, Resource, Rule, User, World } from "./world";

/** The schema of every world. */
export const SCHEMA = `entity Role in [Role];
entity Team;
entity Region;
entity Site in [Region];
entity Cluster in [Site];
entity User in [Role, Team] = { team: Team, clearance: Long, region: String };
entity Node, Volume in [Cluster] = { team: Team, kind: String, sensitivity: Long, region: String };
type Job = { workload: String, gpus: Long, mfa: Bool };
action operate;
action run, drain in [operate] appliesTo { principal: User, resource: Node, context: Job };
action inspect appliesTo { principal: User, resource: Node, context: Job };
action write in [operate] appliesTo { principal: User, resource: Volume, context: Job };
action read, share appliesTo { principal: User, resource: Volume, context: Job };
`;

/** All policies of a world as one text. */
export function policyText({ rules }: World): string {
  return rules.map(writeRule).join("\n");
}

/** One policy in Cedar. */
export function writeRule(rule: Rule): string {
  const place = rule.place ? ` in ${rule.place.type}::"${rule.place.id}"` : "";
  const action = rule.action === "operate" ? 'in Action::"operate"' : `== Action::"${rule.action}"`;
  const conditions = [
    rule.workload === null ? [] : `context.workload == "${rule.workload}"`,
    rule.kind === null ? [] : `resource.kind == "${rule.kind}"`,
    rule.sensitivity === null ? [] : `resource.sensitivity <= ${rule.sensitivity}`,
    rule.isCleared ? "resource.sensitivity <= principal.clearance" : [],
    rule.isOwn ? "resource.team == principal.team" : [],
  ].flat();
  return [
    `${rule.effect} (`,
    `  principal in Role::"${rule.role}",`,
    `  action ${action},`,
    `  resource is ${rule.resourceType}${place}`,
    `)${conditions.length > 0 ? `\nwhen { ${conditions.join(" && ")} }` : ""}${rule.unlessMfa ? "\nunless { context.mfa }" : ""};\n`,
  ].join("\n");
}

/** An entity as Cedar's JSON has it, https://docs.cedarpolicy.com/auth/entities-syntax.html */
export interface EntityJson {
  readonly uid: Name;
  readonly attrs: Readonly<Record<string, string | number | { readonly __entity: Name }>>;
  readonly parents: readonly Name[];
}

export function userJson({ id, roles, team, clearance, region }: User): EntityJson {
  return {
    uid: { type: "User", id },
    attrs: { team: { __entity: { type: "Team", id: team } }, clearance, region },
    parents: [...roles.map((role) => ({ type: "Role", id: role })), { type: "Team", id: team }],
  };
}

export function resourceJson({ type, id, team, kind, sensitivity, region, cluster }: Resource): EntityJson {
  return {
    uid: { type, id },
    attrs: { team: { __entity: { type: "Team", id: team } }, kind, sensitivity, region },
    parents: [{ type: "Cluster", id: cluster }],
  };
}

/** Every entity of a world. */
export function* entitiesJson(world: World): Generator<EntityJson> {
  for (const { name, parents } of world.groups()) yield { uid: name, attrs: {}, parents };
  for (let n = 0; n < world.users; n += 1) yield userJson(world.user(n));
  for (let n = 0; n < world.resources; n += 1) yield resourceJson(world.resource(n));
}

/** A request as Cedar's JSON has it. */
export interface RequestJson {
  readonly principal: Name;
  readonly action: Name;
  readonly resource: Name;
  readonly context: { readonly workload: string; readonly gpus: number; readonly mfa: boolean };
}

export function requestJson(world: World, { user, action, resource, workload, gpus, mfa }: Asked): RequestJson {
  const { type, id } = world.resource(resource);
  return {
    principal: { type: "User", id: world.user(user).id },
    action: { type: "Action", id: action },
    resource: { type, id },
    context: { workload, gpus, mfa },
  };
}
