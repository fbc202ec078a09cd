// Makes elements. No text becomes markup: there is nothing here that could do that.

import { t } from "./words.js";

/** An element with properties and children. `on` has listeners; what is undefined or false is left out. */
export const make = (name, { on = {}, text, ...attributes } = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || value === null) continue;
    element.setAttribute(key, value === true ? "" : value);
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  if (text !== undefined) element.textContent = text;
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
};

let number = 0;
/** An id that no other element has. */
export const fresh = (word = "part") => `${word}-${++number}`;

const live = make("p", { class: "hidden", role: "status", "aria-live": "polite" });

/** Tells a screen reader something. */
export const say = (text) => {
  if (!live.isConnected) document.body.append(live);
  live.textContent = "";
  setTimeout(() => {
    live.textContent = text;
  }, 50);
};

// What waits for the pointer: a page that moves between pressing and letting go loses the press.
let isPressed = false;
const held = new Map();
const release = () => {
  // The press itself comes right after letting go.
  setTimeout(() => {
    isPressed = false;
    const works = [...held.values()];
    held.clear();
    for (const work of works) work();
  });
};
addEventListener("pointerdown", () => { isPressed = true; }, true);
for (const event of ["pointerup", "pointercancel"]) addEventListener(event, release, true);
// Only that of the window: a press takes the focus from a field, too.
addEventListener("blur", ({ target }) => target === window && release());

/** Does what may move the page: at once, or as soon as nothing is pressed. Of one owner the last work counts. */
export const whenReleased = (owner, work) => {
  if (isPressed) held.set(owner, work);
  else work();
};

/** A button. */
export const button = (text, listener, attributes = {}) =>
  make("button", { type: "button", text, on: { click: listener }, ...attributes });

/** A button with a sign, which has a name for those who do not see it. */
export const iconButton = (sign, name, listener, attributes = {}) =>
  make(
    "button",
    { type: "button", class: "icon", "aria-label": name, title: name, on: { click: listener }, ...attributes },
    make("span", { "aria-hidden": "true", text: sign }),
  );

const grows = CSS.supports("field-sizing", "content");

/** Lets a field be as high as its words, where browsers do not do that by themselves. */
export const growing = (control) => {
  if (grows) return;
  let width = 0;
  const fit = () => {
    control.rows = 1;
    const line = Number.parseFloat(getComputedStyle(control).lineHeight) || control.clientHeight;
    if (line > 0) control.rows = Math.max(1, Math.round(control.scrollHeight / line));
  };
  control.addEventListener("input", fit);
  new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width === width) return;
    width = contentRect.width;
    fit();
  }).observe(control);
};

/** Puts everything on the page anew. */
export const show = (...parts) => {
  document.body.replaceChildren(...parts, live);
};

/** A select with its options: pairs of value and text. */
export const select = (options, value, listener, attributes = {}) => {
  const list = make("select", { ...attributes, on: { change: () => listener(list.value) } });
  for (const [key, text] of options) list.append(make("option", { value: key, text, selected: key === value }));
  return list;
};

/** Asks whether something shall be done. */
export const sure = (title, text) =>
  new Promise((resolve) => {
    const end = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const actions = make("div", { class: "actions" }, button(t("go_on"), () => end(true), { class: "main" }), button(t("cancel"), () => end(false)));
    const dialog = make("dialog", { class: "small", "aria-labelledby": "sure-title", on: { cancel: () => end(false) } }, make("h2", { id: "sure-title", text: title }), make("p", { text }), actions);
    document.body.append(dialog);
    dialog.showModal();
  });
