// The stops of the Tab key on a page: in which order they have to come, and what is to be seen of each of them.

const named = (element) => [element.localName, ...element.classList].join(".") + (element.id && `#${element.id}`);
const described = (element) => `${named(element)} “${(element.textContent || element.value || "").trim().slice(0, 30)}”`;
const ancestors = (element) => (element ? [element, ...ancestors(element.parentElement)] : []);

/** What can take the focus, in the order of the page. What scrolls by itself may take it as well: engines differ. */
const focusable = () => {
  const asked = "a[href], button, input, select, textarea, summary, audio[controls], video[controls], [tabindex]";
  return [...document.querySelectorAll(asked)].filter((element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.tabIndex >= 0 && !element.closest("[inert]"));
};

const LOOKS = ["outline", "boxShadow", "borderColor", "backgroundColor", "color", "textDecoration", "clipPath"];
const look = (element) => {
  const style = getComputedStyle(element);
  return Object.fromEntries(LOOKS.map((name) => [name, style[name]]));
};

const numbers = (colour) => colour.match(/[\d.]+/g)?.map(Number) ?? [];
const luminance = (colour) => {
  const [red, green, blue] = numbers(colour).map((value) => value / 255).map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};
const behind = (element) => {
  const opaque = ancestors(element).map((one) => getComputedStyle(one).backgroundColor).find((colour) => {
    const [, , , alpha = 1] = numbers(colour);
    return alpha > 0.99;
  });
  return opaque ?? "rgb(255, 255, 255)";
};

/** Remembers what is to be reached, and how it looks without the focus. */
const begin = () => {
  const order = focusable();
  window.walk = { order, before: order.map(look) };
  return order.map(described);
};

const faultsOf = (element, before) => {
  const now = look(element);
  const style = getComputedStyle(element);
  const faults = [];
  if (!LOOKS.some((name) => name !== "clipPath" && now[name] !== before[name])) faults.push("looks as without the focus");
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  if (ring && style.outlineStyle !== "auto") {
    const ground = behind(parseFloat(style.outlineOffset) < 0 ? element : element.parentElement);
    const ratio = contrast(style.outlineColor, ground);
    if (ratio < 3) faults.push(`has a ring of contrast ${ratio.toFixed(1)}`);
  }
  const [box] = [...element.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
  if (!box) return [...faults, "has no box"];
  const { clientWidth: wide, clientHeight: high } = document.documentElement;
  const shown = Math.min(box.bottom, high) - Math.max(box.top, 0);
  if (shown < Math.min(box.height, 44) / 2 || box.left < -1 || box.right > wide + 1) faults.push("is not scrolled into the window");
  const [x, y] = [(box.left + box.right) / 2, (Math.max(box.top, 0) + Math.min(box.bottom, high)) / 2];
  const top = document.elementFromPoint(x, y);
  if (top && !element.contains(top) && !top.contains(element)) faults.push(`is covered by ${named(top)}`);
  const bar = document.querySelector(".status:not(:empty)");
  if (bar && !bar.contains(element) && box.bottom > bar.getBoundingClientRect().top + 1) faults.push("is under the status bar");
  return faults;
};

/** What has the focus: its place in the order (-1 for nothing, -2 for what scrolls), and what is wrong with it. */
const stop = () => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return { place: -1, what: "nothing", faults: [] };
  const place = window.walk.order.indexOf(element);
  const scrolls = place < 0 && /auto|scroll/.test(getComputedStyle(element).overflow);
  const before = place < 0 ? {} : window.walk.before[place];
  return { place: scrolls ? -2 : place, what: described(element), faults: faultsOf(element, before) };
};
