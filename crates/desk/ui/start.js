// What begins something: a portal in an empty folder, a new article.

import { send } from "./api.js";
import { button, fresh, make, select } from "./dom.js";
import { frame } from "./frame.js";
import { LANGUAGES, language, t } from "./words.js";

const row = (id, name, control, help) =>
  make("div", { class: "field" }, make("label", { for: id, text: t(name) }), control, help && make("p", { class: "help", id: `${id}-help`, text: t(help) }));

// A form that says why it was refused.
const asked = (portal, title, text, fields, word, work) => {
  const wrong = make("p", { class: "remark is-error", role: "alert", hidden: true });
  const submit = async (event) => {
    event.preventDefault();
    try {
      await work();
    } catch (error) {
      wrong.hidden = false;
      wrong.textContent = error.message;
    }
  };
  const form = make("form", { on: { submit } }, fields, wrong, make("div", { class: "actions" }, make("button", { class: "main", text: t(word) }), !portal.begins && button(t("cancel"), () => history.back())));
  const main = make("main", { id: "work", class: "narrow", tabindex: "-1" }, make("h1", { text: t(title) }), text && make("p", { text: t(text) }), form);
  frame(portal, main);
  form.querySelector("input")?.focus();
};

/** A portal in an empty folder. */
export const beginPortal = (portal, then) => {
  const names = {};
  const own = portal.langs.map((lang) => {
    const id = fresh("name");
    const input = make("input", { id, lang, type: "text", name: `name-${lang}`, on: { input: () => (names[lang] = input.value) } });
    return make("div", { class: "side-by-side is-named" }, make("label", { for: id, text: LANGUAGES[lang] }), input);
  });
  const origin = make("input", { id: "origin", type: "url", value: "https://", name: "origin", "aria-describedby": "origin-help" });
  const boxes = portal.offered.map(({ slug, names: words }, number) => {
    const box = make("input", { type: "checkbox", id: `section-${slug}`, value: slug });
    box.checked = number < 3;
    return { box, element: make("div", { class: "is-check" }, box, make("label", { for: box.id, text: words[language] })) };
  });
  const fields = [
    make("fieldset", { class: "group" }, make("legend", { text: t("portal_name") }), make("p", { class: "help", text: t("portal_name_help") }), own),
    row("origin", "portal_origin", origin, "portal_origin_help"),
    make("fieldset", { class: "group" }, make("legend", { text: t("portal_sections") }), make("div", { class: "topics" }, boxes.map(({ element }) => element))),
  ];
  asked(portal, "begin_title", "begin_text", fields, "begin", async () => {
    const sections = boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
    await send("begin", { names, origin: origin.value, sections });
    await then();
  });
};

/** A new article. */
export const newArticle = (portal) => {
  let isOwn = false;
  let lang = portal.langs.includes(language) ? language : portal.langs[0];
  let section = portal.sections?.[0]?.slug ?? "";
  const title = make("input", { id: "title", type: "text", lang });
  const slug = make("input", { id: "slug", type: "text", "aria-describedby": "slug-help", spellcheck: "false", autocapitalize: "none" });
  let pause;
  const propose = () => {
    clearTimeout(pause);
    if (isOwn || !title.value.trim()) return;
    pause = setTimeout(async () => {
      const answer = await send("slug", { title: title.value, lang, section });
      if (!isOwn) slug.value = answer.slug;
    }, 200);
  };
  title.addEventListener("input", propose);
  slug.addEventListener("input", () => {
    isOwn = slug.value !== "";
  });
  const sections = (portal.sections ?? []).map(({ slug: name, names }) => [name, names[language] ?? name]);
  const setSection = (value) => {
    section = value;
    propose();
  };
  const setLang = (value) => {
    lang = value;
    title.lang = value;
    propose();
  };
  const fields = [
    row("title", "title", title),
    row("lang", "written_in", select(portal.langs.map((tag) => [tag, LANGUAGES[tag]]), lang, setLang, { id: "lang" })),
    row("section", "section", select(sections, section, setSection, { id: "section" })),
    row("slug", "slug", slug, "slug_help"),
  ];
  asked(portal, "new_title", null, fields, "create", async () => {
    if (!slug.value) slug.value = (await send("slug", { title: title.value, lang, section })).slug;
    await send("new", { section, slug: slug.value, lang, title: title.value });
    location.hash = `#/article/${section}/${slug.value}/${lang}`;
  });
};
