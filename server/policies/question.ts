import type { EntityData } from "@/server/engines/cedar/data/request";
import { parseIp } from "@/server/engines/cedar/values/ip";
import {
  EntityValue,
  ExtensionValue,
  type Names,
  RecordValue,
  SetValue,
  type Value,
} from "@/server/engines/cedar/values/value";
import type { Actor, Question } from "@/server/kernel/context";
import type { KnownPrincipal } from "@/server/kernel/ports";
import type { Asked } from "./authority";
import { PRINCIPALS } from "./console-schema";
import { grantsOf, scopeNamed, scopesOf } from "./scopes";

/** What our store knows of those who take part in a question of the console. */
export interface Known {
  /** Undefined for those who are no identities. */
  readonly principal: KnownPrincipal | undefined;
  /** Names of a team and of all above it by its id, the nearest first. */
  teamsNamed(id: string): readonly string[];
}

/** A question of the kernel as the policies understand it. */
export function askedOf(question: Question, known: Known, names: Names): Asked {
  const who = principalOf(question.principal, known, names);
  // Before the resource: scopes that somebody holds are known by then.
  const grants = grantsIn(question.principal, who, names);
  const what = resourceOf(question, known, names);
  return {
    request: {
      principal: who.uid,
      action: names.passing("Action", question.action, 2),
      resource: what.uid,
      context: contextOf(question),
    },
    given: grants ? [who, what, grants] : [who, what],
  };
}

/** Whether an actor of a kind is an identity, which our store knows. */
export function isIdentity(kind: Actor["kind"]): boolean {
  return kind === "user" || kind === "service" || kind === "node";
}

/** Their name is the identity's, where there is one; it never changes and is never given again. */
function principalOf({ kind, id, name, roles, teams }: Actor, known: Known, names: Names): EntityData {
  const uid = names.passing(PRINCIPALS[kind], known.principal?.name ?? id, 0);
  const attributes: [string, Value][] = [["id", id]];
  if (isIdentity(kind)) {
    attributes.push(["name", known.principal?.name ?? name], ["state", known.principal?.state ?? "active"]);
  }
  const teamNames = teams.flatMap((team) => known.teamsNamed(team));
  const [team] = teamNames;
  if (team !== undefined) attributes.push(["team", names.of("Team", team)]);
  if (roles.length > 0) attributes.push(["granted", grantsName(uid, names)]);
  return {
    uid,
    attributes: RecordValue.of(attributes),
    tags: tagsOf(known.principal?.labels ?? {}),
    // They come from our store, are few, and are kept.
    parents: [...groups(names, "Role", roles), ...groups(names, "Team", teamNames)],
  };
}

/** What an actor holds, as an entity of its own; null for nothing. */
function grantsIn({ roles, scopes = {} }: Actor, { attributes }: EntityData, names: Names): EntityData | null {
  const uid = attributes.get("granted");
  if (!(uid instanceof EntityValue)) return null;
  const tags = roles.map((role): [string, Value] => [
    role,
    SetValue.of((scopes[role] ?? []).map((scope) => names.of("Scope", scope))),
  ]);
  return { uid, attributes: RecordValue.of([]), tags: RecordValue.of(tags), parents: [] };
}

/** The place of what somebody holds among what is named for one question. */
const GRANTS = 3;

function grantsName({ type, id }: EntityValue, names: Names): EntityValue {
  const name = grantsOf({ type, id });
  return names.passing(name.type, name.id, GRANTS);
}

function resourceOf({ principal, resource }: Question, known: Known, names: Names): EntityData {
  const { type, id, ownerId, teamId, kind, within = [] } = resource;
  const owners = [...(ownerId ? [ownerId] : []), ...(type === "Identity" ? [id] : [])];
  const attributes: [string, Value][] = [["owners", SetValue.of(owners)]];
  const teams = teamId ? known.teamsNamed(teamId) : [];
  const [team] = teams;
  if (team !== undefined) attributes.push(["team", names.of("Team", team)]);
  if (kind) attributes.push(["kind", kind]);
  // Of the swarm's own types the console asks about teams and roles: they have no attributes.
  const isPlain = type === "Team" || type === "Role";
  const groups = teams.map((name) => ({ type: "Team", id: name }));
  // Where nobody holds anything, nobody asks within what.
  const isAsked = principal.roles.length > 0;
  const scopes = isAsked
    ? [...scopesOf({ uid: { type, id }, parents: groups, tags: {} }), ...within.map(scopeNamed)]
    : [];
  return {
    uid: names.passing(type, id, 1),
    attributes: RecordValue.of(isPlain ? [] : attributes),
    tags: null,
    parents: scopes.map(({ type, id }, at) => names.passing(type, id, GRANTS + 1 + at)),
  };
}

function contextOf({ principal, at, address }: Question): RecordValue {
  const entries: [string, Value][] = [
    ["provedBy", SetValue.of(principal.provedBy)],
    ["now", new ExtensionValue("datetime", BigInt(at.getTime()))],
    ["risk", SetValue.of(principal.risk ?? [])],
  ];
  const ip = address === null ? null : ipOf(address);
  if (ip !== null) entries.push(["address", ip]);
  return RecordValue.of(entries);
}

/** Addresses come again and again: reading one takes as long as a decision. */
const addresses = new Map<string, ExtensionValue | null>();
const KEPT_ADDRESSES = 1_000;

function ipOf(address: string): ExtensionValue | null {
  let ip = addresses.get(address);
  if (ip === undefined) {
    const packed = parseIp(address);
    ip = packed === null ? null : new ExtensionValue("ipaddr", packed);
    if (addresses.size >= KEPT_ADDRESSES) addresses.clear();
    addresses.set(address, ip);
  }
  return ip;
}

/** Labels as tags; null for none. */
export function tagsOf(labels: Readonly<Record<string, string>>): RecordValue | null {
  const entries = Object.entries(labels);
  return entries.length > 0 ? RecordValue.of(entries) : null;
}

function groups(names: Names, type: "Role" | "Team", ids: readonly string[]): EntityValue[] {
  return ids.map((id) => names.of(type, id));
}
