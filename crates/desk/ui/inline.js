// Editable texts with marks. ProseMirror knows what browsers do in editable text; what a text is, the
// program knows: it gives and takes pieces of words with their marks.

import { baseKeymap, toggleMark } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { Fragment, Schema } from "prosemirror-model";
import { EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { iconButton, make } from "./dom.js";
import { filesOf } from "./files.js";
import { chooseLink } from "./link.js";
import { t } from "./words.js";

const editors = new WeakMap();
/** The field that an element is the editable text of; undefined where it is none. */
export const editorOf = (element) => editors.get(element);

/** A text is one line of words with three marks. */
const schema = new Schema({
  nodes: { doc: { content: "text*" }, text: { inline: true } },
  marks: {
    link: {
      attrs: { to: {} },
      inclusive: false,
      toDOM: (mark) => ["a", { title: mark.attrs.to }, 0],
    },
    strong: { toDOM: () => ["strong", 0] },
    emphasis: { toDOM: () => ["em", 0] },
  },
});

const toDoc = (spans) => {
  const words = spans.map(({ text, strong, emphasis, link }) => {
    const marks = [];
    if (link) marks.push(schema.marks.link.create({ to: link }));
    if (strong) marks.push(schema.marks.strong.create());
    if (emphasis) marks.push(schema.marks.emphasis.create());
    return schema.text(text, marks);
  });
  return schema.node("doc", null, Fragment.fromArray(words));
};

/** The pieces of words between two places of a text. */
const toSpans = (doc, from = 0, to = doc.content.size) => {
  const spans = [];
  doc.nodesBetween(from, to, (node, at) => {
    if (!node.isText) return;
    const span = { text: node.text.slice(Math.max(0, from - at), to - at) };
    for (const mark of node.marks) {
      if (mark.type.name === "link") span.link = mark.attrs.to;
      else span[mark.type.name] = true;
    }
    if (span.text) spans.push(span);
  });
  return spans;
};

/**
 * A field for a text with marks. `listener` hears of: `change(spans)`, `split(before, after)`,
 * `join()` at the beginning, `paste(html, text)` and `leave(direction)` at the edges.
 */
export class Inline {
  constructor(spans, listener, attributes) {
    this.listener = listener;
    this.tools = make("div", { class: "marks", role: "toolbar", "aria-label": attributes["aria-label"] });
    const place = make("div", { class: "words" });
    this.view = new EditorView(place, {
      state: this.fresh(spans),
      attributes: Object.fromEntries(Object.entries({ role: "textbox", "aria-multiline": "true", ...attributes }).filter(([, value]) => value !== undefined)),
      dispatchTransaction: (transaction) => this.take(transaction),
      // Before ProseMirror reads it: that would need a policy for strings that become markup.
      handleDOMEvents: { drop: (_, event) => this.drop(event), paste: (_, event) => this.paste(event) },
      handleTextInput: () => false,
    });
    editors.set(this.view.dom, this);
    this.element = make("div", { class: "rich" }, place);
    this.addTools();
  }

  fresh(spans) {
    const { strong, emphasis } = schema.marks;
    const edge = (direction) => () => this.listener.leave?.(direction) ?? false;
    const keys = {
      "Mod-b": toggleMark(strong),
      "Mod-i": toggleMark(emphasis),
      "Mod-k": () => this.link(),
      Enter: () => this.enter(),
      "Shift-Enter": () => true,
      Backspace: (state) => state.selection.empty && state.selection.from === 0 && (this.listener.join?.() ?? false),
      ArrowUp: (state, _, view) => view.endOfTextblock("up", state) && edge(-1)(),
      ArrowDown: (state, _, view) => view.endOfTextblock("down", state) && edge(1)(),
    };
    const doc = toDoc(spans);
    return EditorState.create({ doc, plugins: [keymap(keys), keymap(baseKeymap)] });
  }

  take(transaction) {
    this.view.updateState(this.view.state.apply(transaction));
    this.showMarks();
    if (!transaction.docChanged) return;
    this.listener.change(this.spans);
    this.view.dom.dispatchEvent(new CustomEvent("typed", { bubbles: true }));
  }

  /** The text in pieces. */
  get spans() {
    return toSpans(this.view.state.doc);
  }

  /** Shows another text. */
  set spans(spans) {
    this.view.updateState(this.fresh(spans));
    this.showMarks();
  }

  get isEmpty() {
    return this.view.state.doc.content.size === 0;
  }

  enter() {
    if (!this.listener.split) return true;
    const { from, to } = this.view.state.selection;
    const { doc } = this.view.state;
    this.listener.split(toSpans(doc, 0, from), toSpans(doc, to));
    return true;
  }

  paste(event) {
    const data = event.clipboardData;
    // What surrounds the field takes files.
    if (!data || filesOf(data).length > 0) return true;
    event.preventDefault();
    this.listener.paste?.(this, data.getData("text/html"), data.getData("text/plain"));
    return true;
  }

  drop(event) {
    if (filesOf(event.dataTransfer).length > 0) return true;
    event.preventDefault();
    const text = event.dataTransfer?.getData("text/plain");
    if (text) this.insert([{ text: text.replace(/\s+/g, " ") }]);
    return true;
  }

  /** Puts words where the cursor is. */
  insert(spans) {
    const { state } = this.view;
    const { from, to } = state.selection;
    const words = toDoc(spans).content;
    const transaction = state.tr.replaceWith(from, to, words);
    transaction.setSelection(TextSelection.create(transaction.doc, from + words.size));
    this.view.dispatch(transaction);
  }

  /** The words before the cursor. */
  get before() {
    const { doc, selection } = this.view.state;
    return selection.empty ? doc.textBetween(0, selection.from) : "";
  }

  /** Where the cursor is on the screen. */
  get caret() {
    return this.view.coordsAtPos(this.view.state.selection.from);
  }

  /** Writes words in the place of so many characters before the cursor. */
  write(text, length) {
    const { tr, selection } = this.view.state;
    this.view.dispatch(tr.insertText(text, selection.from - length, selection.from));
    this.view.focus();
  }

  /** Sets the cursor: behind so many characters, or else at the beginning, or at the end. */
  focus(atEnd = false, offset = atEnd ? Number.POSITIVE_INFINITY : 0) {
    const { state } = this.view;
    const at = Math.min(offset ?? 0, state.doc.content.size);
    this.view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, at)));
    this.view.focus();
  }

  link() {
    const { from, to, empty } = this.view.state.selection;
    const range = empty ? this.linkAround(from) : { from, to };
    if (!range) return true;
    const here = this.view.state.doc.nodeAt(range.from);
    const known = here?.marks.find((mark) => mark.type === schema.marks.link)?.attrs.to ?? "";
    chooseLink(known, this.view.state.doc.textBetween(range.from, range.to)).then((to) => {
      this.view.focus();
      if (to === undefined) return;
      const transaction = this.view.state.tr.removeMark(range.from, range.to, schema.marks.link);
      if (to) transaction.addMark(range.from, range.to, schema.marks.link.create({ to }));
      this.view.dispatch(transaction);
    });
    return true;
  }

  // The link, or else the word, that the cursor stands in.
  linkAround(at) {
    const text = this.view.state.doc.textContent;
    const before = /\S*$/.exec(text.slice(0, at))[0].length;
    const after = /^\S*/.exec(text.slice(at))[0].length;
    return before + after > 0 ? { from: at - before, to: at + after } : null;
  }

  addTools() {
    const press = (command) => () => {
      this.view.focus();
      command();
    };
    const run = (mark) => () => toggleMark(mark)(this.view.state, this.view.dispatch);
    const tool = (sign, name, command, kind) =>
      iconButton(sign, name, press(command), { class: `icon ${kind}`, tabindex: "-1", "aria-pressed": "false" });
    this.strong = tool("B", `${t("strong")} (Ctrl+B)`, run(schema.marks.strong), "is-strong");
    this.emphasis = tool("I", `${t("emphasis")} (Ctrl+I)`, run(schema.marks.emphasis), "is-emphasis");
    this.linked = tool("↗", `${t("make_link")} (Ctrl+K)`, () => this.link(), "is-link");
    this.tools.append(this.strong, this.emphasis, this.linked);
    // Pressing a tool leaves the cursor where it is.
    this.tools.addEventListener("pointerdown", (event) => event.preventDefault());
    this.showMarks();
  }

  showMarks() {
    this.element.classList.toggle("is-empty", this.isEmpty);
    const { state } = this.view;
    const { from, to, empty, $from } = state.selection;
    const has = (mark) =>
      empty ? Boolean(mark.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, mark);
    const marks = [
      [this.strong, schema.marks.strong],
      [this.emphasis, schema.marks.emphasis],
      [this.linked, schema.marks.link],
    ];
    for (const [tool, mark] of marks) tool.setAttribute("aria-pressed", String(has(mark)));
  }
}
