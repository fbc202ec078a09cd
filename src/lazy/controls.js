// What a reader does on the page itself, without the program: display settings, reading aloud,
// printing, saving, and what is said when something was copied or shared. `site build` fills in the
// files with the words, by language.

const files = "{words}";

/** The longest that printing waits for pictures, in milliseconds. */
const PICTURES = 4000;

/** The words of the page's language, asked for once. */
const asked = {};
const wordsHere = () => {
  const { lang } = document.documentElement;
  asked[lang] ??= fetch(new URL(files[lang], import.meta.url))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
    .catch((error) => {
      delete asked[lang];
      throw error;
    });
  return asked[lang];
};

// Makes an element with a class, attributes and children.
const make = (name, kind, attributes = {}, ...inside) => {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
};

/** Puts the settings, and on an article its tools, into what the reader has opened. */
export const unfold = async (details, lazy) => {
  const { choices, ...words } = await wordsHere();
  if (details.querySelector(".tools-panel")) return;
  const isArticle = details.matches(".tools");
  const panel = make("div", "tools-panel", {}, ...choices.map((choice) => group(choice, isArticle ? "tools" : "all")));
  details.append(panel);
  sync();
  if (isArticle) addTools(panel, words, lazy);
};

/** Radio buttons side by side, of which one holds. */
const group = ({ name, legend, values }, place) => {
  const radios = values.map(([value, text]) => {
    const input = make("input", "", { type: "radio", name: `${place}-${name}`, value });
    input.onchange = () => choose(name, value, values);
    return make("label", "choice-value", {}, input, make("span", "", {}, text));
  });
  const buttons = make("div", "choice-values", {}, ...radios);
  return make("fieldset", "choice", { "data-default": usual(values) }, make("legend", "", {}, legend), buttons);
};

/** The value that stands for no choice: it is the one with a mark. */
const usual = (values) => values.find(([, , isUsual]) => isUsual)[0];

/** Applies a value on this page, and stores it for others. That of no choice is not stored. */
const choose = (name, value, values) => {
  const chosen = value === usual(values) ? undefined : value;
  try {
    if (chosen) localStorage.setItem(`portal.${name}`, chosen);
    else localStorage.removeItem(`portal.${name}`);
  } catch {}
  portalChoose(name, chosen);
  sync();
};

/** Shows in every group what holds. */
const sync = () => {
  for (const fieldset of document.querySelectorAll(".choice")) {
    for (const input of fieldset.querySelectorAll("input")) {
      const name = input.name.split("-")[1];
      input.checked = input.value === (document.documentElement.dataset[name] ?? fieldset.dataset.default);
    }
  }
};
// Another tab has chosen, or the page returns from the back/forward cache. `src/early.js` has
// applied it.
for (const event of ["storage", "pageshow"]) addEventListener(event, sync);

/** The tools of an article. The scripts behind them have their words from the panel. */
const addTools = (panel, words, lazy) => {
  panel.id = "tools";
  Object.assign(panel.dataset, {
    failed: words.aloud_failed,
    saving: words.saving,
    saved: words.saved,
    without: words.saved_without,
    copy: words.saved_copy,
  });
  const status = make("p", "tools-status", { id: "tools-status", role: "status" });
  const button = (kind, inside, act) => {
    const made = make("button", `tool ${kind}`.trim(), { type: "button" }, ...inside);
    made.onclick = act;
    return made;
  };
  const work = (name, task, failed) => () =>
    lazy(name, task, panel).catch(() => {
      status.textContent = failed;
    });
  const states = { idle: words.read_aloud, reading: words.pause, paused: words.resume };
  const aloud = Object.entries(states).map(([state, text]) => make("span", `aloud-${state}`, {}, text));
  const buttons = make(
    "div",
    "tools-buttons",
    {},
    // Browsers inside other programs cannot print, or do not let pages.
    ...(window.print ? [button("", [words.print], print)] : []),
    button("", [words.save], work("save", "save", words.save_failed)),
    button("aloud", aloud, work("aloud", "toggle", words.aloud_failed)),
    button("aloud-stop", [words.stop], work("aloud", "stop", words.aloud_failed)),
  );
  panel.append(buttons, status);
  // Without this script, reading aloud is not offered.
  lazy("aloud", "offer", panel).catch(() => {});
};

/** Prints the page with all its pictures, those further down included. */
const print = async () => {
  const pictures = [...document.querySelectorAll("#portal img")];
  for (const picture of pictures) picture.loading = "eager";
  const there = Promise.allSettled(pictures.map((picture) => picture.decode()));
  await Promise.race([there, new Promise((late) => setTimeout(late, PICTURES))]);
  window.print();
};

const selectField = (field) => {
  field.focus();
  field.select();
};

/** Says how copying or sharing ended. What could not be copied is selected, to be copied by hand. */
export const say = async (button) => {
  const isDone = button.dataset.outcome === "done";
  const cite = button.closest(".cite");
  const share = button.closest(".share");
  if (!isDone && cite) getSelection().selectAllChildren(cite.querySelector(".cite-text"));
  if (!isDone && button.matches(".share-button")) selectField(share.querySelector(".share-address"));
  const words = await wordsHere();
  let said = isDone ? words.link_copied : words.copy_refused;
  if (cite) said = isDone ? words.citation_copied : words.citation_refused;
  if (button.matches(".share-native")) said = isDone ? "" : words.share_failed;
  (cite ?? share).querySelector("[role=status]").textContent = said;
};
