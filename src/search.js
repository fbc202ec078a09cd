// Searches the articles and standing pages of one language in the browser. Loaded with the first
// search page. `site build` prepends Pagefind's glue as the function `pagefind`, and fills in the
// names of Pagefind's programs (crates/site/src/publish/search/runtime.rs). The index and its
// shards (here `parts`) are described in crates/site/src/publish/search.rs.

/** The number of results shown at once. */
const PAGE_SIZE = 10;
/** The least number of articles searched at once, so that the best of them come first. */
const LEAST_ARTICLES = 1000;
/**
 * The largest number of parts read at once, so that the download for a query does not grow with the
 * archive.
 */
const MAX_PARTS = 6;
/** The length of an excerpt in characters; half of it for wide characters. */
const EXCERPT_LENGTH = 220;

const root = new URL("..", import.meta.url);
/** How long the API may take to say what there is, in milliseconds. */
const TIMEOUT = 4000;
/** The API, whose index has what was published after the last build; none once it has failed. */
let api = document.getElementById("portal")?.dataset.api;

// ---- Words. The rules are those of crates/i18n/src/spelling.rs; tests/portal/browser/searching.rs compares them. ----

const WIDE = /[\u1100-\u11ff\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{323af}]/u;
const WORD_CHARACTER = /[\p{Alphabetic}\p{N}\p{M}]/u;
const CAN_STAND_ALONE = /[\p{Alphabetic}\p{N}]/u;
const SEPARATOR = /[.,]/;

/** The normalised characters of a text, each with its place in the text. */
const normalised = (text) => {
  const characters = [];
  for (const { 0: unit, index } of text.matchAll(/[\s\S][\p{M}\uff9e\uff9f]*/gu)) {
    const small = unit.normalize("NFKC").toLowerCase().replace(/[đðɖ]/g, "d").normalize("NFC");
    for (const character of small) characters.push({ character, from: index, to: index + unit.length });
  }
  return characters;
};

/**
 * Splits a text into runs, each of wide or of other characters. A separator between two digits
 * belongs to its run.
 */
const runs = (characters) => {
  const at = (index) => characters[index]?.character ?? "";
  const isWide = (character) => WIDE.test(character) && WORD_CHARACTER.test(character);
  const isDigit = (character) => /^[0-9]$/.test(character);
  const found = [];
  for (let index = 0; index < characters.length; ) {
    const begin = index;
    const wide = isWide(at(begin));
    const inner = () => SEPARATOR.test(at(index)) && index > begin && isDigit(at(index - 1)) && isDigit(at(index + 1));
    while (index < characters.length && ((isWide(at(index)) === wide && WORD_CHARACTER.test(at(index))) || inner())) index += 1;
    if (index === begin) index += 1;
    else {
      const run = characters.slice(begin, index);
      if (run.some(({ character }) => CAN_STAND_ALONE.test(character))) found.push({ wide, run });
    }
  }
  return found;
};

const joined = (run) => run.map(({ character }) => character).join("");

/** The words of a text, in order, each with its place in the text. */
export const words = (text) =>
  runs(normalised(text)).flatMap(({ wide, run }) => {
    const word = (run, word) => ({ word, from: run[0].from, first: run[0].to, to: run[run.length - 1].to });
    if (!wide) return [word(run, joined(run).replaceAll(/[.,]/g, ""))];
    return run.map((_, at) => run.slice(at, at + 2)).map((pair) => word(pair, joined(pair)));
  });

/** The terms of a query, each a sequence of adjacent words. */
const terms = (text) =>
  runs(normalised(text)).map(({ wide, run }) => {
    if (!wide) return [joined(run).replaceAll(/[.,]/g, "")];
    return run.length === 1 ? [joined(run)] : run.slice(1).map((_, at) => joined(run.slice(at, at + 2)));
  });

/** A word without diacritics, as in Pagefind's index: kana keep theirs, hangul is decomposed. */
const stripMarks = (word) => {
  const letters = word.normalize("NFD").replace(/(?![\u3099\u309a])\p{M}/gu, "");
  return /[\u3099\u309a]/.test(letters) ? letters.normalize("NFC") : letters;
};

/**
 * The suffix of every word in the index, so that no word is a prefix of another. English has none,
 * because its words are stems.
 */
const wordSuffix = (lang) => (lang === "en" ? "" : "\ua78f");

// ---- Files. Failures are not cached, and a retry bypasses the browser's HTTP cache, whose answer
// may be what failed. ----

const cache = new Map();
let fetchOptions = {};

