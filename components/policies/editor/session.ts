import type { Schema } from "@/server/engines/cedar/schema/schema";
import { PolicyDocument } from "@/server/engines/cedar/syntax/editing/document";
import { applyEdits, type Edit } from "@/server/engines/cedar/syntax/editing/edit";
import { formatPolicies } from "@/server/engines/cedar/syntax/editing/format";
import type { Problem, Range } from "@/server/engines/cedar/syntax/problem";
import type { Tree } from "@/server/engines/cedar/syntax/syntax";
import { Diagnoser, soundFix } from "../blocks/diagnose";
import type { Fix } from "../blocks/fix";

/** Whether an edit is undone by itself, or together with those typed before and after it. */
export type EditKind = "step" | "typing";

/** The pane that holds the text and its history, once it is loaded. */
export interface TextPane {
  dispatch(edits: readonly Edit[], how: EditKind): void;
  undo(): void;
  redo(): void;
  /** Puts the cursor there, and the focus into the text. */
  goTo(range: Range): void;
  /** Shows which stretch a block is; null shows none. */
  mark(range: Range | null): void;
  show(problems: readonly Problem[]): void;
}

/** What is true of the text now. */
export interface Snapshot {
  readonly tree: Tree;
  /** Those of the text as it was a moment ago, until it has been checked again. */
  readonly problems: readonly Problem[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** How long writing may go on before it is checked, in milliseconds: less than a frame. */
const PAUSE_MS = 8;

/**
 * A policy text that is being edited. It is the one truth: blocks are read from it, and change it by edits, as the text
 * pane does. Whoever shows it subscribes. Its lines end with LF, as those of the pane do.
 */
export class EditingSession {
  /** Who only reads changes nothing, and is offered nothing that would. */
  mode: "edit" | "read" = "edit";
  readonly #document: PolicyDocument;
  readonly #listeners = new Set<() => void>();
  #diagnoser: Diagnoser;
  #snapshot: Snapshot;
  #pane: TextPane | null = null;
  #history: Pick<Snapshot, "canUndo" | "canRedo"> = { canUndo: false, canRedo: false };
  /** The text that a pane begins with. */
  #base: string;
  /** Edits since then, from while there is no pane, for its history. */
  #early: (readonly Edit[])[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What is known of how problems can be ended, of the text as it is. */
  #fixes = new Map<Problem, Fix | null>();
  /** A block is changing the text, and shows at once what became of it. */
  #isBlockEdit = false;

  constructor(
    initialText: string,
    schema: Schema | null,
    readonly onChecked: (text: string, problems: readonly Problem[]) => void,
  ) {
    this.#document = new PolicyDocument(initialText.replaceAll(/\r\n?/g, "\n"));
    this.#base = this.text;
    this.#diagnoser = new Diagnoser(schema);
    const { tree } = this.#document;
    this.#snapshot = { tree, problems: this.#diagnoser.diagnose(tree), canUndo: false, canRedo: false };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Snapshot => this.#snapshot;

  get schema(): Schema | null {
    return this.#diagnoser.schema;
  }

  get text(): string {
    return this.#document.text;
  }

  /** Changes the text, and remembers that it can be undone. */
  edit(edits: readonly Edit[], how: EditKind = "step"): void {
    const real = edits.filter(({ range, text }) => range.end > range.start || text !== "");
    // What was read from an older text, a moment ago, would change the wrong place.
    const isStale = this.#snapshot.tree !== this.#document.tree;
    if (real.length === 0 || isStale || this.mode === "read") return;
    if (this.#pane) {
      this.#isBlockEdit = true;
      this.#pane.dispatch(real, how);
      this.#isBlockEdit = false;
    } else {
      this.#early.push(real);
      this.receive(applyEdits(this.text, real), { canUndo: true, canRedo: false });
    }
  }

  /** The text has changed in its pane. Blocks follow once it has been checked, so that nothing holds up who writes. */
  receive(text: string, history: Pick<Snapshot, "canUndo" | "canRedo">): void {
    const tree = this.#document.update(text);
    this.#history = history;
    this.#fixes.clear();
    if (this.#isBlockEdit || !this.#pane) this.#publish({ ...this.#snapshot, ...history, tree });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(), PAUSE_MS);
  }

  /** The text that a pane must begin with, to be told of what was changed meanwhile. */
  get base(): string {
    return this.#base;
  }

  /** From now on a pane holds the text; it begins with `base`. */
  attach(pane: TextPane): () => void {
    for (const edits of this.#early) pane.dispatch(edits, "step");
    this.#early = [];
    this.#pane = pane;
    pane.show(this.#snapshot.problems);
    return () => {
      this.#pane = null;
      this.#base = this.text;
    };
  }

  undo(): void {
    this.#pane?.undo();
  }

  redo(): void {
    this.#pane?.redo();
  }

  goTo(range: Range): void {
    this.#pane?.goTo(range);
  }

  mark(range: Range | null): void {
    this.#pane?.mark(range);
  }

  /** Lays the text out; one with a problem stays as it is. */
  format(): void {
    const { text } = this;
    const formatted = formatPolicies(text);
    if (formatted !== text) this.edit([{ range: { start: 0, end: text.length }, text: formatted }]);
  }

  /** How a problem can be ended, if that is known for sure. */
  fixOf(problem: Problem): Fix | null {
    if (this.mode === "read") return null;
    let fix = this.#fixes.get(problem);
    if (fix === undefined) {
      const { tree, problems } = this.#snapshot;
      fix = tree === this.#document.tree ? soundFix(tree, problem, problems, this.schema) : null;
      this.#fixes.set(problem, fix);
    }
    return fix;
  }

  /** Checks by another schema. */
  checkBy(schema: Schema | null): void {
    this.#diagnoser = new Diagnoser(schema);
    this.#check();
  }

  /** Tells what is wrong with the text it begins with; answers how to stop. */
  start(): () => void {
    this.onChecked(this.text, this.#snapshot.problems);
    return () => clearTimeout(this.#timer);
  }

  #check(): void {
    const { tree } = this.#document;
    const problems = this.#diagnoser.diagnose(tree);
    this.#pane?.show(problems);
    this.#publish({ ...this.#history, tree, problems });
    this.onChecked(this.text, problems);
  }

  #publish(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
