// The pictures and files of an article, and the files of a document of the register: how they come to it, what they
// are called, and which are used.

import { enclose, picture, send, upload } from "./api.js";
import { button, fresh, make } from "./dom.js";
import { Model } from "./model.js";
import { LANGUAGES, t } from "./words.js";

/** The largest file, in bytes. The program knows it too; nobody has to wait for its answer. */
const MOST = 100_000_000;

const CREDITS = "desk.credits";

/** What stands in a list of names for each kind of block with a file. */
const WANTED = { "video/file": "film", "video/captions": "captions", "audio/file": "recording", "attachment/file": "keeping" };

const ENDINGS = {
  film: ["mp4", "webm"],
  recording: ["mp3", "m4a", "ogg", "opus"],
  captions: ["vtt"],
  keeping: ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "zip"],
};

/** The block for a file that was taken. Captions have none: they belong to a film. */
export const blockOf = ({ kind, name, title }) =>
  ({
    picture: { picture: name },
    film: { video: { title, file: name } },
    recording: { audio: { title, file: name } },
    keeping: { attachment: { title, file: name } },
  })[kind];

/** The files that an event carries; none where it carries words too, of which they are a likeness. */
export const filesOf = (data) => (data && !data.getData("text/plain").trim() ? [...data.files] : []);

/** A button that asks for files. `take` gets them. */
export const asking = (text, isMany, accept, take) => {
  const id = fresh("file");
  const input = make("input", { type: "file", id, class: "hidden", multiple: isMany, accept });
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    if (files.length > 0) take(files);
  });
  return make("span", { class: "asking" }, input, make("label", { for: id, class: "button", text }));
};

/** Lets files be dropped onto an element, and pasted into it. */
export const receives = (element, take) => {
  element.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    element.classList.add("is-over");
  });
  element.addEventListener("dragleave", (event) => {
    if (!element.contains(event.relatedTarget)) element.classList.remove("is-over");
  });
  const received = (key) => (event) => {
    element.classList.remove("is-over");
    const files = filesOf(event[key]);
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    take(files, event.target);
  };
  element.addEventListener("drop", received("dataTransfer"));
  element.addEventListener("paste", received("clipboardData"));
};

/** Files that come to something. */
class Files extends EventTarget {
  /** Takes files, one after the other. Resolves to those that were taken; `place` says what becomes of each. */
  async take(files, wantsPicture, place) {
    const taken = [];
    place.replaceChildren();
    for (const file of files) {
      const status = make("p", { class: "help", role: "status", text: t("taking", { name: file.name }) });
      place.append(status);
      try {
        if (file.size > MOST) throw new Error(t("too_large", { most: MOST / 1_000_000 }));
        const { kept, is_changed: isChanged } = await this.bring(file, wantsPicture);
        this.enter(kept);
        taken.push({ ...kept, title: file.name.replace(/\.[^.]*$/, "").normalize("NFC") });
        if (isChanged) place.append(make("p", { class: "help", role: "status", text: t("picture_prepared", { name: kept.name }) }));
      } catch (error) {
        const note = this.refused(file.name, error);
        place.append(note);
        note.scrollIntoView({ block: "nearest" });
      }
      status.remove();
    }
    return taken;
  }

  refused(name, error) {
    const help = error.now?.help;
    const note = make(
      "div",
      { class: "notice is-error", role: "alert" },
      make("p", { text: t("not_taken", { name }) }),
      make("p", { text: error.message }),
      help && make("p", { text: help }),
      button(t("close"), () => note.remove(), { class: "quiet" }),
    );
    return note;
  }

  /** Has something done for as long as an element is there, whenever other pictures or files are in use. */
  follow(element, work) {
    const listener = () => {
      if (element.isConnected) work();
      else this.removeEventListener("changed", listener);
    };
    this.addEventListener("changed", listener);
  }

  /** Says that other pictures or files are in use. */
  changed() {
    this.dispatchEvent(new Event("changed"));
  }

  /** What stands there and nothing uses. It stays as it is while the fields around it are shown anew. */
  unused() {
    this.list ??= this.listed();
    return this.list;
  }

  listed() {
    const { models, wish } = this;
    const list = make("ul", { class: "plain" });
    const status = make("p", { class: "help", role: "status" });
    const remove = async (file, entry) => {
      try {
        const { now } = await send("discard", { ...wish, file });
        entry.remove();
        list.querySelector("button")?.focus();
        status.textContent = t("taken_away", { file, place: now });
        await Promise.all(models.map((model) => model.look()));
        for (const model of models) model.dispatchEvent(new CustomEvent("anew"));
      } catch (error) {
        status.textContent = t("failed", { why: error.message });
      }
    };
    const look = async () => {
      await Promise.all(models.map((model) => model.flush()));
      const { unused } = await send("unused", wish);
      status.textContent = unused.length === 0 ? t("unused_none") : "";
      list.replaceChildren(
        ...unused.map(({ file }) => {
          const entry = make("li", {}, make("code", { text: file }), button(t("take_away"), () => remove(file, entry), { class: "quiet", "aria-label": `${t("take_away")}: ${file}` }));
          return entry;
        }),
      );
    };
    const details = make("details", { class: "unused" }, make("summary", { text: t("unused") }), make("p", { class: "help", text: t(this.unusedHelp) }), list, status);
    details.addEventListener("toggle", () => details.open && look());
    return details;
  }

  /** Frees what was shown. */
  end() {}
}

/** The files of a document of the register. Their own names are what it calls them. */
export class Enclosures extends Files {
  constructor(slug, model) {
    super();
    Object.assign(this, { slug, model, models: [model], wish: { document: slug }, unusedHelp: "unused_help_document" });
    this.there = new Set();
  }

