import { createHash } from "node:crypto";
import { DataError } from "@/server/engines/cedar/data/data-error";
import type { Context } from "@/server/kernel/context";
import { commit, type Permit } from "@/server/kernel/permit";
import type { EntityName } from "@/server/kernel/ports";
import { oursOf, selfOf } from "./asked-context";
import { authorizeAsking, authorizeAskingAboutAll, findSubject, type Subject } from "./asking";
import type { Authority } from "./authority";
import {
  type ActionSearch,
  pageLimit,
  type ResourceSearch,
  type SearchAnswer,
  type SubjectSearch,
} from "./authzen-contract";
import { sortClaims } from "./believed";
import { RequestRefused } from "./errors";
import { KINDS } from "./facts";
import { inForce } from "./in-force";
import { FactsNow } from "./facts-now";
import { type KnownFact, knownPrincipal, knownResource } from "./known-facts";
import { findApplication, putQuestion } from "./put-question";
import { turn } from "./turn";

/** So many are looked at for one page; it may be short, or empty, and yet not the last. */
const LOOKED_AT = 5_000;
const BATCH = 250;

/** Who may do this: AuthZEN 8.4. @throws {Forbidden} @throws {RequestRefused} */
export async function searchSubjects(ctx: Context, search: SubjectSearch): Promise<SearchAnswer<EntityName>> {
  const permit = await authorizeAskingAboutAll(ctx);
  const seeker = await Seeker.begin(ctx, search);
  const { type } = search.subject;
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  const resource = await seeker.facts.find(search.resource);
  return seeker.page(permit, {
    next: (after) => (kind === undefined || !resource ? [] : ctx.activePrincipalsAfter(ctx.read, kind, after, BATCH)),
    nameOf: ({ name }) => name,
    shown: ({ name }) => ({ type, id: name }),
    isAllowed: async (principal) => {
      const subject = await knownPrincipal(ctx, ctx.read, principal);
      const isSelf = principal.id === ctx.actor.id;
      return resource !== undefined && seeker.ask({ subject, resource, action: search.action.name, isSelf });
    },
  });
}

/** To what somebody may do this: AuthZEN 8.5. @throws {Forbidden} @throws {RequestRefused} */
export async function searchResources(ctx: Context, search: ResourceSearch): Promise<SearchAnswer<EntityName>> {
  const found = await findSubject(ctx, search.subject);
  const permit = await authorizeAsking(ctx, found);
  const seeker = await Seeker.begin(ctx, search);
  const { type } = search.resource;
  const subject = await factOf(ctx, found);
  return seeker.page(permit, {
    next: (after) => (subject ? ctx.resourcesAfter(ctx.read, type, after, BATCH) : []),
    nameOf: ({ id }) => id,
    shown: ({ id }) => ({ type, id }),
    isAllowed: async (one) => {
      const resource = knownResource(one);
      if (!subject || !resource) return false;
      return seeker.ask({ subject, resource, action: search.action.name, isSelf: found.isSelf });
    },
  });
}

/** What somebody may do to this: AuthZEN 8.6. @throws {Forbidden} @throws {RequestRefused} */
export async function searchActions(ctx: Context, search: ActionSearch): Promise<SearchAnswer<{ name: string }>> {
  const found = await findSubject(ctx, search.subject);
  const permit = await authorizeAsking(ctx, found);
  const seeker = await Seeker.begin(ctx, search);
  const subject = await factOf(ctx, found);
  const resource = await seeker.facts.find(search.resource);
  const names = [...(seeker.authority.schema?.actions.values() ?? [])].map(({ uid }) => uid.id).sort();
  return seeker.page(permit, {
    next: (after) => (subject && resource ? names.filter((name) => name > after).slice(0, BATCH) : []),
    nameOf: (name) => name,
    shown: (name) => ({ name }),
    isAllowed: async (action) => {
      if (!subject || !resource) return false;
      // Actions may differ in what they are asked with: what does not fit one of them says nothing about the others.
      return orNot(() => seeker.ask({ subject, resource, action, isSelf: found.isSelf }));
    },
  });
}

async function orNot(ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}

async function factOf(ctx: Context, { principal }: Subject): Promise<KnownFact | undefined> {
  return principal?.state === "active" ? knownPrincipal(ctx, ctx.read, principal) : undefined;
}

/** Those that may be found, in the order of their names, and whether one is. */
interface Candidates<One, Found> {
  next(after: string): readonly One[];
  nameOf(one: One): string;
  shown(one: One): Found;
  isAllowed(one: One): Promise<boolean>;
}

