// Presses every control of the portal as a reader does and prints how long each press took until the next paint, a line for
// each with tabs between words: `press`, `search`, `memory` or `stopped`. `cargo xtask bench controls` calls it with the folder of
// packages, the browser, the address of the site, how often each control is pressed, and by how much the processor is slowed
// down.

import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [packages, executablePath, site, times, rate] = process.argv.slice(2);
const { default: puppeteer } = await import(pathToFileURL(join(packages, "puppeteer-core/lib/puppeteer/puppeteer-core.js")));

const PHONE = { width: 412, height: 823, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true };
const ARTICLE = "vi/port/deep-water-port/";
const GALLERY = "vi/culture/red-flamboyant-festival/";
const SEARCH = "vi/search/";
/** How many pages are gone through before the memory is measured. */
const CLICKS = 50;

const tools = [".tools > summary", "#tools [type=radio]"];
/** Name, page, what is pressed before and what is there then, what is pressed, and what is there then. */
const CONTROLS = [
  ["tools", ARTICLE, [], ".tools > summary", "#tools [type=radio]"],
  ["theme", ARTICLE, [tools], "#tools [name=tools-theme][value=dark]", ":root[data-theme=dark]"],
  ["text size", ARTICLE, [tools], "#tools [name=tools-text][value='125']", ":root[data-text='125']"],
  ["settings", ARTICLE, [], ".display-settings > summary", ".display-settings[open] [type=radio]"],
  ["second language", ARTICLE, [], ".parallel-choice-link[lang=ko]", ".parallel [lang=ko]"],
  ["copy", ARTICLE, [], ".share-button", ".share-status:not(:empty)"],
  ["citation", ARTICLE, [], ".cite > summary", ".cite[open]"],
  ["gallery", GALLERY, [], ".gallery-link", "dialog.viewer[open] img"],
  ["next picture", GALLERY, [[".gallery-link", "dialog.viewer[open] img"]], ".viewer-next", "dialog.viewer[open] img"],
  ["menu", ARTICLE, [], ".section-nav-menu > summary", ".section-nav-menu[open]"],
  ["language", ARTICLE, [], ".language-tab[lang=en]", ":root[lang=en]"],
];

const say = (...words) => console.log(words.map((word) => String(word).replace(/\s+/g, " ")).join("\t"));
const middle = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** Keeps the longest time from each press to the next paint, which Event Timing counts in steps of 8 ms. */
const observe = () => {
  window.presses = new Map();
  const note = (list) => {
    for (const { interactionId: id, duration } of list.getEntries()) if (id) presses.set(id, Math.max(presses.get(id) ?? 0, duration));
  };
  new PerformanceObserver(note).observe({ type: "event", durationThreshold: 16, buffered: true });
};

/** Two frames and a moment for the observer. */
const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 250))));

const press = async (page, selector, there) => {
  await page.waitForSelector(selector);
  await page.$eval(selector, (element) => element.scrollIntoView({ block: "center" }));
  await settled(page);
  await page.evaluate(() => presses.clear());
  const visible = await page.$eval(selector, (element) => (element.matches("input") ? element.closest("label") : element).getBoundingClientRect().toJSON());
  await page.touchscreen.tap(visible.x + visible.width / 2, visible.y + visible.height / 2);
  await page.waitForSelector(there, { timeout: 60_000 });
  await settled(page);
  // A press that was painted within 16 ms is not told of.
  return page.evaluate(() => Math.max(0, ...presses.values()));
};

const open = async (browser, path, slow) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(PHONE);
  await page.evaluateOnNewDocument(observe);
  if (slow) await page.emulateCPUThrottling(Number(rate));
  await page.goto(site + path, { waitUntil: "load" });
  return { context, page };
};

const awake = async (page) => {
  await page.evaluate(() => dispatchEvent(new Event("wheel")));
  await page.waitForSelector(":root[data-app=ready]", { timeout: 60_000 });
};

const measureControls = async (browser) => {
  for (const [name, path, before, selector, there] of CONTROLS) {
    // Asleep, the browser follows the link itself, to a page that it has rendered ahead.
    for (const state of name === "language" ? ["awake"] : ["asleep", "awake"]) {
      const taken = [];
      for (let at = 0; at < Number(times); at += 1) {
        const { context, page } = await open(browser, path, true);
        if (state === "awake") await awake(page);
        for (const [first, then] of before) await press(page, first, then);
        taken.push(await press(page, selector, there));
        await context.close();
      }
      say("press", name, state, middle(taken), Math.max(...taken));
    }
  }
};

/** Types a query a key at a time, searches, and searches again: bytes until the first result, and from the key to the results. */
const measureSearch = async (browser) => {
  const typed = [];
  const warm = [];
  let bytes = 0;
  for (let at = 0; at < Number(times); at += 1) {
    const { context, page } = await open(browser, SEARCH, true);
    const session = await page.createCDPSession();
    await session.send("Network.enable");
    bytes = await page.evaluate(() => performance.getEntriesByType("resource").reduce((sum, { transferSize }) => sum + transferSize, performance.getEntriesByType("navigation")[0].transferSize));
    session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.focus("#q");
    await page.evaluate(() => presses.clear());
    await page.keyboard.type("cang bien");
    await settled(page);
    typed.push(await page.evaluate(() => Math.max(0, ...presses.values())));
    await page.keyboard.press("Enter");
    await page.waitForSelector(".search-link", { timeout: 60_000 });
    // The next query: everything is there, and only the work counts.
    await page.$eval("#q", (field) => (field.value = "hai phong"));
    await page.evaluate(() => {
      const begun = { at: 0 };
      addEventListener("keydown", ({ timeStamp }) => (begun.at ||= timeStamp), { capture: true });
      window.found = new Promise((done) => {
        const list = document.querySelector(".search-place");
        const seen = new MutationObserver(() => {
          if (!begun.at || !list.querySelector(".search-link")) return;
          seen.disconnect();
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun.at)));
        });
        seen.observe(list, { childList: true, subtree: true });
      });
    });
    await page.focus("#q");
    await page.keyboard.press("Enter");
    warm.push(await page.evaluate(() => window.found));
    await context.close();
  }
  say("press", "typing a query", "asleep", middle(typed), Math.max(...typed));
  say("search", bytes, Math.round(middle(warm)), Math.round(Math.max(...warm)));
};

/** Goes from article to article, and says what the memory is after some clicks and after all. */
const measureMemory = async (browser) => {
  const { context, page } = await open(browser, ARTICLE, false);
  await awake(page);
  const session = await page.createCDPSession();
  const memory = async () => {
    await session.send("HeapProfiler.collectGarbage");
    const { JSHeapUsedSize } = await page.metrics();
    return JSHeapUsedSize;
  };
  const marks = [];
  for (let at = 1; at <= CLICKS; at += 1) {
    const here = page.url();
    await page.$eval(".neighbours a", (link) => link.click());
    await page.waitForFunction((was) => location.href !== was && !document.querySelector(".status-text"), {}, here);
    if (at === CLICKS / 5 || at === CLICKS) marks.push(await memory());
  }
  say("memory", ...marks);
  await context.close();
};

const browser = await puppeteer.launch({ executablePath, args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic"] });
try {
  await measureControls(browser);
  await measureSearch(browser);
  await measureMemory(browser);
} catch (error) {
  say("stopped", error.message);
} finally {
  await browser.close();
}
