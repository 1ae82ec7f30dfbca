import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { getHolder } from "./add-grants";
import { Role, titleOfBuiltIn } from "./contract";
import type { Offer, Offers, OffersInput } from "./grant-contract";
import { everyGrantOf } from "./grant-store";
import { type Holder, namesOfHolders } from "./holder-store";
import { heldRights, type KnownRoles, knownRoles } from "./known-rights";
import { mayBind } from "./may-give";
import { EVERYTHING } from "./model";
import { type HeldRight, isOfSameTeam, judgeGiving } from "./rights";
import type { RoleRow } from "./role-store";
import { scopeChain } from "./scope-chain";

/**
 * Every role, with how far and how long the asking person could give it to somebody; and why not, for those that they
 * could not. It says what a form offers: giving asks again. @throws {Missing}
 */
export async function listOffers(ctx: Context, input: OffersInput): Promise<Offers> {
  await authorize(ctx, "grant.list", { type: "Grant", id: "*" });
  const holder = getHolder(ctx.read, input.holder);
  const roles = await knownRoles(ctx, ctx.read);
  const asker = await Asker.begin(ctx, roles, holder);
  const offers: Offer[] = [];
  for (const role of roles.byName.values()) if (role.retiredAt === null) offers.push(await asker.offerOf(role));
  // Those that the holder could never have come last.
  const rank = (offer: Offer) =>
    RANK[offer.mode] + (offer.mode === "no" && isBuiltIn(offer) && holder.kind !== "user" ? 1 : 0);
  offers.sort((a, b) => rank(a) - rank(b) || (a.title < b.title ? -1 : 1));
  return {
    offers,
    teams: (await ctx.teams(ctx.read)).map(({ name }) => name),
    pools: ctx.resourcesOf(ctx.read).flatMap(({ type, id }) => (type === "Pool" ? [id] : [])),
  };
}

const isBuiltIn = ({ role }: Offer): boolean => Role.safeParse(role).success;

const RANK = { anywhere: 0, within: 1, no: 2 } as const;

/** A scope in which the asking person holds something, with all that it lies within. */
interface Place {
  readonly scope: string;
  readonly chain: readonly string[];
}

class Asker {
  private constructor(
    private readonly ctx: Context,
    private readonly roles: KnownRoles,
    private readonly holder: Holder,
    private readonly held: readonly HeldRight[],
    private readonly places: readonly Place[],
    private readonly own: ReturnType<typeof everyGrantOf>,
    private readonly ask: readonly string[],
  ) {}

  static async begin(ctx: Context, roles: KnownRoles, holder: Holder): Promise<Asker> {
    const scopes = [...new Set(Object.values(ctx.actor.scopes ?? {}).flat())].sort();
    const places: Place[] = [];
    for (const scope of scopes) {
      // What a grant named may be gone by now: then nothing lies within it.
      const chain = await scopeChain(ctx, ctx.read, scope).catch(() => null);
      if (chain) places.push({ scope, chain });
    }
    const at = ctx.now().getTime();
    const of = holder.kind === "team" ? { identityId: null, teams: [holder.id] } : { identityId: holder.id, teams: [] };
    return new Asker(
      ...([ctx, roles, holder, heldRights(ctx, ctx.read, roles), places] as const),
      everyGrantOf(ctx.read, { ...of, at }),
      namesOfHolders(ctx.read, "admin", 3),
    );
  }

  async offerOf(role: RoleRow): Promise<Offer> {
    const { name, version } = role;
    const shown = {
      role: name,
      title: version?.title ?? titleOfBuiltIn(name),
      description: version?.description ?? "",
    };
    const offer = { ...shown, scopes: [] as string[], until: null, refused: null, held: this.#heldOf(name) };
    const kind = this.#wrongKind(role);
    if (kind !== null) return { ...offer, mode: "no", refused: kind };
    if (await mayBind(this.ctx, this.ctx.read, name, [EVERYTHING])) return { ...offer, mode: "anywhere" };
    const found: { scope: string; until: number }[] = [];
    for (const place of this.places) {
      const until = await this.#longest(role, place);
      if (until !== null) found.push({ scope: place.scope, until });
    }
    if (found.length === 0) return { ...offer, mode: "no", refused: this.#whyNot() };
    const until = Math.max(...found.map((one) => one.until));
    return {
      ...{ ...offer, mode: "within", scopes: found.map(({ scope }) => scope) },
      until: until === Infinity ? null : new Date(until),
    };
  }

  /** Until when at most a role could be given within a place, in milliseconds since 1970; null for not at all. */
  async #longest(role: RoleRow, { chain }: Place): Promise<number | null> {
    const bind = (await mayBind(this.ctx, this.ctx.read, role.name, chain)) ? "yes" : "no";
    if (bind === "yes") return Infinity;
    const at = this.ctx.now().getTime();
    const ends = [...new Set(this.held.map(({ until }) => until))].filter((until) => until > at).sort((a, b) => b - a);
    const isSameTeam = isOfSameTeam(this.ctx.actor.teams[0] ?? null, this.holder);
    const rights = this.roles.rightsOf(role.name);
    const fits = (until: number) =>
      judgeGiving({
        ...{ mayBind: bind, origin: role.origin, held: this.held },
        wanted: { rights, chain, until, isSameTeam },
      }) === "yes";
    return ends.find(fits) ?? null;
  }

  #wrongKind({ origin, name }: RoleRow): string | null {
    if (origin === "written" || this.holder.kind === "user") return null;
    return `${name} is given to people one by one`;
  }

  #whyNot(): string {
    const whom = this.ask.length === 0 ? "" : `; ask ${this.ask.join(" or ")}`;
    return `you do not hold all that it permits, and may not give it${whom}`;
  }

  #heldOf(role: string): Offer["held"] {
    const ends = this.own.filter((one) => one.role === role).map(({ endsAt }) => endsAt);
    if (ends.length === 0) return null;
    return { until: ends.includes(null) ? null : new Date(Math.max(...ends.map((end) => end ?? 0))) };
  }
}
