import type { Decision, Question } from "@/server/kernel/context";
import { decideByRules } from "./model";

/** The `decide` port: the built-in rules, until policies take their place behind the same port. */
export async function decide(question: Question): Promise<Decision> {
  return decideByRules(question);
}
