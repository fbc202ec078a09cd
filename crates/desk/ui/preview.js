// The real page beside the form, in a frame of another origin.

import { ask } from "./api.js";
import { make } from "./dom.js";
import { t } from "./words.js";

/** A frame with a page of the portal, which follows what is there. */
export class Preview {
  constructor(address, path) {
    this.address = `${address}${path}`;
    this.path = path;
    this.note = make("p", { class: "help preview-note", role: "status" });
    this.frame = make("iframe", { title: t("preview"), class: "preview", hidden: true });
    this.element = make("div", { class: "preview-side" }, this.note, this.frame);
    this.isOn = true;
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

  /** Ends it. */
  end() {
    this.isOn = false;
  }
}
