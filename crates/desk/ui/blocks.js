// The blocks of a text: added, moved, changed into another kind, removed.

import { send } from "./api.js";
import { button, fresh, iconButton, make, say, select } from "./dom.js";
import { blockOf, receives } from "./files.js";
import { Inline } from "./inline.js";
import { writing } from "./form.js";
import { chosen, oneLine } from "./paste.js";
import { galleryField, pictureField } from "./pictures.js";
import { dress, SIGNS } from "./surface.js";
import { EMPTY, tableField } from "./table.js";
import { t } from "./words.js";

/** The kinds that are nothing but words, and can become each other. */
const WORDS = ["paragraph", "heading", "subheading", "list", "numbered", "quote"];

/** The kinds that most texts are made of come first. */
const FIRST = ["paragraph", "heading", "subheading", "list", "numbered", "quote", "table"];

/** The blocks of a document. */
export class Blocks {
  constructor(form, path, schema) {
    Object.assign(this, { form, path, model: form.model });
    const choices = form.resolve(schema).items;
    const block = choices.$ref ? form.schema.definitions[choices.$ref.split("/").at(-1)] : choices;
    this.kinds = new Map(block.oneOf.map((one) => Object.entries(one.properties)[0]));
    this.titleId = fresh("body");
    this.element = make("div", { class: "writing" });
    // What is said of files stays when the blocks are shown anew.
    this.said = make("div");
    if (form.portal.assets) receives(this.element, (files, target) => this.take(files, target));
    this.render();
  }

  /** Shows all blocks anew. */
  render(focus, atEnd) {
    const blocks = this.model.at(this.path) ?? [];
    // What was opened or closed just now is not told by an event yet.
    if (this.added) this.model.isAdding = this.added.open;
    for (const key of [...this.form.fields.keys()]) {
      if (key.startsWith(`${this.path}/`) || key.startsWith("/pictures/")) this.form.fields.delete(key);
    }
    this.inlines = new Map();
    const all = blocks.map((block, number) => this.block(block, number, blocks.length));
    const general = make("div", { class: "remarks" });
    this.form.fields.set(this.path, { field: this.element, remarks: general });
    this.element.replaceChildren(
      this.said,
      make("h2", { class: "hidden", id: this.titleId, text: t("body") }),
      general,
      make("ol", { class: "blocks", "aria-labelledby": this.titleId }, all),
      this.adder(blocks.length),
    );
    this.rest?.draw();
    this.form.showRemarks();
    this.model.dispatchEvent(new Event("blocks"));
    if (focus !== undefined) this.focus(focus, atEnd);
  }

  /** Sets the focus into a block. */
  focus(number, atEnd = false) {
    const inline = this.inlines.get(number);
    const block = this.element.querySelectorAll(".block")[number];
    if (inline) inline.focus(atEnd);
    else (block?.querySelector(".block-body :is(input, textarea, select, [contenteditable])") ?? block?.querySelector("select"))?.focus();
    block?.scrollIntoView({ block: "nearest" });
  }

  act(edits, focus, atEnd) {
    const kept = this.model.act(edits);
    this.render(focus, atEnd);
    return kept;
  }

  block(block, number, all) {
    const kind = Object.keys(block ?? {})[0] ?? "";
    const path = `${this.path}/${number}`;
    const remarks = make("div", { class: "remarks" });
    const name = t("block", { kind: t(kind), n: number + 1, all });
    const known = [...this.kinds.keys()];
    const kinds = [...new Set([...FIRST, ...known])].filter((one) => this.kinds.has(one));
    if (!this.kinds.has(kind)) kinds.unshift(kind);
    const chooser = select(kinds.map((one) => [one, t(one)]), kind, (to) => this.become(number, kind, to), { class: "block-kind", "aria-label": t("kind") });
    // In the margins: what the block is and how its words are, and where it stands.
    const format = make("div", { class: "block-format" }, make("span", { class: "kind-of", "data-sign": SIGNS[kind] ?? "?", title: t(kind) }, chooser));
    const head = make(
      "div",
      { class: "block-head" },
      format,
      make(
        "div",
        { class: "block-tools" },
        iconButton("↑", t("move_up"), () => this.move(number, number - 1), { disabled: number === 0 }),
        iconButton("↓", t("move_down"), () => this.move(number, number + 1), { disabled: number === all - 1 }),
        iconButton("+", t("add_below"), () => this.insert(number + 1, "paragraph")),
        iconButton("✕", t("remove"), () => this.remove(number)),
      ),
    );
    const body = make("div", { class: `block-body is-${kind}` }, this.content(kind, path, number));
    dress(kind, body);
    const marks = this.inlines.get(number)?.tools;
    if (marks) format.append(marks);
    const item = make("li", { class: "block", "data-path": path, "aria-label": name }, head, body, remarks);
    item.addEventListener("keydown", (event) => this.key(event, number, all));
    this.form.fields.set(path, { field: item, remarks, focus: () => this.focus(number) });
    return item;
  }

