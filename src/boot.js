// Starts the browser program. `site build` prepends the program's glue, fills in the name and the
// hash of its wasm file, and publishes both as one script, so that one integrity attribute covers
// all of it.

// Runs the search on the search page, once for each address. Called here for the page that was
// loaded, and by the program for every page. The search script is loaded with the first search
// page, the index with the first query.
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
  // A browser may cache a failed import under its address, so a retry has another query.
  const file = new URL(`{search_file}${searches ? `?${searches}` : ""}`, boot.src);
  searches += 1;
  import(file)
    .then((loaded) => {
      searching = loaded;
      return searching.search(page);
    })
    .catch(fail);
};

// Imports a script of `src/lazy` and calls its exported function `task` with an element. The
// program calls this on demand. Resolves to the task's result; rejects where the import or the task
// fails.
const lazy = "{lazy}";
const tries = {};
const portalLazy = async (name, task, element) => {
  // A browser may cache a failed import under its address, so a retry has another query.
  const file = new URL(`${lazy[name]}${tries[name] ? `?${tries[name]}` : ""}`, boot.src);
  try {
    return await (await import(file))[task](element);
  } catch (error) {
    tries[name] = (tries[name] ?? 0) + 1;
    throw error;
  }
};

// Makes nodes, in a fragment, of what the program wants to show: operations, each of which begins
// with a character that no text has (crates/markup says which there are). The program calls this
// for every page. A comment marks the end of what may change.
const portalBuild = (operations) => {
  let parent = document.createDocumentFragment();
  for (const operation of operations.split("\u0001")) {
    const rest = operation.slice(1);
    if (operation[0] === "<") parent = parent.appendChild(document.createElement(rest));
    else if (operation[0] === ">") parent = parent.parentNode;
    else if (operation[0] === "'") parent.append(rest);
    else if (operation[0] === "!") parent.append(document.createComment(""));
    else if (operation) parent.setAttribute(...rest.split("\u0002"));
  }
  return parent;
};

(() => {
  "use strict";
  const html = document.documentElement;

  // The site's root: redirect to the first preferred language that the portal has. The back button
  // works, because the root leaves no history entry.
  if ("choose" in html.dataset) {
    const primary = (tag) => tag.toLowerCase().split("-")[0];
    const links = [...document.querySelectorAll("a[hreflang]")];
    for (const wanted of navigator.languages ?? []) {
      const link = links.find((link) => primary(link.hreflang) === primary(wanted));
      if (link) return location.replace(link.href);
    }
    return;
  }

  // Presses on what only the program can do, kept until it runs, in their order.
  const controls = ".tools > summary, .display-settings > summary, .parallel-choice-link, .share-native, .share-button, .cite-button, .gallery-link";
  const kept = new Set();
  const keep = (event) => {
    const control = event.target.closest?.(controls);
    if (!control || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    kept.add(control);
    setTimeout(() => kept.has(control) && control.setAttribute("aria-busy", "true"), 300);
  };
  addEventListener("click", keep, true);
  // Carried out where the program runs. Where it has stopped, links are followed; no button is left.
  const release = () => {
    removeEventListener("click", keep, true);
    for (const control of kept) {
      kept.delete(control);
      control.removeAttribute("aria-busy");
      if (html.dataset.app === "ready" || control.href) control.click();
    }
  };
  new MutationObserver((_, observer) => {
    observer.disconnect();
    release();
  }).observe(html, { attributeFilter: ["data-app"] });

  // After the program has stopped, its click listeners must not run: links work without it.
  const stopped = () => {
    html.dataset.app = "failed";
    addEventListener("click", (event) => event.target.closest?.("a") && event.stopImmediatePropagation(), true);
  };
  // Without WebAssembly, or where the file is missing or fails its integrity check, the page stays
  // as it was prerendered.
  if (!window.WebAssembly) return stopped();
  addEventListener("error", ({ error }) => {
    if (error instanceof WebAssembly.RuntimeError) stopped();
  });
  addEventListener("unhandledrejection", ({ reason }) => {
    if (reason instanceof WebAssembly.RuntimeError) stopped();
  });
  portalSearch();

  // A page is complete without the program. The program is requested once the page has its
  // pictures, or after two seconds, and the reader has given a sign of being there.
  const complete = new Promise((done) => {
    if (document.readyState === "complete") return done();
    addEventListener("load", done, { once: true });
    setTimeout(done, 2000);
  });
  const signs = ["pointermove", "pointerdown", "wheel", "scroll", "keydown", "focusin", "click"];
  const sign = new Promise((given) => {
    // A parallel language, and a page without a document, need the program at once.
    if (/[?&]with=/.test(location.search) || !document.getElementById("document")) return given();
    for (const name of signs) addEventListener(name, given, { capture: true, once: true, passive: true });
    // Some input methods send none of these events, so that time is a sign as well, except where
    // the reader saves data.
    if (!navigator.connection?.saveData) complete.then(() => setTimeout(given, 10000));
  });
  // History entries that the program pushed also lead to this page after it was loaded anew. Their
  // addresses are then loaded in full.
  const shown = location.pathname;
  addEventListener("popstate", () => html.dataset.app !== "ready" && location.pathname !== shown && location.reload());

  const file = new URL("{wasm_file}", boot.src);
  // Compiled while streaming where the host sends the right media type, else after the download.
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
