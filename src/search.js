// Searches the articles of one language, in the reader's browser. It is loaded when a reader searches for the first time.
// `site build` puts Pagefind's glue before this text, as the function `pagefind`, and the names of Pagefind's programs into
// it (src/bin/site/search/runtime.rs). What it reads, and why it is split as it is: src/bin/site/search.rs.

/** How many results are shown at once. */
const PAGE = 10;
/** At least so many articles are looked through at once, so that the best of them come first. */
const ENOUGH = 1000;
/** At most so many parts are read at once: what a reader downloads for a query does not grow with the archive. */
const PARTS = 6;
/** How long an excerpt is: in characters of text, or half of that where a character is a syllable or a word. */
const EXCERPT = 220;

const root = new URL("..", import.meta.url);

// ---- Words. The rules are those of src/bin/site/search/spelling.rs; tests/portal/browser/searching.rs compares them. ----

const WIDE = /[\u1100-\u11ff\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{323af}]/u;
const OF_WORD = /[\p{Alphabetic}\p{N}\p{M}]/u;
const CAN_STAND_ALONE = /[\p{Alphabetic}\p{N}]/u;
const SEPARATOR = /[.,]/;

/** The characters of a text in the form in which they are compared, each with its place in the text. */
const normal = (text) => {
  const characters = [];
  for (const { 0: unit, index } of text.matchAll(/[^][\p{M}\uff9e\uff9f]*/gu)) {
    const small = unit.normalize("NFKC").toLowerCase().replaceAll("đ", "d").normalize("NFC");
    for (const character of small) characters.push({ character, from: index, to: index + unit.length });
  }
  return characters;
};

/** The runs of characters that belong together. A separator belongs to a run where it stands between two digits. */
const runs = (characters) => {
  const at = (index) => characters[index]?.character ?? "";
  const isWide = (character) => WIDE.test(character) && OF_WORD.test(character);
  const isDigit = (character) => /^[0-9]$/.test(character);
  const found = [];
  for (let index = 0; index < characters.length; ) {
    const begin = index;
    const wide = isWide(at(begin));
    const inner = () => SEPARATOR.test(at(index)) && index > begin && isDigit(at(index - 1)) && isDigit(at(index + 1));
    while (index < characters.length && ((isWide(at(index)) === wide && OF_WORD.test(at(index))) || inner())) index += 1;
    if (index === begin) index += 1;
    else {
      const run = characters.slice(begin, index);
      if (run.some(({ character }) => CAN_STAND_ALONE.test(character))) found.push({ wide, run });
    }
  }
  return found;
};

const spelled = (run) => run.map(({ character }) => character).join("");

/** The words of a text, in its order, each with its place in the text. */
export const words = (text) =>
  runs(normal(text)).flatMap(({ wide, run }) => {
    const word = (run, spelling) => ({ word: spelling, from: run[0].from, to: run[run.length - 1].to });
    if (!wide) return [word(run, spelled(run).replaceAll(/[.,]/g, ""))];
    return run.map((_, at) => run.slice(at, at + 2)).map((pair) => word(pair, spelled(pair)));
  });

/** What a reader asks for: rows of words that have to stand side by side. */
const terms = (text) =>
  runs(normal(text)).map(({ wide, run }) => {
    if (!wide) return [spelled(run).replaceAll(/[.,]/g, "")];
    return run.length === 1 ? [spelled(run)] : run.slice(1).map((_, at) => spelled(run.slice(at, at + 2)));
  });

/** A word without its marks, as Pagefind has it in its index: kana keep theirs, hangul is in its letters. */
const bare = (word) => {
  const letters = word.normalize("NFD").replace(/(?![\u3099\u309a])\p{M}/gu, "");
  return /[\u3099\u309a]/.test(letters) ? letters.normalize("NFC") : letters;
};

// ---- Files. Nothing that failed is kept, so that another try asks again. ----

const kept = new Map();

const keep = (name, load) => {
  if (!kept.has(name)) {
    const loading = load();
    kept.set(name, loading);
    loading.catch(() => kept.delete(name));
  }
  return kept.get(name);
};

const get = async (path, options) => {
  const response = await fetch(new URL(path, root), options);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
};

