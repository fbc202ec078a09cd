//! Makes our articles of what the CMS has.

use super::Wanted;
use super::left_out::LeftOuts;
use super::links::{self, Links};
use super::naming::Names;
use crate::adapter::{Adapter, Entry, Media, Stub, WENT_AWAY, escaped};
use crate::client::{Client, SourceError};
use crate::config::{Choice, Config};
use crate::record::{Origin, hash};
use import::{
    Assembled, Body, Found, ImportedArticle, LibraryEntry, Loss, Missing, Picture, Portal, Report,
    Text, absolute, assemble, dates, fragment,
};
use model::{Address, Lang, Moment, Slug};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Makes articles.
pub(super) struct Maker<'a> {
    pub(super) config: &'a Config,
    pub(super) portal: &'a Portal,
    pub(super) client: &'a Client,
    pub(super) adapter: &'a dyn Adapter,
    pub(super) names: Names<'a>,
    pub(super) links: Links,
    pub(super) report: &'a mut Report,
    pub(super) left_out: &'a mut LeftOuts,
}

/// An article that was made, before it is written.
pub(super) struct Made {
    /// Its name in the CMS.
    pub(super) id: String,
    pub(super) origin: Origin,
    pub(super) subjects: Vec<String>,
    /// Its texts as the list had them.
    pub(super) listed: BTreeMap<String, String>,
    pub(super) assembled: Assembled,
}

/// A text of an article with its language.
type Sorted<'a> = (Lang, &'a Stub, Entry);

