// The real page beside the form, in a frame of another origin. The two only send messages to each other, each to the
// other's origin alone, and hear nothing that comes from anywhere else. What is typed is on the page at once.

import { ask } from "./api.js";
import { make } from "./dom.js";
import { t } from "./words.js";

/** A frame with a page of the portal, which follows what is there. `press` hears of words that are pressed in it. */
export class Preview {
  constructor(address, path, press = () => {}) {
    this.address = `${address}${path}`;
    this.path = path;
    this.press = press;
    this.page = new URL(this.address);
    this.note = make("p", { class: "help preview-note", role: "status" });
    this.frame = make("iframe", { title: t("preview"), class: "preview", hidden: true });
    this.element = make("div", { class: "preview-side" }, this.note, this.frame);
    this.isOn = true;
    this.hear = (event) => this.hears(event);
    addEventListener("message", this.hear);
    this.follow("");
  }

  async follow(known) {
    if (!this.isOn) return;
    let pause = 0;
    let next = known;
    try {
      const news = await ask(`news/${known}/${this.path}`);
      if (!this.isOn) return;
      next = news.state;
      this.show(news);
    } catch {
      pause = 1500;
    }
    setTimeout(() => this.follow(next), pause);
  }

  show({ trouble, has }) {
    this.note.textContent = trouble ? t(has ? "preview_old" : "preview_none") : "";
    this.frame.hidden = !has;
    // From then on the page follows by itself.
    if (has && !this.frame.src) this.frame.src = this.address;
  }

  /** Marks what shows a field on the page, and brings it into view there. */
  mark(field) {
    this.field = field;
    // Before its page says so, the frame is of no origin yet.
    if (!field || !this.isReady) return;
    this.frame.contentWindow?.postMessage({ field, page: this.page.pathname }, this.page.origin);
  }

  /** Puts the words of a field on the page as they are typed, before the program has made it anew. */
  write({ words, spans, do: task, at, value }) {
    const typed = spans ?? (task === "remove" ? [] : typeof value === "string" && [{ text: value }]);
    if (!typed || !this.isReady) return;
    this.frame.contentWindow?.postMessage({ write: words ?? at, spans: typed, page: this.page.pathname }, this.page.origin);
  }

  /** Does so with what is typed into a document. A page that comes meanwhile gets what was not told to the program yet. */
  follows(model) {
    this.typed = model.waiting;
    model.addEventListener("typed", ({ detail }) => this.write(detail));
  }

  hears({ origin, source, data }) {
    const isOurs = origin === this.page.origin && source === this.frame.contentWindow;
    // Somebody may have followed a link to another page, whose words stand in no field here.
    if (!isOurs || data?.page !== this.page.pathname) return;
    if (data.ready) {
      this.isReady = true;
      for (const edit of this.typed?.values() ?? []) this.write(edit);
      return this.mark(this.field);
    }
    const { press: at, offset } = data;
    if (typeof at === "string") this.press(at, Number.isInteger(offset) ? offset : undefined);
  }

  /** Ends it. */
  end() {
    this.isOn = false;
    removeEventListener("message", this.hear);
  }
}
