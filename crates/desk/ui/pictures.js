// Pictures as they stand in a form: what is seen, the words for each language, who made it.

import { button, fresh, growing, iconButton, make, say, select } from "./dom.js";
import { add, asking, receives } from "./files.js";
import { label } from "./form.js";
import { LANGUAGES, t } from "./words.js";

const IMAGES = "image/*";

/** Sets a word of a picture in a language. */
const setWord = (model, name, key, value) => {
  const at = `/pictures/${name}`;
  if (model.at(at) === undefined) return value && add(model, "pictures", name, key === "alternative" ? { alternative: value } : { alternative: "", [key]: value });
  const path = `${at}/${key}`;
  if (value !== "" || key === "alternative") return model.change(path, { do: "set", at: path, value });
  if (model.at(path) !== undefined) model.change(path, { do: "remove", at: path });
};

// Offers the names that there are by now, and leaves everything else as it is.
const offer = (control, names, now, text = (name) => name) => {
  const options = [["", t("none")], ...[...new Set([now, ...names])].filter(Boolean).map((name) => [name, text(name)])];
  control.replaceChildren(...options.map(([value, words]) => make("option", { value, text: words, selected: value === now })));
};

const wordField = (model, name, key, lang, text) => {
  const id = fresh("field");
  const remarks = make("div", { class: "remarks", id: `${id}-remarks` });
  const control = make("textarea", { id, rows: "1", lang, dir: "auto", placeholder: text, "aria-describedby": remarks.id });
  control.value = model.at(`/pictures/${name}/${key}`) ?? "";
  control.addEventListener("input", () => setWord(model, name, key, control.value.replace(/\n/g, " ").normalize("NFC")));
  growing(control);
  const field = make("div", { class: `field is-${key}` }, make("label", { for: id }, text, key === "caption" && make("span", { class: "optional", text: ` (${t("optional")})` })), control, remarks);
  const focus = (offset) => {
    control.focus();
    if (offset !== undefined && offset !== null) control.setSelectionRange(offset, offset);
  };
  return { field, remarks, focus };
};

const creditField = (assets, name) => {
  const id = fresh("field");
  const at = `/pictures/${name}`;
  const list = make("datalist", { id: `${id}-known` }, assets.credits.map((credit) => make("option", { value: credit })));
  const control = make("input", { id, type: "text", list: list.id, dir: "auto", placeholder: t("credit"), value: assets.facts.at(`${at}/credit`) });
  control.addEventListener("input", () => {
    const path = `${at}/credit`;
    if (control.value) assets.facts.change(path, { do: "set", at: path, value: control.value.normalize("NFC") });
    else if (assets.facts.at(path) !== undefined) assets.facts.change(path, { do: "remove", at: path });
  });
  control.addEventListener("change", () => assets.remember(control.value));
  return make("div", { class: "field is-credit" }, make("label", { for: id }, t("credit"), make("span", { class: "optional", text: ` (${t("optional")})` })), control, list);
};

// What the picture shows in the other languages of the article: opened when somebody asks.
const elsewhere = (assets, name) => {
  if (assets.languages.length === 0) return null;
  const fields = make("div");
  const details = make("details", { class: "elsewhere" }, make("summary", { text: t("other_languages") }), fields);
  details.addEventListener("toggle", async () => {
    if (!details.open || fields.childElementCount > 0) return;
    for (const lang of assets.languages) {
      const model = await assets.version(lang);
      if (model.value) fields.append(wordField(model, name, "alternative", lang, LANGUAGES[lang]).field);
    }
  });
  return details;
};

/** A picture with its words. Its fields are those of `form`, the text. */
export const card = (form, name, title, ...tools) => {
  const { assets } = form.portal;
  const seen = make("div", { class: "seen" });
  assets.show(seen, name);
  const [alternative, caption] = ["alternative", "caption"].map((key) => {
    const one = wordField(form.model, name, key, form.lang, t(key));
    form.fields.set(`/pictures/${name}/${key}`, one);
    return one.field;
  });
  const known = assets.pictures[name] && creditField(assets, name);
  const figure = make("div", { class: "figure" }, seen, make("div", { class: "figure-caption" }, caption, known));
  return make("div", { class: "picture-card", "data-picture": name }, figure, make("div", { class: "picture-side" }, alternative, elsewhere(assets, name), make("div", { class: "picture-tools" }, make("span", { class: "help", text: title ?? name }), tools)));
};

