import { describe, expect, it } from "vitest";
import { applyEdits } from "@/server/engines/cedar/syntax/editing/edit";
import { parseExpression, parsePolicies } from "@/server/engines/cedar/syntax/parser";
import { askedBefore } from "./asked";
import { Diagnoser, schemaOf, soundFix } from "./diagnose";
import { newRow, questionsOf, withQuestion } from "./operators";
import { checksFor, environmentsOf, Paths, type PathType } from "./paths";
import { readPolicy } from "./read";
import { readPath } from "./read-row";
import { actionsChange, actionTree } from "./scope";
import { pathWords, questionWords } from "./words";
import { writePath, writeRow } from "./write-row";
import type { Path, RowValue } from "./blocks";

const SCHEMA = `
entity Team;
entity Job = { kind: String, team?: Team, size?: Long };
entity User in [Team] = { name: String, team?: Team } tags String;
entity Robot in [Team] = { model: decimal };
entity Disk = { region: String, isPublic: Bool, owner: User };
type Asking = { now: datetime, address?: ipaddr, job?: Job, risk: Set<String>, limits: { most?: Long } };
action "use"; action "read" in ["use"] appliesTo { principal: [User, Robot], resource: [Disk], context: Asking };
action "write" appliesTo { principal: [User], resource: [Disk], context: Asking };
`;

const schema = known(schemaOf(SCHEMA));

function known<T>(value: T | null): T {
  if (value === null) throw new Error("the schema does not know it");
  return value;
}

function read(text: string) {
  const tree = parsePolicies(text);
  const [policy] = tree.policies;
  if (!policy) throw new Error("there is no policy");
  return {
    tree,
    policy,
    blocks: readPolicy(policy),
    paths: new Paths(schema, environmentsOf(schema, policy)),
  };
}

function pathOf(text: string): Path {
  const path = readPath(parseExpression(text).expression);
  if (!path) throw new Error(`${text} is no path`);
  return path;
}

const first = (type: PathType): RowValue =>
  type.kind === "long" ? { kind: "long", value: 0n } : { kind: "string", value: "" };

describe("the paths of a policy", () => {
  it("are those of the requests that its scope allows", () => {
    const offered = (scope: string) =>
      read(`permit (${scope});`)
        .paths.offered()
        .map(({ path }) => writePath(path));
    const anyone = offered("principal, action, resource");
    expect(anyone).toContain("principal.model");
    expect(anyone).toContain("context.job.team");
    expect(anyone).toContain("context.limits.most");
    expect(anyone).not.toContain("context.limits");
    expect(anyone).not.toContain("context");
    expect(offered('principal, action == Action::"write", resource')).not.toContain("principal.model");
    expect(offered("principal is Robot, action, resource")).not.toContain("principal.name");
  });

  it("have the types of the schema, and say what may be missing", () => {
    const { paths } = read("permit (principal, action, resource);");
    const find = (text: string) => paths.find(pathOf(text));
    expect(find("principal")).toMatchObject({ type: { kind: "entity", names: ["User", "Robot"] }, mayLack: [] });
    expect(find("principal.name")).toMatchObject({ type: { kind: "string" }, mayLack: [true] });
    expect(find("resource.owner.team")).toMatchObject({
      type: { kind: "entity", names: ["Team"] },
      mayLack: [false, true],
    });
    expect(find('principal.getTag("a")')).toMatchObject({ type: { kind: "string" }, mayLack: [true] });
    expect(find('resource.getTag("a")')).toBeNull();
    expect(find("resource.colour")).toBeNull();
  });

  it.each([
    ["context.risk", []],
    ["context.address", ["context has address"]],
    ["context.job.kind", ["context has job"]],
    ["context.job.team", ["context has job.team"]],
    ["context.limits.most", ["context.limits has most"]],
    ['principal.getTag("a b")', ['principal.hasTag("a b")']],
  ])("%s is asked after %j", (text, expected) => {
    const { paths } = read("permit (principal, action, resource);");
    const found = known(paths.find(pathOf(text)));
    expect(checksFor(found, () => false)).toEqual(expected);
    const row = writeRow(newRow(found, first));
    const whole = `permit (principal is User, action, resource) when { ${[...expected, row].join(" && ")} };`;
    const unguarded = new Diagnoser(schema)
      .diagnose(parsePolicies(whole))
      .filter(({ code }) => code.includes("unguarded"));
    expect(unguarded).toEqual([]);
  });

  it("need not be asked for again where they were before", () => {
    const { blocks } = read(`permit (principal, action, resource)
      when { context has job.team } when { context has address || (context.risk.isEmpty() && context has limits) };`);
    const [, second] = blocks.conditions;
    const inner = second?.group.members[1];
    if (!second || inner?.kind !== "group") throw new Error("there is no group");
    const isAsked = askedBefore(blocks, [second.group, inner]);
    expect(
      ["context.job", "context.job.team", "context.limits", "context.address"].map((text) => isAsked(pathOf(text))),
    ).toEqual([true, true, true, false]);
  });
});

