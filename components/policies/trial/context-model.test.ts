import { describe, expect, it } from "vitest";
import { askablesOf } from "./asked";
import { type AskedContext, beginning, type ContextField, fieldWords, saidOf, saying } from "./context-model";

const SCHEMA = `entity User, Team, Compute;
entity Job in [Team] = { kind: String, sensitivity: String, gpus?: Long, team?: Team };
type Asking = {
  risk: Set<String>, now: datetime, job?: Job, isDrill?: Bool, team?: Team,
  limits?: { most: Long }, matrix?: Set<Set<Long>>
};
action "run" appliesTo { principal: [User], resource: [Compute], context: Asking };
action "join" appliesTo { principal: [User], resource: [Team] };
`;
const fields = askablesOf(SCHEMA).find(({ action }) => action === "run")?.fields ?? [];
const field = (words: string): ContextField => {
  const found = fields.find((one) => fieldWords(one) === words);
  if (!found) throw new Error(`there is no field ${words}`);
  return found;
};

describe("what a context may say", () => {
  it("is each attribute, of what is only described in place each part, and of no set of sets", () => {
    expect(fields.map((one) => `${fieldWords(one)}: ${one.control}`)).toEqual([
      "risk: words",
      "now: text",
      "job · kind: text",
      "job · sensitivity: text",
      "job · gpus: number",
      "job · team: entity",
      "isDrill: bool",
      "team: entity",
      "limits · most: number",
    ]);
    expect(askablesOf(SCHEMA).find(({ action }) => action === "join")?.fields).toEqual([]);
  });

  it("begins with an example, and with what it is nothing without", () => {
    expect(beginning({}, field("job · gpus"), fields)).toEqual({
      job: { kind: "training", sensitivity: "internal", gpus: 1 },
    });
    expect(beginning({ job: { kind: "batch" } }, field("job · sensitivity"), fields)).toEqual({
      job: { kind: "batch", sensitivity: "internal" },
    });
    expect(beginning({}, field("isDrill"), fields)).toEqual({ isDrill: true });
  });

  it.each<[string, string, AskedContext]>([
    ["job · kind", "batch", { job: { kind: "batch" } }],
    ["job · gpus", "8", { job: { gpus: 8 } }],
    ["job · gpus", "eight", { job: { gpus: "eight" } }],
    ["job · team", "vision", { job: { team: { type: "Team", id: "vision" } } }],
    ["risk", "new_device, other_address", { risk: ["new_device", "other_address"] }],
    ["isDrill", "false", { isDrill: false }],
  ])("says of %s what was typed, %j, and reads it back", (words, text, context) => {
    const said = saying({}, field(words), text);
    expect(said).toEqual(context);
    expect(saidOf(said, field(words))).toBe(text);
    expect(saying(said, field(words), undefined)).toEqual({});
  });

  it("leaves the rest as it is, in its place", () => {
    const context = { now: "2027-01-01T12:00:00Z", job: { kind: "batch", gpus: 2 }, risk: [] };
    const changed = saying(context, field("job · kind"), "training");
    expect(JSON.stringify(changed)).toBe('{"now":"2027-01-01T12:00:00Z","job":{"kind":"training","gpus":2},"risk":[]}');
    expect(saidOf(context, field("limits · most"))).toBeUndefined();
  });
});