type Search = SubjectSearch | ResourceSearch | ActionSearch;

/** Goes through those that may be found, a page at a time. Each is asked about as an evaluation would ask. */
class Seeker {
  private constructor(
    private readonly ctx: Context,
    readonly authority: Authority,
    private readonly epoch: number,
    private readonly search: Search,
    private readonly place: Place,
    readonly facts: FactsNow,
  ) {}

  /** @throws {RequestRefused} for a token of another search */
  static async begin(ctx: Context, search: Search): Promise<Seeker> {
    const { authority, set } = await inForce(ctx.read);
    return new Seeker(ctx, authority, set.epoch, search, placeOf(search), new FactsNow(ctx, ctx.read));
  }

  async ask(about: { subject: KnownFact; resource: KnownFact; action: string; isSelf: boolean }): Promise<boolean> {
    const { ctx, authority } = this;
    const { subject, resource, action } = about;
    const application = findApplication(authority, action, { subject: subject.fact.uid, resource: resource.fact.uid });
    if (typeof application === "string") return false;
    const { believed } = this.#claims();
    const ours = oursOf(ctx.now(), about.isSelf ? selfOf(ctx) : null);
    const given = { context: this.search.context, ours, requestId: ctx.origin.requestId };
    const { asked } = await putQuestion(
      this.facts,
      authority,
      { subject, action, resource, given, believed },
      application,
    );
    return authority.ask(asked).decision === "allow";
  }

  /** What is found from the place on, and where it goes on. That it was looked for is in the audit log. */
  async page<One, Found>(permit: Permit, candidates: Candidates<One, Found>): Promise<SearchAnswer<Found>> {
    const { limit } = this.place;
    const results: Found[] = [];
    let { after } = this.place;
    let [isOver, lookedAt] = [false, 0];
    try {
      while (!isOver && results.length < limit && lookedAt < LOOKED_AT) {
        const batch = candidates.next(after);
        isOver = batch.length < BATCH;
        lookedAt += batch.length;
        for (const one of batch) {
          after = candidates.nameOf(one);
          if (await candidates.isAllowed(one)) results.push(candidates.shown(one));
          if (results.length < limit) continue;
          isOver &&= one === batch.at(-1);
          break;
        }
        await turn();
      }
    } catch (error) {
      if (error instanceof DataError) throw new RequestRefused(error.message);
      throw error;
    }
    await this.#note(permit, results.length);
    const { ignored } = this.#claims();
    return {
      page: { next_token: isOver ? "" : tokenOf(this.search, { after, limit }), count: results.length },
      context: { epoch: this.epoch, ...(ignored.length > 0 && { ignored_properties: ignored }) },
      results,
    };
  }

  #claims() {
    const { search } = this;
    const [subject, resource] = [
      "id" in search.subject ? search.subject : {},
      "id" in search.resource ? search.resource : {},
    ];
    const action = "action" in search ? search.action : {};
    return sortClaims({ subject, action, resource }, this.ctx.believedProperties);
  }

  #note(permit: Permit, found: number): Promise<void> {
    const { subject, resource } = this.search;
    const detail = {
      subject: { type: subject.type, ...("id" in subject && { id: subject.id }) },
      ...("action" in this.search && { action: this.search.action.name }),
      resource: { type: resource.type, ...("id" in resource && { id: resource.id }) },
      ...{ found, epoch: this.epoch },
    };
    return commit(permit, async () => ({ value: undefined, event: { kind: "decision.searched", detail } }));
  }
}

/** Where a page begins, and how long it is. */
interface Place {
  readonly after: string;
  readonly limit: number;
}

/** A token is a place and the search that it belongs to; whoever changes it finds what they may find anyway. */
function tokenOf(search: Search, { after, limit }: Place): string {
  return Buffer.from(JSON.stringify([digestOf(search), limit, after])).toString("base64url");
}

function placeOf(search: Search): Place {
  const { token, limit } = search.page;
  if (token === undefined || token === "") return { after: "", limit: pageLimit(limit) };
  const [digest, before, after] = readToken(token);
  const isSame = digest === digestOf(search) && (limit === undefined || limit === before);
  if (!isSame || typeof before !== "number" || typeof after !== "string") {
    throw new RequestRefused("page.token: it belongs to another search; leave it out to begin anew");
  }
  return { after, limit: pageLimit(before) };
}

function readToken(token: string): unknown[] {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

function digestOf(search: Search): string {
  const asked = JSON.stringify({ ...search, page: undefined });
  return createHash("sha256").update(asked).digest("base64url").slice(0, 22);
}
