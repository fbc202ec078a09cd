// What stands around everything: the bar at the top with the language of the desk.

import { button, make, select, show } from "./dom.js";
import { choose, LANGUAGES, language, t } from "./words.js";

let sound;
/** Sets what the emergency button does. */
export const alarm = (listener) => {
  sound = listener;
};

/** Shows a page of the desk. */
export const frame = (portal, main, tools = [], middle = []) => {
  const name = portal?.names?.[language] ?? t("desk");
  const languages = select(Object.entries(LANGUAGES), language, choose, { "aria-label": t("language_of_desk") });
  const skip = (event) => {
    event.preventDefault();
    main.focus();
  };
  const bar = make(
    "header",
    { class: "bar" },
    make("a", { class: "skip", href: "#work", text: t("skip"), on: { click: skip } }),
    make("a", { class: "name", href: "#/", title: name, text: name }),
    make("div", { class: "middle" }, middle),
    make("div", { class: "tools" }, tools, portal?.names && button(t("emergency_button"), () => sound(portal), { class: "is-emergency" }), languages),
  );
  document.title = `${name} – ${t("desk")}`;
  show(bar, main);
};

/** Says in place of everything why nothing goes on. */
export const stop = (title, text) => {
  frame(null, make("main", { id: "work", class: "narrow", tabindex: "-1" }, make("h1", { text: title }), make("p", { text })));
};
