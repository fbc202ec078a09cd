// Two versions of a document: both are shown, and one is chosen.

import { button, make } from "./dom.js";
import { t } from "./words.js";

/** The lines of two texts, with those marked that only one has. */
const compared = (mine, theirs) => {
  const [one, other] = [mine.split("\n"), theirs.split("\n")];
  const has = (lines) => new Set(lines.map((line) => line.trim()));
  const [inMine, inTheirs] = [has(one), has(other)];
  const shown = (lines, known) =>
    lines.map((line) => (known.has(line.trim()) ? make("span", { text: `${line}\n` }) : make("mark", { text: `${line}\n` })));
  return [shown(one, inTheirs), shown(other, inMine)];
};

/** Shows both, and lets one be chosen. */
export const settle = (model, { kind, now }) => {
  if (document.querySelector("dialog.conflict")) return;
  const isDisk = kind === "changed";
  const conflict = now.document.conflict;
  const own = structuredClone(model.value);
  const mine = conflict?.mine ?? JSON.stringify(own, null, 2);
  const theirs = conflict?.theirs ?? JSON.stringify(now.document.value, null, 2);
  const [left, right] = compared(mine, theirs);
  const end = async (work) => {
    dialog.close();
    dialog.remove();
    await work();
  };
  const keep = () => end(async () => {
    // It has been told.
    model.isTold = true;
    model.take(now);
    await model.save(conflict.hash);
  });
  // What was written here takes the place of the other window's; that one is a step back.
  const write = () => end(async () => {
    model.waiting.clear();
    model.take(now);
    await model.do("edit", { edits: [{ do: "set", at: "", value: own }] });
    model.dispatchEvent(new Event("anew"));
  });
  const take = () => end(() => model.takeTheirs());
  const goOn = () => end(() => {
    model.waiting.clear();
    model.take(now);
    model.dispatchEvent(new Event("anew"));
  });
  const side = (name, text) => make("section", {}, make("h3", { text: name }), make("pre", { tabindex: "0" }, text));
  const dialog = make(
    "dialog",
    { class: "conflict", "aria-labelledby": "conflict-title", on: { cancel: (event) => event.preventDefault() } },
    make("h2", { id: "conflict-title", text: t("conflict_title") }),
    make("p", { text: t(isDisk ? "conflict_disk" : "conflict_window") }),
    make("div", { class: "versions" }, side(t("conflict_mine"), left), side(t("conflict_theirs"), right)),
    make("p", { class: "help", text: t("conflict_undo") }),
    make(
      "div",
      { class: "actions" },
      button(t("keep_mine"), isDisk ? keep : write, { class: "main" }),
      isDisk ? button(t("take_theirs"), take) : button(t("take_window"), goOn),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
};
