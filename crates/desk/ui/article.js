// An article: its text in a language, its facts, what there is to say of both, and the page beside.

import { send } from "./api.js";
import { Blocks } from "./blocks.js";
import { settle } from "./conflict.js";
import { button, make, say } from "./dom.js";
import { Form, remarkOf } from "./form.js";
import { Assets } from "./files.js";
import { frame } from "./frame.js";
import { translate } from "./list.js";
import { Model } from "./model.js";
import { Rest } from "./pictures.js";
import { Preview } from "./preview.js";
import { looksAs, paper } from "./surface.js";
import { Parallel } from "./parallel.js";
import { publish } from "./publish.js";
import { LANGUAGES, t } from "./words.js";
import { beside } from "./work.js";

/** Shows an article. Resolves to what ends it. */
export const showArticle = async (portal, section, slug, lang, isBeside = false) => {
  const folder = `articles/${section}/${slug}`;
  const [text, facts] = await Promise.all([new Model(`${folder}/${lang}`).open(), new Model(`${folder}/article`).open()]);
  const article = new Article(portal, { section, slug, lang, folder, isBeside }, text, facts);
  return () => article.end();
};

class Article {
  constructor(portal, place, text, facts) {
    const assets = new Assets(place, text, facts, (model) => this.adopt(model));
    Object.assign(this, { portal: { ...portal, assets }, place, text, facts });
    this.models = [];
    const page = place.slug && `${place.lang}/${place.section}/${place.slug}/`;
    this.preview = new Preview(portal.preview, page, (at, offset) => this.press(at, offset));
    this.preview.follows(text);
    this.last = text;
    for (const model of [text, facts]) this.adopt(model);
    this.keys = (event) => this.key(event);
    this.leave = () => {
      for (const model of this.models) model.flush();
    };
    addEventListener("keydown", this.keys, true);
    addEventListener("pagehide", this.leave);
    this.build();
    if (place.isBeside && text.value !== null) this.parallel = new Parallel(this);
  }

  /** Takes a document in: it is saved and undone with the others. */
  adopt(model) {
    this.models.push(model);
    model.addEventListener("state", () => this.showState());
    model.addEventListener("remarks", () => {
      this.newest = model;
      this.showMessages();
    });
    model.addEventListener("anew", ({ detail }) => this.fill(model, detail?.focus));
    model.addEventListener("conflict", ({ detail }) => settle(model, detail));
    model.addEventListener("trouble", ({ detail }) => this.trouble(detail));
    model.addEventListener("gone", () => this.showGone(true));
    model.addEventListener("back", () => this.showGone(false));
    return model;
  }

  build() {
    const { portal } = this;
    this.state = make("span", { class: "saving", role: "status" });
    this.undo = button(t("undo"), () => this.step(true), { class: "quiet", title: "Ctrl+Z" });
    this.redo = button(t("redo"), () => this.step(false), { class: "quiet", title: "Ctrl+Y" });
    this.saver = button(t("save"), () => this.save(), { title: "Ctrl+S" });
    const publisher = button(t("publish"), () => this.publish(), { class: "main" });
    const { section, slug, lang } = this.place;
    const title = this.text.row?.titles?.[lang] || `${section}/${slug}`;
    this.page = make("section", { class: "page", "aria-label": t("body") });
    this.factsPanel = make("div", { class: "panel facts", id: "panel-facts", role: "tabpanel", "aria-labelledby": "tab-facts", hidden: true });
    this.messages = make("div", { class: "panel messages", id: "panel-messages", role: "tabpanel", "aria-labelledby": "tab-messages", hidden: true });
    const pagePanel = make("div", { class: "panel", id: "panel-page", role: "tabpanel", "aria-labelledby": "tab-page" }, this.preview.element);
    this.panels = { page: pagePanel, facts: this.factsPanel, messages: this.messages };
    const side = make("aside", { class: "side" }, this.tabs(), Object.values(this.panels));
    const heading = make("h1", { class: "hidden", lang, text: title });
    const { isBeside } = this.place;
    const main = make("main", { id: "work", class: isBeside ? "work is-parallel" : "work", tabindex: "-1" }, heading, this.page, side);
    frame(portal, main, [this.besideButton(), this.state, this.undo, this.redo, this.saver, publisher], [this.languages()]);
    for (const model of [this.text, this.facts]) this.fill(model);
    this.showState();
    this.showMessages();
  }

