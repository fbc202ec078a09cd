
// Which field of the desk an element of the page shows is a pointer into the document: `/headline`,
// `/body/3/list/1`. Only the order and the names of the elements say so; the page itself has nothing for it.
(() => {
  const desk = "{desk}";
  if (parent === window) return;
  const number = (element) => [...element.parentElement.children].indexOf(element);
  const HEADS = [
    [".article-headline:not(.parallel-headline)", "/headline"],
    [".standing-title", "/title"],
    [".article-lead, .standing-lead", "/lead"],
    [".article-author", "/author"],
    [".article > .figure", "/cover"],
  ];
  // What stands in a block, from the innermost out: where, and what follows the block's pointer.
  const entry = (element, list) => number(element.closest(list));
  const PARTS = [
    ["ul > li", (it) => `list/${number(it)}`, "UL"],
    ["ol > li", (it) => `numbered/${number(it)}`, "OL"],
    [".quote-source", () => "quote/source", ".quote"],
    ["blockquote", () => "quote/text", ".quote"],
    ["caption", () => "table/caption", ".table"],
    ["thead th", (it) => `table/header/${number(it)}`, ".table"],
    ["tbody :is(th, td)", (it) => `table/rows/${entry(it, "tr")}/${number(it)}`, ".table"],
    [".timeline-date", (it) => `timeline/${entry(it, "li")}/label`, ".timeline"],
    [".timeline li p", (it) => `timeline/${entry(it, "li")}/text`, ".timeline"],
    [".key-facts-title", () => "key_facts/title", ".key-facts"],
    ["dt", (it) => `key_facts/facts/${entry(it, "dl > div")}/name`, ".key-facts"],
    ["dd", (it) => `key_facts/facts/${entry(it, "dl > div")}/text`, ".key-facts"],
    [".contact-name", () => "contact/name", ".contact"],
    [".contact-post", () => "contact/post", ".contact"],
    [".event-name", () => "event/name", ".event"],
    [".event > p:not([class])", () => "event/text", ".event"],
    [".gallery-title", () => "gallery/title", ".gallery"],
    [".gallery > ul > li", (it) => `gallery/pictures/${number(it)}`, ".gallery"],
    ["figcaption", () => "picture/caption", ".figure"],
    [".video-title", () => "video/title", ".video"],
    [".audio-title", () => "audio/title", ".audio"],
    [".attachment-title", () => "attachment/title", ".attachment"],
  ];
  const WHOLE = { P: "paragraph", H2: "heading", H3: "subheading" };

  /** The field that an element belongs to, and the element that shows all of it; null where it is none. */
  const fieldOf = (target) => {
    for (const [selector, at] of HEADS) {
      const element = target.closest(selector);
      if (element) return { at, element };
    }
    // Two languages beside each other are two documents.
    const body = target.closest(".parallel") ? null : target.closest(".body");
    const block = body && [...body.children].find((child) => child.contains(target));
    if (!block) return null;
    const at = `/body/${number(block)}`;
    for (const [selector, name, kind] of PARTS) {
      const element = block.matches(kind) ? target.closest(selector) : null;
      if (element && block.contains(element)) return { at: `${at}/${name(element)}`, element };
    }
    const kind = block.className ? undefined : WHOLE[block.tagName];
    return { at: kind ? `${at}/${kind}` : at, element: block };
  };

  /** The element that shows a field, or what it stands in. */
  const elementOf = (at) => {
    for (const [selector, head] of HEADS) if (at === head) return document.querySelector(selector);
    const [, block] = /^\/body\/(\d+)(?:\/|$)/.exec(at) ?? [];
    const element = block && document.querySelector(".article > .body, .standing > .body")?.children[block];
    if (!element) return null;
    const inside = [element, ...element.querySelectorAll("*")].map(fieldOf);
    return inside.find((field) => field?.at === at)?.element ?? element;
  };

  // How many characters of a field stand before a point of the page.
  const offsetAt = (element, { clientX, clientY }) => {
    const place = document.caretPositionFromPoint?.(clientX, clientY);
    const range = place ? null : document.caretRangeFromPoint?.(clientX, clientY);
    const [node, offset] = place ? [place.offsetNode, place.offset] : [range?.startContainer, range?.startOffset];
    if (!node || !element.contains(node)) return null;
    const before = document.createRange();
    before.selectNodeContents(element);
    before.setEnd(node, offset);
    return before.toString().length;
  };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`[data-desk-field] { outline: 2px solid var(--mark); outline-offset: 6px; border-radius: 1px; }
    :is(.article-headline, .article-lead, .standing-title, .standing-lead, .body > *):hover { cursor: text; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  const tell = (message) => parent.postMessage({ ...message, page: location.pathname }, desk);
  addEventListener(
    "click",
    (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const field = event.target instanceof Element && fieldOf(event.target);
      if (!field) return;
      // What plays or opens goes on doing so; a link in the text would lead the page away from its form.
      if (event.target.closest("a:not(.gallery-link)")) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      tell({ press: field.at, offset: offsetAt(field.element, event) });
    },
    true,
  );

  let shown;
  const mark = () => {
    for (const old of document.querySelectorAll("[data-desk-field]")) old.removeAttribute("data-desk-field");
    const element = shown === undefined ? null : elementOf(shown);
    element?.setAttribute("data-desk-field", "");
    return element;
  };
  // The page alone: `scrollIntoView` would take the desk along, where the page stands below the form.
  const GAP = 16;
  const bring = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    if (top < GAP) scrollBy(0, top - GAP);
    else if (bottom > innerHeight - GAP) scrollBy(0, Math.min(top - GAP, bottom - innerHeight + GAP));
  };
  // Words as they are typed, until the page comes with them. Only what is nothing but words is written over; all else
  // waits for the page. A link leads nowhere meanwhile: where it shall lead, nobody has looked at yet.
  const MARKS = { link: "a", strong: "strong", emphasis: "em" };
  const wordsOf = (span) =>
    Object.entries(MARKS).reduceRight((inner, [mark, name]) => {
      if (!span[mark]) return inner;
      const element = document.createElement(name);
      if (mark === "link") element.setAttribute("href", location.pathname);
      element.append(inner);
      return element;
    }, document.createTextNode(String(span.text)));
  const write = (at, spans) => {
    const element = elementOf(at);
    if (!element || fieldOf(element)?.at !== at) return;
    const place = element.querySelector(":scope > .anchor:only-child") ?? element;
    const isWords = [...place.querySelectorAll("*")].every((one) => one.matches(Object.values(MARKS).join()));
    if (isWords) place.replaceChildren(...spans.map(wordsOf));
  };

  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== desk || source !== parent || data?.page !== location.pathname) return;
    if (typeof data.write === "string" && Array.isArray(data.spans)) return write(data.write, data.spans);
    shown = typeof data.field === "string" ? data.field : undefined;
    const element = mark();
    if (element) bring(element);
  });
  // The page asks anew after each change; what is marked is marked again then.
  tell({ ready: true });
  addEventListener("pageshow", () => tell({ ready: true }));
})();
