//! What editors write: read, checked and edited. Every mistake is named at its place, and nothing is lost of it.
//!
//! ```text
//! load -> json -> content::authored -> check -> content
//! ```
//!
//! - [`diagnostics`]: problems with the place and the help, as a person and a program read them; failures of the tool.
//! - [`json`]: JSON with every mistake of a file at its place. Knows nothing about the portal.
//! - [`content`]: the authored form, the checked form, and what is held in memory of every article.
//! - [`check`]: from the authored form to the checked one; marks in texts, addresses, pictures and other files.
//! - [`load`]: which file is what. The only one that walks through folders.
//! - [`edit`]: new files, translations, schemas, interface words.
//! - [`hash`]: hashes of bytes. [`clock`]: what time it is.

pub mod check;
pub mod clock;
pub mod content;
pub mod diagnostics;
pub mod edit;
pub mod hash;
pub mod json;
pub mod load;