const cached = (name, load) => {
  if (!cache.has(name)) {
    const loading = load();
    cache.set(name, loading);
    loading.catch(() => {
      // What comes from here does not belong to what came from there.
      if (api) cache.clear();
      api = "";
      cache.delete(name);
      fetchOptions = { cache: "reload" };
    });
  }
  return cache.get(name);
};

const get = async (path, options) => {
  const response = await fetch(new URL(path, root), { ...options, ...fetchOptions });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
};

const unzipped = async (path) => {
  const response = await get(path);
  return new Uint8Array(await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
};

/** What there is of a language, with the address of each part. */
const listing = (lang) =>
  cached(lang, async () => {
    const from = async (place, signal) => {
      const { href } = new URL(`search/${lang}`, place);
      const about = await (await get(`${href}.json`, { cache: "no-cache", signal })).json();
      return { ...about, parts: about.parts.map((part) => ({ ...part, folder: `${href}/${part.folder}` })) };
    };
    if (!api) return from(root);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), TIMEOUT);
    return from(new URL(api, location), stop.signal).catch(() => {
      api = "";
      return from(root);
    });
  });

const engine = (lang) => {
  const [file, integrity] = lang === "en" ? ["{english}", "{english_integrity}"] : ["{other}", "{other_integrity}"];
  return cached(file, async () => {
    const engine = pagefind();
    await engine({ module_or_path: get(`assets/${file}`, { integrity }) });
    return engine;
  });
};

/** An opened part of the index. Pagefind returns a new pointer to it after every change. */
const openPart = (lang, part) => {
  const { folder } = part;
  return cached(folder, async () => {
    const [runtime, meta] = await Promise.all([engine(lang), unzipped(`${folder}/${part.meta}`)]);
    const index = { runtime, folder, pointer: runtime.init_pagefind(meta) };
    index.change = (method, ...values) => {
      index.pointer = runtime[method](index.pointer, ...values);
      if (index.pointer) return;
      cache.clear();
      fetchOptions = { cache: "reload" };
      throw new Error(`${folder}: ${method}`);
    };
    return index;
  });
};

/** Loads the index chunks of these words, and the chunks of these filters. */
const load = async (index, words, filters) => {
  const chunk = (path, method) => cached(path, async () => index.change(method, await unzipped(path)));
  const chunks = words.flatMap((word) => JSON.parse(index.runtime.request_indexes(index.pointer, word)));
  await Promise.all([
    ...chunks.map((hash) => chunk(`${index.folder}/index/${hash}.pf_index`, "load_index_chunk")),
    ...JSON.parse(index.runtime.request_filter_indexes(index.pointer, filters)).map((hash) =>
      chunk(`${index.folder}/filter/${hash}.pf_filter`, "load_filter_chunk"),
    ),
  ]);
};

// ---- Searching. ----

/**
 * The articles of a part that have this word, or words with this prefix. Each has its score by
 * Pagefind and the places of these words.
 */
const matchWord = async (index, lang, filters, word, whole) => {
  const term = stripMarks(word) + (whole ? wordSuffix(lang) : "");
  const original = word + (whole ? wordSuffix(lang) : "");
  await load(index, [term], filters);
  if (lang === "en" && !whole) index.change("enter_playground_mode");
  const runSearch = (exact) => {
    const found = index.runtime.search(index.pointer, term, original, filters, "", exact, false);
    return JSON.parse(found).results;
  };
  let found = runSearch(false);
  if (lang === "en") {
    // Without a suffix, Pagefind also finds longer words, and shorter ones where there are no
    // others. An exact search tells which articles have the stem, playground mode which words they
    // have.
    const same = whole && new Set(runSearch(true).map(({ p: id }) => id));
    found = found.filter(({ p: id, l: places }) => (whole ? same.has(id) : places.some(({ v }) => v?.ws.startsWith(term))));
  }
  return new Map(found.map(({ p: id, s: score, l: places }) => [id, { score, places: places.map(({ l }) => l) }]));
};

/** The articles of a part with these words next to each other. */
const matchTerm = async (index, lang, filters, words) => {
  // A single wide character is a prefix of bigrams. Any other single word without a result may be a
  // prefix.
  const alone = words.length === 1;
  const begins = alone && WIDE.test(words[0]);
  const found = begins ? [] : await Promise.all(words.map((word) => matchWord(index, lang, filters, word, true)));
  if (begins || (alone && found[0].size === 0 && [...words[0]].length > 1)) {
    found[0] = await matchWord(index, lang, filters, words[0], false);
  }
  const articles = new Map();
  for (const [id, { score, places }] of found[0]) {
    const others = found.slice(1).map((other) => other.get(id));
    if (!others.every(Boolean)) continue;
    const sets = others.map((other) => new Set(other.places));
    const begin = places.filter((place) => sets.every((set, number) => set.has(place + number + 1)));
    if (!begin.length) continue;
    const sum = others.reduce((sum, other) => sum + other.score, score);
    articles.set(id, { score: sum / words.length, begin, places: begin.flatMap((at) => words.map((_, number) => at + number)) });
  }
  return articles;
};

