// Reads a page aloud with the device's own voices, paragraph by paragraph. `data-aloud` of the
// panel of reading tools has the state: missing where nothing can be read, else `idle`, `reading`
// or `paused`. The paragraph that is being read has `data-reading`.

const voices = window.speechSynthesis;

/** The selectors of the parts that are read, of the paragraphs in them, and of what is skipped. */
const PARTS = "h1, .article-lead, .standing-lead, .body";
const PARAGRAPHS = "h1, h2, h3, h4, p, li, dt, dd, blockquote, figcaption, caption, tr";
const SKIPPED = ".visually-hidden, [hidden], [aria-hidden=true], nav, button, form, dialog";

/** The longest utterance, in characters: some browsers fall silent after 15 seconds of one. */
const MAX_LENGTH = 180;
const MAX_WIDE_LENGTH = 60;

/**
 * How long a voice may take to begin, and how often it is looked at meanwhile and afterwards, in
 * milliseconds. Devices list voices that are not installed, which never say a word.
 */
const SILENCE = 6000;
const LOOK = 1000;
/** How many looks in succession find no voice speaking until its end counts as lost. */
const QUIET_LOOKS = 3;

/** When voices are looked for again, in milliseconds: some browsers have them later, and say nothing. */
const LATER = [300, 1500, 4000];

/**
 * The panel, the voice, the paragraphs and the index of the current one, its pieces and the index
 * of the current one.
 */
let session;

const primary = (tag) => tag.toLowerCase().split(/[-_]/)[0];
const here = () => document.documentElement.lang;

/** Whether a voice reads a language. Chinese is Mandarin. */
const speaks = (voice, lang) => {
  const language = primary(voice.lang);
  if (primary(lang) === "zh") return ["zh", "cmn"].includes(language) && !/[-_](?:hk|mo)/i.test(voice.lang);
  return language === primary(lang);
};

/**
 * The voice for a language. For Chinese, mainland voices come first; then local voices come before
 * remote ones.
 */
const voiceFor = (lang) => {
  const fitting = voices.getVoices().filter((voice) => speaks(voice, lang));
  const rank = (voice) => (/[-_](?:cn|hans)/i.test(voice.lang) ? 4 : 0) + (voice.localService ? 2 : 0) + (voice.default ? 1 : 0);
  return fitting.sort((one, other) => rank(other) - rank(one))[0];
};

/** Offers reading aloud once there is a voice for the page's language. Voices may load late. */
export const offer = (panel) => {
  if (!voices) return;
  const look = () => {
    if (voiceFor(here())) panel.dataset.aloud ??= "idle";
  };
  voices.onvoiceschanged = look;
  look();
  for (const pause of LATER) setTimeout(look, pause);
};

/** Begins to read, pauses, or goes on. */
export const toggle = (panel) => {
  if (panel.dataset.aloud === "reading") pause();
  else if (panel.dataset.aloud === "paused") resume();
  else start(panel);
};

/** Ends reading. */
export const stop = () => {
  if (!session) return;
  const { panel, leaving } = session;
  leaving.disconnect();
  silence();
  mark();
  session = undefined;
  const held = document.activeElement?.matches(".aloud-stop");
  panel.dataset.aloud = "idle";
  // The button that had the focus is gone.
  if (held) panel.querySelector(".aloud").focus();
};

const start = (panel) => {
  stop();
  const page = panel.closest(".article, .standing");
  const paragraphs = [...page.querySelectorAll(PARAGRAPHS)].filter(isRead);
  // Stops when the reader goes to another page.
  const leaving = new MutationObserver(() => panel.isConnected || stop());
  leaving.observe(document.getElementById("content"), { childList: true, subtree: true });
  session = { panel, paragraphs, leaving, voice: voiceFor(here()), at: -1, pieces: [], piece: 0 };
  say("");
  panel.dataset.aloud = "reading";
  next();
};

/** Reads the current piece from its beginning: not every browser resumes an utterance. */
const resume = () => {
  session.panel.dataset.aloud = "reading";
  show(session.paragraphs[session.at]);
  speak();
};

const pause = () => {
  if (session?.panel.dataset.aloud !== "reading") return;
  session.panel.dataset.aloud = "paused";
  silence();
};

/** Cancels the utterance, and ignores its later events. */
const silence = () => {
  session.utterance = undefined;
  voices.cancel();
};

