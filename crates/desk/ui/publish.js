// Publishing: what it does, how far it is, and what became of it.

import { ask, send } from "./api.js";
import { button, make } from "./dom.js";
import { remarkOf } from "./form.js";
import { recording } from "./git.js";
import { t } from "./words.js";

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks, and publishes. `drafts` are what is no draft any more when it is published: titles and what to do; `about` says what was done. */
export const publish = (folder, drafts = [], before = async () => {}, about = "") => {
  const record = recording(about);
  const choices = drafts.map(({ title, free }) => {
    const id = `free-${Math.random().toString(36).slice(2)}`;
    const box = make("input", { type: "checkbox", id });
    box.checked = true;
    return { box, free, element: make("div", { class: "is-check" }, box, make("label", { for: id, text: t("publish_undraft", { title }) })) };
  });
  const status = make("div", { class: "outcome", role: "status" });
  const start = button(t("publish_now"), () => work(), { class: "main" });
  const close = button(t("close"), () => {
    dialog.close();
    dialog.remove();
  });
  const bring = async () => {
    try {
      await send("back");
      status.textContent = t("back_done");
    } catch (error) {
      status.textContent = t("failed", { why: error.message });
    }
  };
  const former = button(t("back"), bring, { hidden: true });
  ask("publish").then((progress) => {
    former.hidden = !progress.has_former;
  });
  const work = async () => {
    start.disabled = true;
    status.textContent = t("typing");
    try {
      for (const { box, free } of choices) if (box.checked) await free();
      await before();
      let progress = await send("publish");
      while (progress.running) {
        const [stage = "", n = ""] = progress.stage ?? [];
        status.textContent = t("publishing", { stage, n });
        await wait(250);
        progress = await ask("publish");
      }
      status.replaceChildren(...outcome(progress.outcome));
      if (progress.outcome.kind === "published") status.append(...(await record.work()));
      former.hidden = !progress.has_former;
    } catch (error) {
      status.textContent = t("failed", { why: error.message });
    }
    start.disabled = false;
    close.focus();
  };
  const dialog = make(
    "dialog",
    { class: "small", "aria-labelledby": "publish-title" },
    make("h2", { id: "publish-title", text: t("publish_title") }),
    make("p", { text: t("publish_text", { folder }) }),
    choices.map(({ element }) => element),
    record.element,
    status,
    make("div", { class: "actions" }, start, former, close),
  );
  document.body.append(dialog);
  dialog.showModal();
};

/** What became of it, in words. */
export const outcome = (done) => {
  if (done.kind === "published") {
    const { command } = done;
    const said = command && [make("p", { text: t(command.is_good ? "command_done" : "command_failed", command) }), command.output && make("pre", { lang: "en", tabindex: "0", text: command.output })];
    return [make("p", { class: "is-good", text: t("published_done", done) }), ...(said ?? []).filter(Boolean)];
  }
  if (done.kind === "failed") return [make("p", { text: t("publish_failed") }), make("p", { lang: "en", text: done.message })];
  const errors = done.remarks.filter(({ severity }) => severity === "error");
  const all = errors.slice(0, 20).map((remark) => make("li", {}, make("code", { text: remark.file }), remarkOf(remark)));
  return [make("p", { text: t("publish_refused") }), make("ul", { class: "plain" }, all)];
};
