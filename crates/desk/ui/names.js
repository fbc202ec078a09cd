// Names of the glossary, offered at the cursor while somebody types the beginning of one. The list takes no key before
// an arrow has led into it: whoever goes on typing is not disturbed.

import { make, say } from "./dom.js";
import { editorOf } from "./inline.js";
import { t } from "./words.js";

/** How many names are offered at once. */
const MOST = 6;

const isLatin = (text) => /\p{Script=Latin}/u.test(text);
const isWord = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

// Without accents and capitals, character by character. Hangul would fall apart.
const fold = (character) => {
  const plain = isLatin(character) ? character.normalize("NFD").replace(/\p{M}/gu, "") : character;
  return plain.toLowerCase().replace("đ", "d");
};

/** The names that a text ends with the beginning of, each with how much of it is there; the most certain first. */
export const begun = (text, names) => {
  const typed = [...text.slice(-80)];
  const folded = typed.map(fold);
  const found = [];
  for (const name of new Set(names)) {
    const own = [...name];
    const begin = own.map(fold);
    const hasSpaces = isLatin(name) || /\p{Script=Hangul}/u.test(name);
    const least = isLatin(name) ? 3 : 2;
    for (let length = Math.min(own.length, typed.length); length >= least; length -= 1) {
      const at = typed.length - length;
      if (hasSpaces && isWord(typed[at - 1])) continue;
      if (!begin.slice(0, length).every((character, number) => character === folded[at + number])) continue;
      const there = typed.slice(at).join("");
      if (there !== name) found.push({ name, length: there.length });
      break;
    }
  }
  return found.sort((one, other) => other.length - one.length).slice(0, MOST);
};

let spellings = [];
/** Sets the names that there are. */
export const know = (names) => {
  spellings = names ?? [];
};

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const list = make("ul", { id: "names", class: "names", role: "listbox", "aria-label": t("names_list"), hidden: true });
let target = null;
let chosen = -1;

// What can be asked of a field: the words before the cursor, where it is, and to write a name in their place.
const fieldOf = (element) => {
  const editor = editorOf(element);
  if (editor) return editor;
  const at = element.selectionStart;
  const write = (name, length) => {
    element.setRangeText(name, at - length, at, "end");
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return {
    before: element.value.slice(0, at),
    get caret() {
      return caretOf(element, at);
    },
    write,
  };
};

const mirrored = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, mirrored];
const mirror = make("div", { id: "names-mirror", "aria-hidden": "true" });

/** What has to be the same for words to stand where they stand in a field. */
const ALIKE = ["font-family", "font-size", "font-weight", "font-style", "font-stretch", "font-variant", "font-feature-settings", "font-kerning", "letter-spacing", "word-spacing", "line-height", "text-transform", "text-indent", "text-align", "direction", "tab-size", "overflow-wrap", "word-break", "line-break", "padding-top", "padding-right", "padding-bottom", "padding-left", "border-top-width", "border-right-width", "border-bottom-width", "border-left-width"];

// Where the cursor stands in a plain field: browsers do not tell, so the same words are laid out once more, unseen.
const caretOf = (element, at) => {
  const { left, top, width } = element.getBoundingClientRect();
  const looks = getComputedStyle(element);
  const alike = ALIKE.map((name) => `${name}: ${looks.getPropertyValue(name)};`).join(" ");
  mirrored.replaceSync(`#names-mirror { position: fixed; inset-block-start: ${top}px; inset-inline-start: ${left}px; box-sizing: border-box; inline-size: ${width}px; border: 0 solid transparent; visibility: hidden; pointer-events: none; white-space: pre-wrap; ${alike} }`);
  mirror.textContent = element.value;
  document.body.append(mirror);
  const range = document.createRange();
  range.setStart(mirror.firstChild, at - 1);
  range.setEnd(mirror.firstChild, at);
  const last = [...range.getClientRects()].at(-1);
  mirror.remove();
  return { left: last.right - element.scrollLeft, bottom: last.bottom - element.scrollTop };
};

const close = () => {
  if (list.hidden) return;
  list.hidden = true;
  chosen = -1;
  for (const name of ["aria-activedescendant", "aria-controls", "aria-autocomplete"]) target?.removeAttribute(name);
  target = null;
};

const mark = (number) => {
  const options = [...list.children];
  chosen = (number + options.length) % options.length;
  for (const [at, option] of options.entries()) option.setAttribute("aria-selected", String(at === chosen));
  target.setAttribute("aria-activedescendant", options[chosen].id);
};

const look = (element) => {
  const lang = element.closest("[lang]")?.lang;
  const isOwn = document.activeElement === element && !location.hash.startsWith("#/glossary");
  const names = isOwn ? spellings.map((name) => name[lang]).filter(Boolean) : [];
  const field = names.length > 0 ? fieldOf(element) : null;
  const found = field ? begun(field.before, names) : [];
  if (found.length === 0) return close();
  const { left, bottom } = field.caret;
  const option = ({ name, length }, number) => {
    const write = (event) => {
      event.preventDefault();
      close();
      fieldOf(element).write(name, length);
      say(name);
    };
    return make("li", { id: `name-${number}`, role: "option", lang, "aria-selected": "false", text: name, on: { pointerdown: write, choose: write } });
  };
  list.replaceChildren(...found.map(option));
  sheet.replaceSync(`#names { inset-block-start: ${Math.round(bottom + 4)}px; inset-inline-start: clamp(0px, ${Math.round(left)}px, 100vw - 22rem); }`);
  const isNew = list.hidden || target !== element;
  if (!list.isConnected) document.body.append(list);
  list.hidden = false;
  chosen = -1;
  target = element;
  element.removeAttribute("aria-activedescendant");
  element.setAttribute("aria-autocomplete", "list");
  element.setAttribute("aria-controls", list.id);
  if (isNew) say(t("names_found", { n: found.length }));
};

const key = (event) => {
  if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const isChosen = chosen >= 0;
  if (event.key === "ArrowDown") mark(chosen + 1);
  else if (event.key === "ArrowUp" && isChosen) mark(chosen - 1);
  else if (event.key === "Enter" && isChosen) list.children[chosen].dispatchEvent(new Event("choose", { cancelable: true }));
  else if (event.key === "Escape") close();
  else if (["Enter", "Tab", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return close();
  else return;
  event.preventDefault();
  event.stopPropagation();
};

addEventListener("input", ({ target: element, isComposing }) => element.matches?.("textarea[lang]") && !isComposing && look(element));
addEventListener("typed", ({ target: element }) => look(element));
addEventListener("keydown", key, true);
addEventListener("focusout", close);
addEventListener("scroll", close, true);
