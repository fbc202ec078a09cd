// The emergency button: a notice on every page, in every language, asked for twice; and taken away.

import { ask } from "./api.js";
import { button, fresh, make } from "./dom.js";
import { Model } from "./model.js";
import { mistakes } from "./plan.js";
import { idle, outcome, published } from "./publish.js";
import { LANGUAGES, language, t } from "./words.js";

// Saves the settings and publishes: the notices alone, with what was published last, so that nothing else is in the way.
// Only where nobody knows what that was, everything comes with them, and mistakes in it are named.
const out = async (model, status) => {
  await model.save();
  if (model.document.unsaved || model.document.conflict) throw new Error(t("notice_unsaved"));
  const { can_alone: isAlone } = await idle(status);
  const { outcome: done } = await published(isAlone ? "notices" : "everything", status);
  const isBlocked = done.kind === "refused" && !isAlone;
  const said = isBlocked ? [make("p", { text: t("alone_blocked") }), mistakes(done.remarks)] : outcome(done);
  const again = done.kind !== "published" && button(t("publish_again"), () => out(model, status).catch((error) => (status.textContent = t("failed", { why: error.message }))));
  status.replaceChildren(...said, ...[again].filter(Boolean));
};

/** A name for a notice that no other one has. */
const nameOf = (now, notices) => {
  const day = now.slice(0, 16).replace(/[^0-9]/g, "");
  const taken = new Set(notices.map(({ slug }) => slug));
  let name = `emergency-${day}`;
  for (let number = 2; taken.has(name); number += 1) name = `emergency-${day}-${number}`;
  return name;
};

/** Opens the dialog. */
export const emergency = async (portal) => {
  const model = await new Model("site").open();
  const dialog = make("dialog", { class: "small emergency", "aria-labelledby": "emergency-title" });
  const close = () => {
    dialog.close();
    dialog.remove();
  };
  dialog.addEventListener("close", () => dialog.remove());
  const title = (text) => make("h2", { id: "emergency-title", text });
  const status = make("div", { class: "outcome", role: "status" });
  const cancel = (word = "cancel") => button(t(word), close);

  // Does it, once; whatever goes wrong is said here.
  const act = (press, work) => async () => {
    press().disabled = true;
    status.textContent = t("typing");
    try {
      await work();
      dialog.querySelector(".actions").replaceChildren(cancel("close"));
    } catch (error) {
      status.textContent = t("failed", { why: error.message });
      press().disabled = false;
    }
    dialog.querySelector(".actions button")?.focus();
  };

  const others = () => (model.document.unsaved ? make("p", { class: "remark is-warning", text: t("notice_others") }) : null);

  // The second question: everything once more, as readers will have it.
  const confirm = (texts) => {
    status.replaceChildren();
    const lines = portal.langs.map((lang) => make("div", {}, make("dt", { text: LANGUAGES[lang] }), make("dd", { lang, text: texts[lang] })));
    const publishNow = act(
      () => go,
      async () => {
        const notices = model.at("/notices") ?? [];
        const { now } = await ask("portal");
        const value = { slug: nameOf(now, notices), level: "emergency", texts, published: now };
        const edit = model.at("/notices") === undefined ? { do: "set", at: "/notices", value: [value] } : { do: "insert", at: "/notices/0", value };
        if (!(await model.act([edit]))) throw new Error(t("notice_unsaved"));
        await out(model, status);
      },
    );
    const go = button(t("notice_now"), publishNow, { class: "main is-danger" });
    dialog.replaceChildren(title(t("notice_sure")), make("p", { text: t("notice_sure_text") }), make("dl", { class: "notice-texts" }, lines), others() ?? "", status, make("div", { class: "actions" }, button(t("notice_back"), () => ask1(texts)), go));
    dialog.querySelector(".actions button").focus();
  };

  // The first question: what it says, in every language.
  const ask1 = (texts) => {
    status.replaceChildren();
    const wrong = make("p", { class: "remark is-error", role: "alert", hidden: true });
    const rows = portal.langs.map((lang) => {
      const id = fresh("notice");
      const area = make("textarea", { id, lang, rows: "2", name: `notice-${lang}`, dir: "auto" });
      area.value = texts[lang] ?? "";
      area.addEventListener("input", () => {
        texts[lang] = area.value.replace(/\n/g, " ").trim();
      });
      return make("div", { class: "field" }, make("label", { for: id, text: LANGUAGES[lang] }), area);
    });
    const submit = (event) => {
      event.preventDefault();
      const missing = portal.langs.filter((lang) => !texts[lang]);
      if (missing.length === 0) return confirm(texts);
      wrong.hidden = false;
      wrong.textContent = t("notice_missing", { languages: missing.map((lang) => LANGUAGES[lang]).join(", ") });
      dialog.querySelector(`[name="notice-${missing[0]}"]`).focus();
    };
    const form = make("form", { on: { submit } }, rows, wrong, make("div", { class: "actions" }, make("button", { class: "main", text: t("notice_go_on") }), cancel()));
    dialog.replaceChildren(title(t("emergency")), make("p", { text: t("emergency_text") }), standing(), form);
    dialog.querySelector("textarea").focus();
  };

  // What stands there now, each to be taken away.
  const standing = () => {
    const notices = model.at("/notices") ?? [];
    if (notices.length === 0) return make("p", { class: "help", text: t("no_notices") });
    const line = ({ slug, level, texts }, number) => make("li", {}, make("span", { text: `${t(`level_${level}`)}: ` }), make("span", { lang: language, text: texts?.[language] ?? slug }), button(t("take_away_notice"), () => takeAway(number, slug), { class: "quiet", "data-slug": slug }));
    return make("section", { class: "standing-notices" }, make("h3", { text: t("notices_now") }), make("ul", { class: "plain" }, notices.map(line)));
  };

  const takeAway = (number, slug) => {
    status.replaceChildren();
    const gone = act(
      () => go,
      async () => {
        if (model.at(`/notices/${number}`)?.slug !== slug) throw new Error(t("notice_unsaved"));
        const isLast = model.at("/notices").length === 1;
        const edit = { do: "remove", at: isLast ? "/notices" : `/notices/${number}` };
        if (!(await model.act([edit]))) throw new Error(t("notice_unsaved"));
        await out(model, status);
      },
    );
    const go = button(t("take_away_now"), gone, { class: "main" });
    dialog.replaceChildren(title(t("take_away_notice")), make("p", { lang: language, text: model.at(`/notices/${number}`)?.texts?.[language] ?? slug }), others() ?? "", status, make("div", { class: "actions" }, go, button(t("notice_back"), () => ask1({}))));
    go.focus();
  };

  document.body.append(dialog);
  dialog.showModal();
  if (model.value === null) return dialog.replaceChildren(title(t("emergency")), make("p", { text: t("broken_title") }), make("div", { class: "actions" }, cancel("close")));
  ask1({});
};