  /** What is there: what the document names, and what came since. */
  get files() {
    const named = (this.model.at("/files") ?? []).map(({ file }) => file);
    return Object.fromEntries([...new Set([...named, ...this.there])].filter(Boolean).map((file) => [file, file]));
  }

  /** The names of the files of its only kind. */
  filesOf() {
    return Object.keys(this.files);
  }

  /** Whether a field wants one. */
  wanted(path) {
    return /^\/files\/\d+\/file$/.test(path) ? "enclosed" : undefined;
  }

  async bring(file) {
    const { kept, ...further } = await enclose(this.slug, file);
    return { ...further, kept: { ...kept, name: kept.file, kind: "enclosed" } };
  }

  enter({ file }) {
    this.there.add(file);
  }

  /** Where files are chosen, dropped or pasted: each becomes an entry of the list. */
  adder() {
    // What was said of refused files stays while the fields are shown anew.
    this.place ??= this.fresh();
    return this.place;
  }

  fresh() {
    const said = make("div");
    const take = async (files) => {
      const taken = await this.take(files, false, said);
      for (const { file, is_named: isNamed } of taken) {
        const list = this.model.at("/files");
        const entry = { file };
        if (!isNamed && !list?.some((one) => one.file === file)) await this.model.act([list === undefined ? { do: "set", at: "/files", value: [entry] } : { do: "insert", at: `/files/${list.length}`, value: entry }]);
      }
      if (taken.length > 0) this.model.dispatchEvent(new CustomEvent("anew", { detail: { focus: `/files/${(this.model.at("/files") ?? []).length - 1}/lang` } }));
    };
    const tools = make("div", { class: "picture-tools" }, asking(t("choose_files"), true, undefined, take), make("span", { class: "help", text: t("drop_hint") }));
    const place = make("div", { class: "drop is-enclosing" }, tools, said);
    receives(place, take);
    return place;
  }
}

/** The pictures and files of an article. */
export class Assets extends Files {
  constructor({ section, slug, lang, folder }, text, facts, adopt) {
    super();
    const article = `${section}/${slug}`;
    Object.assign(this, { article, lang, folder, text, facts, adopt, models: [text, facts], wish: { article }, unusedHelp: "unused_help" });
    this.others = new Map();
    this.shown = new Map();
  }

  /** The pictures that `article.json` has, by name. */
  get pictures() {
    return this.facts.value?.pictures ?? {};
  }

  /** The files that it has, by name. */
  get files() {
    return this.facts.value?.files ?? {};
  }

  /** The names of the files of a kind. */
  filesOf(kind) {
    return Object.entries(this.files).filter(([, file]) => ENDINGS[kind].includes(file.split(".").at(-1))).map(([name]) => name);
  }

  /** What a field of a block wants: a picture, a kind of file, or nothing of either. */
  wanted(path) {
    if (path === "/cover" || path.endsWith("/video/poster")) return "picture";
    return WANTED[/^\/body\/\d+\/(\w+\/\w+)$/.exec(path)?.[1]];
  }

  bring(file, wantsPicture) {
    return upload(this.article, file, wantsPicture);
  }

  // Names a file in the facts, and asks for the words of a picture.
  enter({ kind, name, file, is_named: isNamed }) {
    const isPicture = kind === "picture";
    if (!isNamed && this.facts.value) {
      const key = isPicture ? "pictures" : "files";
      add(this.facts, key, name, isPicture ? { file } : file);
    }
    if (isPicture && this.text.value && this.text.value.pictures?.[name] === undefined) add(this.text, "pictures", name, { alternative: "" });
  }

  /** Shows a picture in an element. */
  async show(element, name) {
    const file = this.pictures[name]?.file;
    if (!file) return;
    if (!this.shown.has(file)) this.shown.set(file, picture(`${this.article}/${file}`));
    const src = await this.shown.get(file);
    if (src) element.replaceChildren(make("img", { src, alt: this.text.at(`/pictures/${name}/alternative`) || name }));
  }

  /** The article in another language, opened when it is asked for. */
  version(lang) {
    if (!this.others.has(lang)) {
      const opened = new Model(`${this.folder}/${lang}`).open();
      this.others.set(lang, opened.then((model) => this.adopt(model)));
    }
    return this.others.get(lang);
  }

  /** The other languages that the article has. */
  get languages() {
    const states = this.text.row?.states ?? {};
    return Object.keys(LANGUAGES).filter((lang) => lang !== this.lang && states[lang] && states[lang] !== "missing");
  }

  /** The names of people and houses that made pictures, the last one first. */
  get credits() {
    const kept = JSON.parse(localStorage.getItem(CREDITS) ?? "[]");
    const own = Object.values(this.pictures).map(({ credit }) => credit);
    return [...new Set([...kept, ...own])].filter(Boolean).slice(0, 20);
  }

  /** Remembers who made a picture. */
  remember(credit) {
    const text = credit.trim();
    if (text) localStorage.setItem(CREDITS, JSON.stringify([...new Set([text, ...this.credits])].slice(0, 20)));
  }

  /** Frees what was shown. */
  end() {
    for (const src of this.shown.values()) src.then((address) => address && URL.revokeObjectURL(address));
  }
}

/** Adds an entry to an object of a document that may not be there yet. */
export const add = (model, key, name, value) => {
  const edit = model.at(`/${key}`) === undefined ? { do: "set", at: `/${key}`, value: { [name]: value } } : { do: "set", at: `/${key}/${name}`, value };
  return model.act([edit]);
};
