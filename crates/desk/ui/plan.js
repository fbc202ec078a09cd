// What publishing would change, said before it is done: by the program, which compares with what is published.

import { send } from "./api.js";
import { make } from "./dom.js";
import { remarkOf } from "./form.js";
import { LANGUAGES, t } from "./words.js";
import { addressOf } from "./work.js";

// A page of the preview, in a tab of its own: the dialog stays.
const seen = (preview, path, text, attributes = {}) => make("a", { href: `${preview}${path}`, target: "_blank", rel: "noopener", text, ...attributes });

const further = ({ all, first }) => all > first.length && make("li", { class: "help", text: t("plan_more", { n: all - first.length }) });

const articles = (preview, found) => {
  if (found.all === 0) return null;
  const lines = found.first.map(({ kind, title, lang, page }) => {
    const name = kind === "gone" ? make("span", { lang, text: title }) : seen(preview, page, title, { lang });
    return make("li", {}, make("strong", { class: `is-${kind}`, text: t(`plan_${kind}`) }), " ", name, ` (${LANGUAGES[lang]})`);
  });
  return [make("h3", { text: t("plan_articles", { n: found.all }) }), make("ul", { class: "plain" }, lines, further(found))];
};

// What follows from it: shown as a number, and address by address when somebody asks.
const others = (preview, plan) =>
  ["along", "lists", "standing", "feeds", "cards"]
    .filter((part) => plan[part].all > 0)
    .map((part) => {
      const links = plan[part].first.map((path) => make("li", {}, seen(preview, path, decodeURI(path))));
      return make("details", {}, make("summary", { text: t(`plan_${part}`, { n: plan[part].all }) }), make("ul", { class: "plain" }, links, further(plan[part])));
    });

/** Mistakes, each with a link to its field. */
export const mistakes = (remarks) => {
  const errors = remarks.filter(({ severity }) => severity === "error");
  const shown = errors.slice(0, 20).map((remark) => {
    const address = addressOf(remark.place);
    const close = (event) => event.target.closest("dialog")?.close();
    const file = make("code", { text: remark.file });
    return make("li", {}, address ? make("a", { href: address, on: { click: close } }, file) : file, remarkOf(remark));
  });
  return make("ul", { class: "plain" }, shown, further({ all: errors.length, first: shown }));
};

/** A part of a dialog that says it. `wish` tells which documents are saved before, and which are no drafts then. */
export class Plan {
  constructor(preview) {
    this.preview = preview;
    this.said = make("div", { "aria-live": "polite" });
    // It has its room from the beginning, so that what is pressed below it stays where it is.
    this.element = make("section", { class: "plan", tabindex: "0", "aria-label": t("plan_title") }, make("h3", { class: "hidden", text: t("plan_title") }), this.said);
  }

  /** Asks anew. */
  async look(wish) {
    const number = (this.number ?? 0) + 1;
    this.number = number;
    this.said.replaceChildren(make("p", { class: "help", text: t("plan_works") }));
    const answer = await send("plan", wish).catch((error) => ({ kind: "failed", message: error.message }));
    if (number === this.number) this.said.replaceChildren(...this.told(answer));
  }

  told({ kind, plan, remarks, message }) {
    if (kind === "failed") return [make("p", { text: t("failed", { why: message }) })];
    if (kind === "refused") return [make("p", { class: "is-bad", text: t("plan_refused") }), mistakes(remarks)];
    if (plan.is_unknown) return [make("p", { text: t("plan_unknown") })];
    const parts = [articles(this.preview, plan.articles), others(this.preview, plan)].flat().filter(Boolean);
    if (plan.is_first) parts.unshift(make("p", { text: t("plan_first") }));
    return parts.length > 0 ? parts : [make("p", { text: t("plan_nothing") })];
  }
}
