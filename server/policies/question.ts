import type { EntityData } from "@/server/engines/cedar/data/request";
import { parseIp } from "@/server/engines/cedar/values/ip";
import {
  type EntityValue,
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

/** What our store knows of those who take part in a question of the console. */
export interface Known {
  /** Undefined for those who are no identities. */
  readonly principal: KnownPrincipal | undefined;
  /** Names of teams by their ids. */
  teamNamed(id: string): string;
}

/** A question of the kernel as the policies understand it. */
export function askedOf(question: Question, known: Known, names: Names): Asked {
  const who = principalOf(question.principal, known, names);
  const what = resourceOf(question, known, names);
  return {
    request: {
      principal: who.uid,
      action: names.passing("Action", question.action, 2),
      resource: what.uid,
      context: contextOf(question),
    },
    given: [who, what],
  };
}

/** Whether an actor of a kind is an identity, which our store knows. */
export function isIdentity(kind: Actor["kind"]): boolean {
  return kind === "user" || kind === "service" || kind === "node";
}

/** Their name is the identity's, where there is one; it never changes and is never given again. */
function principalOf({ kind, id, name, roles, teams }: Actor, known: Known, names: Names): EntityData {
  const attributes: [string, Value][] = [["id", id]];
  if (isIdentity(kind)) {
    attributes.push(["name", known.principal?.name ?? name], ["state", known.principal?.state ?? "active"]);
  }
  const teamNames = teams.map((team) => known.teamNamed(team));
  const [team] = teamNames;
  if (team !== undefined) attributes.push(["team", names.of("Team", team)]);
  return {
    uid: names.passing(PRINCIPALS[kind], known.principal?.name ?? id, 0),
    attributes: RecordValue.of(attributes),
    tags: tagsOf(known.principal?.labels ?? {}),
    // They come from our store, are few, and are kept.
    parents: [...groups(names, "Role", roles), ...groups(names, "Team", teamNames)],
  };
}

function resourceOf({ resource }: Question, known: Known, names: Names): EntityData {
  const { type, id, ownerId, teamId, kind } = resource;
  const owners = [...(ownerId ? [ownerId] : []), ...(type === "Identity" ? [id] : [])];
  const attributes: [string, Value][] = [["owners", SetValue.of(owners)]];
  if (teamId) attributes.push(["team", names.of("Team", known.teamNamed(teamId))]);
  if (kind) attributes.push(["kind", kind]);
  // A team is the only one of the swarm's own types that the console asks about: it has no attributes.
  const isPlain = type === "Team";
  return {
    uid: names.passing(type, id, 1),
    attributes: RecordValue.of(isPlain ? [] : attributes),
    tags: null,
    parents: [],
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