const unpacked = async (path) => {
  const response = await get(path);
  return new Uint8Array(await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
};

const listing = (lang) => keep(lang, async () => (await get(`search/${lang}.json`, { cache: "no-cache" })).json());

const engine = (lang) => {
  const file = lang === "en" ? "{english}" : "{other}";
  return keep(file, async () => {
    const engine = pagefind();
    await engine({ module_or_path: get(`assets/${file}`) });
    return engine;
  });
};

/** A part of the index, opened. Pagefind's pointer to it is another one after every change. */
const opened = (lang, part) => {
  const folder = `search/${lang}/${part.folder}`;
  return keep(folder, async () => {
    const [theirs, meta] = await Promise.all([engine(lang), unpacked(`${folder}/${part.meta}`)]);
    const index = { theirs, folder, pointer: theirs.init_pagefind(meta) };
    index.change = (method, ...values) => {
      index.pointer = theirs[method](index.pointer, ...values);
      if (index.pointer) return;
      kept.clear();
      throw new Error(`${folder}: ${method}`);
    };
    return index;
  });
};

/** Loads what Pagefind needs for these words. */
const load = async (index, words, filters) => {
  const chunk = (path, method) => keep(path, async () => index.change(method, await unpacked(path)));
  const chunks = words.flatMap((word) => JSON.parse(index.theirs.request_indexes(index.pointer, word)));
  await Promise.all([
    ...chunks.map((hash) => chunk(`${index.folder}/index/${hash}.pf_index`, "load_index_chunk")),
    ...JSON.parse(index.theirs.request_filter_indexes(index.pointer, filters)).map((hash) =>
      chunk(`${index.folder}/filter/${hash}.pf_filter`, "load_filter_chunk"),
    ),
  ]);
};

// ---- Searching. ----

/** The articles of a part that have every term, with what each is worth and where its words are. */
const inPart = async (lang, part, wanted, filters) => {
  const index = await opened(lang, part);
  await load(index, wanted.flat().map(bare), filters);
  const ask = (words, exact, withMarks) => {
    const { theirs, pointer } = index;
    const found = theirs.search(pointer, words.map(bare).join(" "), words.join(" "), filters, "", exact, withMarks);
    return JSON.parse(found).results;
  };
  const articles = new Map();
  wanted.forEach((words, number) => {
    // One character of these scripts is always the beginning of a pair.
    const begins = words.length === 1 && WIDE.test(words[0]);
    let found = begins ? [] : ask(words, true, false);
    if (!found.length && words.length === 1) found = beginning(index, bare(words[0]), () => ask(words, false, false));
    const rare = Math.log(1 + (part.articles - found.length + 0.5) / (found.length + 0.5));
    const marked = words.some((word) => bare(word) !== word);
    const exact = new Set(marked ? ask(words, true, true).map(({ p }) => p) : []);
    for (const { p: id, l: places } of found) {
      const known = articles.get(id) ?? { id, part, folder: index.folder, worth: 0, terms: 0, places: [] };
      const often = words.length > 1 ? 1 : places.reduce((sum, { w }) => sum + w / 24, 0);
      known.worth += rare * (often / (often + 1.5)) * (exact.has(id) ? 2 : 1);
      known.terms += known.terms === number ? 1 : 0;
      known.places.push(...places.map(({ l }) => l));
      articles.set(id, known);
    }
  });
  // Words that stand side by side as they were asked for are worth more.
  if (wanted.length > 1) {
    const row = wanted.flat();
    for (const withMarks of [false, true]) {
      for (const { p: id } of ask(row, true, withMarks)) if (articles.has(id)) articles.get(id).worth *= 1.5;
    }
  }
  return [...articles.values()].filter((article) => article.terms === wanted.length);
};

/**
 * The articles with words that begin so. Where there are none, Pagefind finds words that are only the beginning of what was
 * asked for; its playground says which words it has found.
 */
const beginning = (index, word, ask) => {
  if ([...word.normalize("NFC")].length < 2 && !WIDE.test(word)) return [];
  index.change("enter_playground_mode");
  return ask().filter(({ l: places }) => places.some(({ v }) => v?.ws.startsWith(word)));
};

/** Begins a search. `more` goes on with it. */
export const find = async ({ lang, asked, section, year }) => {
  const about = await listing(lang);
  const filters = JSON.stringify({ ...(section && { section: [section] }), ...(year && { year: [String(year)] }) });
  const wanted = terms(asked).slice(0, 12);
  const open = about.parts.filter(({ from, to }) => wanted.length && (!year || (from <= year && year <= to)));
  const found = { lang, about, wanted, filters, open, articles: [], shown: [], since: undefined };
  await more(found);
  return found;
};

/** Shows some more articles: those that were found already, then those of older parts. */
export const more = async (found) => {
  const unshown = () => found.articles.length - found.shown.length;
  const goal = found.shown.length + PAGE;
  let articles = 0;
  for (let parts = 0; parts < PARTS && found.open.length && (unshown() < PAGE || articles < ENOUGH); ) {
    if (found.shown.length && unshown() >= PAGE) break;
    const batch = [];
    for (let count = 0; count < ENOUGH && parts < PARTS && batch.length < found.open.length; parts += 1) {
      const part = found.open[batch.length];
      batch.push(part);
      count += part.articles;
      articles += part.articles;
    }
    const searched = await Promise.all(batch.map((part) => inPart(found.lang, part, found.wanted, found.filters)));
    found.open = found.open.slice(batch.length);
    found.since = batch[batch.length - 1].from;
    const best = [...found.articles.slice(found.shown.length), ...searched.flat()];
    best.sort((one, other) => other.worth - one.worth || other.part.from - one.part.from || (one.id < other.id ? -1 : 1));
    found.articles = [...found.articles.slice(0, found.shown.length), ...best];
  }
  const next = found.articles.slice(found.shown.length, goal);
  found.shown.push(...(await Promise.all(next.map(shown))));
  return found;
};

/** What is shown of an article. Texts are in pieces: every second one is what was asked for. */
const shown = async ({ folder, id, places }) => {
  const path = `${folder}/fragment/${id}.pf_fragment`;
  const record = await keep(path, async () => JSON.parse(new TextDecoder().decode(await unpacked(path))));
  const inTitle = words(record.title);
  const text = record.text.replaceAll("\n", " ");
  const inText = words(text);
  const at = new Set(places);
  const marked = inText.filter((_, place) => at.has(place + inTitle.length));
  const { from, to } = excerpt(inText, marked, text.length);
  const piece = pieces(text.slice(from, to), marked.map((word) => ({ from: word.from - from, to: word.to - from })));
  if (from > 0) piece[0] = `… ${piece[0]}`;
  if (to < text.length) piece[piece.length - 1] += " …";
  return { ...record, title: pieces(record.title, inTitle.filter((_, place) => at.has(place))), excerpt: piece };
};

/** The stretch of a text that has most of what was asked for. It begins and ends with a word. */
const excerpt = (all, marked, length) => {
  const wide = all.filter(({ word }) => WIDE.test(word)).length > all.length / 2;
  const most = wide ? EXCERPT / 2 : EXCERPT;
  let [best, first] = [0, undefined];
  for (const word of marked) {
    const count = marked.filter(({ from, to }) => from >= word.from && to <= word.from + most * 0.75).length;
    if (count > best) [best, first] = [count, word];
  }
  const begin = Math.max(0, Math.min((first?.from ?? 0) - most / 4, length - most));
  const from = begin < most / 8 ? 0 : (all.find((word) => word.from >= begin)?.from ?? 0);
  const last = all.findLast?.((word) => word.to <= from + most) ?? { to: from + most };
  return { from, to: from + most >= length ? length : Math.max(last.to, first?.to ?? 0) };
};

/** A text in pieces; every second one is marked. */
const pieces = (text, marks) => {
  const cut = [""];
  let at = 0;
  for (const { from, to } of marks) {
    if (to <= at || from < 0 || to > text.length) continue;
    if (from > at || cut.length === 1) {
      cut[cut.length - 1] += text.slice(at, from);
      cut.push(text.slice(from, to), "");
    } else {
      cut[cut.length - 2] += text.slice(at, to);
    }
    at = to;
  }
  cut[cut.length - 1] += text.slice(at);
  return cut;
};

// ---- The page. ----

let last = { key: "", found: undefined };
let asks = 0;

const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
};

