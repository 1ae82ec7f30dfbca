import { type Json, JsonError, parseJson } from "@/server/engines/cedar/syntax/json";
import { TextEngine } from "@/server/engines/cedar/text-engine";
import { TextRefused } from "@/server/engines/cedar/texts";
import type { Line } from "../lines";

/**
 * What one line asks: `{"policies":"…","schema":"…","entitiesJson":"[…]","requestsJson":["{…}",…]}`. The last two hold JSON
 * as text, so that no program on the way rounds their integers.
 */
export interface Question {
  readonly policies: string;
  /** Blank for none. */
  readonly schema: string;
  readonly entitiesJson: string;
  readonly requestsJson: readonly string[];
}

/** A line that asks nothing, and why. */
export interface Unread {
  readonly unread: string;
}

/** Reads a line. */
export function readQuestion(line: Line): Question | Unread {
  if ("refused" in line) return { unread: line.refused };
  try {
    return questionIn(parseJson(line.text));
  } catch (error) {
    if (error instanceof JsonError) return { unread: `not JSON: ${error.message}` };
    throw error;
  }
}

function questionIn(json: Json): Question | Unread {
  if (!(json instanceof Map)) return { unread: "the line is not an object" };
  const members = json as ReadonlyMap<string, Json>;
  const [policies, entitiesJson] = [members.get("policies"), members.get("entitiesJson")];
  const schema = members.get("schema") ?? "";
  const requestsJson = textsIn(members.get("requestsJson"));
  if (typeof policies !== "string") return { unread: "policies must be a text" };
  if (typeof schema !== "string") return { unread: "schema must be a text" };
  if (typeof entitiesJson !== "string") return { unread: "entitiesJson must be a text, with JSON in it" };
  if (!requestsJson) return { unread: "requestsJson must be an array of texts, with JSON in each" };
  return { policies, schema, entitiesJson, requestsJson };
}

function textsIn(json: Json | undefined): readonly string[] | null {
  if (!Array.isArray(json)) return null;
  const texts = json.filter((one): one is string => typeof one === "string");
  return texts.length === json.length ? texts : null;
}

/** Some results go out together. */
const PIECE_LENGTH = 65_536;

/**
 * The line that answers a question, in pieces: `{"validates":true,"results":[{"decision":…,"reason":…,"errors":…},…]}`. With
 * an `error` there are no results, and a result with one is a request that could not be asked.
 */
export function* answerLine(question: Question | Unread): Generator<string> {
  if ("unread" in question) return yield refusalLine(false, question.unread);
  let validates = false;
  let piece = "";
  try {
    const engine = new TextEngine(question.policies, question.schema);
    validates = engine.validate();
    engine.setEntities(question.entitiesJson);
    piece = `{"validates":${validates},"results":[`;
    for (const [at, request] of question.requestsJson.entries()) {
      piece += `${at === 0 ? "" : ","}${JSON.stringify(engine.answer(request))}`;
      if (piece.length < PIECE_LENGTH) continue;
      yield piece;
      piece = "";
    }
  } catch (error) {
    if (!(error instanceof TextRefused)) throw error;
    return yield refusalLine(validates, error.message);
  }
  yield `${piece}]}\n`;
}

function refusalLine(validates: boolean, error: string): string {
  return `${JSON.stringify({ validates, error, results: [] })}\n`;
}
