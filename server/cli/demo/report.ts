import { auditFacets } from "@/server/audit/summarize";
import { listAuthorities } from "@/server/certificates/authorities";
import { countFacets } from "@/server/certificates/count-facets";
import { listJoinTokens } from "@/server/certificates/join-tokens";
import { listIdentities } from "@/server/identities/list-identities";
import type { Context } from "@/server/kernel/context";
import { listPolicies } from "@/server/policies/list";
import { listResources } from "@/server/resources/list-resources";
import { type Role, ROLE_WORDS } from "@/server/roles/contract";
import { fields, table } from "../text";
import { CAST, emailOf, ORGANISATION, TRUST_DOMAIN } from "./cast";

/** What was made, as the listing verbs count it, and how to get in. */
export interface DemoReport {
  readonly organisation: string;
  readonly trustDomain: string;
  /** Of everybody; made for this example alone and shown this once. */
  readonly password: string;
  readonly people: readonly {
    readonly email: string;
    readonly name: string;
    readonly role: Role | "none";
    readonly team: string | null;
    readonly needsCode: boolean;
  }[];
  readonly counts: {
    readonly nodes: Counts;
    readonly services: Counts;
    readonly people: Counts;
    readonly certificates: Counts;
    readonly joinTokens: Counts;
    readonly resources: Counts;
    readonly policies: Counts;
    readonly auditEntries: Counts;
    readonly authorities: number;
  };
  readonly lookFirst: readonly { readonly at: string; readonly what: string }[];
}

type Counts = Readonly<Record<string, number>>;

/** Counts what is there now. */
export async function reportOf(ctx: Context, password: string): Promise<DemoReport> {
  const [nodes, services, users] = await Promise.all(
    (["node", "service", "user"] as const).map((kind) => listIdentities(ctx, { kind, query: "", limit: 1 })),
  );
  const facets = await countFacets(ctx, { filter: {} });
  const audit = await auditFacets(ctx, {});
  const resources = await listResources(ctx, { text: "", limit: 1 });
  const { policies } = await listPolicies(ctx);
  const { authorities } = await listAuthorities(ctx);
  return {
    organisation: ORGANISATION,
    trustDomain: TRUST_DOMAIN,
    password,
    people: CAST.filter(({ leaves }) => !leaves).map((profile) => ({
      email: emailOf(profile),
      name: profile.displayName,
      role: profile.role ?? "none",
      team: profile.team ?? null,
      needsCode: profile.hasSecondFactor === true,
    })),
    counts: {
      nodes: { total: nodes?.total ?? 0, ...nodes?.byState },
      services: { total: services?.total ?? 0, ...services?.byState },
      people: { total: users?.total ?? 0, ...users?.byState },
      certificates: {
        total: facets.total.count,
        ...Object.fromEntries(facets.status.map(({ value, count }) => [value, count])),
      },
      joinTokens: (await listJoinTokens(ctx, { limit: 1 })).counts,
      resources: {
        total: resources.total,
        ...Object.fromEntries(resources.byType.map(({ type, count }) => [type, count])),
      },
      policies: {
        total: policies.length,
        written: policies.filter(({ origin, version }) => origin === "written" && version !== null).length,
        drafts: policies.filter(({ draft }) => draft !== null).length,
      },
      auditEntries: { total: audit.outcomes.done + audit.outcomes.refused, ...audit.outcomes },
      authorities: authorities.length,
    },
    lookFirst: LOOK_FIRST,
  };
}

const LOOK_FIRST = [
  { at: "/", what: "what needs a person: a copied key, refused renewals, certificates that end today" },
  { at: "/certificates?q=gpu-h100-ams-07", what: "the node whose certificate was renewed twice" },
  { at: "/audit?outcome=refused", what: "everything that was refused, and to whom" },
  { at: "/policies/training-on-trusted-providers", what: "a draft that runs as a shadow, and what it would deny" },
  { at: "/decisions", what: "what machines were denied, by which policy, and why" },
  { at: "/join-tokens", what: "tokens that wait for two new nodes in Lisbon" },
] as const;

/** The same for people. */
export function reportText({ organisation, password, people, counts, lookFirst }: DemoReport): string {
  return [
    `${organisation}, an example with forty days of its life, is in the data directory.`,
    "",
    fields([
      ["Nodes", inWords(counts.nodes)],
      ["Services", inWords(counts.services)],
      ["People", inWords(counts.people)],
      ["Certificates", inWords(counts.certificates, STATUS_WORDS)],
      ["Join tokens", inWords(counts.joinTokens)],
      ["Resources", inWords(counts.resources)],
      ["Policies", inWords(counts.policies)],
      ["Audit entries", inWords(counts.auditEntries)],
    ]),
    "",
    `Everybody signs in with the password  ${password}`,
    "It was made for this example and is shown this once.",
    "",
    table(
      people.filter(({ needsCode }) => !needsCode),
      [
        { title: "E-MAIL", of: ({ email }) => email },
        { title: "NAME", of: ({ name }) => name },
        {
          title: "ROLE",
          of: ({ role, team }) => [role === "none" ? "No role" : ROLE_WORDS[role], team].filter(Boolean).join(", "),
        },
      ],
      "",
    ),
    `${people
      .filter(({ needsCode }) => needsCode)
      .map(({ name }) => name)
      .join(" and ")} have a second factor besides, whose codes nobody kept.`,
    "",
    "Look first at",
    "",
    table(
      lookFirst,
      [
        { title: "PAGE", of: ({ at }) => at },
        { title: "", of: ({ what }) => what },
      ],
      "",
    ),
  ].join("\n");
}

/** What screens call these statuses. */
const STATUS_WORDS: Readonly<Record<string, string>> = { due: "late", active: "on schedule", expired: "ended" };

function inWords({ total, ...parts }: Counts, called: Readonly<Record<string, string>> = {}): string {
  const words = Object.entries(parts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${called[name] ?? name}`)
    .join(", ");
  return total === undefined ? words : `${total}: ${words}`;
}
