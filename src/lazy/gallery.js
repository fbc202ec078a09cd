// The viewer of a gallery: its pictures one by one in a dialog. Its texts come from the gallery's
// attributes.

// The least distance of a swipe, in pixels.
const SWIPE = 48;

// Makes an element with a class, attributes and children.
const make = (name, kind, attributes = {}, ...inside) => {
  const element = document.createElement(name);
  element.className = kind;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
};

const button = (kind, label, sign) => make("button", `viewer-button ${kind}`, { type: "button", "aria-label": label, title: label }, sign);

// Opens the viewer at a picture's link. Closing it returns the focus to the link.
export const open = (link) => {
  if (document.querySelector(".viewer")) return;
  const gallery = link.closest(".gallery");
  const links = [...gallery.querySelectorAll(".gallery-link")];
  const { pictureOf, previous, next, close } = gallery.dataset;
  const last = links.length - 1;
  let shown = links.indexOf(link);

  const count = make("span", "viewer-count");
  const alternative = make("span", "visually-hidden");
  const status = make("p", "viewer-status", { role: "status" }, count, alternative);
  const back = button("viewer-previous", previous, "‹");
  const on = button("viewer-next", next, "›");
  const end = button("viewer-close", close, "×");
  const stage = make("figure", "viewer-stage");
  const bar = make("div", "viewer-bar", {}, status, end);
  const dialog = make("dialog", "viewer", { "aria-label": gallery.getAttribute("aria-label") }, bar, back, stage, on);

  const show = (at) => {
    if (at < 0 || at > last) return;
    shown = at;
    const picture = links[at].firstElementChild.cloneNode(true);
    for (const part of [picture, ...picture.children]) {
      if (part.hasAttribute("sizes")) part.setAttribute("sizes", "100vw");
      part.removeAttribute("loading");
    }
    const caption = links[at].nextElementSibling?.cloneNode(true);
    stage.replaceChildren(picture, ...(caption ? [caption] : []));
    // Not `disabled`, which would take the focus from a button.
    back.setAttribute("aria-disabled", String(at === 0));
    on.setAttribute("aria-disabled", String(at === last));
    count.textContent = pictureOf.replace("{n}", at + 1).replace("{total}", links.length);
    alternative.textContent = ` ${(picture.matches("img") ? picture : picture.querySelector("img")).alt}`;
  };

  const keys = { ArrowLeft: () => shown - 1, ArrowRight: () => shown + 1, Home: () => 0, End: () => last };
  dialog.addEventListener("keydown", (event) => {
    const to = keys[event.key];
    if (!to || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    show(to());
  });
  back.addEventListener("click", () => show(shown - 1));
  on.addEventListener("click", () => show(shown + 1));
  end.addEventListener("click", () => dialog.close());
  // A click on the backdrop closes the dialog.
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  swipes(stage, (step) => show(shown + step));

  const leave = () => dialog.close();
  addEventListener("popstate", leave);
  dialog.addEventListener("close", () => {
    removeEventListener("popstate", leave);
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  // Only a status that changes while the dialog is open is announced.
  show(shown);
};

// Calls `step` with 1 or -1 on a sideways swipe with one finger. On a magnified page, that finger
// pans instead.
const swipes = (stage, step) => {
  let from;
  stage.addEventListener("pointerdown", (event) => {
    from = event.pointerType === "touch" && event.isPrimary && (visualViewport?.scale ?? 1) < 1.05 ? event : undefined;
  });
  stage.addEventListener("pointerup", (event) => {
    if (!from || event.pointerId !== from.pointerId) return;
    const [x, y] = [event.clientX - from.clientX, event.clientY - from.clientY];
    from = undefined;
    if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) step(x < 0 ? 1 : -1);
  });
  stage.addEventListener("pointercancel", () => (from = undefined));
};
