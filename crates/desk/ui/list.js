// All articles, with their state in each language.

import { picture, send } from "./api.js";
import { button, fresh, make, select } from "./dom.js";
import { frame } from "./frame.js";
import { today } from "./git.js";
import { publish } from "./publish.js";
import { views } from "./settings.js";
import { addressOf, beside, openNext } from "./work.js";
import { day, LANGUAGES, language, t } from "./words.js";

const STATES = ["mistakes", "stale", "draft", "scheduled", "published", "missing"];

/** What was asked last, so that it is there again when somebody comes back. */
const question = { words: "", section: null, state: null, work: false, lang: null, from: 0 };

/** Shows the list. */
export const showList = async (portal) => {
  const body = make("tbody");
  const count = make("p", { class: "count", role: "status" });
  const more = button(t("more"), () => look(true), { class: "quiet", hidden: true });
  const empty = make("p", { class: "empty", hidden: true });
  let asked = 0;
  const look = async (further = false) => {
    const number = ++asked;
    question.from = further ? body.rows.length : 0;
    const answer = await send("list", question);
    if (number !== asked) return;
    const rows = answer.rows.map((row) => line(row, portal));
    if (further) body.append(...rows);
    else body.replaceChildren(...rows);
    count.textContent = t("found", answer);
    more.hidden = body.rows.length >= answer.found;
    empty.hidden = answer.found > 0;
    empty.textContent = t(answer.all === 0 ? "no_articles" : question.work ? "nothing_to_translate" : "nothing_found");
    next.hidden = !question.work || answer.found === 0;
    table.hidden = answer.found === 0;
    // What was kept of the last time is shown at once; what is there now comes after it.
    if (answer.is_old && !further) setTimeout(() => body.isConnected && number === asked && look(), 400);
  };
  const next = button(t("next_work"), () => openNext(question.lang, null, question), { class: "is-next", hidden: true });
  const heads = ["title", "section", "published_on", "languages"].map((key) => make("th", { scope: "col", text: t(key) }));
  const table = make("table", { class: "articles", hidden: true }, make("thead", {}, make("tr", {}, heads)), body);
  const main = make(
    "main",
    { id: "work", class: "list", tabindex: "-1" },
    make("div", { class: "head" }, make("h1", { text: t("articles") }), make("a", { class: "button main", href: "#/new", text: t("new_article") })),
    unsaved(portal),
    today(),
    filters(portal, look),
    make("div", { class: "found" }, count, next),
    table,
    empty,
    more,
  );
  frame(portal, main, [button(t("publish"), () => publish(portal))], [views()]);
  await look();
};

// The documents with something that is not saved.
const unsaved = ({ unsaved: places }) => {
  if (places.length === 0) return null;
  const name = (place) => {
    if (place === "site") return t("settings");
    if (place === "glossary") return t("glossary");
    const [kind, ...parts] = place.split("/");
    const lang = parts.pop();
    return `${kind === "pages" ? `${t("standing_pages")}: ` : ""}${parts.join("/")} ${LANGUAGES[lang] ? lang : ""}`;
  };
  const link = (place) => make("li", {}, make("a", { href: addressOf(place), text: name(place) }));
  return make("div", { class: "notice" }, make("strong", { text: t("unsaved_here") }), make("ul", { class: "inline" }, places.map(link)));
};

const filters = (portal, look) => {
  let pause;
  const soon = () => {
    clearTimeout(pause);
    pause = setTimeout(look, 120);
  };
  const id = fresh("search");
  const words = make("input", { type: "search", id, value: question.words, placeholder: t("search") });
  words.addEventListener("input", () => {
    question.words = words.value;
    soon();
  });
  const one = (key, name, options) => {
    const set = (value) => {
      question[key] = value || null;
      look();
    };
    return make("label", { class: "filter" }, make("span", { class: "hidden", text: t(name) }), select(options, question[key] ?? "", set));
  };
  const sections = (portal.sections ?? []).map(({ slug, names }) => [slug, names[language] ?? slug]);
  return make(
    "form",
    { class: "filters", role: "search", on: { submit: (event) => event.preventDefault() } },
    make("label", { for: id, class: "hidden", text: t("search") }),
    words,
    one("section", "section", [["", t("all_sections")], ...sections]),
    work(look),
    one("state", "state", [["", t("all_states")], ...STATES.map((state) => [state, t(`state_${state}`)])]),
    one("lang", "in_language", [["", t("any_language")], ...portal.langs.map((lang) => [lang, LANGUAGES[lang]])]),
  );
};

// Only what is left to translate, as `site translations` lists it.
const work = (look) => {
  const id = fresh("work");
  const box = make("input", { type: "checkbox", id });
  box.checked = question.work;
  box.addEventListener("change", () => {
    question.work = box.checked;
    look();
  });
  return make("div", { class: "is-check" }, box, make("label", { for: id, text: t("to_translate") }));
};

const line = (row, portal) => {
  const { section, slug, titles, states, original } = row;
  const lang = titles[language] !== undefined ? language : original;
  const title = titles[lang] ?? slug;
  const name = portal.sections?.find((one) => one.slug === section)?.names[language] ?? section;
  const place = `#/article/${section}/${slug}/${original ?? ""}`;
  const chips = portal.langs.map((tag) => {
    const state = states[tag] ?? "missing";
    const parts = { title, language: LANGUAGES[tag], state: t(`state_${state}`) };
    const task = question.work && row.tasks[tag];
    if (task) parts.state = t(`task_${task}`);
    const says = state === "missing" ? t("translate_into", parts) : t("open_in", parts);
    const kind = { class: `chip is-${state}`, title: says, "aria-label": `${short(tag)} – ${says}` };
    if (state !== "missing") return make("li", {}, make("a", { ...kind, href: task ? beside(`${section}/${slug}`, tag, original) : `#/article/${section}/${slug}/${tag}`, text: short(tag) }));
    return make("li", {}, button(short(tag), () => translate(`${section}/${slug}`, tag, task && original), kind));
  });
  const image = make("div", { class: "thumb", "aria-hidden": "true" });
  if (row.cover) load(image, `${section}/${slug}/${row.cover}`);
  return make(
    "tr",
    {},
    make("td", {}, make("div", { class: "what" }, image, make("a", { href: place, lang, text: title }))),
    make("td", { text: name }),
    make("td", { class: "when", text: day(row.published) }),
    make("td", {}, make("ul", { class: "chips" }, chips)),
  );
};

const short = (tag) => ({ vi: "VI", en: "EN", ko: "KO", ja: "JA", "zh-Hans": "ZH" })[tag] ?? tag;

// Pictures are asked for when their row comes into sight.
const load = (place, path) => {
  const watch = new IntersectionObserver(async ([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    watch.disconnect();
    const src = await picture(path);
    if (src) place.append(make("img", { src, alt: "" }));
  });
  watch.observe(place);
};

/** Makes a translation, and opens it. */
export const translate = async (article, lang, original) => {
  await send("translate", { article, lang });
  location.hash = beside(article, lang, original);
};
