// The desk: comes in, and shows what the address asks for.

import { ask, enter } from "./api.js";
import { showArticle } from "./article.js";
import { isOwed, showOwed } from "./duties.js";
import { alarm, stop } from "./frame.js";
import { showList } from "./list.js";
import { know } from "./names.js";
import { emergency } from "./notices.js";
import { showGlossary, showPage, showPages, showSettings } from "./settings.js";
import { beginPortal, newArticle } from "./start.js";
import { language, t } from "./words.js";

let end = () => {};
let portal;

const route = async () => {
  end();
  end = () => {};
  portal = await ask("portal");
  know(portal.spellings);
  // The names are known when everything was read once.
  if (portal.spellings.length === 0) setTimeout(() => ask("portal").then(({ spellings }) => know(spellings)).catch(() => {}), 3000);
  if (portal.begins) return beginPortal(portal, route);
  const [view, ...parts] = location.hash.replace(/^#\/?/, "").split("/");
  if (view === "new") newArticle(portal);
  else if (view === "settings") end = await showSettings(portal, parts[0]);
  else if (view === "glossary") end = await showGlossary(portal);
  else if (view === "pages") await showPages(portal);
  else if (view === "owed" && isOwed(parts[0])) end = await showOwed(portal, parts[0], parts[1]);
  else if (view === "page" && parts.length === 2) end = await showPage(portal, parts[0], parts[1].split("+")[0], parts[1].includes("+"));
  // Several languages, joined by "+", stand side by side.
  else if (view === "article" && parts.length === 3) end = await showArticle(portal, parts[0], parts[1], parts[2].split("+")[0] || portal.langs[0], parts[2].includes("+"));
  else await showList(portal);
  document.querySelector("main")?.focus({ preventScroll: true });
};

const start = async () => {
  document.documentElement.lang = language;
  alarm(emergency);
  if (!(await enter())) return stop(t("stranger_title"), t("stranger_text"));
  addEventListener("hashchange", () => route().catch(failed));
  await route();
};

const failed = (error) => {
  if (error.kind === "missing") location.hash = "#/";
  else if (error.status === 401) stop(t("stranger_title"), t("stranger_text"));
  else if (error.status) stop(t("refused_title"), error.message);
  else stop(t("gone_title"), t("gone_text"));
};

start().catch(failed);
