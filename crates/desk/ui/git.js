// What Git knows of the folder: who changed what today; and how a change is recorded when it is published.

import { ask, send } from "./api.js";
import { fresh, make } from "./dom.js";
import { LANGUAGES, language, t } from "./words.js";

const WHO = "desk.author";

const clock = (moment) => {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? "" : new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(date);
};

const change = ({ who, at, subject, articles, others }) => {
  const links = Object.entries(articles).map(([article, langs]) => {
    const names = langs.map((lang) => LANGUAGES[lang] ?? lang).join(", ");
    return make("a", { href: `#/article/${article}/${langs[0] ?? ""}`, text: names ? `${article} (${names})` : article });
  });
  const parts = [make("strong", { text: who }), make("span", { class: "when", text: clock(at) }), make("span", { dir: "auto", text: subject }), ...links];
  if (others > 0) parts.push(make("span", { class: "help", text: t("other_files", { n: others }) }));
  return make("li", {}, parts);
};

/** What changed today, and by whom; nothing where the folder has no history. */
export const today = () => {
  const place = make("div", { class: "today" });
  const show = async () => {
    const history = await ask("history");
    if (history.state === "none") return;
    if (history.state === "no_program") return place.append(make("p", { class: "help", text: t("no_git") }));
    if (history.state === "failed") return place.append(make("p", { class: "help", text: t("git_failed") }), make("p", { class: "help", text: history.message }));
    const list = history.today.map(change);
    const name = history.today.length > 0 ? t("today", { n: history.today.length }) : t("today_none");
    const waiting = history.waiting.length > 0 && make("p", { class: "help", text: t("waiting", { n: history.waiting.length }) });
    place.append(make("details", {}, make("summary", { text: name }), make("ul", { class: "plain" }, list), waiting));
  };
  // The list of articles is there without it.
  show().catch(() => {});
  return place;
};

const remembered = () => JSON.parse(localStorage.getItem(WHO) ?? "{}");

/** The part of a dialog that asks how a change is recorded. `work` does it, and resolves to what is said of it. */
export const recording = (about) => {
  const element = make("div", { class: "recording" });
  let wish = () => null;
  const row = (name, control) => make("div", { class: "field" }, make("label", { for: control.id, text: t(name) }), control);
  const tick = (name, parts, isOn) => {
    const box = make("input", { type: "checkbox", id: fresh("tick") });
    box.checked = isOn;
    return { box, row: make("div", { class: "is-check" }, box, make("label", { for: box.id, text: t(name, parts) })) };
  };
  const show = ({ name, email, waiting, remote }) => {
    const known = remembered();
    const articles = new Set(waiting.map((file) => /^articles\/([^/]+\/[^/]+)\//.exec(file)?.[1] ?? file));
    const message = make("input", { type: "text", id: fresh("message"), value: about || [...articles].join(", ") });
    const who = make("input", { type: "text", id: fresh("name"), value: known.name || name, autocomplete: "name" });
    const where = make("input", { type: "email", id: fresh("email"), value: known.email ?? email, autocomplete: "email" });
    const push = remote && tick("record_push", { remote }, known.push === true);
    const on = tick("record", {}, known.isOn !== false);
    const inside = make("div", {}, row("record_message", message), row("record_name", who), row("record_email", where), push?.row);
    const showInside = () => {
      inside.hidden = !on.box.checked;
    };
    on.box.addEventListener("change", showInside);
    showInside();
    element.append(on.row, inside);
    wish = () => {
      const chosen = { name: who.value.trim(), email: where.value.trim(), push: push?.box.checked ?? false };
      localStorage.setItem(WHO, JSON.stringify({ ...chosen, isOn: on.box.checked }));
      return on.box.checked ? { ...chosen, message: message.value.trim() } : null;
    };
  };
  ask("history").then((history) => history.state === "known" && show(history)).catch(() => {});
  const work = async () => {
    const wanted = wish();
    if (!wanted) return [];
    try {
      const done = await send("record", wanted);
      const said = [make("p", { class: "is-good is-recorded", text: t("recorded", done) })];
      if (done.pushed === true) said.push(make("p", { class: "is-good", text: t("sent") }));
      if (done.pushed === false) said.push(make("p", { text: t("not_sent") }), make("pre", { text: done.message }));
      return said;
    } catch (error) {
      return [make("p", { class: "is-recorded", text: t("not_recorded") }), make("pre", { text: error.message })];
    }
  };
  return { element, work };
};