  // Shows the original beside a translation, or the page again.
  besideButton() {
    const { section, slug, lang, isBeside } = this.place;
    const original = this.text.row?.original;
    if (!original || original === lang) return null;
    const turn = async () => {
      await this.flush();
      location.hash = beside(`${section}/${slug}`, lang, isBeside ? null : original);
    };
    return button(t("beside"), turn, { class: "quiet is-beside", "aria-pressed": String(isBeside) });
  }

  /** Tells the program everything that was typed. */
  flush() {
    return Promise.all(this.models.map((model) => model.flush()));
  }

  tabs() {
    const names = { page: t("view_page"), facts: t("view_facts"), messages: t("view_messages") };
    this.tab = {};
    const list = Object.entries(names).map(([key, text]) => {
      const tab = button(text, () => this.open(key), { role: "tab", id: `tab-${key}`, "aria-controls": `panel-${key}`, "aria-selected": String(key === "page"), tabindex: key === "page" ? "0" : "-1" });
      this.tab[key] = tab;
      return tab;
    });
    const bar = make("div", { class: "tabs", role: "tablist" }, list);
    bar.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = list[(list.indexOf(document.activeElement) + step + list.length) % list.length];
      next.click();
      next.focus();
    });
    return bar;
  }

  open(key) {
    for (const [name, panel] of Object.entries(this.panels)) {
      panel.hidden = name !== key;
      this.tab[name].setAttribute("aria-selected", String(name === key));
      this.tab[name].tabIndex = name === key ? 0 : -1;
    }
  }

  // The languages of the article, each with its state. The route takes several, for side by side.
  languages() {
    const { section, slug } = this.place;
    const states = this.text.row?.states ?? {};
    this.chips = this.portal.langs.map((tag) => {
      const state = states[tag] ?? "missing";
      const parts = { title: slug, language: LANGUAGES[tag], state: t(`state_${state}`) };
      const isHere = tag === this.place.lang;
      const attributes = { class: `tab-lang is-${state}`, title: t(`state_${state}`), lang: tag };
      if (state !== "missing" || isHere) {
        return make("li", {}, make("a", { ...attributes, href: `#/article/${section}/${slug}/${tag}`, "aria-current": isHere && "page", text: LANGUAGES[tag] }));
      }
      return make("li", {}, button(LANGUAGES[tag], () => translate(`${section}/${slug}`, tag).catch((error) => this.trouble(error)), { ...attributes, "aria-label": t("translate_into", parts) }));
    });
    return make("ul", { class: "langs" }, this.chips);
  }

  // Shows the fields of a document anew.
  fill(model, focus) {
    if (model !== this.text && model !== this.facts) return this.blocks?.render();
    const isText = model === this.text;
    const before = focus ?? document.activeElement?.closest("[data-path]")?.dataset.path;
    const key = isText ? "textForm" : "factsForm";
    this[key]?.end();
    const panel = isText ? this.page : this.factsPanel;
    if (model.value === null) return panel.replaceChildren(this.broken(model));
    const schema = this.portal.schemas[isText ? "version" : "article"];
    const form = new Form(model, schema, isText ? this.place.lang : undefined, this.portal, isText);
    this[key] = form;
    const general = make("div", { class: "remarks" });
    form.fields.set("", { field: panel, remarks: general });
    const fields = isText ? this.textFields(form) : [...form.fieldsOf(schema, "", ["views", "pictures", "files"]), this.portal.assets.unused()];
    panel.replaceChildren(general, ...fields.filter(Boolean));
    panel.addEventListener("focusin", ({ target }) => {
      this.last = model;
      if (!isText) return;
      this.lastField = target.closest("[data-path]")?.dataset.path;
      this.preview.mark(this.lastField);
    });
    if (!isText) this.blocks?.rest.draw();
    form.showRemarks();
    if (isText) this.parallel?.attach();
    // Where the focus was, it is again.
    if (before && !panel.contains(document.activeElement) && (focus || this.last === model)) form.focus(before);
  }

  textFields(form) {
    const { schema } = form;
    const { properties, required } = schema;
    const field = (key) => form.field(properties[key], `/${key}`, key, required.includes(key));
    const headline = looksAs(field("headline"), "article-headline");
    headline.classList.add("is-headline");
    const lead = looksAs(field("lead"), "article-lead");
    lead.classList.add("is-lead");
    this.blocks = new Blocks(form, "/body", properties.body);
    const further = Object.keys(properties).filter((key) => !["$schema", "headline", "lead", "body", "pictures", "translated_from", "machine"].includes(key));
    this.blocks.rest = new Rest(form, () => this.text.at("/body") ?? []);
    const isStale = this.text.row?.states?.[this.place.lang] === "stale";
    return [this.text.value.machine === true && this.machine(), isStale && this.stale(), paper(this.place.lang, [headline, this.blocks.rest.above, lead, this.blocks.element]), this.blocks.rest.element, make("section", { class: "further" }, further.map(field).filter(Boolean))].filter(Boolean);
  }

  // A word was pressed in the page beside: the cursor goes to where it is written.
  press(at, offset) {
    const kind = this.text.at(at.replace(/\/caption$/, ""));
    if (at === "/cover") return this.textForm?.focus(`/pictures/${this.facts.value?.cover}/caption`);
    if (at.endsWith("/picture/caption")) return this.textForm?.focus(`/pictures/${kind}/caption`, offset);
    return this.textForm?.focus(at, offset);
  }

  // What a machine wrote is published by nobody before somebody has read it.
  machine() {
    const right = async () => {
      await this.text.act([{ do: "remove", at: "/machine" }]);
      this.fill(this.text);
    };
    return make("div", { class: "notice is-machine" }, make("strong", { text: t("machine_draft") }), make("p", { text: t("machine_text") }), button(t("machine_right"), right, { class: "is-right" }));
  }

  stale() {
    if (this.place.isBeside) return null;
    const done = () => this.markCurrent().then(() => note.remove());
    const show = () => this.besideButton().click();
    const note = make("div", { class: "notice" }, make("p", { text: t("stale_note") }), make("div", { class: "actions" }, button(t("beside"), show), button(t("now_current"), done)));
    return note;
  }

  /** Records that this translation is up to date with its original as it is saved. */
  async markCurrent() {
    const { section, slug, lang } = this.place;
    await this.save();
    await send("done", { article: `${section}/${slug}`, lang }).catch((error) => this.trouble(error));
    await this.text.look();
    await this.parallel?.look();
  }

  // A file that is no JSON, to be mended as it is.
  broken(model) {
    const area = make("textarea", { class: "raw", rows: "24", spellcheck: "false", "aria-label": t("broken_title") });
    area.value = model.document.text;
    const take = async () => {
      await model.do("rewrite", { text: area.value });
      model.dispatchEvent(new Event("anew"));
    };
    return make("div", {}, make("h2", { text: t("broken_title") }), make("p", { text: t("broken_text") }), area, button(t("mend"), take, { class: "main" }));
  }

  showState() {
    if (!this.state) return;
    const isTyping = this.models.some((model) => model.isTyping);
    const isUnsaved = isTyping || this.models.some((model) => model.document?.unsaved);
    const text = t(isUnsaved ? "unsaved" : "saved");
    this.state.title = isUnsaved ? t("draft_kept") : "";
    if (this.state.textContent !== text) this.state.textContent = text;
    this.state.dataset.state = isTyping ? "typing" : isUnsaved ? "unsaved" : "saved";
    this.saver.disabled = !isUnsaved;
    this.undo.disabled = !this.models.some((model) => model.document?.undo > 0 || model.isTyping);
    this.redo.disabled = !this.models.some((model) => model.document?.redo > 0);
  }

  showMessages() {
    if (!this.messages) return;
    // Each answer speaks of the whole article, so the last one is right.
    const all = (this.newest ?? this.text).remarks;
    const rank = ({ severity, place }) => (severity === "error" ? 0 : 2) + (place === this.text.place ? 0 : 1);
    const list = [...all].sort((one, other) => rank(one) - rank(other)).map((remark) => {
      const model = this.models.find(({ place }) => place === remark.place);
      const lang = remark.place?.split("/").at(-1);
      const go = () => {
        if (model !== this.text && model !== this.facts) location.hash = `#/article/${this.place.section}/${this.place.slug}/${lang}`;
        else if (model === this.facts) {
          this.open("facts");
          this.factsForm?.focus(remark.at);
        } else this.textForm?.focus(remark.at);
      };
      const where = lang === "article" ? t("view_facts") : (LANGUAGES[lang] ?? remark.file);
      return make("li", {}, button(where, go, { class: "quiet where" }), remarkOf(remark));
    });
    const errors = all.filter(({ severity }) => severity === "error").length;
    this.tab.messages.textContent = all.length > 0 ? t("messages", { n: all.length }) : t("view_messages");
    this.tab.messages.classList.toggle("has-error", errors > 0);
    this.messages.replaceChildren(all.length > 0 ? make("ul", { class: "plain" }, list) : make("p", { text: t("no_messages") }));
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    const work = { s: () => this.save(), z: () => this.step(!event.shiftKey), y: () => this.step(false) }[key];
    if (!work) return;
    event.preventDefault();
    event.stopPropagation();
    work();
  }

  // Undoes in what was worked on last; where there is nothing left, in the other.
  async step(back) {
    await this.flush();
    const has = ({ document }) => (back ? document.undo : document.redo) > 0;
    const model = [this.last, ...this.models].find(has);
    await model?.step(back);
    say(t(back ? "undo" : "redo"));
  }

  async save() {
    for (const model of this.models) await model.save();
    // What is said of one may follow from the other.
    if (this.models.every((model) => !model.document.unsaved)) say(t("saved"));
  }

  async publish() {
    await this.flush();
    const title = this.text.row?.titles?.[this.place.lang] ?? this.place.slug;
    const free = (model) => async () => {
      await model.act([{ do: "remove", at: "/draft" }]);
      this.fill(model);
    };
    // What nobody has read is no offer; its own note says so.
    const drafts = [this.text, this.facts].filter((model) => model.value?.draft && !model.value.machine);
    const names = { [this.text.place]: `${title} (${LANGUAGES[this.place.lang]})`, [this.facts.place]: title };
    const choices = drafts.map((model) => ({ place: model.place, title: names[model.place], free: free(model) }));
    publish(this.portal, { drafts: choices, saves: this.models.map(({ place }) => place), before: () => this.save(), about: title });
  }

  // The program does not answer: what was typed stays on the page, and is told when it answers again.
  showGone(isGone) {
    this.gone?.remove();
    if (!isGone) return;
    const words = [make("strong", { text: t("gone_title") }), make("p", { text: t("gone_text") })];
    this.gone = make("div", { class: "notice is-error is-fixed", role: "alert" }, words);
    document.body.append(this.gone);
  }

  trouble(error) {
    const text = t("failed", { why: error.message });
    const note = make("div", { class: "notice is-error", role: "alert" }, make("p", { text }), button(t("close"), () => note.remove(), { class: "quiet" }));
    this.page.prepend(note);
  }

  end() {
    removeEventListener("keydown", this.keys, true);
    removeEventListener("pagehide", this.leave);
    this.leave();
    this.preview.end();
    this.portal.assets.end();
    this.parallel?.end();
    this.gone?.remove();
    this.textForm?.end();
    this.factsForm?.end();
  }
}
