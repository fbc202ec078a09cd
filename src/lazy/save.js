// Saves an article or a standing page as one HTML file that needs nothing else: with its styles and
// pictures, and without scripts. The panel of reading tools has the messages and the file's note in
// its attributes.

/**
 * The preferred width of pictures, in pixels, where there are several: sharp on a screen, and not
 * larger than needed.
 */
const WIDTH = 1200;
/** The timeout of a request, in milliseconds. */
const TIMEOUT = 20000;

/** Elements that only work, or only make sense, on the page in the browser. */
const REMOVED = ".tools, .tools-address, .share, .related, nav, form, input, select, textarea, dialog, template, script, style, iframe, object, embed, [hidden]";
/** The attributes that are kept. */
const KEPT_ATTRIBUTES = /^(?:alt|aria-[a-z]+|class|colspan|datetime|dir|height|href|hreflang|id|lang|open|role|rowspan|scope|src|start|title|width)$/;
/** The policy of the saved file, which loads and runs nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** Makes the file and starts its download. */
export const save = async (panel) => {
  const said = panel.querySelector("[role=status]");
  const { saving, saved, without, copy } = panel.dataset;
  said.textContent = saving;
  const { text, lost } = await fileOf(panel.closest(".article, .standing"), copy);
  const name = `${location.pathname.split("/").filter(Boolean).pop()}-${document.documentElement.lang}.html`;
  hand(text, name);
  said.textContent = (lost ? without : saved).replace("{file}", name).replace("{n}", lost);
};

const hand = (text, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/html" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

/**
 * The file's text, and the number of pictures missing in it. It is made in a document of its own,
 * which loads nothing.
 */
const fileOf = async (page, words) => {
  const file = document.implementation.createHTMLDocument(document.title);
  const { lang, dataset } = document.documentElement;
  file.documentElement.lang = lang;
  for (const name of ["theme", "text", "spacing"]) if (dataset[name]) file.documentElement.dataset[name] = dataset[name];
  const meta = (attributes) => Object.assign(file.createElement("meta"), attributes);
  const charset = file.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  file.head.prepend(
    charset,
    meta({ httpEquiv: "Content-Security-Policy", content: POLICY }),
    meta({ name: "viewport", content: "width=device-width, initial-scale=1" }),
    meta({ name: "color-scheme", content: "light dark" }),
  );
  const copy = file.importNode(page, true);
  const main = file.createElement("main");
  main.className = "main";
  main.append(copy, origin(file, words));
  file.body.append(main);
  const lost = await carryPictures(copy);
  clean(copy);
  const style = await (await get(document.querySelector("link[rel=stylesheet]").href)).text();
  const html = file.documentElement.outerHTML.replace("</head>", () => `<style>${style}</style></head>`);
  return { text: `<!doctype html>\n${html}\n`, lost };
};

/** The note with the page's address and the date of saving. */
const origin = (file, words) => {
  const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  const { lang } = document.documentElement;
  const date = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long" }).format(new Date());
  const [before, after] = words.replace("{date}", date).split("{address}");
  const link = file.createElement("a");
  link.href = address;
  link.textContent = address;
  const line = file.createElement("p");
  line.className = "saved-copy";
  line.append(before, link, after);
  return line;
};

/** Embeds every picture. One that fails to load is replaced by its text alternative. */
const carryPictures = async (copy) => {
  const carried = [...copy.querySelectorAll("img")].map(async (image) => {
    const place = image.closest("picture") ?? image;
    try {
      image.src = await dataOf(best(image));
      place.replaceWith(image);
      return 0;
    } catch {
      const line = copy.ownerDocument.createElement("span");
      line.className = "saved-lost";
      line.textContent = image.alt;
      place.replaceWith(line);
      return 1;
    }
  });
  return (await Promise.all(carried)).reduce((sum, lost) => sum + lost, 0);
};

/** The narrowest file of a picture that is wide enough, in the modern format where there is one. */
const best = (image) => {
  const source = image.closest("picture")?.querySelector("source[srcset]");
  const files = ((source ?? image).srcset || "").split(", ").map((file) => file.split(" "));
  const widths = files.map(([address, width]) => ({ address, width: Number.parseInt(width, 10) })).filter(({ width }) => width);
  widths.sort((one, other) => one.width - other.width);
  return (widths.find(({ width }) => width >= WIDTH) ?? widths.pop())?.address ?? image.getAttribute("src");
};

const dataOf = async (address) => {
  const blob = await (await get(address)).blob();
  if (!blob.type.startsWith("image/")) throw new Error(`${address} is no picture`);
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = failed;
    reader.readAsDataURL(blob);
  });
};

const get = async (address) => {
  const response = await fetch(new URL(address, document.baseURI), { signal: AbortSignal.timeout?.(TIMEOUT) });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
};

/** Removes tools and everything that runs, and makes addresses absolute. */
const clean = (copy) => {
  for (const element of copy.querySelectorAll(REMOVED)) element.remove();
  for (const media of copy.querySelectorAll("audio, video")) {
    const link = copy.ownerDocument.createElement("a");
    link.href = link.textContent = new URL(media.currentSrc || media.getAttribute("src") || "", document.baseURI).href;
    media.replaceWith(link);
  }
  for (const button of copy.querySelectorAll("button")) {
    if (button.querySelector("img")) button.replaceWith(...button.childNodes);
    else button.remove();
  }
  for (const details of copy.querySelectorAll("details")) details.open = true;
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of element.getAttributeNames()) if (!KEPT_ATTRIBUTES.test(name)) element.removeAttribute(name);
    const href = element.getAttribute("href");
    if (href && !href.startsWith("#")) element.setAttribute("href", new URL(href, document.baseURI).href);
  }
};