impl Maker<'_> {
    /// Makes an article. `None` where it is left out, with the reason in the report.
    ///
    /// # Errors
    /// Where the CMS does not give a picture because it does not answer.
    pub(super) fn make(
        &mut self,
        article: &Wanted<'_>,
        texts: Vec<Result<Entry, String>>,
    ) -> Result<Option<Made>, SourceError> {
        // It is gone with the next list, and no reason of its own.
        let goes = texts
            .iter()
            .any(|text| matches!(text, Err(why) if why == WENT_AWAY));
        let made = self
            .plan(article, texts)
            .and_then(|(mut origin, mut read)| {
                origin.links = std::mem::take(&mut read.links);
                let assembled = self.assemble(read, &origin)?;
                Ok((origin, assembled))
            });
        match made {
            Err(Left::Out(why)) => {
                self.leave_out(article, &why);
                if goes {
                    self.left_out.noted.remove(article.id);
                }
                Ok(None)
            }
            Err(Left::Unreachable(error)) => Err(error),
            Ok((mut origin, assembled)) => {
                origin.revisions = article.revisions();
                let hashes = assembled.files.iter();
                origin.files = hashes
                    .map(|(name, bytes)| (name.clone(), hash(bytes)))
                    .collect();
                origin.draft = assembled.draft;
                self.links.made(article.id, &origin);
                Ok(Some(Made {
                    id: article.id.to_owned(),
                    origin,
                    subjects: article.subjects(),
                    listed: article.listed(),
                    assembled,
                }))
            }
        }
    }

    /// Leaves an article out, and says why.
    pub(super) fn leave_out(&mut self, article: &Wanted<'_>, why: &str) {
        self.report.leave_out(&article.subjects(), why);
        self.left_out.note(article.id, article.listed(), why, false);
    }

    /// The place of an article, and its texts.
    fn plan(
        &mut self,
        article: &Wanted<'_>,
        texts: Vec<Result<Entry, String>>,
    ) -> Result<(Origin, Read), Left> {
        let mut entries: Vec<Sorted<'_>> = Vec::new();
        for ((lang, stub), entry) in article.texts.iter().zip(texts) {
            let entry = entry.map_err(|why| Left::Out(format!("{}: {why}", stub.subject())))?;
            entries.push((*lang, stub, entry));
        }
        let section = self.section(&entries)?;
        let wanted = self.names.wanted(article.id, &entries).ok_or_else(|| {
            Left::Out("neither its slug nor its title has a letter that an address can have".into())
        })?;
        let mut read = Read::default();
        for (lang, stub, entry) in entries {
            self.read(lang, stub, entry, &mut read)?;
        }
        // A CMS counts for the article, or for each text; it says one number for each.
        let most = read.texts.iter().map(|text| text.views).max();
        for (number, text) in read.texts.iter_mut().enumerate() {
            text.views = most.filter(|_| number == 0).unwrap_or_default();
        }
        let origin = self.names.give(article.id, section, wanted);
        Ok((origin, read))
    }

    /// The section of an article: of the first text that names one.
    fn section(&self, entries: &[Sorted<'_>]) -> Result<Slug, Left> {
        let named = || {
            entries
                .iter()
                .filter_map(|(_, _, entry)| entry.section.as_deref())
        };
        let mapped = named().find_map(|name| {
            let own = || {
                Slug::new(name)
                    .ok()
                    .filter(|slug| self.portal.has_section(slug))
            };
            self.config.section(name).or_else(own)
        });
        mapped
            .or_else(|| self.config.other_section())
            .ok_or_else(|| {
                let names: BTreeSet<&str> = named().collect();
                let names = names.into_iter().collect::<Vec<_>>().join(", ");
                Left::Out(if names.is_empty() {
                    "it has no section: give \"others\" one in source.json".to_owned()
                } else {
                    format!(
                        "its section {names} has no section here: add it to \"sections\" in source.json"
                    )
                })
            })
    }

    /// Reads a text.
    fn read(&self, lang: Lang, stub: &Stub, entry: Entry, read: &mut Read) -> Result<(), Left> {
        let subject = stub.subject();
        let offset = import::mapping::offset(&self.config.offset).unwrap_or_default();
        let published = moment(&entry.published, offset).ok_or_else(|| {
            let date = import::excerpt(&entry.published);
            Left::Out(format!("{subject}: \"{date}\" is no date"))
        })?;
        let own = entry.losses.into_iter().map(|loss| (subject.clone(), loss));
        read.losses.extend(own);
        for name in &entry.tags {
            let chosen = self.config.tags.get(name);
            if chosen == Some(&Choice::Nothing) {
                continue;
            }
            let mapped = chosen.and_then(Choice::slug).map(Slug::to_string);
            let tag = mapped.or_else(|| self.portal.has_tag(name).then(|| name.clone()));
            match tag {
                Some(tag) if !read.tags.contains(&tag) => read.tags.push(tag),
                Some(_) => {}
                None => {
                    let loss = Loss::new("a tag that site.json does not have was left out", name);
                    read.losses.push((subject.clone(), loss));
                }
            }
        }
        read.source = read.source.take().or(entry.source);
        read.library.extend(entry.library);
        if let Some(cover) = &entry.cover {
            read.about.insert(cover.address.clone(), entry_of(cover));
        }
        let links = RefCell::new(BTreeMap::new());
        let lost = RefCell::new(Vec::new());
        let resolve = |href: &str| {
            let address = absolute(href, Some(&self.config.address))?;
            let Some(id) = self.adapter.article_at(address.as_str()) else {
                let cms = &self.config.address;
                let unknown = links::unknown(address.as_str(), cms).map(|to| (to, String::new()));
                links.borrow_mut().extend(unknown);
                return Some(address);
            };
            let place = self.links.place(&id).to_owned();
            let own = Address::new(&place).ok();
            if own.is_none() {
                let what = "a link leads to the CMS, because its article is not here";
                lost.borrow_mut().push(Loss::new(what, address.as_str()));
            }
            links.borrow_mut().insert(id, place);
            Some(own.unwrap_or(address))
        };
        let excerpt = if entry.lead.is_empty() {
            Body::default()
        } else {
            fragment(&entry.lead, &resolve)
        };
        let body = fragment(&entry.body, &resolve);
        read.links.extend(links.into_inner());
        let lost = lost.into_inner().into_iter();
        read.losses.extend(lost.map(|loss| (subject.clone(), loss)));
        read.texts.push(Text {
            lang,
            subject,
            title: entry.title,
            excerpt,
            body,
            cover: entry.cover.map(|cover| Picture {
                source: cover.address,
                ..Picture::default()
            }),
            author: entry.author,
            published,
            modified: moment(&entry.modified, offset),
            views: entry.views,
            draft: entry.draft,
            machine: false,
        });
        Ok(())
    }

    /// Fetches the pictures and makes the files.
    fn assemble(&self, read: Read, origin: &Origin) -> Result<Assembled, Left> {
        let unreachable = RefCell::new(None::<SourceError>);
        let lookup = |picture: &Picture| {
            let in_library = picture.media.and_then(|number| read.library.get(&number));
            let source = in_library.map_or(&picture.source, |media| &media.address);
            let entry = in_library.map(entry_of);
            let entry = entry.or_else(|| read.about.get(source).cloned());
            let found = self.full_size(source).unwrap_or_else(|error| {
                let missing = Missing::Reason(error.what.clone());
                unreachable.borrow_mut().get_or_insert(error);
                Err(missing)
            });
            (entry.unwrap_or_default(), found)
        };
        let lost = RefCell::new(Vec::new());
        let find = |source: &str| {
            if !import::is_attachable(source) {
                return None;
            }
            let lose = |why: &str| {
                let what = format!("a file was not attached: {why}");
                lost.borrow_mut()
                    .push((String::new(), Loss::new(what, source)));
            };
            let bytes = match self.client.file(source) {
                Ok(Some(bytes)) => bytes,
                Ok(None) => {
                    lose("the CMS does not have it");
                    return None;
                }
                Err(error) => {
                    if self.client.is_own(&self.client.whole(source)) {
                        unreachable.borrow_mut().get_or_insert(error);
                    } else {
                        lose(&error.what);
                    }
                    return None;
                }
            };
            let Some(mut found) = import::attached(source.to_owned(), bytes) else {
                lose("it is too large, or not what its name says");
                return None;
            };
            found.stem = self.adapter.file_name(&found.stem).to_owned();
            Some(found)
        };
        let imported = ImportedArticle {
            source: self.source(read.source.as_ref()),
            tags: read.tags,
            aliases: origin.aliases.clone(),
            texts: read.texts,
            former_hosts: Vec::new(),
        };
        let assembled = assemble(imported, &lookup, &find);
        if let Some(error) = unreachable.into_inner() {
            return Err(Left::Unreachable(error));
        }
        let mut assembled = assembled.map_err(|why| Left::Out(why.to_string()))?;
        assembled.losses.extend(read.losses);
        assembled.losses.extend(lost.into_inner());
        Ok(assembled)
    }

    /// The source of an article: its own, or else the one of all.
    fn source(&self, own: Option<&(String, String)>) -> import::Source {
        let all = &self.config.source;
        let (name, address) = own.map_or((all.name.trim(), ""), |(name, address)| (name, address));
        import::Source {
            name: name.to_owned(),
            address: absolute(address, None)
                .map(|address| address.as_str().to_owned())
                .filter(|address| address.starts_with("http"))
                .unwrap_or_else(|| all.address.clone()),
        }
    }

    /// Fetches a picture, in its full size where it is there. The error is that of [`Self::fetch`].
    fn full_size(&self, source: &str) -> Result<Result<Found, Missing>, SourceError> {
        let mut addresses = self.adapter.full_sizes(source).into_iter();
        let mut found = self.fetch(&addresses.next().unwrap_or_default())?;
        for address in addresses {
            if found.is_ok() {
                break;
            }
            found = self.fetch(&address)?;
        }
        Ok(found)
    }

    /// Fetches a picture. The error is that of a server that does not answer; a picture that is not
    /// there is [`Missing`].
    fn fetch(&self, source: &str) -> Result<Result<Found, Missing>, SourceError> {
        let missing = |why: &str| Ok(Err(Missing::Reason(why.to_owned())));
        if source.starts_with("data:") {
            return missing("it stands in the text itself, not in a file");
        }
        match self.client.file(source)? {
            None => missing("the CMS does not have its file"),
            Some(bytes) => Ok(import::picture(source.to_owned(), bytes).map(|mut found| {
                found.stem = self.adapter.file_name(&found.stem).to_owned();
                found
            })),
        }
    }
}

/// Why no article was made.
enum Left {
    /// It is left out, for this reason.
    Out(String),
    /// The CMS does not answer.
    Unreachable(SourceError),
}

/// What was read of an article.
#[derive(Default)]
struct Read {
    texts: Vec<Text>,
    tags: Vec<String>,
    /// The words about covers, by their addresses.
    about: BTreeMap<String, LibraryEntry>,
    /// Where links to other articles of the CMS lead.
    links: BTreeMap<String, String>,
    /// The source that an article has for itself.
    source: Option<(String, String)>,
    /// The pictures of the library, by their numbers there.
    library: BTreeMap<u64, Media>,
    losses: Vec<(String, Loss)>,
}

fn entry_of(media: &Media) -> LibraryEntry {
    LibraryEntry {
        alternative: escaped(&media.alternative),
        caption: escaped(&media.caption),
        title: String::new(),
    }
}

fn moment(text: &str, offset: i16) -> Option<Moment> {
    dates::moment(text, offset).map(|moment| dates::at(moment, offset))
}
