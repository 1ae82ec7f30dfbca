import { chanceFrom } from "../lib/measure";

/** How large a world is. Everything else in it follows. */
export interface Size {
  readonly policies: number;
  readonly entities: number;
  /** How many of the entities are users; three of five that are no groups, when nothing is said. */
  readonly users?: number;
}

/** One policy before it is written in anybody's language: who may do what to which resources, and where it ends. */
export interface Rule {
  readonly effect: "permit" | "forbid";
  readonly role: string;
  /** An action, or the group `operate`. */
  readonly action: string;
  readonly resourceType: ResourceType;
  /** A site or a region in which the resource must be. */
  readonly place: Name | null;
  readonly workload: string | null;
  readonly kind: string | null;
  /** The most sensitive that the resource may be. */
  readonly sensitivity: number | null;
  /** Whether the clearance of the user must reach the sensitivity of the resource. */
  readonly isCleared: boolean;
  /** Whether the resource must be the user's team's. */
  readonly isOwn: boolean;
  /** Whether it ends with a second factor. */
  readonly unlessMfa: boolean;
}

export type ResourceType = "Node" | "Volume";

/** An entity by name. */
export interface Name {
  readonly type: string;
  readonly id: string;
}

export interface User {
  readonly id: string;
  readonly roles: readonly string[];
  readonly team: string;
  readonly clearance: number;
  readonly region: string;
}

export interface Resource {
  readonly type: ResourceType;
  readonly id: string;
  readonly kind: string;
  readonly team: string;
  readonly sensitivity: number;
  readonly cluster: string;
  readonly site: string;
  readonly region: string;
}

/** What is asked, by the numbers of user and resource. */
export interface Asked {
  readonly user: number;
  readonly action: string;
  readonly resource: number;
  readonly workload: string;
  readonly gpus: number;
  readonly mfa: boolean;
}

/** The role that every other role is in. */
export const STAFF = "staff";

export const ACTIONS: Readonly<Record<ResourceType, readonly string[]>> = {
  Node: ["run", "inspect", "drain"],
  Volume: ["read", "write", "share"],
};

/** The actions of the group `operate`. */
export const OPERATE: readonly string[] = ["run", "drain", "write"];

const KINDS: Readonly<Record<ResourceType, readonly string[]>> = {
  Node: ["gpu-h100", "gpu-a100", "gpu-l40s", "cpu-standard", "cpu-memory"],
  Volume: ["dataset", "checkpoint", "model", "scratch"],
};
const WORKLOADS = ["training", "inference", "fine-tuning", "evaluation", "rendering", "indexing"];
const REGIONS = ["eu-west", "eu-north", "us-east", "ap-south"];
const SITES = ["ams", "fra", "sto", "hel", "iad", "nyc", "sin", "blr"];
const [POLICIES_A_ROLE, ROLES_A_USER, JOBS_A_ROLE, TEAMS_A_JOB] = [25, 3, 4, 5];

/**
 * A company that computes: users of teams with the roles of their jobs, nodes and volumes of clusters at sites, and
 * policies by role, workload and type of resource. The same in every run; users and resources are made when asked for.
 */
export class World {
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  readonly clusters: number;
  readonly users: number;
  readonly resources: number;
  readonly rules: readonly Rule[];
  readonly #jobs: readonly (readonly string[])[];

