// What belongs to no article: the portal's settings, its names, and its standing pages.

import { send } from "./api.js";
import { Blocks } from "./blocks.js";
import { button, fresh, make } from "./dom.js";
import { label, named } from "./form.js";
import { owed } from "./duties.js";
import { frame } from "./frame.js";
import { Model } from "./model.js";
import { Parallel } from "./parallel.js";
import { Sheet } from "./sheet.js";
import { looksAs, paper } from "./surface.js";
import { LANGUAGES, language, t } from "./words.js";

/** Where the views are that belong to no article. */
const VIEWS = { settings: "settings", pages: "standing_pages", glossary: "glossary" };

/** The links to these views. */
export const views = (here) =>
  make(
    "nav",
    { "aria-label": t("portal_itself") },
    make(
      "ul",
      { class: "langs" },
      Object.entries(VIEWS).map(([view, name]) => make("li", {}, make("a", { class: "tab-lang", href: `#/${view}`, "aria-current": view === here && "page", text: t(name) }))),
    ),
  );

/** The settings: one key of the schema at a time. A new key needs nothing here. */
export const showSettings = async (portal, shown) => {
  const model = await new Model("site").open();
  const schema = portal.schemas.site;
  const keys = Object.keys(schema.properties).filter((key) => key !== "$schema" && key !== "notices");
  keys.unshift("notices");
  let current = keys.includes(shown) ? shown : "names";
  const links = new Map();
  const sections = new Map();
  const open = (key) => {
    current = key;
    for (const [name, link] of links) link.setAttribute("aria-pressed", String(name === key));
    for (const [name, section] of sections) section.hidden = name !== key;
    history.replaceState(null, "", `#/settings/${key}`);
  };
  const nav = make(
    "ul",
    { class: "keys" },
    keys.map((key) => {
      const link = button(label(key, "", "site"), () => open(key), { class: "key", "data-key": key, "aria-pressed": String(key === current) });
      links.set(key, link);
      return make("li", {}, link);
    }),
  );
  const fields = (form) => {
    sections.clear();
    for (const key of keys) {
      const field = form.field(schema.properties[key], `/${key}`, key, schema.required.includes(key));
      sections.set(key, make("div", { class: "key-fields", hidden: key !== current }, field));
    }
    return [make("div", { class: "settings" }, make("nav", { "aria-label": t("settings") }, nav), make("div", {}, [...sections.values()]))];
  };
  const told = (remarks) => {
    for (const [key, link] of links) {
      const own = remarks.filter(({ at }) => at === `/${key}` || at.startsWith(`/${key}/`));
      link.classList.toggle("has-error", own.some(({ severity }) => severity === "error"));
      const name = label(key, "", "site");
      link.textContent = own.length > 0 ? `${name} (${own.length})` : name;
    }
  };
  const reveal = (path) => keys.includes(path.split("/")[1]) && open(path.split("/")[1]);
  const about = { title: t("settings"), schema, fields, told, reveal, middle: [views("settings")], page: `${language}/` };
  const sheet = new Sheet(portal, model, about);
  return () => sheet.end();
};

/** The names of the portal in every language. */
export const showGlossary = async (portal) => {
  await send("glossary");
  const model = await new Model("glossary").open();
  const schema = portal.schemas.glossary;
  const fields = (form) => [form.field(schema.properties.names, "/names", "glossary_names")];
  const head = make("p", { class: "help", text: t("glossary_text") });
  const sheet = new Sheet(portal, model, { title: t("glossary"), head, schema, fields, middle: [views("glossary")] });
  return () => sheet.end();
};