it("asks what fits the type, in words", () => {
  const { paths } = read("permit (principal, action, resource);");
  const words = (text: string) => {
    const found = known(paths.find(pathOf(text)));
    return questionsOf(found).map((question) => questionWords(question, found.type));
  };
  expect(words("context.now")).toContain("is before");
  expect(words("context.address")).toContain("is in the range");
  expect(words("context.address")).toContain("is not given");
  expect(words("resource.isPublic")).toEqual(["is true", "is not true"]);
  expect(words("principal")).toContain("is a");
  expect(pathWords(pathOf("context.provedBy"))).toBe("proved by");
});

it("keeps a value where another question takes it", () => {
  const { paths } = read("permit (principal, action, resource);");
  const path = pathOf("resource.region");
  const { type } = known(paths.find(path));
  const row = { path, operator: "==", isNot: false, value: { kind: "string", value: "a*" } } as const;
  const several = withQuestion(row, { operator: "one of", isNot: true }, type, first);
  expect(writeRow(several)).toBe('!["a*"].contains(resource.region)');
  expect(writeRow(withQuestion(several, { operator: "==", isNot: false }, type, first))).toBe(
    'resource.region == "a*"',
  );
  expect(writeRow(withQuestion(row, { operator: "like", isNot: false }, type, first))).toBe(
    'resource.region like "a\\*"',
  );
});

describe("a problem", () => {
  const fixed = (text: string) => {
    const tree = parsePolicies(text);
    const problems = new Diagnoser(schema).diagnose(tree);
    const fix = problems[0] && soundFix(tree, problems[0], problems, schema);
    return fix ? applyEdits(text, fix.edits) : null;
  };
  const policy = (body: string) => `permit (principal is User, action, resource) when { ${body} };`;

  it.each([
    ['context.job.kind == "a"', 'context has job && context.job.kind == "a"'],
    [
      "context.risk.isEmpty() && !(context.address.isIpv4())",
      "context.risk.isEmpty() && context has address && !(context.address.isIpv4())",
    ],
    [
      "context.risk.isEmpty() || context.address.isIpv4()",
      "context.risk.isEmpty() || (context has address && context.address.isIpv4())",
    ],
    ['principal.getTag("a") == "b"', 'principal.hasTag("a") && principal.getTag("a") == "b"'],
    ['resource.regiom == "a"', 'resource.region == "a"'],
  ])("in %s has a fix", (body, expected) => {
    expect(fixed(policy(body))).toBe(policy(expected));
  });

  it("has none that nobody can be sure of", () => {
    expect(fixed(policy("if context.address.isIpv4() then true else false"))).toBeNull();
    expect(fixed(policy("resource.region == 1"))).toBeNull();
  });

  it("is where its policy is, when that has moved", () => {
    const diagnoser = new Diagnoser(schema);
    const text = policy("resource.colour == 1");
    const at = (whole: string) =>
      diagnoser.diagnose(parsePolicies(whole)).map(({ range }) => whole.slice(range.start, range.end));
    expect(at(text)).toEqual(["colour"]);
    expect(at(`// more\n${text}\n${text}`)).toEqual(["colour", "colour"]);
  });
});

it("finds the actions in their groups, and asks for one, a group, or several", () => {
  const tree = actionTree(schema);
  expect(tree.map(({ uid, members }) => [uid.id, members.map((member) => member.uid.id)])).toEqual([
    ["use", ["read"]],
    ["write", []],
  ]);
  const { policy } = read("permit (principal, action, resource);");
  const asked = (...ids: string[]) =>
    actionsChange(
      schema,
      policy.action,
      ids.map((id) => ({ type: "Action", id })),
    ).operator;
  expect([asked(), asked("read"), asked("use"), asked("read", "write")]).toEqual(["any", "==", "in", "in list"]);
});
