//! Interface words, dates, numbers and plurals, in every language.
//!
//! The words come from `locales/<tag>.json`. Every key is required: `site check` reports a missing
//! or an unknown one, and the build fails. Both programs have the words compiled in. So the
//! prerendered page and the browser never differ, and an error message needs no network.

mod citation;
mod format;
#[cfg(not(target_arch = "wasm32"))]
mod spelling;
mod words;

pub use citation::{Cited, citation};
pub use format::{date, date_time, day, event_time, file_about, month, number, plural, year};
#[cfg(not(target_arch = "wasm32"))]
pub use spelling::{number_parts, tokens};
pub use words::{DateTime, Plural, Words, words};
#[cfg(not(target_arch = "wasm32"))]
pub use words::{Duties, Finding, Tools};