/** The articles of a part that have every term. */
const searchPart = async (lang, part, queryTerms, filters) => {
  const index = await openPart(lang, part);
  const found = await Promise.all(queryTerms.map((words) => matchTerm(index, lang, filters, words)));
  const articles = [];
  for (const [id, { begin }] of found[0]) {
    const terms = found.map((term) => term.get(id));
    if (!terms.every(Boolean)) continue;
    // Adjacent terms in the order of the query rank higher.
    const sets = terms.map(({ begin }) => new Set(begin));
    const together = terms.length > 1 && begin.some((at) => sets.every((set, number) => set.has(at + number)));
    const score = terms.reduce((sum, term) => sum + term.score, 0) * (together ? 3 : 1);
    articles.push({ id, part, folder: index.folder, score, places: terms.flatMap(({ places }) => places) });
  }
  return articles;
};

/** Starts a search, which `more` continues. */
export const find = async ({ lang, query, section, year }) => {
  const about = await listing(lang);
  const filters = JSON.stringify({ ...(section && { section: [section] }), ...(year && { year: [String(year)] }) });
  const queryTerms = terms(query).slice(0, 12);
  // Standing pages have no section and no year: `to` of their part is 0.
  const inRange = ({ from, to }) => (!section || to) && (!year || (from <= year && year <= to));
  const open = about.parts.filter((part) => queryTerms.length && inRange(part));
  const found = { lang, about, queryTerms, filters, open, articles: [], shown: [], since: undefined };
  await more(found);
  return found;
};

/** Adds a page of results: from articles that were found already, then from older parts. */
export const more = async (found) => {
  const unshown = () => found.articles.length - found.shown.length;
  const goal = found.shown.length + PAGE_SIZE;
  let articles = 0;
  for (let parts = 0; parts < MAX_PARTS && found.open.length && (unshown() < PAGE_SIZE || articles < LEAST_ARTICLES); ) {
    if (found.shown.length && unshown() >= PAGE_SIZE) break;
    const batch = [];
    for (let count = 0; count < LEAST_ARTICLES && parts < MAX_PARTS && batch.length < found.open.length; parts += 1) {
      const part = found.open[batch.length];
      batch.push(part);
      count += part.articles;
      articles += part.articles;
    }
    const searched = await Promise.all(batch.map((part) => searchPart(found.lang, part, found.queryTerms, found.filters)));
    found.open = found.open.slice(batch.length);
    found.since = batch[batch.length - 1].since;
    const best = [...found.articles.slice(found.shown.length), ...searched.flat()];
    best.sort((one, other) => other.score - one.score || other.part.from - one.part.from || (one.id < other.id ? -1 : 1));
    found.articles = [...found.articles.slice(0, found.shown.length), ...best];
  }
  const next = found.articles.slice(found.shown.length, goal);
  found.shown.push(...(await Promise.all(next.map((article) => shown(article, found.queryTerms)))));
  return found;
};

/** A result, with title and excerpt in pieces; every second piece is a match. */
const shown = async ({ folder, id, places }, queryTerms) => {
  const path = `${folder}/fragment/${id}.pf_fragment`;
  const record = await cached(path, async () => JSON.parse(new TextDecoder().decode(await unzipped(path))));
  const inTitle = words(record.title);
  const text = record.text.replaceAll("\n", " ");
  const at = new Set(places);
  const queryWords = new Set(queryTerms.flat().map(stripMarks));
  // For a query of one wide character, only that character of a bigram is marked.
  const half = (word) => (WIDE.test(word.word) && !queryWords.has(stripMarks(word.word)) ? { ...word, to: word.first } : word);
  const marks = (all, before) => all.filter((_, place) => at.has(place + before)).map(half);
  const marked = marks(words(text), inTitle.length);
  const { from, to } = excerpt(text, marked);
  const piece = pieces(text.slice(from, to), marked.map((word) => ({ from: word.from - from, to: word.to - from })));
  if (from > 0) piece[0] = `… ${piece[0]}`;
  if (to < text.length) piece[piece.length - 1] += " …";
  return { ...record, title: pieces(record.title, marks(inTitle, 0)), excerpt: piece };
};

/**
 * The range of a text with the most matches. It begins and ends at a word, where there are spaces.
 */
