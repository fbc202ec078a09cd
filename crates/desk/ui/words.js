// The words of the desk in five languages.

import en from "./words/en.json";
import ja from "./words/ja.json";
import ko from "./words/ko.json";
import vi from "./words/vi.json";
import zh from "./words/zh-Hans.json";

const ALL = { vi, en, ko, ja, "zh-Hans": zh };
const KEY = "desk.language";

/** The languages, each with its own name. */
export const LANGUAGES = { vi: "Tiếng Việt", en: "English", ko: "한국어", ja: "日本語", "zh-Hans": "简体中文" };

const usual = () => {
  for (const tag of navigator.languages) {
    const short = tag.toLowerCase().startsWith("zh") ? "zh-Hans" : tag.split("-")[0];
    if (ALL[short]) return short;
  }
  return "en";
};

const chosen = localStorage.getItem(KEY);
/** The language of the desk. */
export const language = ALL[chosen] ? chosen : usual();

/** Chooses the language of the desk. */
export const choose = (tag) => {
  localStorage.setItem(KEY, tag);
  location.reload();
};

/** A word or a sentence, with what stands in it. */
export const t = (key, parts = {}) => {
  const text = ALL[language][key] ?? ALL.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => parts[name] ?? "");
};

/** Whether there is a word for a key. */
export const has = (key) => key in ALL.en;

/** A day as people of the desk's language write it. */
export const day = (moment) => {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "Asia/Ho_Chi_Minh" }).format(date);
};
