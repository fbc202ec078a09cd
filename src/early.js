// Applies what the reader has chosen for all pages, before anything of a page is painted. It is a file of its own, because
// the head of a page waits for it: nothing else may stand here. Where there is no storage, or the browser refuses it,
// nothing was chosen. The program calls `portalChoose` for a choice that is made on the page.
const portalChoose = (name, value) => {
  const { dataset } = document.documentElement;
  if (value) dataset[name] = value;
  else delete dataset[name];
  if (name !== "theme") return;
  // What the browser shows around the page has the colour of the chosen theme, or that of the device's.
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
    meta.dataset.media ??= meta.media;
    meta.media = !value ? meta.dataset.media : meta.dataset.of === value ? "all" : "not all";
  }
};

(() => {
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
  // Another tab has chosen, or this page comes back from where the browser had put it away.
  addEventListener("storage", apply);
  addEventListener("pageshow", ({ persisted }) => persisted && apply());
})();
