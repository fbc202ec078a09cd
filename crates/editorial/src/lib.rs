//! Reads, checks and edits the content files that editors write. Every mistake is reported with its
//! file and position.
//!
//! ```text
//! load -> json -> content::authored -> check -> content
//! ```
//!
//! - [`diagnostics`]: problems with position and help, as text and as JSON; failures of the tool.
//! - [`json`]: strict JSON that reports every mistake of a file at its position.
//! - [`content`]: the authored form, the checked form, and the catalogue that is held in memory.
//! - [`check`]: from the authored form to the checked one: marks in texts, addresses, pictures and
//!   other files.
//! - [`load`]: walks through the content folder and finds out which file is what.
//! - [`edit`]: new files, translations, schemas, interface words.
//! - [`hash`]: hashes of bytes. [`clock`]: the current time.

pub mod check;
pub mod clock;
pub mod content;
pub mod diagnostics;
pub mod edit;
pub mod hash;
pub mod json;
pub mod load;
