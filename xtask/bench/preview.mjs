// Saves an article again and again, as an editor does, and prints how long each save took until the new headline was served, and
// until it was painted, a line for each with tabs between words: `save`, then the two in milliseconds; or `stopped` with the
// reason. `cargo xtask bench preview` calls it with the folder of packages, the browser, the address of the page, the file with
// the text, and how often it is saved.

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const [packages, executablePath, address, file, times] = process.argv.slice(2);
const { default: puppeteer } = await import(pathToFileURL(join(packages, "puppeteer-core/lib/puppeteer/puppeteer-core.js")));

/** How often the server is asked for the page while it is waited for. */
const STEP = 5;
/** How long a save may take. */
const PATIENCE = 60_000;

const say = (...words) => console.log(words.map((word) => String(word).replace(/\s+/g, " ")).join("\t"));

/** Saves as editors' programs do: a new file takes the place of the old one in one step. */
const save = (text) => {
  const next = join(file, "..", ".saving");
  writeFileSync(next, text);
  renameSync(next, file);
};

const served = async (headline, begin) => {
  for (;;) {
    const text = await (await fetch(address)).text();
    if (text.includes(headline)) return performance.now() - begin;
    if (performance.now() - begin > PATIENCE) throw new Error(`“${headline}” is not served`);
    await pause(STEP);
  }
};

const painted = async (page, headline, begin) => {
  const is = (headline) => document.querySelector("h1")?.textContent === headline && document.readyState !== "loading";
  await page.waitForFunction(is, { polling: "raf", timeout: PATIENCE }, headline);
  return performance.now() - begin;
};

const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage();
  await page.goto(address);
  const article = JSON.parse(readFileSync(file, "utf8"));
  // The first saves find code and files cold; they do not count.
  for (let number = -2; number < Number(times); number += 1) {
    // An editor does not save in step with anything.
    await pause(1_500 + 700 * Math.random());
    const headline = `${article.title ?? article.headline} ${number + 3}`;
    const text = JSON.stringify({ ...article, [article.title ? "title" : "headline"]: headline }, null, 2);
    const begin = performance.now();
    save(`${text}\n`);
    const [first, then] = await Promise.all([served(headline, begin), painted(page, headline, begin)]);
    if (number >= 0) say("save", first.toFixed(0), then.toFixed(0));
  }
} catch (error) {
  say("stopped", error.message);
} finally {
  await browser.close();
}
