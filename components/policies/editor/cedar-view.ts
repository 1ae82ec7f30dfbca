import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import {
  defaultKeymap,
  history,
  historyKeymap,
  isolateHistory,
  redo,
  redoDepth,
  undo,
  undoDepth,
} from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { type ChangeSpec, EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { Edit } from "@/server/engines/cedar/syntax/editing/edit";
import type { Problem, Range } from "@/server/engines/cedar/syntax/problem";
import type { KnownEntity } from "./known";
import { completionsOf } from "./cedar-completion";
import { hoverOf } from "./cedar-hover";
import { cedarColours, cedarTheme } from "./cedar-look";
import type { EditingSession, TextPane } from "./session";

interface Options {
  readonly parent: HTMLElement;
  readonly session: EditingSession;
  readonly known: () => readonly KnownEntity[];
  readonly label: string;
  readonly isReadOnly: boolean;
  /** Of this page, so that the content security policy lets the styles in. */
  readonly nonce: string;
}

/** A pane for the text, by CodeMirror. Its history is the one there is. */
export function openCedarView(options: Options): { readonly pane: TextPane; readonly close: () => void } {
  const { parent, session } = options;
  const view = new EditorView({
    parent,
    state: EditorState.create({ doc: session.base, extensions: extensionsOf(options) }),
  });
  return { pane: paneOf(view, session), close: () => view.destroy() };
}

function extensionsOf({ session, known, label, isReadOnly, nonce }: Options): Extension[] {
  return [
    EditorView.cspNonce.of(nonce),
    history(),
    lineNumbers(),
    lintGutter(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    bracketMatching(),
    closeBrackets(),
    EditorView.lineWrapping,
    cedarTheme,
    cedarColours,
    marked,
    autocompletion({ icons: false, override: [(context) => completionsOf(context, session, known())] }),
    hoverTooltip((view, at) => hoverOf(view.state.doc.toString(), at, session)),
    EditorState.readOnly.of(isReadOnly),
    EditorView.editable.of(!isReadOnly),
    EditorView.contentAttributes.of({ "aria-label": label, ...(isReadOnly && { tabindex: "0" }) }),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      { key: "Shift-Alt-f", run: () => (session.format(), true) },
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    EditorView.domEventHandlers({ beforeinput: typeOver }),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (!docChanged) return;
      session.receive(state.doc.toString(), { canUndo: undoDepth(state) > 0, canRedo: redoDepth(state) > 0 });
    }),
  ];
}

/**
 * Text typed over a selection. A browser would give it the look of what stood there by an inline style, which the content
 * security policy refuses aloud.
 */
function typeOver(event: InputEvent, view: EditorView): boolean {
  const { main } = view.state.selection;
  const { data, inputType } = event;
  if (inputType !== "insertText" || !data || main.empty || view.composing || view.state.readOnly) return false;
  const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type" });
  const handlers = view.state.facet(EditorView.inputHandler);
  event.preventDefault();
  if (!handlers.some((handler) => handler(view, main.from, main.to, data, insert))) view.dispatch(insert());
  return true;
}

/** The stretch that the chosen block is. */
const setMark = StateEffect.define<Range | null>();
const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = decorations.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMark)) continue;
      const range = effect.value;
      const isShown = range && range.start < range.end && range.end <= transaction.newDoc.length;
      next = isShown
        ? Decoration.set(Decoration.mark({ class: "pe-mark" }).range(range.start, range.end))
        : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function paneOf(view: EditorView, session: EditingSession): TextPane {
  return {
    dispatch(edits, how) {
      const annotations = how === "step" ? isolateHistory.of("full") : undefined;
      view.dispatch({ changes: edits.map(changeOf), annotations, userEvent: "input.type" });
    },
    undo: () => undo(view),
    redo: () => redo(view),
    goTo({ start, end }) {
      view.dispatch({
        selection: { anchor: start, head: end },
        effects: EditorView.scrollIntoView(start, { y: "center" }),
      });
      view.focus();
    },
    mark(range) {
      const effects: StateEffect<unknown>[] = [setMark.of(range)];
      // The text scrolls by itself, the page around it never: the focus is elsewhere.
      const isTall = view.scrollDOM.scrollHeight > view.scrollDOM.clientHeight;
      if (range && isTall && range.end <= view.state.doc.length) effects.push(EditorView.scrollIntoView(range.start));
      view.dispatch({ effects });
    },
    show(problems) {
      const { length } = view.state.doc;
      const diagnostics = problems.map((problem) => diagnosticOf(problem, length, session));
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
  };
}

const changeOf = ({ range, text }: Edit): ChangeSpec => ({ from: range.start, to: range.end, insert: text });

function diagnosticOf(problem: Problem, length: number, session: EditingSession): Diagnostic {
  const { range, severity, message } = problem;
  const [from, to] = [Math.min(range.start, length), Math.min(range.end, length)];
  return { from, to, severity, message, renderMessage: () => drawProblem(problem, session) };
}

/** What is wrong, and what ends it: found out when somebody looks. */
function drawProblem(problem: Problem, session: EditingSession): HTMLElement {
  const dom = document.createElement("span");
  dom.append(...problem.message.split("`").map((piece, at) => (at % 2 === 1 ? drawCode(piece) : piece)));
  const fix = session.fixOf(problem);
  if (!fix) return dom;
  const button = dom.appendChild(document.createElement("button"));
  button.type = "button";
  button.className = "cm-diagnosticAction";
  button.textContent = fix.label;
  button.addEventListener("click", () => session.edit(fix.edits));
  return dom;
}

function drawCode(text: string): HTMLElement {
  const code = document.createElement("code");
  code.textContent = text;
  return code;
}
