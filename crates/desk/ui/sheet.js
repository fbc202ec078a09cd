// A document that belongs to no article: its form, what there is to say of it, saving and undoing.

import { settle } from "./conflict.js";
import { button, make, say } from "./dom.js";
import { Form, remarkOf } from "./form.js";
import { frame } from "./frame.js";
import { Preview } from "./preview.js";
import { publish } from "./publish.js";
import { t } from "./words.js";
import { addressOf } from "./work.js";

/** A document in a form. `about` has: `title`, `schema`, `lang`, `fields(form)`, `page` for the preview, `middle`. */
export class Sheet {
  constructor(portal, model, about) {
    Object.assign(this, { portal, model, about });
    const on = {
      state: () => this.showState(),
      remarks: () => this.showMessages(),
      anew: ({ detail }) => this.fill(detail?.focus),
      conflict: ({ detail }) => settle(model, detail),
      trouble: ({ detail }) => this.trouble(detail),
      gone: () => this.showGone(true),
      back: () => this.showGone(false),
    };
    for (const [event, listener] of Object.entries(on)) model.addEventListener(event, listener);
    this.keys = (event) => this.key(event);
    this.leave = () => model.flush();
    addEventListener("keydown", this.keys, true);
    addEventListener("pagehide", this.leave);
    this.build();
  }

  build() {
    const { about, portal } = this;
    this.state = make("span", { class: "saving", role: "status" });
    this.undo = button(t("undo"), () => this.step(true), { class: "quiet", title: "Ctrl+Z" });
    this.redo = button(t("redo"), () => this.step(false), { class: "quiet", title: "Ctrl+Y" });
    this.saver = button(t("save"), () => this.save(), { title: "Ctrl+S" });
    const publisher = button(t("publish"), () => this.publish(), { class: "main" });
    this.page = make("section", { class: "page", "aria-label": about.title });
    this.page.addEventListener("focusin", ({ target }) => {
      this.lastField = target.closest("[data-path]")?.dataset.path;
      if (about.isPage) this.preview?.mark(this.lastField);
    });
    this.messages = make("section", { class: "panel messages", "aria-label": t("view_messages") });
    this.preview = about.page && new Preview(portal.preview, about.page, (at, offset) => this.form?.focus(at, offset));
    if (about.isPage) this.preview?.follows(this.model);
    const side = make("div", { class: "side" }, this.messages, this.preview?.element);
    const title = make("h1", { class: about.isPage ? "hidden" : "sheet-title", lang: about.lang, text: about.title });
    this.head = make("div", { class: about.isPage ? undefined : "sheet-head" }, title, about.head);
    const main = make("main", { id: "work", class: about.isParallel ? "work is-sheet is-parallel" : "work is-sheet", tabindex: "-1" }, this.page, side);
    frame(portal, main, [...(about.tools ?? []), this.state, this.undo, this.redo, this.saver, publisher], about.middle ?? []);
    this.fill();
    this.showState();
    this.showMessages();
  }

  // Shows the fields anew.
  fill(focus) {
    const { model, about } = this;
    const before = focus ?? document.activeElement?.closest("[data-path]")?.dataset.path;
    this.form?.end();
    if (model.value === null) return this.page.replaceChildren(this.head, this.broken());
    const form = new Form(model, about.schema, about.lang, this.portal, about.isPage);
    this.form = form;
    const general = make("div", { class: "remarks" });
    form.fields.set("", { field: this.page, remarks: general });
    this.page.replaceChildren(this.head, general, ...about.fields(form, this).filter(Boolean));
    form.showRemarks();
    about.filled?.();
    if (before && !this.page.contains(document.activeElement)) form.focus(before);
  }

  // A file that is no JSON, to be mended as it is.
  broken() {
    const { model } = this;
    const area = make("textarea", { class: "raw", rows: "24", spellcheck: "false", "aria-label": t("broken_title") });
    area.value = model.document.text;
    const take = async () => {
      await model.do("rewrite", { text: area.value });
      model.dispatchEvent(new Event("anew"));
    };
    return make("div", {}, make("h2", { text: t("broken_title") }), make("p", { text: t("broken_text") }), area, button(t("mend"), take, { class: "main" }));
  }

  showState() {
    const { model } = this;
    const isUnsaved = model.isTyping || model.document.unsaved;
    const text = t(isUnsaved ? "unsaved" : "saved");
    if (this.state.textContent !== text) this.state.textContent = text;
    this.state.dataset.state = model.isTyping ? "typing" : isUnsaved ? "unsaved" : "saved";
    this.saver.disabled = !isUnsaved;
    this.undo.disabled = !(model.document.undo > 0 || model.isTyping);
    this.redo.disabled = !(model.document.redo > 0);
  }

  showMessages() {
    const { model } = this;
    const list = model.remarks.map((remark) => {
      const isOwn = remark.place === model.place;
      const where = isOwn ? t("go_to_field") : remark.file;
      const go = () => {
        if (isOwn) this.focus(remark.at);
        else location.hash = addressOf(remark.place);
      };
      const named = isOwn || addressOf(remark.place) ? button(where, go, { class: "quiet where" }) : make("code", { text: where });
      return make("li", {}, named, remarkOf(remark));
    });
    const nothing = make("p", { text: t("no_messages") });
    this.messages.replaceChildren(list.length > 0 ? make("ul", { class: "plain" }, list) : nothing);
    this.about.told?.(model.remarks.filter(({ place }) => place === model.place));
  }

  focus(path) {
    this.about.reveal?.(path);
    this.form.focus(path);
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector("dialog[open]")) return;
    const work = { s: () => this.save(), z: () => this.step(!event.shiftKey), y: () => this.step(false) }[event.key.toLowerCase()];
    if (!work) return;
    event.preventDefault();
    event.stopPropagation();
    work();
  }

  async step(back) {
    await this.model.flush();
    const { undo, redo } = this.model.document;
    if ((back ? undo : redo) > 0) await this.model.step(back);
    say(t(back ? "undo" : "redo"));
  }

  async save() {
    await this.model.save();
    if (!this.model.document.unsaved) say(t("saved"));
  }

  publish() {
    const { portal, model } = this;
    publish(portal, { saves: [model.place], before: () => this.save() });
  }

  // The program does not answer: what was typed stays on the page, and is told when it answers again.
  showGone(isGone) {
    this.gone?.remove();
    if (!isGone) return;
    this.gone = make("div", { class: "notice is-error is-fixed", role: "alert" }, make("strong", { text: t("gone_title") }), make("p", { text: t("gone_text") }));
    document.body.append(this.gone);
  }

  trouble(error) {
    const note = make("div", { class: "notice is-error", role: "alert" }, make("p", { text: t("failed", { why: error.message }) }), button(t("close"), () => note.remove(), { class: "quiet" }));
    this.page.prepend(note);
  }

  end() {
    removeEventListener("keydown", this.keys, true);
    removeEventListener("pagehide", this.leave);
    this.leave();
    this.preview?.end();
    this.gone?.remove();
    this.form?.end();
  }
}
