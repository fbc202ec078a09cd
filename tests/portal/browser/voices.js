// Voices that say nothing and note everything. `giveVoices` is what a device does that finds its voices late; `readOn` ends
// what is being read. `voicesAre` makes them `silent`, as those that are listed and not installed, or `endless`, as those whose end
// is not told.
(() => {
  const voices = [];
  const synthesis = { onvoiceschanged: null, getVoices: () => [...voices] };
  let current;
  let kind = "";
  window.voicesAre = (other) => {
    kind = other;
  };
  Object.defineProperty(synthesis, "speaking", { get: () => Boolean(current) && kind !== "endless" });
  window.spoken = [];
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  synthesis.speak = (utterance) => {
    current = utterance;
    spoken.push({ text: utterance.text, lang: utterance.lang, marked: document.querySelector("[data-reading]")?.localName });
    if (kind !== "silent") setTimeout(() => utterance.onstart?.({}));
  };
  // As browsers do: what is cancelled says so afterwards, as if it had failed.
  synthesis.cancel = () => {
    const cancelled = current;
    current = undefined;
    if (cancelled) setTimeout(() => cancelled.onerror?.({ error: "interrupted" }));
  };
  window.giveVoices = (...languages) => {
    voices.push(...languages.map((lang) => ({ lang, name: lang, localService: true, default: false })));
    synthesis.onvoiceschanged?.(new Event("voiceschanged"));
  };
  window.isSpeaking = () => Boolean(current);
  window.readOn = (failure) => {
    const ended = current;
    current = undefined;
    if (failure) ended.onerror({ error: failure });
    else ended.onend({});
  };
  Object.defineProperty(window, "speechSynthesis", { configurable: true, value: synthesis });
})();
