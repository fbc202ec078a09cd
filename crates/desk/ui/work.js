// Where documents are opened, and the work list of translations: what is left to do, and the next of it.

import { send } from "./api.js";
import { say } from "./dom.js";
import { LANGUAGES, t } from "./words.js";

/** Where a translation stands beside its original. */
export const beside = (article, lang, original) => `#/article/${article}/${lang}${original && original !== lang ? `+${original}` : ""}`;

/** Opens the next translation that is left to do, into a language or into any; it is made where it is missing. */
export const openNext = async (lang, after = null, question = {}) => {
  const { rows } = await send("list", { words: "", section: null, state: null, from: 0, ...question, work: true, lang });
  const named = rows.map((row) => ({ ...row, article: `${row.section}/${row.slug}` }));
  const at = named.findIndex(({ article }) => article === after);
  const next = [...named.slice(at + 1), ...named.slice(0, Math.max(0, at))].find(({ tasks }) => (lang ? tasks[lang] : Object.keys(tasks).length > 0));
  if (!next) return say(t("nothing_to_translate"));
  const into = lang ?? Object.keys(next.tasks)[0];
  if (next.tasks[into] === "missing") await send("translate", { article: next.article, lang: into });
  location.hash = beside(next.article, into, next.original);
};

/** Where a document is opened; undefined where the desk has no view of it. */
export const addressOf = (place) => {
  const [kind, ...parts] = (place ?? "").split("/");
  if (kind === "site") return "#/settings";
  if (kind === "glossary") return "#/glossary";
  if (kind === "pages") return `#/page/${parts.join("/")}`;
  if (kind === "documents") return parts[0] === "register" ? "#/owed/register" : `#/owed/document/${parts[0]}`;
  if (kind === "questions") return `#/owed/questions/${parts[0]}`;
  if (kind === "accessibility") return "#/owed/assessment";
  if (kind === "articles") return `#/article/${parts[0]}/${parts[1]}/${LANGUAGES[parts[2]] ? parts[2] : ""}`;
  return undefined;
};
