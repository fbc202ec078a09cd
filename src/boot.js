// Starts the browser program. `site build` puts the program's glue before this text and the name and the hash of its wasm
// file into it, and publishes both as one script, so that one integrity attribute covers all of it.

// Searches, where the page that is shown is the one for it and has not answered this address yet: called for the page that
// was loaded, and by the program for every page. The script that searches is loaded when a reader comes to that page, and
// what it searches through with the first question.
const boot = document.currentScript;
let searching;
let searches = 0;
const portalSearch = () => {
  const page = document.querySelector(".search");
  const address = location.pathname + location.search;
  if (!page || page.portalAnswers === address) return;
  page.portalAnswers = address;
  const fail = () => (page.dataset.search = "failed");
  page.dataset.search = "";
  page.querySelector(".search-failed button").onclick = () => {
    delete page.portalAnswers;
    portalSearch();
  };
  if (searching) return void searching.search(page).catch(fail);
  // A browser may remember that a script did not come, under the address that it did not come from.
  const file = new URL(`{search_file}${searches ? `?${searches}` : ""}`, boot.src);
  searches += 1;
  import(file)
    .then((loaded) => {
      searching = loaded;
      return searching.search(page);
    })
    .catch(fail);
};

// Loads a script of `src/lazy` and lets it do a task: a function that it exports, called with an element. The program
// calls this when a reader asks for something that few readers ask for. Ends with what the task ends with; fails where the
// script does not come or the task fails.
const lazy = "{lazy}";
const tries = {};
const portalLazy = async (name, task, element) => {
  // A browser may remember that a script did not come, under the address that it did not come from.
  const file = new URL(`${lazy[name]}${tries[name] ? `?${tries[name]}` : ""}`, boot.src);
  try {
    return await (await import(file))[task](element);
  } catch (error) {
    tries[name] = (tries[name] ?? 0) + 1;
    throw error;
  }
};

(() => {
  "use strict";
  const html = document.documentElement;

  // The site's root: go to the language that the reader prefers, if it is one of ours. The way back is not blocked,
  // because the root leaves no entry in the history.
  if ("choose" in html.dataset) {
    const primary = (tag) => tag.toLowerCase().split("-")[0];
    const links = [...document.querySelectorAll("a[hreflang]")];
    for (const wanted of navigator.languages ?? []) {
      const link = links.find((link) => primary(link.hreflang) === primary(wanted));
      if (link) return location.replace(link.href);
    }
    return;
  }

  // Leptos makes elements from templates, which are HTML strings. This policy lets through markup that is made of nothing
  // but the tags and attributes that the components use, and refuses all other, wherever it comes from. Scripts and script
  // addresses are refused altogether.
  const tags = /^(?:a|article|audio|blockquote|button|caption|dd|details|div|dl|dt|em|fieldset|figcaption|figure|footer|h[1-6]|header|img|input|label|legend|li|main|nav|ol|p|picture|section|source|span|strong|summary|table|tbody|td|th|thead|time|tr|track|ul|video)$/;
  const attributes = /^(?:alt|aria-[a-z]+|class|controls|data-[a-z-]+|datetime|decoding|download|height|href|hreflang|id|kind|label|lang|loading|media|name|poster|preload|readonly|rel|role|scope|sizes|src|srclang|srcset|tabindex|title|type|value|width)$/;
  const harmless = (markup) => {
    for (const [, name, rest] of markup.replace(/<!(?:--[^>]*--)?>/g, "").matchAll(/<\/?([^\s>]*)([^>]*)/g)) {
      if (!tags.test(name)) return false;
      for (const [, attribute, value] of rest.matchAll(/([^\s"'=/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"']+))?/g)) {
        if (!attributes.test(attribute)) return false;
        if (/^(?:href|src|poster)/.test(attribute) && /^["']?\s*(?:javascript|data|vbscript):/i.test(value ?? "")) return false;
      }
    }
    return true;
  };
  if (window.trustedTypes) {
    trustedTypes.createPolicy("default", { createHTML: (markup) => (harmless(markup) ? markup : null) });
  }

  // The button for the device's own way to share is shown only where there is one.
  if (navigator.canShare?.({ url: location.href }) ?? navigator.share) html.dataset.share = "";

  // A program that has stopped must not go on swallowing clicks: links are real links and work without it.
  const stopped = () => {
    html.dataset.app = "failed";
    addEventListener("click", (event) => event.target.closest?.("a") && event.stopImmediatePropagation(), true);
  };
  // Without WebAssembly, without the file, or with one wrong byte in it, the page stays as it was prerendered.
  if (!window.WebAssembly) return stopped();
  addEventListener("error", ({ error }) => {
    if (error instanceof WebAssembly.RuntimeError) stopped();
  });
  addEventListener("unhandledrejection", ({ reason }) => {
    if (reason instanceof WebAssembly.RuntimeError) stopped();
  });
  portalSearch();

  // A page is whole without the program. It is asked for when the page has its pictures, or after two seconds, and the
  // reader has given a sign of being there.
  const complete = new Promise((done) => {
    if (document.readyState === "complete") return done();
    addEventListener("load", done, { once: true });
    setTimeout(done, 2000);
  });
  const signs = ["pointermove", "pointerdown", "wheel", "scroll", "keydown", "focusin", "click"];
  const sign = new Promise((given) => {
    // An address with a second language, or without a document, has nothing of what it means before the program comes.
    if (/[?&]with=/.test(location.search) || !document.getElementById("document")) return given();
    for (const name of signs) addEventListener(name, given, { capture: true, once: true, passive: true });
    // Some ways to read and to operate a page send none of these, so that time is a sign as well; not where the reader
    // wants to spare the line.
    if (!navigator.connection?.saveData) complete.then(() => setTimeout(given, 10000));
  });
  // The entries of the history that the program has made belong to this page too, even where it was loaded anew.
  const shown = location.pathname;
  addEventListener("popstate", () => html.dataset.app !== "ready" && location.pathname !== shown && location.reload());

  const file = new URL("{wasm_file}", boot.src);
  // It is compiled while it comes, on a host that says what it is; else when it is there.
  const program = async () => {
    const answer = await fetch(file, { integrity: "{wasm_integrity}", priority: "low" });
    if (!answer.ok) throw new Error(answer.status);
    const streamed = WebAssembly.compileStreaming && answer.headers.get("Content-Type") === "application/wasm";
    return streamed ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
  };
  Promise.all([complete, sign])
    .then(program)
    .then((module) => wasm_bindgen({ module_or_path: module }))
    .catch(stopped);
})();