  constructor({ policies, entities, users }: Size) {
    this.roles = numbered("role", Math.max(4, Math.ceil(policies / POLICIES_A_ROLE)));
    this.teams = numbered("team", Math.max(10, Math.ceil(this.roles.length / 4)));
    this.clusters = Math.max(24, Math.ceil(entities / 2_000));
    const rest = entities - 1 - this.roles.length - this.teams.length - this.clusters - SITES.length - REGIONS.length;
    this.users = users ?? Math.floor(rest * 0.6);
    this.resources = rest - this.users;
    const chance = chanceFrom(policies);
    this.#jobs = Array.from({ length: this.roles.length * JOBS_A_ROLE }, () => {
      const first = chance(this.roles.length);
      const step = 1 + chance(Math.floor((this.roles.length - 1) / ROLES_A_USER));
      return Array.from({ length: ROLES_A_USER }, (_, at) => pick(this.roles, first + at * step));
    });
    this.rules = Array.from({ length: policies }, (_, n) => this.#rule(chance, n));
  }

  user(n: number): User {
    const chance = chanceFrom(n * 2 + 1);
    const job = chance(this.#jobs.length);
    return {
      id: `user-${n}@swarm.example`,
      roles: pick(this.#jobs, job),
      team: pick(this.teams, job + chance(TEAMS_A_JOB)),
      clearance: chance(5),
      region: pick(REGIONS, chance(REGIONS.length)),
    };
  }

  resource(n: number): Resource {
    const chance = chanceFrom(n * 2 + 2);
    const type: ResourceType = n % 2 === 0 ? "Node" : "Volume";
    const cluster = chance(this.clusters);
    return {
      type,
      id: `${type.toLowerCase()}-${n}.swarm.local`,
      kind: pick(KINDS[type], chance(KINDS[type].length)),
      team: pick(this.teams, chance(this.teams.length)),
      sensitivity: chance(5),
      cluster: `cluster-${cluster}`,
      ...placeOf(cluster),
    };
  }

  /** Requests of which half are made to suit some policy: others would hardly ever be allowed. */
  requests(count: number): Asked[] {
    const chance = chanceFrom(count);
    return Array.from({ length: count }, (_, n) => this.#asked(chance, n));
  }

  /** Every entity but users and resources, with the groups they are in. */
  groups(): { readonly name: Name; readonly parents: readonly Name[] }[] {
    const clusters = Array.from({ length: this.clusters }, (_, n) => ({
      name: { type: "Cluster", id: `cluster-${n}` },
      parents: [{ type: "Site", id: placeOf(n).site }],
    }));
    return [
      { name: { type: "Role", id: STAFF }, parents: [] },
      ...this.roles.map((id) => ({ name: { type: "Role", id }, parents: [{ type: "Role", id: STAFF }] })),
      ...this.teams.map((id) => ({ name: { type: "Team", id }, parents: [] })),
      ...REGIONS.map((id) => ({ name: { type: "Region", id }, parents: [] })),
      ...SITES.map((id, n) => ({ name: { type: "Site", id }, parents: [{ type: "Region", id: regionOf(n) }] })),
      ...clusters,
    ];
  }

  #rule(chance: Chance, n: number): Rule {
    const resourceType = chance(5) < 3 ? "Node" : "Volume";
    const isForbid = n % 10 === 9;
    return {
      effect: isForbid ? "forbid" : "permit",
      role: isForbid && chance(20) === 0 ? STAFF : pick(this.roles, chance(this.roles.length)),
      action: chance(5) === 0 ? "operate" : pick(ACTIONS[resourceType], chance(3)),
      resourceType,
      place: placeFor(chance),
      workload: chance(10) < 8 ? pick(WORKLOADS, chance(WORKLOADS.length)) : null,
      kind: chance(10) < 8 ? pick(KINDS[resourceType], chance(KINDS[resourceType].length)) : null,
      sensitivity: chance(2) === 0 ? 1 + chance(4) : null,
      isCleared: !isForbid && chance(4) === 0,
      isOwn: !isForbid && chance(5) === 0,
      unlessMfa: isForbid,
    };
  }

  #asked(chance: Chance, n: number): Asked {
    const rule = pick(this.rules, chance(this.rules.length));
    const suits = n % 2 === 0;
    const user = this.#scan(chance, this.users, (at) => !suits || isOf(rule.role, this.user(at)));
    const resource = this.#scan(chance, this.resources, (at) => !suits || isAbout(rule, this.resource(at)));
    const { type } = this.resource(resource);
    const action = suits && rule.action !== "operate" ? rule.action : pick(ACTIONS[type], chance(3));
    const workload = suits ? rule.workload : null;
    return {
      user,
      action,
      resource,
      workload: workload ?? pick(WORKLOADS, chance(WORKLOADS.length)),
      gpus: 1 << chance(4),
      mfa: chance(3) > 0,
    };
  }

  /** The first number from a random one on that is as wanted, or that random one. */
  #scan(chance: Chance, below: number, isWanted: (at: number) => boolean): number {
    const start = chance(below);
    for (let step = 0; step < 2_000; step += 1) if (isWanted((start + step) % below)) return (start + step) % below;
    return start;
  }
}

type Chance = (below: number) => number;

function isOf(role: string, { roles }: User): boolean {
  return role === STAFF || roles.includes(role);
}

function isAbout({ resourceType, kind, place, sensitivity }: Rule, resource: Resource): boolean {
  return (
    resource.type === resourceType &&
    (kind === null || resource.kind === kind) &&
    (place === null || resource.site === place.id || resource.region === place.id) &&
    (sensitivity === null || resource.sensitivity <= sensitivity)
  );
}

function placeFor(chance: Chance): Name | null {
  const of = chance(10);
  if (of < 2) return { type: "Site", id: pick(SITES, chance(SITES.length)) };
  return of < 4 ? { type: "Region", id: pick(REGIONS, chance(REGIONS.length)) } : null;
}

function placeOf(cluster: number): { site: string; region: string } {
  const site = cluster % SITES.length;
  return { site: pick(SITES, site), region: regionOf(site) };
}

function regionOf(site: number): string {
  return pick(REGIONS, Math.floor(site / 2));
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `${name}-${n}`);
}

/** The n-th item, around and around. */
export function pick<Item>(items: readonly Item[], n: number): Item {
  const item = items[n % items.length];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}
