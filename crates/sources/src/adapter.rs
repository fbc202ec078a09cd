//! What every system has to answer.

use crate::client::{Client, SourceError};
use import::Loss;
use std::collections::BTreeMap;

/// Why an entry cannot be read that the list still had.
pub(crate) const WENT_AWAY: &str = "it went away while it was read";

/// A system that articles come from.
pub(crate) trait Adapter {
    /// All entries, drafts included where the token may see them, with as little of each as tells
    /// whether it changed.
    ///
    /// # Errors
    /// Where the system does not answer, or answers something else than it should.
    fn list(&self, client: &Client) -> Result<Vec<Stub>, SourceError>;

    /// Some entries with all that they hold. One that cannot be read is an error of its own.
    ///
    /// # Errors
    /// Where the system does not answer at all.
    fn entries(
        &self,
        client: &Client,
        stubs: &[&Stub],
    ) -> Result<Vec<Result<Entry, String>>, SourceError>;

    /// The name that an editor gave to a file, of the name that it has in its address; both without
    /// ending.
    fn file_name<'b>(&self, stem: &'b str) -> &'b str;

    /// The article that an address within a text leads to.
    fn article_at(&self, _address: &str) -> Option<String> {
        None
    }

    /// The entries of the last list that are not for every reader, by their names in messages, and
    /// why. They are named, and nothing of them is brought over.
    fn withheld(&self) -> Vec<(String, &'static str)> {
        Vec::new()
    }

    /// The articles that have become part of another one since the last sync: their names, and the
    /// name of that one.
    fn merged(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    /// The addresses at which a picture may be in its full size, the best first.
    fn full_sizes(&self, source: &str) -> Vec<String> {
        vec![source.to_owned()]
    }

    /// What the system has that has to be mapped: locales, sections, tags, fields.
    ///
    /// # Errors
    /// Where the system does not answer, or answers something else than it should.
    fn survey(&self, client: &Client) -> Result<Survey, SourceError>;
}

/// What a system has, for a proposal of `source.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Survey {
    /// The locales, as the system calls them, and how many entries each has.
    pub(crate) locales: BTreeMap<String, usize>,
    /// The sections, by the names that entries have for them, with their titles.
    pub(crate) sections: BTreeMap<String, String>,
    /// The tags, likewise.
    pub(crate) tags: BTreeMap<String, String>,
    /// Our names of fields, and what the system calls them, where it was found and is another.
    pub(crate) fields: BTreeMap<&'static str, String>,
    /// What a person has to know about it, a sentence each.
    pub(crate) remarks: Vec<String>,
}

/// An entry as lists have it: one text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stub {
    /// What the texts of one article have in common.
    pub(crate) article: String,
    /// The language, as the system calls it.
    pub(crate) locale: String,
    /// Differs whenever the entry differs.
    pub(crate) revision: String,
    /// Its title, for messages.
    pub(crate) title: String,
}

impl Stub {
    /// The entry's name in messages.
    pub(crate) fn subject(&self) -> String {
        let title = import::excerpt(&self.title);
        if self.locale.is_empty() {
            return format!("{} “{title}”", self.article);
        }
        format!("{}, {} “{title}”", self.locale, self.article)
    }
}

/// An entry with all that it holds. Texts are HTML.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// Its title.
    pub(crate) title: String,
    /// Its name in addresses.
    pub(crate) slug: String,
    /// What stands before the text.
    pub(crate) lead: String,
    /// Its text.
    pub(crate) body: String,
    /// The name of its section.
    pub(crate) section: Option<String>,
    /// The names of its tags.
    pub(crate) tags: Vec<String>,
    /// Who wrote it.
    pub(crate) author: Option<String>,
    /// When it was published: RFC 3339.
    pub(crate) published: String,
    /// When it was changed last: RFC 3339.
    pub(crate) modified: String,
    /// Its cover.
    pub(crate) cover: Option<Media>,
    /// How often it was read.
    pub(crate) views: u64,
    /// Whether it is a draft.
    pub(crate) draft: bool,
    /// The name of its source, and its address, where it has one of its own.
    pub(crate) source: Option<(String, String)>,
    /// What the library knows about the pictures in its text, by their numbers there.
    pub(crate) library: BTreeMap<u64, Media>,
    /// What the adapter could not carry over.
    pub(crate) losses: Vec<Loss>,
}

/// A picture in the system's library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Media {
    /// Its address.
    pub(crate) address: String,
    /// What it shows.
    pub(crate) alternative: String,
    /// The line below it.
    pub(crate) caption: String,
}

/// A text as HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
