//! Turns what other systems export into content that an editor can go on with.
//!
//! ```text
//! export.xml -> wxr -> wordpress::plan -> shortcodes -> html -> words -> assemble -> store
//!                                page.html -> webpage -> html -> words -> assemble -> store
//! ```
//!
//! - [`wxr`] reads an export, [`shortcodes`] makes the HTML of it that WordPress would show.
//! - [`html`] turns HTML into typed blocks; [`words`] and [`marks`] write their texts as editors do.
//! - [`mapping`] says what categories are called here; [`wordpress`] decides what becomes of each item.
//! - [`uploads`] finds pictures on this machine, [`article_media`] keeps those of an article.
//! - [`residents`] says what stands in the content folder already, so that no article takes another one's place.
//! - [`assemble`] makes an article's files in the [`written`] form, [`store`] puts them into the content folder.
//! - What cannot be carried over is a [`loss`] and stands in the report of the [`outcome`]. Nothing is dropped without one.

mod addresses;
mod arguments;
mod article_media;
mod assemble;
mod dates;
mod html;
mod loss;
mod mapping;
mod marks;
mod media_blocks;
mod outcome;
mod piece;
mod portal;
mod residents;
mod shortcodes;
mod slugs;
mod store;
mod uploads;
mod webpage;
mod wordpress;
mod words;
mod written;
mod wxr;

use clap::Subcommand;
use editorial::diagnostics::Failure;
pub use outcome::Imported;
pub use webpage::HtmlArguments;
pub use wordpress::WordpressArguments;

/// What is imported.
#[derive(Subcommand)]
pub enum Import {
    /// Turn what WordPress exports (WXR) into articles
    Wordpress(WordpressArguments),
    /// Turn one page into an article
    Html(HtmlArguments),
}

/// Does what was asked for.
///
/// # Errors
/// Where it could not be done. What was imported until then is complete.
pub fn import(what: &Import) -> Result<Imported, Failure> {
    match what {
        Import::Wordpress(arguments) => wordpress::import(arguments),
        Import::Html(arguments) => webpage::import(arguments),
    }
}
