//! Interface words, dates, numbers and plurals, in every language.
//!
//! The words live in `locales/<tag>.json`, behind a struct without a single optional key: a missing or an unknown key
//! is a mistake that `site check` names and that the build refuses. They are compiled into both programs, so that what
//! is prerendered and what the browser shows cannot differ, and so that even a failing network is told in the reader's
//! own language.

mod citation;
mod format;
#[cfg(not(target_arch = "wasm32"))]
mod spelling;
mod words;

pub use citation::{Cited, citation};
pub use format::{date, date_time, day, event_time, file_about, month, number, plural, year};
#[cfg(not(target_arch = "wasm32"))]
pub use spelling::{number_parts, spelled_words};
#[cfg(not(target_arch = "wasm32"))]
pub use words::Finding;
pub use words::{DateTime, Plural, Tools, Words, words};
