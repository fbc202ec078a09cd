//! The front end: one engine that renders public information in five languages, natively to static HTML and in the
//! browser to a living page.
//!
//! Everything flows one way. What the documents are is the crate [`model`], the words are those of [`i18n`]:
//!
//! ```text
//! URL -> Route -> page -> Query -> ContentSource -> strict parse -> model -> props -> components -> HTML
//! ```
//!
//! - [`content`]: where documents come from, and how that fails.
//! - [`browser`]: the only code that touches the browser's own interfaces.
//! - [`components`]: small pure views. Props in, HTML out.
//! - [`pages`]: one file per kind of page.
//! - [`app`]: the router, the shell, the head, and what follows the address in the browser.
//!
//! ARCHITECTURE.md says which room may use which; `tests/portal/structure.rs` holds the code to it.

// Views are types: the shell's is nested deeper than the compiler looks by default.
#![recursion_limit = "256"]

pub mod app;
pub mod browser;
pub mod components;
pub mod content;
pub mod pages;