const excerpt = (text, marked) => {
  const wide = text.match(new RegExp(WIDE.source, "gu"))?.length > text.length / 3;
  const limit = wide ? EXCERPT_LENGTH / 2 : EXCERPT_LENGTH;
  let [best, first] = [0, 0];
  for (const { from: begin } of marked) {
    const count = marked.filter(({ from, to }) => from >= begin && to <= begin + limit * 0.75).length;
    if (count > best) [best, first] = [count, begin];
  }
  if (text.length <= limit) return { from: 0, to: text.length };
  const begin = Math.floor(Math.min(first - limit / 4, text.length - limit));
  if (begin < limit / 8) return { from: 0, to: ending(text, limit) };
  const space = text.indexOf(" ", begin);
  const from = space >= 0 && space < Math.min(first, begin + 20) ? space + 1 : begin;
  return { from, to: ending(text, from + limit) };
};

const ending = (text, end) => {
  const space = text.lastIndexOf(" ", end);
  return end >= text.length ? text.length : space > end - 20 ? space : end;
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
let searches = 0;

const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
};

/**
 * Runs the search of the current address and shows its results in `page`, the element with the
 * class `search`.
 */
export const search = async (page) => {
  searches += 1;
  const current = searches;
  const lang = document.documentElement.lang;
  const params = new URLSearchParams(location.search);
  const [text, section, year] = ["q", "section", "year"].map((name) => params.get(name)?.trim() ?? "");
  const key = JSON.stringify([lang, text, section, year]);
  // Going back shows the last results at once, so that the scroll position exists.
  if (text && last.key === key) return show(form(page, last.found.about, params), last.found);
  const about = await listing(lang);
  if (current !== searches) return;
  const place = form(page, about, params);
  place.querySelector(".search-results").replaceChildren();
  place.querySelector(".search-more")?.remove();
  const status = place.querySelector(".search-status");
  status.textContent = "";
  if (!text) return;
  const timer = setTimeout(() => (status.textContent = about.words.searching), 400);
  try {
    const found = await find({ lang, query: text, section, year: Number(year) || undefined });
    if (current !== searches) return;
    last = { key, found };
    show(place, found);
  } finally {
    clearTimeout(timer);
    if (current === searches && status.textContent === about.words.searching) status.textContent = "";
  }
};

/** Makes the form and the place for results, once for a page, so that what a reader types stays. */
const form = (page, about, params) => {
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
      // Every search is an address, which the portal follows like any link.
      const values = new URLSearchParams([...new FormData(made)].filter(([, value]) => value.trim()));
      const link = element("a", { href: `${location.pathname}?${values}` });
      made.append(link);
      link.click();
      link.remove();
    });
    const status = element("p", { class: "search-status", role: "status" });
    place.append(made, status, element("ol", { class: "search-results" }));
  }
  for (const field of place.querySelectorAll("[name]")) field.value = params.get(field.name) ?? "";
  // A value without an option selects the first option, which stands for all.
  for (const field of place.querySelectorAll("select")) field.selectedIndex = Math.max(field.selectedIndex, 0);
  return place;
};

const inPieces = (pieces) => pieces.map((text, number) => (number % 2 ? element("mark", {}, text) : text));

const result = ({ href, title, section, published, date, excerpt }, { sections, words }) => {
  const [, name] = sections.find(([slug]) => slug === section) ?? [section, section];
  const address = new URL(href, root).pathname;
  const facts = section ? [`${name} · `, element("time", { datetime: published }, date)] : [words.page];
  return element(
    "li",
    { class: "search-result" },
    element("h2", { class: "search-title" }, element("a", { class: "search-link", href: address }, ...inPieces(title))),
    element("p", { class: "search-facts" }, ...facts),
    element("p", { class: "search-excerpt" }, ...inPieces(excerpt)),
  );
};

/** The status text: the number of results, and whether older articles are left to search. */
const statusText = ({ lang, about: { words }, articles, open, since }) => {
  const count = articles.length;
  const fill = (text) => text.replace("{n}", new Intl.NumberFormat(lang).format(count)).replace("{since}", since);
  const form = ({ one, other }) => (count === 1 ? one : other);
  if (open.length) return fill(count ? form(words.found_since) : words.none_since);
  return fill(count ? form(words.found) : `${words.none} ${words.advice}`);
};

const show = (place, found) => {
  const list = place.querySelector(".search-results");
  const { about, shown, articles, open } = found;
  place.querySelector(".search-status").textContent = statusText(found);
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
      // Moves the focus to the first of the new results, else to the button.
      (list.querySelectorAll(".search-link")[before] ?? place.querySelector(".search-more"))?.focus();
    } catch {
      button.disabled = false;
      page.dataset.search = "failed";
    }
  });
  list.after(button);
};
