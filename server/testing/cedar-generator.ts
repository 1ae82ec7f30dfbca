import fc from "fast-check";
import { Dice } from "./cedar-dice";
import { IDS } from "./cedar-edges";
import type { Palette } from "./cedar-leaves";
import { ExpressionWriter } from "./cedar-expressions";
import { ACTIONS, COLORS, SCHEMA, TYPES } from "./cedar-vocabulary";
import type { AskedRequest, Question } from "./cedar-wasm";
import { DataWriter, type Uid } from "./cedar-data";

/** How many requests every generated question has. */
export const REQUESTS_PER_CASE = 40;

/**
 * Questions of sets of 1 to 200 policies over entities in hierarchies up to 8 deep, some with a schema. What is in them
 * comes of seeds, so that they are made quickly; they shrink to fewer and simpler policies.
 */
export function cedarQuestions(requests = REQUESTS_PER_CASE): fc.Arbitrary<Question> {
  const seed = fc.noShrink(fc.integer());
  const policy = fc.record({ seed, depth: fc.integer({ min: 0, max: 4 }) });
  const some = (minLength: number, maxLength: number) => fc.array(policy, { minLength, maxLength, size: "max" });
  const policies = fc.oneof(
    { weight: 10, arbitrary: some(1, 6) },
    { weight: 20, arbitrary: some(2, 30) },
    { weight: 4, arbitrary: some(20, 100) },
    { weight: 1, arbitrary: some(100, 200) },
  );
  return fc.record({ seed, policies }).map((drawn) => questionOf(drawn.seed, drawn.policies, requests));
}

/**
 * Questions of 200 policies that all ask one thing each, of literals, and may all be reasons: each answer tells of 200
 * expressions what they evaluate to. They have two requests.
 */
export function cedarTables(): fc.Arbitrary<Question> {
  return fc.noShrink(fc.integer()).map((seed) => {
    const dice = new Dice(seed);
    const question = questionOf(seed, [], 2);
    const uid = () => `${dice.pick(TYPES)}::${writer.string(dice.pick(IDS))}`;
    const writer: ExpressionWriter = new ExpressionWriter(dice, uid, paletteOf(seed), true);
    const rows = Array.from(
      { length: 200 },
      () => `permit (principal, action, resource) when { ${writer.question()} };`,
    );
    return { ...question, policies: rows.join("\n") };
  });
}

/** The question that seeds make. */
export function questionOf(
  seed: number,
  policies: readonly { seed: number; depth: number }[],
  requests = REQUESTS_PER_CASE,
): Question {
  const world = worldOf(new Dice(seed));
  return {
    schema: world.hasSchema ? SCHEMA : null,
    entities: world.entities,
    policies: policies.map(({ seed, depth }) => policyOf(new Dice(seed), world, depth)).join("\n"),
    requests: Array.from({ length: requests }, (_, at) => requestOf(new Dice(seed + at + 1), world)),
  };
}

/** What the policies and requests of one question have in common. */
interface World {
  readonly hasSchema: boolean;
  /** Those there is data of. */
  readonly uids: readonly Uid[];
  readonly entities: string;
  /** How likely a policy forbids, and a scope asks nothing. */
  readonly forbidding: number;
  readonly openness: number;
  readonly palette: Palette;
  /** Those that most requests name, again and again. */
  readonly cast: readonly Uid[];
}

/** Of whatever there is to choose from, four things are chosen most. */
function paletteOf(seed: number): Palette {
  return (dice, items) => {
    const favourite = new Dice(seed + items.length * 8 + dice.below(4));
    return dice.chance(0.7) ? favourite.pick(items) : dice.pick(items);
  };
}

function worldOf(dice: Dice): World {
  const hasSchema = dice.chance(0.35);
  const size = { few: [2, 8], some: [9, 20], many: [25, 60] }[dice.weighted({ few: 16, some: 3, many: 1 })] as [
    number,
    number,
  ];
  const uids = different(dice.several(...size, () => ({ type: dice.pick(TYPES), id: dice.pick(IDS) })));
  const palette = paletteOf(dice.below(2 ** 30));
  const data = new DataWriter(dice, uids, hasSchema, palette);
  const deepest = dice.pick([0, 2, 4, 8]);
  const levels = new Map(uids.map((uid, at) => [uid, deepest === 8 ? at % 9 : dice.below(deepest + 1)]));
  const entities = uids.map((uid) => data.entity(uid, parentsOf(dice, uid, levels, hasSchema)));
  if (!hasSchema && dice.chance(0.9)) {
    for (const [type, id, groups] of ACTIONS)
      entities.push(
        data.action(
          { type, id },
          groups.map((group) => ({ type, id: group })),
        ),
      );
  }
  // Where every policy is asked and none forbids, what each of them says can be seen.
  const [forbidding, openness] = dice.chance(0.35)
    ? [0, 0.97]
    : [dice.pick([0, 0.02, 0.05, 0.1, 0.2, 0.4]), dice.pick([0.05, 0.2, 0.4, 0.7])];
  return {
    hasSchema,
    uids,
    entities: `[${entities.join(",")}]`,
    forbidding,
    openness,
    palette,
    cast: dice.several(3, 3, () => dice.pick(uids)),
  };
}