  key(event, number, all) {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const to = { ArrowUp: number - 1, ArrowDown: number + 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to >= 0 && to < all) this.move(number, to);
  }

  content(kind, path, number) {
    const schema = this.kinds.get(kind);
    if (!schema) return make("p", { class: "help", text: kind });
    const at = `${path}/${kind}`;
    if (kind === "paragraph" && this.model.document.words[at] !== null) return this.paragraph(at, number);
    const { assets } = this.form.portal;
    if (kind === "picture" && assets) return pictureField(this.form, { path: at, key: kind, isNeeded: true }, true);
    const found = this.form.resolve(schema, this.model.at(at));
    if (kind === "table") return tableField(this.form, at, found);
    if (kind === "gallery" && assets) return galleryField(this.form, at, found);
    if (found.properties) return this.form.fieldsOf(found, at);
    const field = this.form.field(schema, at, kind);
    field.querySelector("label, legend")?.classList.add("hidden");
    return field;
  }

  // Files that were dropped or pasted: each is a block, behind the one where that happened.
  async take(files, target) {
    const blocks = [...this.element.querySelectorAll(".block")];
    const number = blocks.indexOf(target.closest(".block"));
    const isEmpty = this.inlines.get(number)?.isEmpty ?? false;
    const taken = await this.form.portal.assets.take(files, false, this.said);
    const values = taken.map(blockOf).filter(Boolean);
    if (values.length === 0) return;
    const all = (this.model.at(this.path) ?? []).length;
    const from = number < 0 ? all : isEmpty ? number : number + 1;
    const edits = values.map((value, place) => ({ do: "insert", at: `${this.path}/${from + place}`, value }));
    if (isEmpty) edits.unshift({ do: "remove", at: `${this.path}/${number}` });
    this.act(edits, from);
    this.form.portal.assets.changed();
  }

  paragraph(at, number) {
    const remarks = make("div", { class: "remarks", id: fresh("remarks") });
    const listener = {
      change: (spans) => this.model.change(at, { words: at, spans }),
      split: (before, after) => this.split(number, at, before, after),
      join: () => this.join(number),
      paste: (inline, html, text) => this.paste(number, inline, html, text),
      leave: (direction) => this.leave(number, direction),
    };
    const attributes = { lang: this.form.lang, "aria-label": t("paragraph"), "data-placeholder": t("paragraph"), "aria-describedby": remarks.id };
    const spans = this.model.document.words[at] ?? (this.model.at(at) ? [{ text: this.model.at(at) }] : []);
    const inline = new Inline(spans, listener, attributes);
    this.inlines.set(number, inline);
    const field = make("div", { class: "field" }, inline.element, remarks);
    this.form.fields.set(at, { field, remarks, focus: (offset) => inline.focus(false, offset), ...writing(inline) });
    return field;
  }

  // What a new block of a kind holds.
  emptyOf(kind) {
    return kind === "table" ? EMPTY : this.form.empty(this.kinds.get(kind));
  }

  /** Puts a new block in. */
  async insert(number, kind) {
    const value = { [kind]: this.emptyOf(kind) };
    await this.act([{ do: "insert", at: `${this.path}/${number}`, value }], number);
  }

  move(from, to) {
    const all = this.model.at(this.path).length;
    this.act([{ do: "move", from: `${this.path}/${from}`, to }], to);
    say(t("moved", { n: to + 1, all }));
  }

  remove(number) {
    const left = this.model.at(this.path).length - 1;
    this.act([{ do: "remove", at: `${this.path}/${number}` }], left > 0 ? Math.min(number, left - 1) : undefined);
    say(t("removed"));
  }

  // What a block says, entry by entry; none where it is more than words.
  words(number, kind) {
    const at = `${this.path}/${number}/${kind}`;
    const value = this.model.at(at);
    const spans = (path, text) => this.model.document.words[path] ?? [{ text }];
    if (kind === "paragraph") return [spans(at, value)];
    if (kind === "heading" || kind === "subheading") return value ? [[{ text: value }]] : [[]];
    if (kind === "quote") return [spans(`${at}/text`, value?.text ?? "")];
    if (kind === "list" || kind === "numbered") return value.map((text, item) => spans(`${at}/${item}`, text));
    return null;
  }

