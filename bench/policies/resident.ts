import { PolicyEngine } from "@/server/engines/cedar/evaluation/engine";
import { readEntities } from "@/server/engines/cedar/data/entities-json";
import { parseJson } from "@/server/engines/cedar/syntax/json";
import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import { readSchema } from "@/server/engines/cedar/schema/read-schema";
import type { Request } from "@/server/engines/cedar/data/request";
import { readRequest } from "@/server/engines/cedar/data/request-json";
import type { Schema } from "@/server/engines/cedar/schema/schema";
import type { Policy } from "@/server/engines/cedar/syntax/syntax";
import { Names } from "@/server/engines/cedar/values/value";
import { type EntityJson, entitiesJson, policyText, requestJson, SCHEMA } from "./cedar-text";
import type { Asked, World } from "./world";

/** Entities are read so many at a time: no text of a million would be read whole. */
const PIECE = 5_000;

/** Our engine with the policies of a world, read from their text, and no entity yet. */
export function engineOf(world: World): PolicyEngine {
  const engine = new PolicyEngine({ names: new Names() });
  const text = policyText(world);
  engine.setPolicies(policiesOf(text).map((policy, n) => ({ id: `policy${n}`, policy, text })));
  return engine;
}

/** The policies of a text without problems. */
export function policiesOf(text: string): readonly Policy[] {
  const { policies, problems } = parsePolicies(text);
  const [problem] = problems;
  if (problem) throw new Error(problem.message);
  return policies;
}

/** Puts every entity of a world into an engine, from the JSON of which it is made. */
export function loadEntities(engine: PolicyEngine, world: World): void {
  let piece: EntityJson[] = [];
  for (const entity of entitiesJson(world)) {
    piece.push(entity);
    if (piece.length < PIECE) continue;
    putEntities(engine, piece);
    piece = [];
  }
  putEntities(engine, piece);
}

/** Reads entities by the schema, and puts them in the place of those of their names. */
export function putEntities(engine: PolicyEngine, entities: readonly EntityJson[]): void {
  engine.putEntities(readEntities(parseJson(JSON.stringify(entities)), { names: engine.names, schema: schemaOf() }));
}

/** A request, read by the schema. */
export function requestOf({ names }: PolicyEngine, world: World, asked: Asked): Request {
  return readRequest(parseJson(JSON.stringify(requestJson(world, asked))), {
    names,
    schema: schemaOf(),
    validate: true,
  });
}

let known: Schema | null = null;

/** The schema of every world, read. */
export function schemaOf(): Schema {
  known ??= readSchema(SCHEMA).schema;
  if (!known) throw new Error("the schema has problems");
  return known;
}

/** What is on the heap and still needed. */
export function heapBytes(): number {
  if (!globalThis.gc) throw new Error("run node with --expose-gc");
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
