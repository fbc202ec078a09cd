// Applies the reader's display settings before the first paint, and says that scripts run. Every
// page has this in itself, so nothing else may be in it. Without storage, or where the browser
// refuses it, the defaults apply. `src/lazy/controls.js` calls `portalChoose` for a choice that is
// made on the page.
const portalChoose = (name, value) => {
  const { dataset } = document.documentElement;
  if (value) dataset[name] = value;
  else delete dataset[name];
  if (name !== "theme") return;
  // The browser's own bars get the colour of the chosen theme, else of the device's.
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
    meta.dataset.media ??= meta.media;
    meta.media = !value ? meta.dataset.media : meta.dataset.of === value ? "all" : "not all";
  }
};

(() => {
  // What scripts and program do is offered from the first paint on. Where `src/boot.js` does not
  // load, nothing is.
  const { dataset } = document.documentElement;
  dataset.app = "asleep";
  // The button for the share dialog is shown only where the device has one.
  if (navigator.canShare?.({ url: location.href }) ?? navigator.share) dataset.share = "";
  const failed = ({ target }) => {
    if (target.defer) dataset.app = "absent";
  };
  addEventListener("error", failed, true);
  const known = { theme: ["light", "dark", "contrast"], text: ["90", "125", "150", "200"], spacing: ["wide", "widest"] };
  const apply = () => {
    try {
      for (const name in known) {
        const value = localStorage.getItem(`portal.${name}`);
        portalChoose(name, known[name].includes(value) && value);
      }
    } catch {}
  };
  apply();
  // Another tab has chosen, or the page returns from the back/forward cache.
  addEventListener("storage", apply);
  addEventListener("pageshow", ({ persisted }) => persisted && apply());
})();