/** Searches for what the address asks for, and shows it on the page: `page` is its element with the class `search`. */
export const search = async (page) => {
  asks += 1;
  const ask = asks;
  const lang = document.documentElement.lang;
  const asked = new URLSearchParams(location.search);
  const [text, section, year] = ["q", "section", "year"].map((name) => asked.get(name)?.trim() ?? "");
  const key = JSON.stringify([lang, text, section, year]);
  // On the way back everything is there at once, so that the place on the page is.
  if (text && last.key === key) return show(form(page, last.found.about, asked), last.found);
  const about = await listing(lang);
  if (ask !== asks) return;
  const place = form(page, about, asked);
  place.querySelector(".search-results").replaceChildren();
  place.querySelector(".search-more")?.remove();
  const status = place.querySelector(".search-status");
  status.textContent = "";
  if (!text) return;
  const late = setTimeout(() => (status.textContent = about.words.searching), 400);
  try {
    const found = await find({ lang, asked: text, section, year: Number(year) || undefined });
    if (ask !== asks) return;
    last = { key, found };
    show(place, found);
  } finally {
    clearTimeout(late);
    if (ask === asks && status.textContent === about.words.searching) status.textContent = "";
  }
};

/** The form and the place for results. They are made once for a page, so that what a reader types stays. */
const form = (page, about, asked) => {
  const { words, sections, years } = about;
  const place = page.querySelector(".search-place");
  if (!place.firstChild) {
    const choice = (name, label, all, values) => {
      const options = [["", all], ...values].map(([value, text]) => element("option", { value }, text));
      const select = element("select", { class: "search-input", id: name, name }, ...options);
      return element("p", { class: "search-choice" }, element("label", { for: name }, label), select);
    };
    const what = { class: "search-input", id: "q", name: "q", type: "search", required: "", maxlength: 200 };
    const made = element(
      "form",
      { class: "search-form", role: "search" },
      element("p", { class: "search-field" }, element("label", { for: "q" }, words.what), element("input", what)),
      choice("section", words.section, words.all_sections, sections),
      choice("year", words.year, words.all_years, years.map((year) => [year, year])),
      element("button", { class: "search-button", type: "submit" }, about.search),
    );
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      // What is searched for is an address, and the portal follows it as it follows every link.
      const values = new URLSearchParams([...new FormData(made)].filter(([, value]) => value.trim()));
      const link = element("a", { href: `${location.pathname}?${values}` });
      made.append(link);
      link.click();
      link.remove();
    });
    const status = element("p", { class: "search-status", role: "status" });
    place.append(made, status, element("ol", { class: "search-results" }));
  }
  for (const field of place.querySelectorAll("[name]")) field.value = asked.get(field.name) ?? "";
  // What no option has is all of them.
  for (const field of place.querySelectorAll("select")) field.selectedIndex = Math.max(field.selectedIndex, 0);
  return place;
};

