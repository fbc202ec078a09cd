// A translation beside its original: each part of the original at the height of its part of the
// translation, with what changed in it since.

import { send } from "./api.js";
import { button, make, say, sure } from "./dom.js";
import { LANGUAGES, t } from "./words.js";
import { openNext } from "./work.js";

/** What is written above a part of the original. */
const SAID = { words: "was_changed", details: "details_changed", new: "is_new", gone: "is_gone" };

/** What stands for a piece of words. */
const ELEMENTS = { kept: "span", removed: "del", added: "ins" };

/** The original of a translation, in the form of the translation. */
export class Parallel {
  constructor(article) {
    this.article = article;
    this.model = article.text;
    this.rows = [];
    this.head = make("div", { class: "beside-head", role: "status" });
    this.listener = () => this.follow();
    this.again = () => this.look();
    this.blocks = () => this.attach();
    this.model.addEventListener("remarks", this.listener);
    this.model.addEventListener("blocks", this.blocks);
    addEventListener("focus", this.again);
    this.look();
  }

  // What the rows depend on, in the translation.
  get form() {
    const { body, translated_from, pictures } = this.model.value ?? {};
    const kinds = Array.isArray(body) ? body.map((block) => Object.keys(block ?? {})[0]) : [];
    return JSON.stringify([kinds, translated_from, Object.keys(pictures ?? {}), Object.keys(this.model.value ?? {})]);
  }

  // Asks again where the translation has other parts than before.
  follow() {
    if (this.form !== this.asked) this.look();
  }

  /** Asks for the original. */
  async look() {
    this.asked = this.form;
    const number = (this.number ?? 0) + 1;
    this.number = number;
    const answer = await send("parallel", { place: this.model.place }).catch((error) => this.article.trouble(error));
    if (!answer || number !== this.number || this.isEnded) return;
    Object.assign(this, { answer, rows: answer.rows });
    this.attach();
  }

  /** Puts everything where it belongs. */
  attach() {
    const { page, textForm } = this.article;
    if (!this.answer || !textForm) return;
    for (const old of page.querySelectorAll(".beside, .beside-alone")) old.remove();
    for (const old of page.querySelectorAll(".has-beside")) old.classList.remove("has-beside");
    if (!page.contains(this.head)) page.prepend(this.head);
    this.showHead();
    let before = null;
    // From the last on, so that what has no place here stands before what follows it.
    for (const row of [...this.rows].reverse()) {
      // A key that the translation lacks has an empty field all the same.
      const path = row.here ?? (row.there?.startsWith("/body/") ? null : row.there);
      const there = path && textForm.fields.get(path)?.field;
      if (there) {
        there.classList.add("has-beside");
        there.append(this.part(row));
        before = there;
      } else if (row.there?.startsWith("/body/") || row.change === "gone") before = this.alone(row, before);
    }
  }

  // A part that the translation does not have.
  alone(row, before) {
    const list = this.article.page.querySelector(".blocks");
    const add = () => this.add(row, before);
    const missing = row.change === "gone" ? t("nothing_left") : t("not_translated");
    const left = make("div", { class: "help" }, make("p", { text: missing }), row.value && button(t("add_here"), add, { class: "quiet" }));
    const element = make("li", { class: "beside-alone" }, left, this.part(row));
    list?.insertBefore(element, before?.parentElement === list ? before : null);
    return element;
  }

  // Puts the block into the translation, with the words of the original.
  async add(row, before) {
    const blocks = this.model.at("/body") ?? [];
    let next = before;
    while (next && !next.dataset.path) next = next.nextElementSibling;
    const at = next?.dataset.path.startsWith("/body/") ? Number(next.dataset.path.split("/").at(-1)) : blocks.length;
    // Only the program knows which words have which marks.
    await this.model.act([{ do: "insert", at: `/body/${at}`, value: row.value }]);
    this.article.blocks.render(at);
    await this.look();
  }

  part(row) {
    const { original } = this.answer;
    const said = SAID[row.change];
    const pieces = row.pieces.map(({ was, text }) => make(ELEMENTS[was], { text }));
    const names = (row.names ?? []).map(({ there, here }) =>
      button(`${there} → ${here}`, () => this.insert(row, here), { class: "name-offer", title: t("insert_name", { name: here }) }),
    );
    return make(
      "div",
      { class: `beside is-${row.change}`, role: "group", "aria-label": `${LANGUAGES[original]}: ${t(row.kind.split(" ")[0])}` },
      said && make("p", { class: "beside-said", text: t(said) }),
      pieces.length > 0 && make("p", { class: "beside-words", lang: original }, pieces),
      names.length > 0 && make("div", { class: "name-offers" }, names),
    );
  }

  // Writes a name where the cursor is in this part, or else at its end.
  insert(row, name) {
    const { fields } = this.article.textForm;
    const isIn = (path) => path === row.here || path.startsWith(`${row.here}/`);
    const last = this.article.lastField;
    const path = last && isIn(last) ? last : [...fields.keys()].find((one) => isIn(one) && fields.get(one).insert);
    if (!path) return;
    fields.get(path).insert(name);
    say(name);
  }

  showHead() {
    const { original, is_recorded, is_current, is_known } = this.answer;
    if (!original) return this.head.replaceChildren();
    if (this.article.isPage) return this.head.replaceChildren(make("p", { class: "help", text: t("beside_page") }));
    const changed = this.rows.filter(({ change }) => !["same", "unknown"].includes(change)).length;
    let said = t("beside_current");
    if (!is_recorded) said = t("beside_unrecorded");
    else if (!is_current) said = is_known ? t("beside_changed", { n: changed }) : t("beside_unknown");
    const { article } = this;
    const parts = [
      make("p", { text: said }),
      !is_current && is_known && make("p", { class: "help" }, make("del", { text: t("was_before") }), " ", make("ins", { text: t("is_now") })),
      make(
        "div",
        { class: "actions" },
        !is_current && button(t("now_current"), () => article.markCurrent(), { class: "is-done" }),
        article.portal.translates && button(t("machine_draft"), () => this.machine(), { class: "quiet is-machine" }),
        button(t("next_work"), () => article.flush().then(() => openNext(article.place.lang, `${article.place.section}/${article.place.slug}`)), { class: "quiet is-next" }),
      ),
    ];
    this.head.replaceChildren(...parts.filter(Boolean));
  }

  // Has the operator's program write a draft; what is here is a step back then.
  async machine() {
    await this.article.flush();
    const has = this.model.value.machine !== true && !this.model.value.draft;
    if (has && !(await sure(t("machine_draft"), t("machine_replaces")))) return;
    this.head.querySelector(".is-machine").disabled = true;
    this.head.querySelector("p").textContent = t("machine_works");
    if (await this.model.do("machine", {})) this.model.dispatchEvent(new Event("anew"));
    await this.look();
  }

  /** Ends it. */
  end() {
    this.isEnded = true;
    this.model.removeEventListener("remarks", this.listener);
    this.model.removeEventListener("blocks", this.blocks);
    removeEventListener("focus", this.again);
  }
}