/** All standing pages. */
export const showPages = async (portal) => {
  const line = ({ slug, titles, is_listed }) => {
    const chips = portal.langs.map((lang) => make("li", {}, make("a", { class: `chip is-${titles[lang] === undefined ? "missing" : is_listed ? "published" : "draft"}`, href: `#/page/${slug}/${lang}`, lang, text: LANGUAGES[lang] })));
    const name = titles[language] ?? Object.values(titles)[0] ?? slug;
    return make("tr", {}, make("th", { scope: "row", text: name }), make("td", { text: is_listed ? t("page_listed") : t("page_unlisted") }), make("td", {}, make("ul", { class: "chips" }, chips)));
  };
  const wrong = make("p", { class: "remark is-error", role: "alert", hidden: true });
  const slug = make("input", { id: fresh("page"), type: "text", spellcheck: "false", autocapitalize: "none" });
  const begin = async (event) => {
    event.preventDefault();
    try {
      await send("page", { slug: slug.value });
      location.hash = `#/page/${slug.value}/${portal.langs.includes(language) ? language : portal.langs[0]}`;
    } catch (error) {
      wrong.hidden = false;
      wrong.textContent = error.message;
    }
  };
  const form = make("form", { class: "new-page", on: { submit: begin } }, make("label", { for: slug.id, text: t("new_page") }), slug, make("button", { text: t("create") }), wrong);
  const heads = ["title", "state", "languages"].map((key) => make("th", { scope: "col", text: t(key) }));
  const table = make("table", { class: "articles" }, make("thead", {}, make("tr", {}, heads)), make("tbody", {}, portal.pages.map(line)));
  const main = make("main", { id: "work", class: "list", tabindex: "-1" }, make("div", { class: "head" }, make("h1", { text: t("standing_pages") })), make("p", { class: "help", text: t("pages_text") }), table, form, owed(portal));
  frame(portal, main, [], [views("pages")]);
};

// The page in the first language, part by part, in the form of a translation.
const besidePage = (portal, sheet, slug, lang) =>
  new Parallel({
    text: sheet.model,
    page: sheet.page,
    portal: { ...portal, translates: false },
    place: { slug, lang },
    isPage: true,
    get textForm() {
      return sheet.form;
    },
    get blocks() {
      return sheet.blocks;
    },
    get lastField() {
      return sheet.lastField;
    },
    trouble: (error) => sheet.trouble(error),
  });

/** A standing page in a language, beside its original where that is wanted. */
export const showPage = async (portal, slug, lang, isBeside = false) => {
  const model = await new Model(`pages/${slug}/${lang}`).open();
  const schema = portal.schemas.standing;
  const fields = (form, sheet) => {
    const { properties, required } = schema;
    const field = (key) => form.field(properties[key], `/${key}`, key, required.includes(key));
    sheet.blocks = new Blocks(form, "/body", properties.body);
    const words = ["title", "lead"].map((key) => looksAs(field(key), `standing-${key}`));
    words[0].classList.add("is-headline");
    words[1].classList.add("is-lead");
    const further = Object.keys(properties).filter((key) => !["$schema", "title", "lead", "body"].includes(key));
    return [paper(lang, [...words, sheet.blocks.element]), make("section", { class: "further" }, further.map(field))];
  };
  const links = portal.langs.map((tag) => make("li", {}, make("a", { class: "tab-lang", lang: tag, href: `#/page/${slug}/${tag}`, "aria-current": tag === lang && "page", text: LANGUAGES[tag] })));
  const about = { title: named(model.value) ?? slug, schema, lang, isPage: true, fields, page: `${lang}/pages/${slug}/`, middle: [make("ul", { class: "langs" }, links)], isParallel: isBeside && model.value !== null };
  const turn = async () => {
    await model.flush();
    location.hash = `#/page/${slug}/${lang}${isBeside ? "" : `+${portal.langs[0]}`}`;
  };
  if (lang !== portal.langs[0]) about.tools = [button(t("beside"), turn, { class: "quiet is-beside", "aria-pressed": String(isBeside) })];
  let parallel;
  about.filled = () => parallel?.attach();
  const sheet = new Sheet(portal, model, about);
  if (about.isParallel) parallel = besidePage(portal, sheet, slug, lang);
  return () => {
    parallel?.end();
    sheet.end();
  };
};