function different(uids: readonly Uid[]): readonly Uid[] {
  return [...new Map(uids.map((uid) => [`${uid.type} ${uid.id}`, uid])).values()];
}

/** Parents of higher levels alone, so that there is no cycle; mostly of the next, so that it gets deep. */
function parentsOf(dice: Dice, uid: Uid, levels: ReadonlyMap<Uid, number>, hasSchema: boolean): readonly Uid[] {
  const own = levels.get(uid) ?? 0;
  const higher = [...levels].filter(([, level]) => level > own);
  const next = higher.filter(([, level]) => level === own + 1);
  const from = next.length > 0 && dice.chance(0.8) ? next : higher;
  const parents = from.length > 0 ? dice.several(0, 3, () => dice.pick(from)[0]) : [];
  const unknown = { type: dice.pick(hasSchema ? TYPES : [...TYPES, "Elsewhere"]), id: "nowhere" };
  return [...new Set(dice.chance(0.08) ? [...parents, unknown] : parents)];
}

/** Some entity as it is written: mostly one there is data of. */
function uidText(writer: () => ExpressionWriter, dice: Dice, world: World): string {
  const { type, id } = uidOf(dice, world);
  return `${type}::${writer().string(id)}`;
}

function uidOf(dice: Dice, world: World): Uid {
  if (dice.chance(0.88)) return dice.pick(world.uids);
  if (dice.chance(0.2)) return { type: "Color", id: dice.pick(COLORS) };
  return { type: dice.pick(TYPES), id: dice.pick([...IDS, "nowhere"]) };
}

function policyOf(dice: Dice, world: World, depth: number): string {
  const uid = () => uidText(() => expressions, dice, world);
  const expressions: ExpressionWriter = new ExpressionWriter(dice, uid, world.palette, dice.chance(0.4));
  const scope = [entityScope("principal"), actionScope(), entityScope("resource")].join(", ");
  const conditions = dice.several(0, dice.pick([1, 1, 2, 3]), () => {
    const comparisons = dice.chance(0.35) ? dice.several(1, 3, () => expressions.comparison()) : [];
    const parts = dice.chance(0.5) ? comparisons : [...comparisons, `(${expressions.write("bool", depth)})`];
    const body = parts.length > 0 ? parts.join(" && ") : expressions.write("bool", depth);
    const comment = dice.chance(0.05) ? '// a comment, with } and "\n' : "";
    return `${dice.chance(0.75) ? "when" : "unless"} { ${comment}${body} }`;
  });
  const annotation = dice.chance(0.05) ? `@id(${expressions.string(dice.pick(IDS))})\n` : "";
  const effect = dice.chance(world.forbidding) ? "forbid" : "permit";
  return `${annotation}${effect} (${scope})${conditions.map((condition) => ` ${condition}`).join("")};`;

  function entityScope(variable: string): string {
    if (dice.chance(world.openness)) return variable;
    switch (dice.weighted({ any: 2, equal: 3, in: 4, is: 2, isIn: 2 })) {
      case "any":
        return variable;
      case "equal":
        return `${variable} == ${uid()}`;
      case "in":
        return `${variable} in ${uid()}`;
      case "is":
        return `${variable} is ${dice.pick([...TYPES, "Color"])}`;
      case "isIn":
        return `${variable} is ${dice.pick(TYPES)} in ${uid()}`;
    }
  }

  function actionScope(): string {
    if (dice.chance(world.openness)) return "action";
    switch (dice.weighted({ any: 3, equal: 3, in: 3, inList: 3 })) {
      case "any":
        return "action";
      case "equal":
        return `action == ${actionText()}`;
      case "in":
        return `action in ${actionText()}`;
      case "inList":
        return `action in [${dice.several(0, 4, actionText).join(", ")}]`;
    }
  }

  function actionText(): string {
    const [type, id] = dice.pick(ACTIONS);
    return `${type}::${expressions.string(id)}`;
  }
}

function requestOf(dice: Dice, world: World): AskedRequest {
  const data = new DataWriter(dice, world.uids, world.hasSchema, world.palette);
  const one = () => (dice.chance(0.5) ? dice.pick(world.cast) : uidOf(dice, world));
  const [type, id] = dice.pick(dice.chance(0.5) ? ACTIONS.slice(0, 2) : ACTIONS);
  const parts = { principal: one(), action: { type, id }, resource: one() };
  const named = Object.entries(parts).map(([name, uid]) => `"${name}":${JSON.stringify(uid)}`);
  return { json: `{${named.join(",")},"context":${data.attributes()}}`, validateRequest: dice.chance(0.2) };
}