const next = () => {
  session.piece += 1;
  while (session.piece >= session.pieces.length) {
    session.at += 1;
    session.piece = 0;
    if (session.at >= session.paragraphs.length) return stop();
    session.pieces = piecesOf(textOf(session.paragraphs[session.at]), here());
  }
  if (session.piece === 0) show(session.paragraphs[session.at]);
  speak();
};

const speak = () => {
  const { voice, pieces, piece } = session;
  const utterance = new SpeechSynthesisUtterance(pieces[piece]);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  const isHere = () => session?.utterance === utterance;
  utterance.onend = () => isHere() && next();
  utterance.onerror = () => isHere() && fail();
  let isHeard = false;
  utterance.onstart = utterance.onboundary = () => {
    isHeard = true;
  };
  // Kept in the session: otherwise some browsers drop the utterance and never send `end`.
  session.utterance = utterance;
  voices.speak(utterance);
  watch(isHere, () => isHeard);
};

/** Notices a voice that never begins, and one whose end is not told. */
const watch = (isHere, isHeard) => {
  const begun = performance.now();
  let quiet = 0;
  const look = () => {
    if (!isHere()) return;
    quiet = isHeard() && !voices.speaking ? quiet + 1 : 0;
    if (quiet >= QUIET_LOOKS) return next();
    if (!isHeard() && performance.now() - begun > SILENCE) return fail();
    setTimeout(look, LOOK);
  };
  setTimeout(look, LOOK);
};

const fail = () => {
  say(session.panel.dataset.failed);
  stop();
};

const say = (text) => {
  session.panel.querySelector("[role=status]").textContent = text;
};

/** Marks the paragraph that is read, or none. */
const mark = (paragraph) => {
  for (const marked of document.querySelectorAll("[data-reading]")) marked.removeAttribute("data-reading");
  paragraph?.setAttribute("data-reading", "");
};

const show = (paragraph) => {
  mark(paragraph);
  const { top, bottom } = paragraph.getBoundingClientRect();
  if (top >= 0 && bottom <= innerHeight) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  paragraph.scrollIntoView({ block: bottom - top > innerHeight ? "start" : "center", behavior: still ? "auto" : "smooth" });
};

/** Whether a paragraph belongs to the page's own text and language. */
const isRead = (paragraph) =>
  paragraph.closest(PARTS) &&
  !paragraph.closest(SKIPPED) &&
  !paragraph.querySelector(PARAGRAPHS) &&
  primary(paragraph.closest("[lang]").lang) === primary(here()) &&
  textOf(paragraph);

/** A row of a table is read cell by cell. */
const textOf = (paragraph) => {
  const parts = paragraph.localName === "tr" ? [...paragraph.cells] : [paragraph];
  return parts.map((part) => part.innerText.replace(/\s+/g, " ").trim()).filter(Boolean).join(", ");
};

/**
 * Splits a text into pieces of limited length: after sentences, and long sentences after a clause
 * or a word.
 */
const piecesOf = (text, lang) => {
  const limit = ["ko", "ja", "zh"].includes(primary(lang)) ? MAX_WIDE_LENGTH : MAX_LENGTH;
  const pieces = [];
  for (const part of sentencesOf(text, lang).flatMap((sentence) => shorter(sentence, limit))) {
    const last = pieces.length - 1;
    if (last >= 0 && pieces[last].length + part.length <= limit) pieces[last] += part;
    else pieces.push(part);
  }
  return pieces;
};

const sentencesOf = (text, lang) => {
  if (!Intl.Segmenter) return text.match(/[\s\S]*?(?:[。！？]|[.!?…]["”’»)]*\s|$)/gu).filter(Boolean);
  return [...new Intl.Segmenter(lang, { granularity: "sentence" }).segment(text)].map(({ segment }) => segment);
};

const shorter = (sentence, limit) => {
  if (sentence.length <= limit) return [sentence];
  const head = sentence.slice(0, limit);
  const clause = Math.max(...Array.from(",;:、，；：–", (sign) => head.lastIndexOf(sign)));
  const end = (clause > limit / 3 ? clause : head.lastIndexOf(" ")) + 1 || limit;
  return [sentence.slice(0, end), ...shorter(sentence.slice(end), limit)];
};

// Pauses while the reader is elsewhere.
document.addEventListener("visibilitychange", () => document.hidden && pause());
addEventListener("pagehide", pause);
