// Chooses where a link leads: an address, or one of our own articles by its title.

import { send } from "./api.js";
import { button, fresh, make } from "./dom.js";
import { language, t } from "./words.js";

const isAddress = (text) => /^(https?:\/\/|mailto:|tel:|\/)/.test(text);

/** Asks for it. Resolves to the address, to an empty text for no link, or to undefined. */
export const chooseLink = (known, words) =>
  new Promise((resolve) => {
    const id = fresh("link");
    const found = make("ul", { class: "choices" });
    const wrong = make("p", { class: "remark is-error", role: "alert", hidden: true });
    const input = make("input", { id, type: "text", value: known, "aria-describedby": `${id}-help`, autocomplete: "off" });
    const end = (to) => {
      dialog.close();
      dialog.remove();
      resolve(to);
    };
    const settle = async () => {
      try {
        end((await send("link", { to: input.value.trim() })).to);
      } catch (error) {
        wrong.hidden = false;
        wrong.textContent = error.message;
      }
    };
    const look = async () => {
      const text = input.value.trim();
      if (!text || isAddress(text)) return found.replaceChildren();
      const { rows } = await send("list", { words: text });
      found.replaceChildren(...rows.slice(0, 6).map(({ section, slug, titles, original }) => {
        const title = titles[language] ?? titles[original] ?? slug;
        return make("li", {}, button(title, () => end(`/${section}/${slug}/`), { class: "choice" }));
      }));
    };
    const submit = (event) => {
      event.preventDefault();
      settle();
    };
    const form = make(
      "form",
      { method: "dialog", on: { submit } },
      make("label", { for: id, text: t("link_to") }),
      input,
      make("p", { class: "help", id: `${id}-help`, text: t("link_help") }),
      wrong,
      found,
      make(
        "div",
        { class: "actions" },
        make("button", { class: "main", text: t("link_set") }),
        known && button(t("link_remove"), () => end("")),
        button(t("cancel"), () => end(undefined)),
      ),
    );
    const dialog = make("dialog", { class: "small", on: { cancel: () => end(undefined) } }, form);
    input.addEventListener("input", look);
    document.body.append(dialog);
    dialog.showModal();
    if (!known && words) {
      input.value = words;
      look();
    }
    input.select();
  });
