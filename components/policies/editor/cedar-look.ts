import { type Extension, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { cedarPieces } from "../cedar-tokens";

/** The looks of the pane, in the tokens of the design: what CodeMirror brings of its own stands after our style sheets. */
export const cedarTheme: Extension = EditorView.theme({
  "&": { color: "var(--x-1)", backgroundColor: "var(--s-sunken)", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--f-mono)",
    fontSize: "var(--t-12)",
    lineHeight: "20px",
    letterSpacing: "-0.01em",
  },
  ".cm-content": { padding: "0 0 8px", caretColor: "var(--x-1)" },
  ".cm-cursor": { borderLeftColor: "var(--x-1)", borderLeftWidth: "2px" },
  ".cm-line": { padding: "0 8px 0 6px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--x-3)", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "28px", padding: "0 6px 0 0" },
  // Where nobody writes, no line is the one that is written in.
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--s-press) 60%, transparent)" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--x-1)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in oklch, var(--a-fill) 26%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--s-select)", outline: "1px solid var(--a-line)" },
  ".pe-mark": { backgroundColor: "var(--s-select)", outline: "1px solid var(--a-line)", borderRadius: "3px" },
  ".cm-tooltip": {
    border: "0",
    borderRadius: "var(--r-6)",
    backgroundColor: "var(--s-raised)",
    color: "var(--x-1)",
    boxShadow: "var(--shadow)",
    fontFamily: "var(--f-sans)",
    fontSize: "var(--t-12)",
    overflow: "hidden",
  },
  ".cm-tooltip-hover .pe-hover": { padding: "6px 10px", maxWidth: "420px", lineHeight: "18px" },
  ".pe-hover code, .cm-diagnostic code": { fontFamily: "var(--f-mono)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--f-mono)",
    fontSize: "var(--t-12)",
    maxHeight: "240px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", lineHeight: "18px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--s-press)", color: "var(--x-1)" },
  ".cm-completionDetail": { color: "var(--x-3)", fontStyle: "normal", marginLeft: "12px" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "var(--w-6)" },
  ".cm-diagnostic": { padding: "6px 10px", borderLeft: "0", lineHeight: "18px" },
  ".cm-diagnostic-error::before": { content: '"Error: "', fontWeight: "var(--w-6)", color: "var(--da-x)" },
  ".cm-diagnostic-warning::before": { content: '"Warning: "', fontWeight: "var(--w-6)", color: "var(--wa-x)" },
  ".cm-diagnosticAction": {
    marginLeft: "10px",
    padding: "2px 8px",
    border: "1px solid var(--l-2)",
    borderRadius: "var(--r-6)",
    backgroundColor: "var(--s-raised)",
    color: "var(--x-1)",
    font: "inherit",
  },
  ".cm-lintRange": { backgroundImage: "none", textUnderlineOffset: "4px", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--da-m) 1px" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy var(--wa-m) 1px" },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "4px 0 0 2px" },
  ".cm-lint-marker": { width: "10px", height: "10px" },
});

const MARKS = new Map(
  (["comment", "keyword", "type", "string", "number"] as const).map((kind) => [
    kind as string,
    Decoration.mark({ class: `cedar-${kind}` }),
  ]),
);

/** Colours by our own lexer, of all the text: policies are short. */
export const cedarColours: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = colour(view.state.doc.toString());
    }

    update({ docChanged, state }: ViewUpdate): void {
      if (docChanged) this.decorations = colour(state.doc.toString());
    }
  },
  { decorations: ({ decorations }) => decorations },
);

function colour(text: string): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let at = 0;
  for (const piece of cedarPieces(text)) {
    const mark = MARKS.get(piece.kind);
    if (mark) builder.add(at, at + piece.text.length, mark);
    at += piece.text.length;
  }
  return builder.finish();
}
