// Fields from a JSON Schema. A key that the schema has, and nobody has thought of here, gets a field
// all the same.

import { button, fresh, growing, iconButton, make, say, select } from "./dom.js";
import EXPLANATIONS from "./explanations.json";
import { Inline } from "./inline.js";
import { chooseLink } from "./link.js";
import { oneLine, pastesLines } from "./paste.js";
import { fileField, pictureField } from "./pictures.js";
import { dayField, isDay } from "./table.js";
import { has, LANGUAGES, language, t } from "./words.js";

/** What a field is called. */
export const label = (key, path = "", root = "") => {
  const above = path.split("/").slice(0, -1).findLast((step) => step && !/^\d+$/.test(step));
  const below = `${above ?? root}.${key}`;
  if (has(below)) return t(below);
  if (LANGUAGES[key]) return LANGUAGES[key];
  if (key === "begin") return t("begin_key");
  return has(key) ? t(key) : key.replaceAll("_", " ");
};

/** What an entry of a list is called by itself: its title or name, in the language of the desk. */
export const named = (value) => {
  const names = value?.right ?? value?.names ?? value?.former ?? value?.texts ?? value?.captions;
  const name = value?.title ?? value?.headline ?? value?.question ?? names?.[language] ?? Object.values(names ?? {})[0] ?? value?.slug;
  return typeof name === "string" && name ? name : undefined;
};

// The language of a text in a map by languages.
const langOf = (path) => path.split("/").findLast((step) => LANGUAGES[step]);

/** What a field is for: in the language of the desk, or else in the words of the schema, which are English. */
const explanation = (description) => {
  if (!description) return null;
  const own = EXPLANATIONS[description];
  if (own === null) return null;
  return { lang: own ? undefined : "en", text: own?.[language] ?? description };
};

/** What can be written into a text with marks: words at the cursor. */
export const writing = (inline) => ({
  insert: (text) => {
    inline.view.focus();
    inline.insert([{ text }]);
  },
});

/** The fields of a document. `isPage` is whether they stand where its words stand on the page. */
export class Form {
  constructor(model, schema, lang, portal, isPage = false) {
    Object.assign(this, { model, schema, lang, portal, isPage, fields: new Map(), root: model.place.split("/")[0] });
    this.listener = () => this.showRemarks();
    model.addEventListener("remarks", this.listener);
  }

  /** A schema without references, and of several choices the one that a value is. */
  resolve(schema, value) {
    let here = schema;
    const further = {};
    for (;;) {
      if (here.description) further.description ??= here.description;
      if (here.$ref) {
        further.form ??= here.$ref.split("/").at(-1);
        here = this.schema.definitions[further.form];
      } else if (here.allOf?.length === 1) here = here.allOf[0];
      else if (here.oneOf) {
        const key = Object.keys(value ?? {})[0];
        here = here.oneOf.find((one) => one.properties && key in one.properties) ?? {};
      } else return { ...here, ...further };
    }
  }

  /** A field for the value at a place. `listener` hears of what else is done in a text with marks. */
  field(schema, path, key, isNeeded = true, listener = {}) {
    const value = this.model.at(path);
    const found = this.resolve(schema, value);
    const how = { path, key, isNeeded, found, value, listener, about: schema.description };
    if (/\/event\/(begin|end)$/.test(path) && isDay(value)) return dayField(this, how);
    const wanted = this.portal.assets?.wanted(path);
    if (wanted) return wanted === "picture" ? pictureField(this, how) : fileField(this, how, wanted);
    if (found.contentMediaType === "text/markdown") return this.marked(how);
    if (found.enum) return this.choice(how);
    if (found.type === "boolean") return this.yesNo(how);
    if (found.form === "Moment") return this.moment(how);
    if (found.type === "integer") return this.plain(how, "number");
    if (found.type === "string") return this.plain(how, "text");
    if (found.type === "array") return this.list(how);
    if (found.properties) return this.group(how);
    if (found.additionalProperties) return this.named(how);
    return null;
  }