  // A picture is the first of a gallery, and the other way round.
  withPictures(number, kind, to) {
    const value = this.model.at(`${this.path}/${number}/${kind}`);
    if (kind === "picture" && to === "gallery" && value) return { pictures: [value] };
    if (kind === "gallery" && to === "picture") return value?.pictures?.[0];
    return undefined;
  }

  /** Changes a block into another kind, with its words, or its picture, where both have some. */
  become(number, kind, to) {
    const at = `${this.path}/${number}`;
    const words = WORDS.includes(kind) && WORDS.includes(to) ? this.words(number, kind) : null;
    const value = { [to]: this.withPictures(number, kind, to) ?? structuredClone(this.emptyOf(to)) };
    const edits = [{ do: "set", at, value }];
    const joined = words?.flatMap((spans, place) => (place > 0 ? [{ text: " " }, ...spans] : spans)) ?? [];
    const plain = joined.map(({ text }) => text).join("");
    if (words && (to === "list" || to === "numbered")) {
      value[to] = words.map(() => "");
      edits.push(...words.map((spans, place) => ({ words: `${at}/${to}/${place}`, spans })));
    } else if (words && to === "paragraph") edits.push({ words: `${at}/${to}`, spans: joined });
    else if (words && to === "quote") edits.push({ words: `${at}/${to}/text`, spans: joined });
    else if (words) value[to] = plain;
    this.act(edits, number);
  }

  split(number, at, before, after) {
    const next = `${this.path}/${number + 1}`;
    const edits = [
      { words: at, spans: before },
      { do: "insert", at: next, value: { paragraph: "" } },
      { words: `${next}/paragraph`, spans: after },
    ];
    this.act(edits, number + 1);
  }

  // At the beginning of a paragraph: it joins the one before, or goes where it is empty.
  join(number) {
    const before = this.inlines.get(number - 1);
    const here = this.inlines.get(number);
    const all = this.model.at(this.path).length;
    if (!before && !(here.isEmpty && all > 1)) return false;
    const edits = [{ do: "remove", at: `${this.path}/${number}` }];
    if (before && !here.isEmpty) {
      const spans = [...before.spans, ...here.spans];
      edits.unshift({ words: `${this.path}/${number - 1}/paragraph`, spans });
    }
    this.act(edits, Math.max(0, number - 1), true);
    return true;
  }

  leave(number, direction) {
    const to = number + direction;
    if (!this.inlines.has(to)) return false;
    this.inlines.get(to).focus(direction < 0);
    return true;
  }

  // What was copied elsewhere goes through the program, which knows what a block is.
  async paste(number, inline, html, text) {
    const lines = text.split(/\r?\n\s*\r?\n|\r?\n/).map((line) => line.trim()).filter(Boolean);
    if (!html && lines.length < 2) return inline.insert([{ text: await oneLine(text) }]);
    const escaped = lines.map((line) => line.replace(/&/g, "&amp;").replace(/</g, "&lt;"));
    const { blocks, spans, losses } = await chosen(await send("paste", { html: html || `<p>${escaped.join("</p><p>")}</p>` }));
    if (spans) inline.insert(spans);
    else if (blocks.length > 0) {
      const isEmpty = inline.isEmpty;
      const from = isEmpty ? number : number + 1;
      const edits = blocks.map((value, place) => ({ do: "insert", at: `${this.path}/${from + place}`, value }));
      if (isEmpty) edits.unshift({ do: "remove", at: `${this.path}/${number}` });
      // Only the program knows which words have which marks.
      await this.model.act(edits);
      this.render(from + blocks.length - 1, true);
    }
    if (losses.length > 0) this.tell(losses);
  }

  tell(losses) {
    const note = make(
      "div",
      { class: "notice", role: "status" },
      make("p", { text: t("pasted") }),
      make("ul", {}, losses.map((text) => make("li", { lang: "en", text }))),
      button(t("close"), () => note.remove(), { class: "quiet" }),
    );
    this.element.prepend(note);
  }

  adder(count) {
    const list = make("div", { class: "kinds" });
    const kinds = [...new Set([...FIRST, ...this.kinds.keys()])].filter((kind) => this.kinds.has(kind));
    const insert = (kind) => {
      adder.open = false;
      this.insert(count, kind);
    };
    for (const kind of kinds) list.append(button(t(kind), () => insert(kind), { class: "choice", "data-kind": kind }));
    // The list stays open where blocks are shown anew while somebody chooses.
    const adder = make("details", { class: "adder" }, make("summary", { text: t("add_block") }), list);
    adder.open = this.model.isAdding === true;
    adder.addEventListener("toggle", () => {
      if (adder.isConnected) this.model.isAdding = adder.open;
    });
    this.added = adder;
    return adder;
  }
}
