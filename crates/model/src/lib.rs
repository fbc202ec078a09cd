//! The published data of a portal: pure types and their invariants.
//!
//! Browser and API use this form. Every value is typed, and no string needs further parsing. A
//! value that deserialises is safe to show: an [`Address`] has an allowed scheme, a [`Slug`] only
//! has a slug's characters. The forms that editors write are in the crate `editorial`.

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
pub mod json;
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
    Archive, ArchiveMonth, Document, Home, Listing, Month, Page, Search, SectionBlock, Standing,
    Tags, Topic, Untranslated, Version,
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
