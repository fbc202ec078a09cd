//! Imports what other systems export, as content that editors go on with.
//!
//! ```text
//! export.xml -> wxr -> wordpress::plan -> shortcodes -> html -> words -> assemble -> store
//!                                page.html -> webpage -> html -> words -> assemble -> store
//! ```
//!
//! - [`wxr`] reads an export; [`shortcodes`] turns its texts into the HTML that WordPress would
//!   show.
//! - [`html`] turns HTML into typed blocks; [`words`] and [`marks`] write their texts with the
//!   marks of editors.
//! - [`mapping`] maps categories, tags and authors to ours; [`wordpress`] decides what becomes of
//!   each item.
//! - [`uploads`] finds pictures on this machine; [`article_media`] holds those of an article.
//! - [`existing_articles`] knows the articles in the content folder, so that no import overwrites
//!   another article.
//! - [`assemble`] makes an article's files in the [`serialised`] form; [`store`] puts them into the
//!   content folder.
//! - [`sentences`] reads the lists of translations that plug-ins keep outside of the texts, and puts
//!   them into texts.
//! - A [`proof`] reads the words of a text by itself, and looks for each in what was written and
//!   reported.
//! - A [`loss`] is what could not be carried over. Nothing is dropped without one, and the report
//!   of the [`outcome`] lists each.

mod addresses;
mod arguments;
mod article_media;
mod assemble;
pub mod dates;
mod existing_articles;
mod html;
mod imported_article;
mod loss;
pub mod mapping;
mod marks;
mod media_blocks;
mod mojibake;
mod multilingual;
mod outcome;
mod portal;
mod proof;
mod sentences;
mod serialised;
mod shortcodes;
mod slugs;
mod store;
mod uploads;
mod vietnamese;
mod webpage;
mod wordpress;
mod words;
mod wxr;

use clap::Subcommand;
use editorial::diagnostics::Failure;

// What brings content from elsewhere makes articles of these.
pub use addresses::absolute;
pub use article_media::LibraryEntry;
pub use assemble::{AssembleError, Assembled, assemble};
pub use existing_articles::ExistingArticles;
pub use html::{Body, Picture, fragment, texts, words};
pub use imported_article::{ImportedArticle, Text};
pub use loss::{Loss, excerpt};
pub use marks::write;
pub use outcome::{Imported, Report};
pub use portal::Portal;
pub use serialised::{Source, block};
pub use slugs::{UniqueSlugs, decoded, fold};
pub use store::Store;
pub use uploads::{Attached, Found, Missing, attached, is_attachable, picture};
pub use vietnamese::{OldFonts, old_fonts};
pub use webpage::HtmlArguments;
pub use wordpress::WordpressArguments;
pub use words::{Style, Words};

/// What is imported.
#[derive(Subcommand)]
pub enum Import {
    /// Turn what WordPress exports (WXR) into articles
    Wordpress(WordpressArguments),
    /// Turn one page into an article
    Html(HtmlArguments),
}

/// Runs an import.
///
/// # Errors
/// Where the import fails. Articles that were written before are complete.
pub fn import(what: &Import) -> Result<Imported, Failure> {
    match what {
        Import::Wordpress(arguments) => wordpress::import(arguments),
        Import::Html(arguments) => webpage::import(arguments),
    }
}