const inPieces = (pieces) => pieces.map((text, number) => (number % 2 ? element("mark", {}, text) : text));

const result = ({ href, title, section, published, date, excerpt }, { sections }) => {
  const [, name] = sections.find(([slug]) => slug === section) ?? [section, section];
  const address = new URL(href, root).pathname;
  return element(
    "li",
    { class: "search-result" },
    element("h2", { class: "search-title" }, element("a", { class: "search-link", href: address }, ...inPieces(title))),
    element("p", { class: "search-facts" }, `${name} · `, element("time", { datetime: published }, date)),
    element("p", { class: "search-excerpt" }, ...inPieces(excerpt)),
  );
};

/** How many there are, and whether there may be more. */
const said = ({ lang, about: { words }, articles, open, since }) => {
  const count = articles.length;
  const fill = (text) => text.replace("{n}", new Intl.NumberFormat(lang).format(count)).replace("{year}", since);
  const form = ({ one, other }) => (count === 1 ? one : other);
  if (open.length) return fill(count ? form(words.found_since) : words.none_since);
  return fill(count ? form(words.found) : `${words.none} ${words.advice}`);
};

const show = (place, found) => {
  const list = place.querySelector(".search-results");
  const { about, shown, articles, open } = found;
  place.querySelector(".search-status").textContent = said(found);
  list.replaceChildren(...shown.map((article) => result(article, about)));
  place.querySelector(".search-more")?.remove();
  if (shown.length === articles.length && !open.length) return;
  const label = shown.length < articles.length ? about.words.more : about.words.older;
  const button = element("button", { class: "search-button search-more", type: "button" }, label);
  button.addEventListener("click", async () => {
    const before = shown.length;
    const page = place.closest(".search");
    page.dataset.search = "";
    button.disabled = true;
    try {
      await more(found);
      if (!list.isConnected || last.found !== found) return;
      show(place, found);
      // The focus goes on with the reader: to the first of the new results, else to the button.
      (list.querySelectorAll(".search-link")[before] ?? place.querySelector(".search-more"))?.focus();
    } catch {
      button.disabled = false;
      page.dataset.search = "failed";
    }
  });
  list.after(button);
};
