//! The front end: one engine that renders the portal in five languages, natively to static HTML and
//! in the browser to the DOM.
//!
//! Data flows one way. The crate [`model`] has the documents, [`i18n`] the words:
//!
//! ```text
//! URL -> Route -> page -> Query -> ContentSource -> strict parse -> model -> props -> components -> HTML
//! ```
//!
//! - [`content`]: sources of documents, and their errors.
//! - [`browser`]: the only code that calls the browser's own interfaces.
//! - [`components`]: small pure views. Props in, HTML out.
//! - [`pages`]: one file per kind of page.
//! - [`app`]: router, HTML shell, head, and navigation in the browser.
//!
//! ARCHITECTURE.md says which room may use which; `tests/portal/structure.rs` checks it.

// A view's type nests its children's types; the shell's exceeds the default limit.
#![recursion_limit = "256"]

pub mod app;
pub mod browser;
pub mod components;
pub mod content;
pub mod markup;
pub mod pages;
