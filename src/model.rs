//! What a portal is: pure data and the invariants that hold for it everywhere.
//!
//! This is the *published* form, the one that the browser and the API speak: fully typed, nothing left to parse out of
//! a string. Whatever was read successfully is safe to show: an [`Address`] can only lead to the web or to a mailbox, a
//! [`Slug`] can only be a slug. The editor's form is the native tool's business.

mod address;
mod article;
mod block;
mod choice;
mod document;
mod fingerprint;
mod lang;
mod moment;
mod part;
mod picture;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
mod site;
mod slug;
mod text;

pub use address::{Address, AddressError};
pub use article::{Article, Source, Teaser, title_from_lead};
pub use block::{Block, Quote, Table};
pub use choice::Choice;
pub use document::{
    Archive, ArchiveMonth, Document, Home, Listing, Month, Page, Search, SectionBlock, Standing, Tags, Topic,
    Untranslated, Version,
};
pub use fingerprint::Fingerprint;
pub use lang::Lang;
pub use moment::{Moment, MomentError};
pub use part::Part;
pub use picture::{Picture, Rendition};
pub use site::{Banner, Entry, Level, Notice, Site};
pub use slug::{Slug, SlugError};
pub use text::{Inline, Link, plain_text};
