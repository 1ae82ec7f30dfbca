import { expect, it } from "vitest";
import { applyEdits, type Edit } from "@/server/engines/cedar/syntax/editing/edit";
import type { Problem } from "@/server/engines/cedar/syntax/problem";
import { schemaOf } from "../blocks/diagnose";
import { EditingSession, type TextPane } from "./session";

const POLICY = "permit (principal, action, resource) when { resource.kind == 1 };";
const SCHEMA = schemaOf(`entity User; entity Disk = { kind: Long, size?: Long };
action read appliesTo { principal: User, resource: Disk };`);

/** A pane that does what the editor's does, without drawing: it holds the text, and tells of every change. */
class Pane implements TextPane {
  text: string;
  shown: readonly Problem[] = [];
  readonly #before: string[] = [];

  constructor(readonly session: EditingSession) {
    this.text = session.base;
  }

  dispatch(edits: readonly Edit[]): void {
    this.#before.push(this.text);
    this.type(applyEdits(this.text, edits));
  }

  type(text: string): void {
    this.text = text;
    this.session.receive(text, { canUndo: this.#before.length > 0, canRedo: false });
  }

  undo(): void {
    this.type(this.#before.pop() ?? this.text);
  }

  redo(): void {}
  goTo(): void {}
  mark(): void {}

  show(problems: readonly Problem[]): void {
    this.shown = problems;
  }
}

/** A session, and what it tells next. */
function start(text: string) {
  let tell: (told: { text: string; codes: string[] }) => void = () => undefined;
  const session = new EditingSession(text, SCHEMA, (now, problems) => {
    tell({ text: now, codes: problems.map(({ code }) => code) });
  });
  const next = () => new Promise<{ text: string; codes: string[] }>((resolve) => (tell = resolve));
  return { session, next };
}

const replace = (text: string, old: string, now: string): Edit[] => {
  const at = text.indexOf(old);
  return [{ range: { start: at, end: at + old.length }, text: now }];
};

it("tells what is wrong in the beginning, and after each change", async () => {
  const { session, next } = start(POLICY);
  const first = next();
  session.start();
  expect(await first).toEqual({ text: POLICY, codes: [] });
  const second = next();
  session.edit(replace(POLICY, "kind", "colour"));
  expect((await second).codes).toEqual(["type.unknown_attribute"]);
});

it("keeps what was changed before there was a pane, for the pane to take back", () => {
  const { session } = start(POLICY);
  session.edit(replace(session.text, "permit", "forbid"));
  session.edit(replace(session.text, "1", "2"));
  const pane = new Pane(session);
  const close = session.attach(pane);
  expect(pane.text).toBe(POLICY.replace("permit", "forbid").replace("1", "2"));
  session.undo();
  expect(session.text).toBe(POLICY.replace("permit", "forbid"));
  close();
  expect(new Pane(session).text).toBe(session.text);
});

it("shows a block's change at once, and what is typed when it has been checked", async () => {
  const { session, next } = start(POLICY);
  const pane = new Pane(session);
  session.attach(pane);
  session.edit(replace(POLICY, "1", "2"));
  expect(session.snapshot().tree.text).toBe(session.text);
  const checked = next();
  pane.type(POLICY.replace("kind", "colour"));
  expect(session.snapshot().tree.text).not.toBe(session.text);
  await checked;
  expect(session.snapshot().tree.text).toBe(session.text);
  expect(pane.shown).toHaveLength(1);
});

it("makes no edit that was meant for an older text", () => {
  const { session } = start(POLICY);
  const pane = new Pane(session);
  session.attach(pane);
  pane.type(`// above\n${POLICY}`);
  session.edit(replace(POLICY, "permit", "forbid"));
  expect(session.text).toBe(`// above\n${POLICY}`);
  expect(
    session.fixOf({
      code: "x",
      message: "",
      severity: "error",
      range: { start: 0, end: 0 },
      expected: [],
      suggestion: "y",
    }),
  ).toBeNull();
});

it("changes nothing for who only reads", () => {
  const { session } = start(POLICY);
  session.mode = "read";
  session.edit(replace(POLICY, "permit", "forbid"));
  session.format();
  expect(session.text).toBe(POLICY);
});

it("ends every line with LF, as its pane does", () => {
  const { session } = start("// a\r\n// b\rpermit (principal, action, resource);");
  expect(session.text).toBe("// a\n// b\npermit (principal, action, resource);");
  expect(session.base).toBe(session.text);
});
