// Works at the editors' desk as an editor does, and prints how long each thing took, a line for each with tabs between
// words: what, then the milliseconds; or `stopped` with the reason. `cargo xtask bench desk` calls it with the folder of
// packages, the browser, the program, the folder of the portal, the files of the desk, the article, how often each thing is
// measured, and a port.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const [packages, executablePath, program, folder, desk, article, times, port] = process.argv.slice(2);
const { default: puppeteer } = await import(pathToFileURL(join(packages, "puppeteer-core/lib/puppeteer/puppeteer-core.js")));

/** How long anything may take. */
const PATIENCE = 1_200_000;
/** How long everything is left alone, so that what was asked for before is done. */
const QUIET = 3_000;

const say = (what, milliseconds) => console.log(`${what}\t${milliseconds.toFixed(0)}`);

/** Starts the program, and resolves to it with the address that it prints. */
const start = async () => {
  const begin = performance.now();
  const child = spawn(program, ["edit", "--no-open", "--port", port, "--bundle", "bundle", "--desk", desk, "--out", "site"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /(http:\/\/\S+)/.exec(line)?.[1];
    if (address) return { child, address, begin };
  }
  throw new Error("the program ended");
};

const stop = async ({ child }) => {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  await gone;
};

const LIST = () => Boolean(document.querySelector(".articles:not([hidden]) tbody tr"));
const until = (place, is, ...parts) => place.waitForFunction(is, { polling: "raf", timeout: PATIENCE }, ...parts);

/** From the start of the program until the list is there. */
const opened = async (page, what) => {
  const started = await start();
  say(`${what}: the program answers`, performance.now() - started.begin);
  // Another document, so that nothing of the former desk goes on.
  await page.goto("about:blank");
  await page.goto(started.address);
  await until(page, LIST);
  say(`${what}: the list is there`, performance.now() - started.begin);
  return started;
};

/** When words stand in a part of the page beside the form, painted, in milliseconds since 1970. */
const painted = (frame, selector, words, isAnew) =>
  frame.evaluate(
    (selector, words, isAnew) =>
      new Promise((resolve) => {
        const look = () => {
          const there = document.querySelector(selector)?.textContent.endsWith(words);
          const made = !isAnew || document.getElementById("document")?.textContent.includes(words);
          if (!there || !made || document.readyState === "loading") return requestAnimationFrame(look);
          const shown = new MessageChannel();
          shown.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
          requestAnimationFrame(() => shown.port2.postMessage(0));
        };
        look();
      }),
    selector,
    words,
    isAnew,
  );

/** The same through loads of the page. */
const paintedAnew = async (frame, selector, words) => {
  for (;;) {
    try {
      return await painted(frame, selector, words, true);
    } catch (error) {
      if (!/context|detached|navigat|closed/i.test(error.message)) throw error;
      await pause(1);
    }
  }
};

const pageBeside = async (page) => {
  await until(page, () => document.querySelector("iframe")?.hidden === false);
  for (;;) {
    const frame = page.frames().find((one) => one !== page.mainFrame() && one.url().startsWith("http"));
    const is = await frame?.evaluate(() => document.readyState === "complete" && Boolean(document.querySelector(".article-lead"))).catch(() => false);
    if (is) return frame;
    await pause(20);
  }
};

/** When the last key was pressed, in milliseconds since 1970. */
const pressed = (page) => page.evaluate(() => window.lastKey);

const write = async (page, number) => {
  const beside = await pageBeside(page);
  const lead = ".is-lead .ProseMirror";
  const letter = "abcdefghijklmnopqrstuvwxyz"[number % 26];
  await page.focus(lead);
  await page.keyboard.down("Control");
  await page.keyboard.press("End");
  await page.keyboard.up("Control");
  await page.keyboard.type(`${letter}${number}`);
  await paintedAnew(beside, ".article-lead", `${letter}${number}`);
  await pause(QUIET + 500 * Math.random());
  // One key, until it is on the page; and until the program has made the page with it.
  const seen = painted(beside, ".article-lead", `${letter}${number}z`, false).catch(() => Number.NaN);
  const anew = paintedAnew(beside, ".article-lead", `${letter}${number}z`);
  await page.keyboard.press("z");
  const at = await pressed(page);
  const first = await seen;
  if (number >= 0 && !Number.isNaN(first)) say("a key until it is on the page", first - at);
  const then = await anew;
  if (number >= 0) say("a key until the page is made with it", then - at);
  await pause(QUIET + 500 * Math.random());
};

const save = async (page, number) => {
  const beside = await pageBeside(page);
  const words = ` ${number + 100}`;
  await page.focus(".is-headline textarea");
  await page.keyboard.press("End");
  await page.keyboard.sendCharacter(words);
  const anew = paintedAnew(beside, ".article-headline", words);
  await page.keyboard.down("Control");
  await page.keyboard.press("s");
  const at = await pressed(page);
  await page.keyboard.up("Control");
  await until(page, () => document.querySelector(".saving").dataset.state === "saved");
  const saved = await page.evaluate(() => performance.timeOrigin + performance.now());
  const then = await anew;
  if (number >= 0) {
    say("a save until it is done", saved - at);
    say("a save until the page is made with it", then - at);
  }
  await pause(QUIET + 500 * Math.random());
};

const plan = async (page, number) => {
  const begin = performance.now();
  await page.click(".bar button.main");
  await until(page, () => {
    const plan = document.querySelector("dialog .plan [aria-live]");
    return plan?.querySelector("h3, ul, details") || (plan && plan.textContent !== "" && !plan.querySelector("p.help"));
  });
  if (number >= 0) say("the plan of what will be new", performance.now() - begin);
  await page.click("dialog .actions button:last-child");
  await pause(QUIET);
};

const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--window-size=1440,900"], defaultViewport: { width: 1440, height: 900 }, protocolTimeout: PATIENCE });
let desks = [];
try {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    addEventListener("keydown", ({ timeStamp }) => { window.lastKey = performance.timeOrigin + timeStamp; }, true);
  });
  desks = [await opened(page, "nothing kept")];
  // Everything is checked once before anything else is measured.
  await page.goto(`${new URL(desks[0].address).origin}/#/article/${article}/vi`);
  await pageBeside(page);
  for (let number = 0; number < Math.min(5, Number(times)); number += 1) {
    await pause(QUIET);
    await stop(desks.pop());
    desks.push(await opened(page, "a list kept"));
  }
  for (let number = 0; number < Number(times); number += 1) {
    await pause(500 + 500 * Math.random());
    const begin = performance.now();
    await page.reload();
    await until(page, LIST);
    say("the page of the desk until its list is there", performance.now() - begin);
  }
  const begin = performance.now();
  await page.goto(`${new URL(desks[0].address).origin}/#/article/${article}/vi`);
  await until(page, () => document.querySelector(".is-lead .ProseMirror"));
  say("an article until it can be written", performance.now() - begin);
  await pageBeside(page);
  await pause(QUIET);
  // The first ones find code and files cold; they do not count.
  for (let number = -2; number < Number(times); number += 1) await write(page, number);
  for (let number = -2; number < Number(times); number += 1) await save(page, number);
  for (let number = -1; number < Math.min(5, Number(times)); number += 1) await plan(page, number);
} catch (error) {
  console.log(`stopped\t${error.message.replace(/\s+/g, " ")}`);
} finally {
  await browser.close();
  for (const one of desks) await stop(one);
}
