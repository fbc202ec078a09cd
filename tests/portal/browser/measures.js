// What readers with other needs meet on a page, measured where it is laid out. Each function returns a list of sentences;
// an empty list is a page that is as it should be.

const all = (selector) => [...document.querySelectorAll(selector)];
const named = (element) => [element.localName, ...element.classList].join(".") + (element.id && `#${element.id}`);
const short = (text) => `“${text.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
const TARGETS = "a[href], button, summary, input, select, textarea, audio[controls], [role=button], [tabindex='0']";

const ancestors = (element) => (element ? [element, ...ancestors(element.parentElement)] : []);
// What is cut down to nothing is there for assistive technology alone, or until it has the focus.
const cut = (element) => ancestors(element).some((one) => getComputedStyle(one).clipPath === "inset(50%)");
const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !cut(element);
const floats = (element) => ancestors(element).some((one) => getComputedStyle(one).position === "fixed");

/** The texts that are seen, with their lines. Of a line counts what is as high as a letter, not the room above and below. */
const texts = () => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script, style, noscript, select") || !seen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const size = parseFloat(getComputedStyle(element).fontSize);
    const lines = [...range.getClientRects()].filter(({ width }) => width > 0.5).map((line) => {
      const spare = Math.max(0, (line.height - size) / 2);
      return { left: line.left, right: line.right, top: line.top + spare, bottom: line.bottom - spare };
    });
    if (lines.length) found.push({ node, element, lines });
  }
  return found;
};

/** Everything that can be read or looked at, in order: a narrow window has to have all that a wide one has. */
const content = () => {
  for (const details of all("details")) details.open = true;
  const pictures = all("img").filter((image) => image.alt && seen(image) && image.getBoundingClientRect().width > 1);
  return [...texts().map(({ node }) => node.data.trim()), ...pictures.map(({ alt }) => `picture: ${alt}`)];
};

/** Sideways scrolling of the whole page. What scrolls by itself, such as a table, may. */
const sideways = () => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const scrolls = (element) => ancestors(element).some((one) => getComputedStyle(one).overflowX !== "visible");
  const over = all("body *").filter(
    (one) => one.getBoundingClientRect().right > clientWidth + 0.5 && !scrolls(one.parentElement),
  );
  return [`the page is ${scrollWidth} px wide in ${clientWidth}: ${over.slice(0, 3).map(named).join(", ")}`];
};

/** Lines that are cut off by the box in which they stand, or by the window. */
const clipped = () => {
  const faults = [];
  for (const { node, element, lines } of texts()) {
    let [across, down] = [true, true];
    for (const box of ancestors(element)) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const { left, top } = box.getBoundingClientRect();
      const [from, begin] = [left + box.clientLeft, top + box.clientTop];
      const [to, end] = [from + box.clientWidth, begin + box.clientHeight];
      const cuts = (value) => value === "hidden" || value === "clip";
      const wide = across && cuts(overflowX) && lines.some((line) => line.left < from - 1 || line.right > to + 1);
      const high = down && cuts(overflowY) && lines.some((line) => line.top < begin - 1 || line.bottom > end + 1);
      if (wide || high) faults.push(`${named(box)} cuts off ${short(node.data)}`);
      if (overflowX === "auto" || overflowX === "scroll") across = false;
      if (overflowY === "auto" || overflowY === "scroll") down = false;
    }
    const beyond = ({ left, right }) => left + scrollX < -1 || right > document.documentElement.clientWidth + 1;
    if (across && lines.some(beyond)) faults.push(`the window cuts off ${short(node.data)} in ${named(element)}`);
  }
  return faults;
};

/** Lines that lie on each other. */
const overlapping = () => {
  const within = ({ element, lines, node }) => {
    const boxes = ancestors(element).filter((one) => /auto|scroll/.test(getComputedStyle(one).overflow));
    const inside = (line, { left, right, top, bottom }) => ({
      left: Math.max(line.left, left), right: Math.min(line.right, right),
      top: Math.max(line.top, top), bottom: Math.min(line.bottom, bottom),
    });
    return lines.map((line) => ({ ...boxes.reduce((part, box) => inside(part, box.getBoundingClientRect()), line), node }));
  };
  const lines = texts().filter(({ element }) => !floats(element)).flatMap(within);
  lines.sort((one, other) => one.top - other.top);
  const faults = [];
  lines.forEach((one, number) => {
    for (const other of lines.slice(number + 1)) {
      if (other.top > one.bottom - 1) break;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - other.top;
      if (across > 1 && down > 1 && one.node !== other.node) {
        faults.push(`${short(one.node.data)} and ${short(other.node.data)} lie on each other`);
      }
    }
  });
  return faults;
};

/** What is pressed or followed, with its boxes. A link whose `::after` lies over everything around it is as large as that. */
const targets = () =>
  all(TARGETS).filter((element) => seen(element) && !element.disabled).map((element) => {
    const after = getComputedStyle(element, "::after");
    const covers = after.content !== "none" && after.position === "absolute" && after.inset === "0px";
    const box = (covers && getComputedStyle(element).position === "static" && element.offsetParent) || element;
    const { left, top, right, bottom, width, height } = box.getBoundingClientRect();
    return { element, left, top, right, bottom, width, height, boxes: [...box.getClientRects()] };
  });

/** Targets below 24 × 24 pixels, with the two exceptions of WCAG 2.5.8: links in a sentence, and those with room around. */
const small = () => {
  const inSentence = ({ element }) => {
    if (getComputedStyle(element).display !== "inline") return false;
    const block = ancestors(element.parentElement).find((one) => getComputedStyle(one).display !== "inline");
    return block.textContent.trim() !== element.textContent.trim();
  };
  const present = targets();
  const isSmall = ({ width, height }) => width < 23.9 || height < 23.9;
  const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];
  const crowded = (one) => {
    const [x, y] = middle(one);
    return present.some((other) => {
      if (other.element === one.element || other.element.contains(one.element)) return false;
      if (isSmall(other)) return Math.hypot(x - middle(other)[0], y - middle(other)[1]) < 24;
      return other.boxes.some(({ left, right, top, bottom }) =>
        Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) < 12);
    });
  };
  return present.filter((one) => isSmall(one) && !inSentence(one) && crowded(one)).map(({ element, width, height }) =>
    `${named(element)} ${short(element.textContent)} is ${width.toFixed(0)} × ${height.toFixed(0)} px, and crowded`);
};

/** Targets that lie on each other, so that one takes what the other should get. */
const colliding = () => {
  const present = targets().filter(({ element }) => !floats(element));
  const meet = (one, other) => one.boxes.some((a) => other.boxes.some((b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1));
  return present.flatMap((one, number) => present.slice(number + 1)
    .filter((other) => !one.element.contains(other.element) && meet(one, other))
    .map((other) => `${named(one.element)} ${short(one.element.textContent)} and ${named(other.element)} ${short(other.element.textContent)} lie on each other`));
};

/** What moves by itself now. */
const moving = () => [
  ...document.getAnimations().filter(({ playState }) => playState === "running")
    .map(({ effect }) => `${named(effect.target)} is animated`),
  ...all("marquee, blink, [autoplay], img[src$='.gif']").map((element) => `${named(element)} moves by itself`),
];

/** What would move although the reader asked for less of it. */
const wouldMove = () => all("*").flatMap((element) => ["", "::before", "::after"].flatMap((part) => {
  const style = getComputedStyle(element, part || null);
  const takesTime = (durations) => durations.split(", ").some((duration) => parseFloat(duration) > 0);
  return [
    takesTime(style.transitionDuration) && "has a transition",
    style.animationName !== "none" && takesTime(style.animationDuration) && "has an animation",
    !part && style.scrollBehavior === "smooth" && "scrolls smoothly",
  ].filter(Boolean).map((fault) => `${named(element)}${part} ${fault}`);
}));

/** Where everything stands. */
const places = () => all("body *").map((element) => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return `${named(element)} ${[left, top, width, height].map((number) => number.toFixed(1)).join(" ")}`;
});

/** The reader's own distances between lines, paragraphs, letters and words (WCAG 1.4.12). */
const spread = () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }
  `);
  document.adoptedStyleSheets = [sheet];
};
const unspread = () => { document.adoptedStyleSheets = []; };
