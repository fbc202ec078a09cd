// Lets Lighthouse judge pages as it would on a phone, and prints what it found, a line for each fact and a tab between
// words: `page`, `fault` or `stopped`. `cargo xtask lighthouse` calls it with Lighthouse's folder of packages, the browser,
// how often each page is loaded, whether a reader scrolls and touches at once, and the addresses.

import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [packages, chromePath, runs, reader, ...addresses] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(join(packages, file)));
const { default: lighthouse } = await load("lighthouse/core/index.js");
const { launch } = await load("chrome-launcher/dist/index.js");
const { default: puppeteer } = await load("puppeteer-core/lib/puppeteer/puppeteer-core.js");

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const METRICS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index"];
const say = (...words) => console.log(words.map((word) => String(word).replace(/\s+/g, " ")).join("\t"));

/** Scrolls and touches as soon as the page is there, so that it asks for the program while it is judged. */
const read = () => addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => {
  for (const type of ["wheel", "pointerdown"]) document.body.dispatchEvent(new Event(type, { bubbles: true }));
}));

/** One load of a page, in a browser that has never seen it. */
const judge = async (address) => {
  const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic"];
  const chrome = await launch({ chromePath, chromeFlags, logLevel: "silent" });
  try {
    // Lighthouse's own defaults: a phone of the middle class on a slow line.
    const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${chrome.port}`, defaultViewport: null });
    const page = await browser.newPage();
    if (reader === "reads") await page.evaluateOnNewDocument(read);
    const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error", onlyCategories: CATEGORIES }, undefined, page);
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    const asked = lhr.audits["network-requests"].details.items.some(({ url }) => url.endsWith(".wasm"));
    if (asked !== (reader === "reads")) throw new Error(asked ? "the page asks for the program without a reader" : "the page does not ask for the program");
    return lhr;
  } finally {
    await chrome.kill();
  }
};

const score = (lhr, category) => lhr.categories[category].score;

/** What a category lost points with. */
const faults = (lhr) => CATEGORIES.flatMap((category) => lhr.categories[category].auditRefs
  .map(({ id, weight }) => ({ category, weight, ...lhr.audits[id] }))
  .filter(({ weight, score }) => weight > 0 && score !== null && score < 1));

for (const address of addresses) {
  try {
    const seen = [];
    for (let run = 0; run < Number(runs); run += 1) seen.push(await judge(address));
    // The run in the middle: one that was disturbed by something else on the machine does not count, nor does a lucky one.
    seen.sort((one, other) => score(one, "performance") - score(other, "performance"));
    const lhr = seen[Math.floor((seen.length - 1) / 2)];
    const scores = CATEGORIES.map((category) => {
      const value = score(lhr, category);
      if (value === null) throw new Error(`there is no score for ${category}`);
      return Math.round(value * 100);
    });
    const metrics = METRICS.map((id) => Math.round(lhr.audits[id].numericValue));
    say("page", address, ...scores, ...metrics, lhr.audits["cumulative-layout-shift"].numericValue.toFixed(3));
    for (const { category, id, title, displayValue } of faults(lhr)) say("fault", address, category, id, title, displayValue ?? "");
  } catch (error) {
    say("stopped", address, error.message);
  }
}
