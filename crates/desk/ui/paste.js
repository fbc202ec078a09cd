// What was copied elsewhere: in composed letters, and in Unicode where it was written for old fonts.

import { send } from "./api.js";
import { button, make } from "./dom.js";
import { t } from "./words.js";

const wordsOf = ({ spans, blocks }) => {
  const text = spans ? spans.map((span) => span.text).join("") : blocks.map((block) => Object.values(block)[0]).find((value) => typeof value === "string");
  return (text ?? "").slice(0, 160);
};

/** What is taken of what was pasted: where it was written for old fonts, the editor is asked. */
export const chosen = (pasted) => {
  const { composed } = pasted;
  if (!composed) return pasted;
  return new Promise((resolve) => {
    const before = document.activeElement;
    const end = (what) => {
      dialog.close();
      dialog.remove();
      before?.focus();
      resolve(what);
    };
    const offer = (name, what, kind) => make("section", {}, make("p", { class: "sample", lang: "vi", text: wordsOf(what) }), button(t(name), () => end(what), { class: kind }));
    const dialog = make(
      "dialog",
      { class: "small composing", "aria-labelledby": "composing-title", on: { cancel: () => end(pasted) } },
      make("h2", { id: "composing-title", text: t("composing_title") }),
      make("p", { text: t("composing_text", { encoding: composed.encoding.split(" ")[0] }) }),
      offer("compose", composed.pasted, "main"),
      offer("as_it_is", pasted),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
};

/** A text as one line. */
export const oneLine = async (text) => {
  const line = text.normalize("NFC").replace(/\s+/g, " ");
  if (!/[\u0080-\u024f]/.test(line)) return line;
  const escaped = line.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const pasted = await send("paste", { html: `<p>${escaped}</p>` });
  const taken = await chosen(pasted);
  return taken === pasted || !taken.spans ? line : taken.spans.map((span) => span.text).join("");
};

/** Has what is pasted into a plain field as one line. */
export const pastesLines = (control) => {
  control.addEventListener("paste", async (event) => {
    const text = event.clipboardData?.getData("text/plain");
    if (!text) return;
    event.preventDefault();
    const line = await oneLine(text);
    control.setRangeText(line, control.selectionStart, control.selectionEnd, "end");
    control.dispatchEvent(new Event("input", { bubbles: true }));
  });
};
