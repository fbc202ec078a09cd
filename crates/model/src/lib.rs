//! What a portal is: pure data and the invariants that hold for it everywhere.
//!
//! This is the *published* form, the one that the browser and the API speak: fully typed, nothing left to parse out of
//! a string. Whatever was read successfully is safe to show: an [`Address`] can only lead to the web or to a mailbox, a
//! [`Slug`] can only be a slug. The editor's form is the native tool's business.

mod address;
mod article;
mod block;
mod calendar;
mod channel;
mod choice;
mod day;
mod document;
mod facts;
mod fingerprint;
mod lang;
mod media;
mod moment;
mod page_number;
mod picture;
pub mod route;
#[cfg(feature = "schema")]
mod schema;
mod site;
mod slug;
mod text;

pub use address::{Address, AddressError};
pub use article::{Article, Correction, Renamed, Source, Teaser, title_from_lead};
pub use block::{Block, Heading, Quote, Table};
pub use channel::Channel;
pub use choice::Choice;
pub use day::{Day, Length, TimeError};
pub use document::{
    Archive, ArchiveMonth, Document, Home, Listing, Month, Page, Search, SectionBlock, Standing, Tags, Topic,
    Untranslated, Version,
};
pub use facts::{Contact, Dated, Event, EventTime, Fact, KeyFacts, Line, When};
pub use fingerprint::Fingerprint;
pub use lang::Lang;
pub use media::{Attachment, Audio, File, Gallery, Video};
pub use moment::{Moment, MomentError};
pub use page_number::PageNumber;
pub use picture::{Picture, Rendition};
pub use site::{Agency, Banner, Entry, Level, Notice, Site};
pub use slug::{Slug, SlugError};
pub use text::{Inline, Link, plain_text};