  /** The fields of an object, one for each key, without some. */
  fieldsOf(schema, path, without = []) {
    const found = this.resolve(schema, this.model.at(path));
    const needed = found.required ?? [];
    const keys = Object.keys(found.properties ?? {}).filter((key) => key !== "$schema" && !without.includes(key));
    return keys.map((key) => this.field(found.properties[key], `${path}/${key}`, key, needed.includes(key)));
  }

  // What surrounds a control: its name, its explanation, and what there is to say of it.
  framed({ path, key, isNeeded, about }, id, control, focus, write = {}) {
    const remarks = make("div", { class: "remarks", id: `${id}-remarks` });
    const help = explanation(about);
    const field = make(
      "div",
      { class: LANGUAGES[key] ? "field is-language" : "field", "data-path": path },
      make("label", { for: id, id: `${id}-label` }, label(key, path, this.root), !isNeeded && !LANGUAGES[key] && make("span", { class: "optional", text: ` (${t("optional")})` })),
      help && make("p", { class: "help", id: `${id}-help`, ...help }),
      control,
      remarks,
    );
    const described = control.matches("[id]") ? control : control.querySelector("[id]");
    if (help) described?.setAttribute("aria-describedby", `${id}-help ${id}-remarks`);
    this.fields.set(path, { field, remarks, focus, ...write });
    return field;
  }

  // Sets a text, or takes the key away where it is empty and may be left out.
  set({ path, isNeeded }, value) {
    const isGone = value === "" && !isNeeded;
    if (isGone && this.model.at(path) === undefined) return this.forget(path);
    this.model.change(path, isGone ? { do: "remove", at: path } : { do: "set", at: path, value });
  }

  // A key that was never told of has to be told of no more.
  forget(path) {
    if (this.model.waiting.get(path)?.do === "set") this.model.waiting.delete(path);
  }

