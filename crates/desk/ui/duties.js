// The forms of what public bodies owe besides news: the register of documents, questions and answers, and the assessment of
// accessibility. The portal makes the pages of them.

import { send } from "./api.js";
import { Blocks } from "./blocks.js";
import { button, fresh, make, select } from "./dom.js";
import { Enclosures } from "./files.js";
import { Model } from "./model.js";
import { Sheet } from "./sheet.js";
import { paper } from "./surface.js";
import { LANGUAGES, language, t } from "./words.js";

/** What is called how by the program, by its name in addresses of the desk. */
const PLACES = {
  register: () => ["documents/register", "register", "documents"],
  document: (slug) => [`documents/${slug}/document`, "document", `document-${slug}`],
  questions: (lang) => [`questions/${lang}`, "questions", "questions"],
  assessment: () => ["accessibility", "assessment", "accessibility-report"],
};

/** Whether there is such a form. */
export const isOwed = (kind) => kind in PLACES;

// Begins something, and opens it; says why where that does not work.
const begins = (task, wish, to, wrong) => async (event) => {
  event?.preventDefault();
  try {
    await send(task, wish());
    location.hash = to();
  } catch (error) {
    wrong.hidden = false;
    wrong.textContent = error.message;
  }
};

const refusal = () => make("p", { class: "remark is-error", role: "alert", hidden: true });

// A field with a button that begins something of what is written in it.
const asking = (name, type, task, key, to) => {
  const wrong = refusal();
  const input = make("input", { id: fresh("owed"), type, spellcheck: "false", autocapitalize: "none" });
  const submit = begins(task, () => ({ [key]: input.value.trim() }), () => to(input.value.trim()), wrong);
  return make("form", { class: "new-page", on: { submit } }, make("label", { for: input.id, text: name }), input, make("button", { text: t("create") }), wrong);
};

const link = (address, text, attributes = {}) => make("a", { href: address, text, ...attributes });

const documents = (portal) => {
  const { duties } = portal;
  const wrong = refusal();
  if (!duties.register) return [make("p", {}, button(t("begin"), begins("register", () => ({}), () => "#/owed/register", wrong))), wrong];
  const lines = duties.documents.map(({ slug, number, issued, subjects, draft }) => {
    const subject = subjects?.[language] ?? Object.values(subjects ?? {})[0] ?? slug;
    return make("tr", {}, make("th", { scope: "row" }, link(`#/owed/document/${slug}`, number || slug)), make("td", { text: issued ?? "" }), make("td", { text: subject }), make("td", { text: draft ? t("state_draft") : "" }));
  });
  const heads = ["number", "issued", "subjects", "state"].map((key) => make("th", { scope: "col", text: t(key) }));
  const table = lines.length > 0 && make("table", { class: "articles" }, make("thead", {}, make("tr", {}, heads)), make("tbody", {}, lines));
  return [make("p", {}, link("#/owed/register", t("settings_of_register"))), table, asking(t("new_document"), "text", "document", "slug", (slug) => `#/owed/document/${slug}`)];
};

const questions = (portal) => {
  const wrong = refusal();
  if (!portal.duties.questions) return [make("p", {}, button(t("begin"), begins("questions", () => ({}), () => `#/owed/questions/${portal.langs[0]}`, wrong))), wrong];
  const chips = portal.langs.map((lang) => make("li", {}, link(`#/owed/questions/${lang}`, LANGUAGES[lang], { class: "chip is-published", lang })));
  return [make("ul", { class: "chips" }, chips)];
};

const assessment = (portal) => {
  if (portal.duties.assessment) return [make("p", {}, link("#/owed/assessment", t("assessment")))];
  return [asking(t("accessibility.contact"), "email", "assessment", "contact", () => "#/owed/assessment")];
};

/** What stands below the standing pages: pages that the portal makes. */
export const owed = (portal) => {
  const part = (name, inside) => make("section", { class: "owed" }, make("h3", { text: t(name) }), inside.filter(Boolean));
  return make("section", {}, make("h2", { text: t("owed") }), make("p", { class: "help", text: t("owed_text") }), part("register", documents(portal)), part("owed_questions", questions(portal)), part("assessment", assessment(portal)));
};

// A field that names an issuer or a kind of the register.
const chosen = (form, key, known) => {
  const id = fresh("field");
  const path = `/${key}`;
  const now = form.model.at(path) ?? "";
  const named = known.map(({ slug, names }) => [slug, names?.[language] || slug]);
  const options = named.some(([slug]) => slug === now) ? named : [[now, now], ...named];
  const control = select(options, now, (value) => form.model.change(path, { do: "set", at: path, value }), { id });
  return form.framed({ path, key, isNeeded: true }, id, control, () => control.focus());
};

/** A form of these. */
export const showOwed = async (portal, kind, name = "") => {
  const [place, schemaName, page] = PLACES[kind](name);
  const model = await new Model(place).open();
  const register = kind === "document" ? (await new Model("documents/register").open()).value : null;
  const schema = portal.schemas[schemaName];
  const assets = kind === "document" ? new Enclosures(name, model) : undefined;
  const lang = kind === "questions" ? name : undefined;
  const fields = (form) => {
    form.blocks = ({ path, found, key }) => {
      const blocks = new Blocks(form, path, found);
      return make("fieldset", { class: "group" }, make("legend", { text: t(key) }), paper(lang, [blocks.element]));
    };
    const all = form.fieldsOf(schema, "", register ? ["issuer", "kind"] : []);
    if (register) all.splice(2, 0, chosen(form, "issuer", register.issuers ?? []), chosen(form, "kind", register.kinds ?? []));
    if (!assets) return all;
    const list = all.findIndex((field) => field?.dataset.path === "/files");
    all.splice(list + 1, 0, assets.adder());
    return [...all, assets.unused()];
  };
  const links = portal.langs.map((tag) => make("li", {}, make("a", { class: "tab-lang", lang: tag, href: `#/owed/questions/${tag}`, "aria-current": tag === name && "page", text: LANGUAGES[tag] })));
  const middle = kind === "questions" ? [make("ul", { class: "langs" }, links)] : [];
  const title = { register: t("register"), document: `${t("document")} ${name}`, questions: t("owed_questions"), assessment: t("assessment") }[kind];
  const head = make("p", {}, link("#/pages", t("standing_pages")));
  const sheet = new Sheet({ ...portal, assets }, model, { title, head, schema, lang, fields, middle, page: `${lang ?? portal.langs[0]}/pages/${page}/` });
  return () => sheet.end();
};