/** The field for one picture: chosen among those that are there, or a new one. `isFull` with its words. */
export const pictureField = (form, how, isFull) => {
  const { assets } = form.portal;
  const remarks = make("div", { class: "remarks" });
  const inside = make("div");
  const said = make("div");
  const field = make("div", { class: "field drop", "data-path": how.path }, inside, said, remarks);
  const set = (name) => {
    form.set(how, name);
    draw();
    assets.changed();
    form.showRemarks();
  };
  const take = async (files) => {
    const [kept] = await assets.take(files.slice(0, 1), true, said);
    if (!kept) return;
    set(kept.name);
    field.querySelector("textarea, select")?.focus();
  };
  const draw = () => {
    const id = fresh("picture");
    const now = form.model.at(how.path) ?? "";
    const control = select([], now, set, { id });
    offer(control, Object.keys(assets.pictures), now);
    const seen = make("div", { class: "seen" });
    if (!isFull) assets.show(seen, now);
    const name = make("label", { for: id, class: isFull && "hidden" }, label(how.key, how.path), !how.isNeeded && make("span", { class: "optional", text: ` (${t("optional")})` }));
    const tools = make("div", { class: "picture-tools" }, control, asking(t("choose_picture"), false, IMAGES, take), make("span", { class: "help", text: t("drop_hint") }));
    inside.replaceChildren(name, ...(isFull || !now ? [] : [seen]), tools, ...(isFull && now ? [card(form, now)] : []));
  };
  draw();
  receives(field, take);
  assets.follow(field, () => offer(field.querySelector("select"), Object.keys(assets.pictures), form.model.at(how.path) ?? ""));
  form.fields.set(how.path, { field, remarks, focus: () => field.querySelector("select").focus() });
  return field;
};

/** The field for a file of a block. */
export const fileField = (form, how, kind) => {
  const { assets } = form.portal;
  const id = fresh("file");
  const remarks = make("div", { class: "remarks", id: `${id}-remarks` });
  const said = make("div");
  const set = (name) => {
    form.set(how, name);
    fill();
    assets.changed();
  };
  const take = async (files) => {
    const [kept] = await assets.take(files.slice(0, 1), false, said);
    if (kept?.kind === kind) set(kept.name);
    else if (kept) said.append(make("div", { class: "notice is-error", role: "alert" }, make("p", { text: t("wrong_kind", { name: kept.file, field: label(how.key, how.path) }) })));
    if (kept) assets.changed();
  };
  const control = select([], "", set, { id, "aria-describedby": remarks.id });
  const fill = () => offer(control, assets.filesOf(kind), form.model.at(how.path) ?? "", (name) => assets.files[name] ?? name);
  fill();
  const place = make("div", { class: "picture-tools" }, control, asking(t("choose_file"), false, undefined, take));
  const name = make("label", { for: id }, label(how.key, how.path), !how.isNeeded && make("span", { class: "optional", text: ` (${t("optional")})` }));
  const field = make("div", { class: "field drop", "data-path": how.path }, name, place, said, remarks);
  receives(field, take);
  assets.follow(field, fill);
  form.fields.set(how.path, { field, remarks, focus: () => control.focus() });
  return field;
};