  plain(how, type) {
    const id = fresh("field");
    const isLong = type === "text" && ["Words"].includes(how.found.form);
    const attributes = { id, lang: isLong ? (langOf(how.path) ?? this.lang) : undefined, "aria-describedby": `${id}-remarks`, dir: "auto", placeholder: this.placeholder(how) };
    const control = isLong ? make("textarea", { rows: "1", ...attributes }) : make("input", { type, ...attributes });
    control.value = how.value ?? "";
    control.addEventListener("input", () => {
      const text = control.value.replace(/\n/g, " ").normalize("NFC");
      this.set(how, type === "number" && text !== "" ? Number(text) : text);
    });
    if (isLong) pastesLines(control);
    if (isLong) growing(control);
    if (isLong) control.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && event.preventDefault());
    const input = () => control.dispatchEvent(new Event("input"));
    const insert = (text) => {
      control.focus();
      control.setRangeText(text, control.selectionStart ?? control.value.length, control.selectionEnd ?? control.value.length, "end");
      input();
    };
    const shown = how.found.form === "Story" ? this.story(control, input) : control;
    const focus = (offset) => {
      control.focus();
      if (offset !== undefined && offset !== null && isLong) control.setSelectionRange(offset, offset);
    };
    return this.framed(how, id, shown, focus, { insert });
  }

  // On the page, an empty field says where its words would stand what it is for.
  placeholder({ path, key }) {
    return this.isPage ? label(key, path, this.root) : undefined;
  }

  // One of our own articles, which is found by its title.
  story(control, input) {
    const choose = async () => {
      const to = await chooseLink("", "");
      if (to) {
        control.value = to.replace(/^\/|\/$/g, "");
        input();
      }
      control.focus();
    };
    return make("div", { class: "side-by-side" }, control, button(t("choose_article"), choose, { class: "quiet" }));
  }

  marked(how) {
    const known = this.model.document.words[how.path];
    if (known === null && how.value !== undefined) return this.asWritten(how);
    const spans = known ?? (how.value ? [{ text: how.value }] : []);
    const id = fresh("field");
    const attributes = { id, lang: langOf(how.path) ?? this.lang, "aria-labelledby": `${id}-label`, "aria-describedby": `${id}-remarks`, "data-placeholder": this.placeholder(how) };
    const change = (pieces) => {
      const isGone = pieces.length === 0 && !how.isNeeded;
      if (isGone && this.model.at(how.path) === undefined) return;
      const edit = isGone ? { do: "remove", at: how.path } : { words: how.path, spans: pieces };
      this.model.change(how.path, edit);
    };
    const inline = new Inline(spans, { change, paste: async (field, _, text) => field.insert([{ text: await oneLine(text) }]), ...how.listener }, attributes);
    const field = this.framed(how, id, inline.element, (offset) => inline.focus(false, offset), writing(inline));
    field.querySelector("label").after(inline.tools);
    return field;
  }

  // A text with a mistake in its marks.
  asWritten(how) {
    const id = fresh("field");
    const control = make("textarea", { id, rows: "3", lang: this.lang, "aria-describedby": `${id}-note ${id}-remarks` });
    control.value = how.value;
    control.addEventListener("input", () => this.set(how, control.value.replace(/\n/g, " ")));
    const note = make("p", { class: "help", id: `${id}-note`, text: t("as_written") });
    return this.framed(how, id, make("div", {}, control, note), () => control.focus());
  }

  choice(how) {
    const id = fresh("field");
    const name = (value) => LANGUAGES[value] ?? [`${how.key}_${value}`, value].filter(has).map((word) => t(word))[0] ?? value;
    const options = how.found.enum.map((value) => [value, name(value)]);
    if (!how.isNeeded) options.unshift(["", t("none")]);
    const control = select(options, how.value ?? "", (value) => this.set(how, value), { id });
    return this.framed(how, id, control, () => control.focus());
  }

  yesNo(how) {
    const id = fresh("field");
    const control = make("input", { type: "checkbox", id });
    control.checked = how.value ?? false;
    const change = () => {
      const edit = control.checked ? { do: "set", at: how.path, value: true } : { do: "remove", at: how.path };
      if (control.checked || this.model.at(how.path) !== undefined) this.model.change(how.path, edit);
    };
    control.addEventListener("change", change);
    const field = this.framed({ ...how, isNeeded: true }, id, control, () => control.focus());
    field.classList.add("is-check");
    return field;
  }

  // Date, time, and how far from UTC.
  moment(how) {
    const id = fresh("field");
    const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d:\d\d)$/.exec(how.value ?? "") ?? [];
    const clock = make("input", { type: "datetime-local", id, value: parts[1], "aria-describedby": `${id}-remarks` });
    const known = ["+07:00", "+08:00", "+09:00", "+00:00", "+01:00", "-05:00"];
    const own = parts[2] ?? "+07:00";
    const options = [...new Set([own, ...known])].map((zone) => [zone, zone === "Z" ? "UTC" : `UTC${zone}`]);
    const change = () => this.set(how, clock.value ? `${clock.value.slice(0, 16)}${zone.value}` : "");
    const zone = select(options, own, change, { "aria-label": t("offset") });
    clock.addEventListener("input", change);
    return this.framed(how, id, make("div", { class: "side-by-side" }, clock, zone), () => clock.focus());
  }

  // A fieldset with a name.
  set_of({ path, key, isNeeded, about }, ...inside) {
    const remarks = make("div", { class: "remarks" });
    const name = `${label(key, path, this.root)}${isNeeded ? "" : ` (${t("optional")})`}`;
    const help = explanation(about);
    const field = make("fieldset", { class: "group", "data-path": path }, make("legend", { text: name }), help && make("p", { class: "help", ...help }), remarks, ...inside);
    this.fields.set(path, { field, remarks, focus: () => field.querySelector("input, textarea, select, [contenteditable]")?.focus() });
    return field;
  }

  // Whatever changes which fields there are.
  restructure(edits, focus) {
    this.model.act(edits);
    this.model.dispatchEvent(new CustomEvent("anew", { detail: { focus } }));
  }

  group(how) {
    if (how.value === undefined && !how.isNeeded) {
      const add = () => this.restructure([{ do: "set", at: how.path, value: this.empty(how.found) }], how.path);
      return this.set_of(how, button(t("add"), add));
    }
    const gone = () => this.restructure([{ do: "remove", at: how.path }], how.path);
    const remove = !how.isNeeded && button(t("remove"), gone, { class: "quiet" });
    return this.set_of(how, ...this.fieldsOf(how.found, how.path), remove);
  }

  /** The smallest value of a schema. */
  empty(schema) {
    const found = this.resolve(schema, undefined);
    if (found.type === "array") return Array.from({ length: found.minItems ?? 0 }, () => this.empty(found.items));
    if (found.type === "object" || found.properties) {
      return Object.fromEntries((found.required ?? []).map((key) => [key, this.empty(found.properties[key])]));
    }
    if (found.type === "boolean") return false;
    if (found.type === "integer") return 0;
    return found.form === "Moment" ? this.portal.now : (found.enum?.[0] ?? "");
  }

  list(how) {
    if (how.key === "tags" && this.portal.tags?.length) return this.topics(how);
    if (this.blocks && /\/Block$/.test(how.found.items.$ref ?? "")) return this.blocks(how);
    if (this.resolve(how.found.items, undefined).type === "array") return this.grid(how);
    const items = how.value ?? [];
    const { minItems: least = 0, maxItems: most = Number.POSITIVE_INFINITY } = how.found;
    const entries = items.map((_, number) => {
      const path = `${how.path}/${number}`;
      const title = named(items[number]);
      const entry = this.field(how.found.items, path, title ? `${number + 1}. ${title}` : t("entry", { n: number + 1 }), true, this.keysOf(how, number));
      const remove = () => this.restructure([{ do: "remove", at: path }], how.path);
      const up = () => this.restructure([{ do: "move", from: path, to: number - 1 }], `${how.path}/${number - 1}`);
      const down = () => this.restructure([{ do: "move", from: path, to: number + 1 }], `${how.path}/${number + 1}`);
      const tools = make(
        "div",
        { class: "entry-tools" },
        iconButton("↑", t("move_up"), up, { disabled: number === 0 }),
        iconButton("↓", t("move_down"), down, { disabled: number === items.length - 1 }),
        items.length > least && iconButton("✕", t("remove"), remove),
      );
      return make("li", { class: "entry" }, entry, tools);
    });
    const add = () => {
      const value = this.empty(how.found.items);
      const at = `${how.path}/${items.length}`;
      const edit = how.value === undefined ? { do: "set", at: how.path, value: [value] } : { do: "insert", at, value };
      this.restructure([edit], at);
    };
    const isOrdered = how.key === "numbered" || how.key === "timeline";
    return this.set_of(how, make(isOrdered ? "ol" : "ul", { class: "entries" }, entries), items.length < most && button(t("add"), add, { class: "quiet" }));
  }

  // Enter and Backspace in a list of texts do what they do between paragraphs.
  keysOf(how, number) {
    const { minItems: least = 0 } = how.found;
    const at = `${how.path}/${number}`;
    const next = `${how.path}/${number + 1}`;
    const split = (before, after) => {
      const edits = [{ words: at, spans: before }, { do: "insert", at: next, value: "" }];
      if (after.length > 0) edits.push({ words: next, spans: after });
      this.restructure(edits, next);
    };
    const join = () => {
      const all = this.model.at(how.path) ?? [];
      const isGone = !all[number] && all.length > Math.max(1, least);
      if (isGone) this.restructure([{ do: "remove", at }], `${how.path}/${Math.max(0, number - 1)}`);
      return isGone;
    };
    return { split, join };
  }

  // The topics of the portal, each to be ticked.
  topics(how) {
    const chosen = how.value ?? [];
    const boxes = this.portal.tags.map(({ slug, names }) => {
      const id = fresh("topic");
      const box = make("input", { type: "checkbox", id });
      box.checked = chosen.includes(slug);
      box.addEventListener("change", () => {
        const now = this.model.at(how.path) ?? [];
        const at = now.indexOf(slug);
        const last = now.length === 1 && !box.checked;
        let edit = { do: "insert", at: `${how.path}/${now.length}`, value: slug };
        if (last) edit = { do: "remove", at: how.path };
        else if (!box.checked) edit = { do: "remove", at: `${how.path}/${at}` };
        else if (now.length === 0) edit = { do: "set", at: how.path, value: [slug] };
        this.model.act([edit]);
      });
      return make("div", { class: "is-check" }, box, make("label", { for: id, text: names?.[document.documentElement.lang] ?? slug }));
    });
    return this.set_of(how, make("div", { class: "topics" }, boxes));
  }

  // Rows and columns.
  grid(how) {
    const rows = how.value ?? [];
    const width = this.model.at(how.path.replace(/rows$/, "header"))?.length ?? rows[0]?.length ?? 1;
    const cells = rows.map((row, number) =>
      make(
        "tr",
        {},
        Array.from({ length: Math.max(width, row.length) }, (_, column) => {
          const path = `${how.path}/${number}/${column}`;
          return make("td", {}, column < row.length && this.cell(how, path, number, column));
        }),
        make("td", {}, iconButton("✕", t("remove"), () => this.restructure([{ do: "remove", at: `${how.path}/${number}` }], how.path))),
      ),
    );
    const addRow = () => {
      const at = `${how.path}/${rows.length}`;
      this.restructure([{ do: "insert", at, value: Array.from({ length: width }, () => "") }], `${at}/0`);
    };
    return this.set_of(how, make("div", { class: "grid" }, make("table", {}, make("tbody", {}, cells))), button(t("add_row"), addRow, { class: "quiet" }));
  }

  cell(how, path, row, column) {
    const name = `${t("rows")} ${row + 1}, ${t("header")} ${column + 1}`;
    const { found } = { found: this.resolve(this.resolve(how.found.items).items) };
    const one = this.field(found.contentMediaType ? { type: "string", contentMediaType: found.contentMediaType } : found, path, name);
    one.querySelector("label")?.classList.add("hidden");
    return one;
  }

  // Values with names of their own.
  named(how) {
    const entries = Object.keys(how.value ?? {}).map((key) => {
      const path = `${how.path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      return this.field(how.found.additionalProperties, path, key);
    });
    return entries.length > 0 ? this.set_of(how, ...entries) : null;
  }

  /** Shows what there is to say, each at its field, or at what it stands in. */
  showRemarks() {
    for (const { remarks, field } of this.fields.values()) {
      remarks.replaceChildren();
      field.classList.remove("has-error");
    }
    const own = this.model.remarks.filter((remark) => remark.place === this.model.place);
    for (const remark of own) {
      let path = remark.at;
      while (path && !this.fields.has(path)) path = path.slice(0, path.lastIndexOf("/"));
      const there = this.fields.get(path);
      if (!there) continue;
      there.remarks.append(remarkOf(remark));
      if (remark.severity === "error") there.field.classList.add("has-error");
    }
    for (const offer of this.model.names) this.offer(offer);
  }

  // Offers the right spelling of a name at the field that has a wrong one.
  offer({ at, wrong, right }) {
    const there = this.fields.get(at);
    if (!there) return;
    const { model } = this;
    const mend = async () => {
      await model.flush();
      await model.do("mend", { at, wrong });
      model.dispatchEvent(new CustomEvent("anew", { detail: { focus: at } }));
      say(right);
    };
    there.remarks.append(button(t("write_name", { wrong, right }), mend, { class: "name-offer is-mending" }));
  }

  /** Sets the focus to the field at a place, behind so many characters of its words. */
  focus(path, offset) {
    let here = path;
    while (here && !this.fields.has(here)) here = here.slice(0, here.lastIndexOf("/"));
    const there = this.fields.get(here);
    there?.focus?.(here === path ? offset : undefined);
    there?.field.scrollIntoView({ block: "nearest" });
  }

  /** Ends it. */
  end() {
    this.model.removeEventListener("remarks", this.listener);
  }
}

/** A message. */
export const remarkOf = ({ severity, message, help }) =>
  make(
    "div",
    { class: `remark is-${severity}` },
    make("strong", { text: `${t(severity)}: ` }),
    make("span", { text: message }),
    help && make("p", { text: help }),
  );
