// Starts the browser program. `site build` prepends the program's glue, fills in the name and the
// hash of its wasm file, and publishes both as one script, so that one integrity attribute covers
// all of it.

// Runs the search on the search page, once for each address. Called here for the page that was
// loaded, and by the program for every page. The search script is loaded with the first search
// page, the index with the first query.
const boot = document.currentScript;
const { api, base, refresh } = document.getElementById("portal")?.dataset ?? {};
// Where a portal counts views, a request without a body tells of each page that is read and was not
// asked for: the program has its document before the click, the browser has rendered it ahead.
const counts = "{counts}";
let reading = location.pathname;
const count = () => {
  reading = location.pathname;
  const address = api ? api + reading.slice(base.length) : reading;
  if (counts) fetch(`${address}index.json`, { method: "HEAD" }).catch(() => {});
};
let searching;
let searches = 0;
const portalSearch = () => {
  if (reading !== location.pathname) count();
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

// Imports a script of `src/lazy` and calls its exported function `task` with an element. Resolves
// to the task's result; rejects where the import or the task fails.
const lazy = "{lazy}";
const tries = {};
const portalLazy = async (name, task, element) => {
  // A browser may cache a failed import under its address, so a retry has another query.
  const file = new URL(`${lazy[name]}${tries[name] ? `?${tries[name]}` : ""}`, boot.src);
  try {
    return await (await import(file))[task](element, portalLazy);
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

// Where the site has an API, it is asked for documents first (`src/lazy/api.js`). The program calls
// this. Whatever takes longer than fifteen seconds, body included, is given up.
const portalFetch = (asked) => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 15000);
  const request = new Request(asked, stop);
  return api ? portalLazy("api", "ask", request).catch(() => fetch(request)) : fetch(request);
};

// The control that is pressed, if the press asks for no other window.
const pressed = (event, controls) => {
  const isPlain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  return isPlain && event.target.closest?.(controls);
};

// Tells the program which links of ours a reader comes near, and which are pressed: these it follows
// in place of the browser. Without an address, the page has come into sight again.
const portalLinks = (tell) => {
  const links = "a[href]:not([target], [download], [rel~=external])";
  const address = (link) =>
    link && link.origin === location.origin && link.pathname.startsWith(base) && link.pathname + link.search;
  const near = ({ target }) => {
    const there = address(target.closest?.(links));
    if (there) tell(there, false);
  };
  for (const name of ["pointerover", "touchstart", "focusin"]) addEventListener(name, near, { passive: true });
  addEventListener("click", (event) => {
    const link = !event.defaultPrevented && pressed(event, links);
    const there = address(link);
    // The browser itself finds a part of the page that is there.
    if (!there || (link.hash && there === location.pathname + location.search)) return;
    event.preventDefault();
    tell(there + link.hash, true);
  });
  document.addEventListener("visibilitychange", () => document.hidden || tell("", false));
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

  // What takes more than a moment says so. Returns what ends that.
  const busy = (control) => {
    const late = setTimeout(() => control.setAttribute("aria-busy", "true"), 300);
    return () => {
      clearTimeout(late);
      control.removeAttribute("aria-busy");
    };
  };

  // Settings and tools need the scripts of `src/lazy` alone, and these need nobody's permission.
  addEventListener(
    "toggle",
    ({ target }) => {
      if (!target.open || !target.matches(".tools, .display-settings")) return;
      const done = busy(target.firstElementChild);
      portalLazy("controls", "unfold", target)
        .catch(() => (target.open = false))
        .finally(done);
    },
    true,
  );
  // Browsers let a page copy and share only while a press lasts, so this waits for nothing.
  const copy = async (text) => navigator.clipboard.writeText(text);
  const share = (address) =>
    navigator.share({ title: document.querySelector("main h1").textContent, url: address }).catch((error) => {
      // The reader has put the dialog away, or it is open already.
      if (!["AbortError", "InvalidStateError"].includes(error.name)) throw error;
    });
  const act = (event) => {
    const control = pressed(event, ".share-native, .share-button, .cite-button, .gallery-link");
    if (!control) return;
    if (control.href) {
      event.preventDefault();
      const done = busy(control);
      const follow = () => location.assign(control.href);
      return void portalLazy("gallery", "open", control).catch(follow).finally(done);
    }
    const page = control.closest(".article");
    const address = page.querySelector(".share-address").value;
    const acted = control.matches(".share-native")
      ? share(address)
      : copy(control.matches(".cite-button") ? page.querySelector(".cite-text").textContent : address);
    acted
      .then(
        () => "done",
        () => "failed",
      )
      .then((outcome) => {
        control.dataset.outcome = outcome;
        return portalLazy("controls", "say", control);
      })
      .catch(() => {});
  };
  addEventListener("click", act, true);

  // While the program sleeps, the browser gets the page of a link that is hovered or pressed: whole,
  // where it knows how to render a page ahead, else its file, into its cache. Not where the reader
  // saves data.
  const links = "{speculation_links}";
  const rules = document.createElement("script");
  const gotten = new Set();
  let staying;
  const ahead = ({ target, type }) => {
    clearTimeout(staying);
    const link = target.closest?.(links);
    if (!link || link.origin !== location.origin || gotten.has(link.href)) return;
    const get = () => {
      gotten.add(link.href);
      fetch(link.href, { priority: "low" }).catch(() => {});
    };
    // A pointer that only passes over a link means nothing.
    staying = setTimeout(get, type === "pointerover" ? 150 : 0);
  };
  if (HTMLScriptElement.supports?.("speculationrules")) {
    const text = "{speculation}";
    const policy = window.trustedTypes?.createPolicy("speculation", { createScript: (script) => script });
    rules.type = "speculationrules";
    rules.textContent = policy?.createScript(text) ?? text;
    document.head.append(rules);
  } else if (!navigator.connection?.saveData) {
    for (const name of ["pointerover", "touchstart", "focusin"]) addEventListener(name, ahead, { passive: true });
  }
  // The program gets pages itself.
  const awake = () => {
    rules.remove();
    clearTimeout(staying);
    for (const name of ["pointerover", "touchstart", "focusin"]) removeEventListener(name, ahead);
  };

  if (api) {
    portalLazy("api", "follow").catch(() => {});
    // The API may have what this host does not: the program asks.
    if (document.querySelector(".not-found")) document.getElementById("document")?.remove();
    // The API counts, and did not see the page itself being asked for.
    if (new URL(api, location).href !== new URL(base, location).href && !document.prerendering) count();
  }

  // A second language needs the program. Presses on it are kept until that runs, in their order.
  const kept = new Map();
  const keep = (event) => {
    const control = pressed(event, ".parallel-choice-link");
    if (!control) return;
    event.preventDefault();
    if (!kept.has(control)) kept.set(control, busy(control));
  };
  addEventListener("click", keep, true);
  // Carried out where the program runs; where it has stopped, the links are followed.
  const release = () => {
    removeEventListener("click", keep, true);
    for (const [control, done] of kept) {
      kept.delete(control);
      done();
      control.click();
    }
  };
  new MutationObserver((_, observer) => {
    observer.disconnect();
    release();
    if (html.dataset.app !== "ready") return;
    awake();
    // The program asks for news when a page comes into sight again: also at once where the API may know
    // more than this host, and from time to time where the site wants that.
    const ask = () => document.dispatchEvent(new Event("visibilitychange"));
    if (api) ask();
    const askLater = () =>
      setTimeout(() => {
        ask();
        askLater();
      }, refresh);
    if (refresh) askLater();
  }).observe(html, { attributeFilter: ["data-app"] });

  // After the program has stopped, its click listeners must not run: links work without it. Neither
  // may they where the browser translates the page: it puts `font` in the place of texts, and what
  // the program then changes, nobody sees.
  const isTranslated = () => document.querySelector("font");
  const leave = (event) => {
    const isLeft = html.dataset.app === "failed" || isTranslated();
    if (isLeft && event.target.closest?.("a")) event.stopImmediatePropagation();
  };
  addEventListener("click", leave, true);
  const stopped = () => {
    html.dataset.app = "failed";
  };
  // Without WebAssembly, or where the file is missing or fails its integrity check, the page stays
  // as it was prerendered. So does one in an archive, whose address ends with that of the page.
  if (!window.WebAssembly || /https?:/.test(location.pathname)) return stopped();
  addEventListener("error", ({ error }) => {
    if (error instanceof WebAssembly.RuntimeError) stopped();
  });
  addEventListener("unhandledrejection", ({ reason }) => {
    if (reason instanceof WebAssembly.RuntimeError) stopped();
  });
  portalSearch();

  // A page is complete without the program. The program is requested once the page has its
  // pictures, or after two seconds, and the reader has given a sign of being there.
  // Nobody reads a page that is rendered ahead.
  const seen = new Promise((given) => {
    if (!document.prerendering) return given();
    document.addEventListener(
      "prerenderingchange",
      () => {
        // Settings may have changed meanwhile: `src/early.js` looks again.
        dispatchEvent(new Event("storage"));
        count();
        given();
      },
      { once: true },
    );
  });
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
    if (!navigator.connection?.saveData) Promise.all([complete, seen]).then(() => setTimeout(given, 10000));
  });
  // History entries that the program pushed also lead to this page after it was loaded anew. Their
  // addresses are then loaded in full.
  const shown = location.pathname;
  addEventListener("popstate", () => {
    const isAnother = reading !== location.pathname;
    // Who goes back reads nothing new.
    reading = location.pathname;
    if (isTranslated() ? isAnother : html.dataset.app !== "ready" && reading !== shown) location.reload();
  });

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
