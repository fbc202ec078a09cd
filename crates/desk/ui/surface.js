// The page that is written on: fields that look as what they hold looks on the page of a reader. The classes are
// those of the page's own components, whose style sheets `surface.css` has; so a changed style changes both.

import { make } from "./dom.js";

/** What stands in the margin for each kind of block. */
export const SIGNS = {
  paragraph: "¶",
  heading: "H",
  subheading: "h",
  list: "•",
  numbered: "1.",
  quote: "“",
  table: "▦",
  picture: "▣",
  gallery: "▤",
  video: "▷",
  audio: "♪",
  attachment: "↓",
  timeline: "⋮",
  key_facts: "≡",
  contact: "@",
  event: "◷",
};

/** What words of a block are called on the page, by the end of their place. */
const CALLED = {
  "quote/source": "quote-source",
  "timeline/label": "timeline-date",
  "timeline/date": "timeline-date",
  "key_facts/title": "key-facts-title",
  "contact/name": "contact-name",
  "contact/post": "contact-post",
  "event/name": "event-name",
  "gallery/title": "gallery-title",
  "video/title": "video-title",
  "audio/title": "audio-title",
  "attachment/title": "attachment-title",
};

/** Blocks that stand in a box with a title. */
const BOXES = { key_facts: "key-facts terms", contact: "contact terms", event: "event terms", video: "terms", audio: "terms", attachment: "terms" };

// Puts an element around another one, where that stands.
const around = (inner, outer, innermost = outer) => {
  inner.replaceWith(outer);
  innermost.append(inner);
  return outer;
};

/** The paper: everything in it looks as on the page. */
export const paper = (lang, parts) => make("div", { class: "surface", lang }, parts);

/** Gives the words of a field the look that they have on the page under this name. */
export const looksAs = (field, name) => {
  field.querySelector("textarea, input, .rich")?.classList.add(name);
  return field;
};

/** Gives a block the look that its kind has on the page. `body` holds its fields. */
export const dress = (kind, body) => {
  const control = body.querySelector("textarea");
  if (kind === "heading" || kind === "subheading") {
    // Only for its look: what is read aloud is the field.
    const heading = make(kind === "heading" ? "h2" : "h3", { role: "none" });
    if (control) around(control, make("div", { class: "body" }, heading), heading);
  } else if (kind === "list" || kind === "numbered" || kind === "timeline") {
    const list = body.querySelector(".entries");
    if (list) around(list, make("div", { class: kind === "timeline" ? "timeline" : "body" }));
  } else if (kind === "quote") {
    const words = body.querySelector("[data-path$='/quote/text']");
    if (words) around(words, make("blockquote"));
    body.classList.add("quote");
  } else if (BOXES[kind]) body.classList.add(...BOXES[kind].split(" "));
  for (const field of body.querySelectorAll("[data-path]")) {
    const { path } = field.dataset;
    const name = CALLED[path.replace(/^\/body\/\d+\//, "").replace(/\/\d+\//, "/")];
    if (name) looksAs(field, name);
  }
};
