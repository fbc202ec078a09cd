// A document that is open: what it is now, and what still has to be told to the program. Changes of
// fields are gathered until a pause; everything else is told at once, and in its order.

import { Refusal, send } from "./api.js";
import { whenReleased } from "./dom.js";
import { apply, valueAt } from "./local.js";

/** How long a pause in typing is, and how long typing is gathered at most, in milliseconds. */
const PAUSE = 350;
const LONGEST = 1200;

/** How long it is until a program that does not answer is asked again. */
const RETRY = 1500;

/** A document. It dispatches `remarks`, `state`, `typed`, `anew` (everything may be another), and `conflict`. */
export class Model extends EventTarget {
  constructor(place) {
    super();
    this.place = place;
    this.waiting = new Map();
    this.last = Promise.resolve();
    this.told = 0;
    this.editing = 0;
    this.remarks = [];
    this.names = [];
    this.row = null;
  }

  /** Opens it. */
  async open() {
    this.take(await send("open", { place: this.place }));
    if (this.checking) setTimeout(() => this.look(), 800);
    return this;
  }

  /** Asks again for what there is to say of it. */
  async look() {
    await this.flush();
    await this.do("open", {});
    if (this.checking) setTimeout(() => this.look(), 800);
  }

  /** The value at a pointer; undefined where there is none. */
  at(pointer) {
    return valueAt(this.value, pointer);
  }

  /** Notes a change of a field. A later one of the same field takes its place. */
  change(pointer, edit) {
    this.waiting.set(pointer, edit);
    apply(this.document, edit);
    this.dispatchEvent(new CustomEvent("typed", { detail: edit }));
    this.dispatchEvent(new Event("state"));
    clearTimeout(this.pause);
    this.since ??= Date.now();
    const left = Math.max(0, LONGEST - (Date.now() - this.since));
    this.pause = setTimeout(() => this.flush(), Math.min(PAUSE, left));
  }

  /** Tells the program what was gathered. */
  flush() {
    clearTimeout(this.pause);
    this.since = undefined;
    if (this.waiting.size === 0) return this.last;
    const edits = [...this.waiting.values()];
    this.waiting.clear();
    return this.do("edit", { edits });
  }

  /** Makes changes that other fields depend on. They are seen at once; resolves when they are kept. */
  act(edits) {
    this.flush();
    for (const edit of edits) apply(this.document, edit);
    return this.do("edit", { edits });
  }

  /** Goes a step back, or forward. */
  async step(back) {
    await this.flush();
    await this.do("step", { back });
    this.dispatchEvent(new Event("anew"));
  }

  /** Saves it. */
  async save(over) {
    await this.flush();
    await this.do("save", over ? { over } : {});
  }

  /** Takes what stands in the file. */
  async takeTheirs() {
    this.waiting.clear();
    await this.do("theirs", {});
    this.dispatchEvent(new Event("anew"));
  }

  /** Whether something was not told to the program yet. */
  get isTyping() {
    return this.waiting.size > 0 || this.editing > 0;
  }

  // Tells the program something, after all that was told before.
  do(task, wish) {
    this.told += 1;
    const edits = wish.edits ? 1 : 0;
    this.editing += edits;
    const told = this.last.then(async () => {
      try {
        const answer = await this.persist(() => send(task, { place: this.place, known: this.document.known, ...wish }));
        this.editing -= edits;
        this.told -= 1;
        this.take(answer);
        return true;
      } catch (error) {
        this.editing -= edits;
        this.told -= 1;
        if (this.hasNothing(error, wish)) {
          this.take(error.now);
          this.dispatchEvent(new Event("anew"));
          return true;
        }
        this.failed(error);
        return false;
      }
    });
    this.last = told;
    return told;
  }

  /** Its content; null where it is none. */
  get value() {
    return this.document.value;
  }

  // Tries again for as long as the program does not answer: nothing that was typed goes.
  async persist(work) {
    for (;;) {
      try {
        const answer = await work();
        if (this.isGone) this.dispatchEvent(new Event("back"));
        this.isGone = false;
        return answer;
      } catch (error) {
        if (!(error instanceof TypeError) && error.status !== 401) throw error;
        if (!this.isGone) this.dispatchEvent(new Event("gone"));
        this.isGone = true;
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  }

  // Whether the document only has to follow what somebody else wrote: nothing of ours is in the way.
  hasNothing(error, wish) {
    const isOurs = wish.edits || this.document.unsaved || this.isTyping || this.told > 0;
    return error.kind === "elsewhere" && !isOurs;
  }

  failed(error) {
    if (error instanceof Refusal && error.status === 409) {
      this.dispatchEvent(new CustomEvent("conflict", { detail: error }));
    } else {
      this.dispatchEvent(new CustomEvent("trouble", { detail: error }));
    }
  }

  /** Takes what the program says that there is. */
  take({ document, remarks, row, names }) {
    if (this.told > 0 || this.waiting.size > 0) {
      // What is seen is newer than what this answers.
      const { known, unsaved, undo, redo, conflict } = document;
      Object.assign(this.document, { known, unsaved, undo, redo, conflict });
    } else this.document = document;
    if (this.told > 0) return;
    this.checking = remarks === null;
    this.remarks = remarks ?? this.remarks;
    this.names = names ?? [];
    this.row = row;
    // Messages come and go between fields, and move what is below them.
    whenReleased(this, () => this.dispatchEvent(new Event("remarks")));
    this.dispatchEvent(new Event("state"));
    if (document.conflict && !this.isTold) {
      this.isTold = true;
      const detail = { kind: "changed", now: { document, remarks, row } };
      setTimeout(() => this.dispatchEvent(new CustomEvent("conflict", { detail })));
    } else if (!document.conflict) this.isTold = false;
  }
}
