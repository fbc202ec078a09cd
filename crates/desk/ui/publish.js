// Publishing: what it does, how far it is, and what became of it.

import { ask, send } from "./api.js";
import { button, fresh, make } from "./dom.js";
import { recording } from "./git.js";
import { mistakes, Plan } from "./plan.js";
import { t } from "./words.js";

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Tells how far it is, until it is done.
const followed = async (first, status) => {
  let progress = first;
  while (progress.running) {
    const [stage = "", n = ""] = progress.stage ?? [];
    status.textContent = t("publishing", { stage, n });
    await wait(250);
    progress = await ask("publish");
  }
  return progress;
};

/** Waits for a publication that somebody has begun elsewhere: it does not have what is to be published now. */
export const idle = async (status) => followed(await ask("publish"), status);

/** Has a portal published, and tells how far that is. `what` is everything, or the notices alone. Resolves to what became of it. */
export const published = async (what, status) => {
  await idle(status);
  return followed(await send("publish", { what }), status);
};

/**
 * Says what would be new, asks, and publishes. `saves` are the documents that `before` saves; `drafts` are what is no draft
 * any more when it is published: places, titles and what to do; `about` says what was done.
 */
export const publish = (portal, { drafts = [], saves = [], before = async () => {}, about = "" } = {}) => {
  const record = recording(about);
  const plan = new Plan(portal.preview);
  const choices = drafts.map(({ place, title, free }) => {
    const id = fresh("free");
    const box = make("input", { type: "checkbox", id, on: { change: () => look() } });
    box.checked = true;
    return { place, box, free, element: make("div", { class: "is-check" }, box, make("label", { for: id, text: t("publish_undraft", { title }) })) };
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
  const look = () => plan.look({ save: saves, free: choices.filter(({ box }) => box.checked).map(({ place }) => place) });
  const work = async () => {
    start.disabled = true;
    status.textContent = t("typing");
    try {
      for (const { box, free } of choices) if (box.checked) await free();
      await before();
      const progress = await published("everything", status);
      plan.element.hidden = true;
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
    { class: "small is-publishing", "aria-labelledby": "publish-title" },
    make("h2", { id: "publish-title", text: t("publish_title") }),
    make("p", { text: t("publish_text", { folder: portal.out }) }),
    plan.element,
    choices.map(({ element }) => element),
    record.element,
    status,
    make("div", { class: "actions" }, start, former, close),
  );
  document.body.append(dialog);
  dialog.showModal();
  look();
};

/** What became of it, in words. */
export const outcome = (done) => {
  if (done.kind === "published") {
    const { command } = done;
    const said = command && [make("p", { text: t(command.is_good ? "command_done" : "command_failed", command) }), command.output && make("pre", { lang: "en", tabindex: "0", text: command.output })];
    const about = t(done.what === "notices" ? "alone_done" : "published_done", done);
    return [make("p", { class: "is-good", text: about }), ...(said ?? []).filter(Boolean)];
  }
  if (done.kind === "failed") return [make("p", { text: t("publish_failed") }), make("p", { text: done.message })];
  return [make("p", { text: t("publish_refused") }), mistakes(done.remarks)];
};