/** The fields of a gallery: its pictures, with several taken at once. */
export const galleryField = (form, at, schema) => {
  const { assets } = form.portal;
  const { model } = form;
  const path = `${at}/pictures`;
  const remarks = make("div", { class: "remarks" });
  const list = make("ol", { class: "gallery-pictures" });
  const said = make("div");
  const change = (edits) => {
    model.act(edits);
    draw();
    assets.changed();
    form.showRemarks();
  };
  const put = (names) => {
    const there = model.at(path) ?? [];
    const fresh = names.filter((name) => name && !there.includes(name));
    const filled = there.filter(Boolean);
    if (fresh.length > 0) change([{ do: "set", at: path, value: [...filled, ...fresh] }]);
  };
  const take = async (files) => put((await assets.take(files, true, said)).map(({ name }) => name));
  const more = make("div", { class: "picture-tools" });
  const draw = () => {
    const names = model.at(path) ?? [];
    list.replaceChildren(
      ...names.map((name, number) => {
        const move = (to) => {
          change([{ do: "move", from: `${path}/${number}`, to }]);
          say(t("moved", { n: to + 1, all: names.length }));
        };
        const tools = make(
          "div",
          { class: "block-tools" },
          iconButton("↑", `${t("move_up")}: ${name}`, () => move(number - 1), { disabled: number === 0 }),
          iconButton("↓", `${t("move_down")}: ${name}`, () => move(number + 1), { disabled: number === names.length - 1 }),
          iconButton("✕", `${t("remove")}: ${name}`, () => change([{ do: "remove", at: `${path}/${number}` }])),
        );
        const place = make("div", { class: "remarks" });
        const item = make("li", { "data-path": `${path}/${number}` }, name ? card(form, name, undefined, tools) : make("div", {}, make("p", { class: "help", text: t("none") }), tools), place);
        form.fields.set(`${path}/${number}`, { field: item, remarks: place, focus: () => item.querySelector("textarea, button")?.focus() });
        return item;
      }),
    );
    const others = Object.keys(assets.pictures).filter((name) => !names.includes(name));
    const chooser = others.length > 0 && select([["", t("add_known")], ...others.map((name) => [name, name])], "", (name) => put([name]), { "aria-label": t("add_known") });
    more.replaceChildren(...[asking(t("choose_pictures"), true, IMAGES, take), chooser, make("span", { class: "help", text: t("drop_hint") })].filter(Boolean));
  };
  draw();
  const field = make("div", { class: "field drop", "data-path": path }, list, more, said, remarks);
  receives(field, take);
  form.fields.set(path, { field, remarks, focus: () => field.querySelector("input")?.focus() });
  return [form.field(schema.properties.title, `${at}/title`, "title", false), field];
};

/** The pictures of an article that stand in none of its blocks, such as the one above the text. */
export class Rest {
  constructor(form, blocks) {
    Object.assign(this, { form, blocks });
    // The one above the text stands where readers see it.
    this.above = make("div", { class: "above" });
    this.element = make("section", { class: "rest", "aria-label": t("rest") });
    this.draw();
    form.portal.assets.follow(this.element, () => this.draw());
  }

  draw() {
    const { form } = this;
    const { assets } = form.portal;
    const used = new Set(this.blocks().flatMap((block) => [block?.picture, ...(block?.gallery?.pictures ?? [])]));
    const remarks = make("div", { class: "remarks" });
    const cover = assets.facts.value?.cover;
    const names = [...new Set([...Object.keys(assets.pictures), ...Object.keys(form.model.at("/pictures") ?? {})])].filter((name) => !used.has(name));
    const others = names.filter((name) => name !== cover);
    this.above.replaceChildren(...(names.length > others.length ? [card(form, cover, `${cover} – ${t("cover")}`)] : []));
    this.element.replaceChildren(
      ...(others.length > 0 ? [make("h2", { class: "part", text: t("rest") })] : []),
      remarks,
      ...others.map((name) => card(form, name, name, !assets.pictures[name] && button(t("remove"), () => this.remove(name), { class: "quiet" }))),
    );
    form.fields.set("/pictures", { field: this.element, remarks, focus: () => this.element.querySelector("textarea")?.focus() });
  }

  // Words for a picture that the article has no more.
  remove(name) {
    const { model } = this.form;
    const isLast = Object.keys(model.at("/pictures") ?? {}).length === 1;
    model.act([{ do: "remove", at: isLast ? "/pictures" : `/pictures/${name}` }]);
    this.draw();
  }
}
