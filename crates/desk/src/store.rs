//! The documents of a content folder while they are written: opened, changed, undone, saved. What is
//! not saved yet stands in a journal beside the content; nothing that somebody else wrote is ever
//! overwritten unseen.

use crate::disk;
use crate::form;
use crate::former;
use crate::home::Home;
use crate::journal::Journal;
use crate::patch::{self, Operation, Refused};
use crate::place::{Kind, Place};
use crate::pointer::Pointer;
use crate::text::{self, Span};
use crate::uses;
use crate::written::Written;
use editorial::diagnostics::{Failure, Message, shown, why};
use editorial::hash;
use editorial::json::{self, Instead};
use editorial::load::DRAFTS;
use editorial::message;
use model::Slug;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A change as a form asks for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Edit {
    /// A text with marks, in pieces.
    Words {
        /// The place.
        words: Pointer,
        /// The pieces.
        spans: Vec<Span>,
    },
    /// A change of the document.
    Operation(Operation),
}

/// A document as a form shows it.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// Its name.
    pub place: Place,
    /// Its kind.
    pub kind: Kind,
    /// What it is now, in short. Whoever changes it says what they have seen.
    pub known: String,
    /// Its content; `None` where it is not JSON, or says something twice.
    pub value: Option<Value>,
    /// The pieces of each text with marks; `None` for a text with a mistake in it.
    pub words: BTreeMap<String, Option<Vec<Span>>>,
    /// The text, where there is no content.
    pub text: Option<String>,
    /// Whether something is not saved.
    pub unsaved: bool,
    /// How many steps can be undone.
    pub undo: usize,
    /// How many can be done again.
    pub redo: usize,
    /// What somebody else has written to the file meanwhile.
    pub conflict: Option<Conflict>,
}

/// Two versions of a document, of which neither may be lost.
#[derive(Debug, Serialize)]
pub struct Conflict {
    /// What stands in the file now.
    pub theirs: String,
    /// What was written here.
    pub mine: String,
    /// What stands in the file, in short.
    pub hash: String,
}

/// Why something cannot be done. Nothing was changed or lost then.
#[derive(Debug)]
pub enum Trouble {
    /// The file is not there.
    Missing(String),
    /// Another window has changed the document. It is as this says now.
    Elsewhere(Box<Shown>),
    /// The file was changed, and is as this says now.
    Changed(Box<Shown>),
    /// The change does not fit the document.
    Refused(Refused),
    /// The system does not let it happen.
    Failed(Message),
}

impl Trouble {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Missing(file) => {
                message!(
                    "{file} is not there any more: it was moved or deleted",
                    file
                )
            }
            Self::Elsewhere(_) => message!("this was changed in another window meanwhile"),
            Self::Changed(_) => message!("the file was changed by another program meanwhile"),
            Self::Refused(why) => why.message(),
            Self::Failed(why) => why.clone(),
        }
    }

    /// A failure to do something with a file.
    pub(crate) fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        Self::Failed(Failure::io(action, path, error).message())
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

/// The documents of a content folder.
pub struct Store {
    content: PathBuf,
    drafts: PathBuf,
    journals: HashMap<Place, Journal>,
    written: Written,
    /// Held as long as this one lives.
    _lock: File,
}

impl Store {
    /// Opens a content folder. There is one desk for a folder at a time.
    ///
    /// # Errors
    /// Where another desk is open on it, or drafts cannot be written there.
    pub fn open(content: &Path) -> Result<Self, Trouble> {
        let drafts = content.join(DRAFTS);
        let failed = |error: io::Error| Trouble::io("write", &drafts, &error);
        fs::create_dir_all(&drafts).map_err(failed)?;
        let ignore = drafts.join(".gitignore");
        if !ignore.exists() {
            fs::write(&ignore, "*\n").map_err(failed)?;
        }
        let lock = File::create(drafts.join("lock")).map_err(failed)?;
        if lock.try_lock().is_err() {
            return Err(Trouble::Failed(message!(
                "{folder} is being edited by another `site edit` already",
                folder = shown(content)
            )));
        }
        former::tidy(content);
        Ok(Self {
            content: content.to_owned(),
            written: Written::read(drafts.join("written")),
            drafts,
            journals: HashMap::new(),
            _lock: lock,
        })
    }

    /// The content folder.
    pub fn content(&self) -> &Path {
        &self.content
    }

    /// A document as it is now.
    ///
    /// # Errors
    /// Where it is not there, or cannot be read.
    pub fn show(&mut self, place: &Place) -> Result<Shown, Trouble> {
        let (journal, disk) = self.journal(place)?;
        Ok(shown_as(place, journal, &disk))
    }

    /// Changes a document. `known` is what whoever changes it has seen.
    ///
    /// # Errors
    /// Where it is another one by now, or a change does not fit.
    pub fn edit(&mut self, place: &Place, known: &str, edits: &[Edit]) -> Result<Shown, Trouble> {
        let (journal, disk) = self.seen(place, known)?;
        let mut text = journal.text().to_owned();
        for edit in edits {
            text = changed(place.kind(), &text, edit).map_err(Trouble::Refused)?;
        }
        journal.push(&text).map_err(unwritten)?;
        Ok(shown_as(place, journal, &disk))
    }

    /// Gives a document another text as a whole, such as one that was mended by hand.
    ///
    /// # Errors
    /// Where it is another one by now.
    pub fn rewrite(&mut self, place: &Place, known: &str, text: &str) -> Result<Shown, Trouble> {
        let (journal, disk) = self.seen(place, known)?;
        journal.push(text).map_err(unwritten)?;
        Ok(shown_as(place, journal, &disk))
    }

    /// Undoes the last step, or does it again.
    ///
    /// # Errors
    /// Where the document is another one by now.
    pub fn step(&mut self, place: &Place, known: &str, back: bool) -> Result<Shown, Trouble> {
        let (journal, disk) = self.seen(place, known)?;
        let stepped = if back { journal.undo() } else { journal.redo() };
        stepped.map_err(unwritten)?;
        Ok(shown_as(place, journal, &disk))
    }

    /// Writes a document to its file. Where the file was changed meanwhile, it is written only if
    /// `over` says what stands in it: then its text is in the journal, and can be had back.
    ///
    /// # Errors
    /// Where the file was changed, or cannot be written.
    pub fn save(
        &mut self,
        place: &Place,
        known: &str,
        over: Option<&str>,
    ) -> Result<Shown, Trouble> {
        let (file, by_way_of) = (place.file(&self.content), self.drafts.join("writing"));
        let content = self.content.clone();
        self.refuse_what_leads_out(&file)?;
        let (journal, disk) = self.seen(place, known)?;
        if disk != journal.on_disk() {
            if over != Some(hash::short(disk.as_bytes()).as_str()) {
                return Err(Trouble::Changed(Box::new(shown_as(place, journal, &disk))));
            }
            // Both can be had back by undoing: theirs first, and then what was written over them.
            let mine = journal.text().to_owned();
            let noted = journal.found(&disk).and_then(|()| journal.push(&disk));
            noted
                .and_then(|()| journal.push(&mine))
                .map_err(unwritten)?;
        }
        if journal.is_unsaved() {
            former::keep_what_was_translated(&content, place, &disk);
            self.settle_arrivals(place)?;
            let (journal, _) = self.journal(place)?;
            let written = disk::replace(&file, &by_way_of, journal.text().as_bytes());
            written.map_err(|error| Trouble::io("write", &file, &error))?;
            journal.saved().map_err(unwritten)?;
            self.note(&file);
        }
        let (journal, disk) = self.journal(place)?;
        Ok(shown_as(place, journal, &disk))
    }

    /// Takes what stands in the file. What was written here can be had back by undoing.
    ///
    /// # Errors
    /// Where it cannot be read, or noted.
    pub fn take_theirs(&mut self, place: &Place) -> Result<Shown, Trouble> {
        let (journal, disk) = self.journal(place)?;
        let taken = journal.found(&disk).and_then(|()| journal.push(&disk));
        taken.map_err(unwritten)?;
        Ok(shown_as(place, journal, &disk))
    }

    /// The documents with something that is not saved, by name.
    pub fn unsaved(&mut self) -> Vec<Place> {
        let names = fs::read_dir(&self.drafts).into_iter().flatten().flatten();
        let names: Vec<String> = names
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        let places = names
            .iter()
            .filter_map(|name| Place::parse(&name.strip_suffix(".jsonl")?.replace('+', "/")));
        let mut unsaved: Vec<Place> = places
            .filter(|place| {
                self.journal(place)
                    .is_ok_and(|(journal, _)| journal.is_unsaved())
            })
            .collect();
        unsaved.sort_by_key(ToString::to_string);
        unsaved
    }

    /// What is not saved of an article, by its files.
    pub fn unsaved_of(&mut self, article: (&Slug, &Slug)) -> BTreeMap<PathBuf, Vec<u8>> {
        self.unsaved_where(|place| place.article() == Some(article))
    }

    /// Whether something of an article, or of a document of the register, is not saved.
    pub fn has_unsaved(&mut self, home: &Home) -> bool {
        let unsaved = match home.article() {
            Some(article) => self.unsaved_of(article),
            None => self.unsaved_where(|place| *place == home.place()),
        };
        !unsaved.is_empty()
    }

    fn unsaved_where(&mut self, is_wanted: impl Fn(&Place) -> bool) -> BTreeMap<PathBuf, Vec<u8>> {
        let open: Vec<Place> = self
            .journals
            .keys()
            .filter(|place| is_wanted(place))
            .cloned()
            .collect();
        let mut texts = BTreeMap::new();
        for place in open {
            let file = place.file(&self.content);
            if let Ok((journal, _)) = self.journal(&place)
                && journal.is_unsaved()
            {
                texts.insert(file, journal.text().as_bytes().to_vec());
            }
        }
        texts
    }

    /// What counts in place of the files of an article: texts that are not saved, and the files that they
    /// name and that come to their place when they are.
    pub fn instead_of(&mut self, article: (&Slug, &Slug)) -> Instead {
        let texts = self.unsaved_of(article);
        let coming = self.coming_to(&Home::of_article(article));
        Instead::of(texts).with_coming(coming)
    }

    /// The same for what belongs to no article.
    pub fn instead_of_portal(&mut self) -> Instead {
        let texts = self.unsaved_where(|place| place.article().is_none());
        let entries = fs::read_dir(self.drafts.join("files"))
            .into_iter()
            .flatten();
        let slugs: Vec<Slug> = entries
            .flatten()
            .filter_map(|entry| Slug::new(entry.file_name().to_str()?).ok())
            .collect();
        let mut coming = BTreeMap::new();
        for slug in slugs {
            coming.extend(self.coming_to(&Home::Document(slug)));
        }
        Instead::of(texts).with_coming(coming)
    }

    /// The files that come to their place when the document that names them is saved, each with where it is now.
    pub fn coming_to(&mut self, home: &Home) -> BTreeMap<PathBuf, PathBuf> {
        let now = self.texts(&home.place()).into_iter().next();
        let named = now.map(|facts| uses::files(&facts)).unwrap_or_default();
        let coming = self.arrivals(home).into_iter();
        coming
            .filter(|name| named.contains(name))
            .map(|name| (home.file(&self.content, &name), self.arrival(home, &name)))
            .collect()
    }

    /// The names of the files that came to a home and are not in its folder yet.
    pub fn arrivals(&self, home: &Home) -> Vec<String> {
        let entries = fs::read_dir(self.arrival(home, "")).into_iter().flatten();
        let names = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok());
        names.collect()
    }

    /// Where a file is that came to a home and is not in its folder yet.
    pub fn arrival(&self, home: &Home, file: &str) -> PathBuf {
        self.drafts.join("files").join(home.name()).join(file)
    }

    /// Puts the files that a document is about to name into its folder.
    fn settle_arrivals(&mut self, place: &Place) -> Result<(), Trouble> {
        let Some(home) = Home::of(place) else {
            return Ok(());
        };
        let named = self
            .texts(place)
            .first()
            .map(uses::files)
            .unwrap_or_default();
        for name in self.arrivals(&home) {
            if !named.contains(&name) {
                continue;
            }
            let to = home.file(&self.content, &name);
            disk::settle_new(&self.arrival(&home, &name), &to)
                .map_err(|error| Trouble::io("write", &to, &error))?;
            self.note(&to);
        }
        Ok(())
    }

    /// The text of a document as it is now; `None` where there is none.
    pub fn text(&mut self, place: &Place) -> Option<String> {
        self.journal(place)
            .ok()
            .map(|(journal, _)| journal.text().to_owned())
    }

    /// The folder of a document that is there, which is in the content folder.
    ///
    /// # Errors
    /// Where it is not there, or a link leads out of the content folder.
    pub fn folder(&self, place: &Place) -> Result<PathBuf, Trouble> {
        let file = place.file(&self.content);
        if !file.is_file() {
            return Err(Trouble::Missing(shown(&file)));
        }
        self.refuse_what_leads_out(&file)?;
        Ok(file.parent().unwrap_or(&self.content).to_owned())
    }

    /// What a document says now, and what its file says where that is something else. What is no
    /// JSON says nothing.
    pub fn texts(&mut self, place: &Place) -> Vec<Value> {
        let Ok((journal, disk)) = self.journal(place) else {
            return Vec::new();
        };
        let mut texts = vec![journal.text().to_owned()];
        texts.extend((disk != journal.text()).then_some(disk));
        let read = |text: &String| serde_json::from_str(bare(text)).ok();
        texts.iter().filter_map(read).collect()
    }

    /// Writes a new file that comes to a home. It stands in the folder of drafts until the home's document
    /// names it and is saved, so that no check and no build meets a file that nothing names.
    ///
    /// # Errors
    /// Where one is there already (`AlreadyExists`), or it cannot be written.
    pub fn put(&mut self, home: &Home, file: &str, bytes: &[u8]) -> io::Result<()> {
        let to = self.arrival(home, file);
        fs::create_dir_all(self.arrival(home, ""))?;
        disk::create(&to, &self.drafts.join("writing"), bytes)
    }

    /// Notes that the desk wrote a file, or took it away: for whoever keeps a history of them.
    pub fn note(&mut self, file: &Path) {
        self.written.add(&self.content, file);
    }

    /// The files that the desk wrote or took away since they were settled, below the content folder.
    pub fn written(&self) -> &Written {
        &self.written
    }

    /// Forgets that the desk wrote these files.
    pub fn settle(&mut self, files: &[String]) {
        self.written.settle(files);
    }

    /// The folder with the files that were taken away.
    pub fn removed(&self) -> PathBuf {
        self.drafts.join("removed")
    }

    /// The journal of a document that is what somebody has seen.
    fn seen(&mut self, place: &Place, known: &str) -> Result<(&mut Journal, String), Trouble> {
        let (journal, disk) = self.journal(place)?;
        if hash::short(journal.text().as_bytes()) != known {
            return Err(Trouble::Elsewhere(Box::new(shown_as(
                place, journal, &disk,
            ))));
        }
        Ok((journal, disk))
    }

    /// The journal of a document, and what stands in its file. Where nothing was unsaved, the journal
    /// follows the file.
    fn journal(&mut self, place: &Place) -> Result<(&mut Journal, String), Trouble> {
        let file = place.file(&self.content);
        let disk = match fs::read(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Trouble::Missing(shown(&file)));
            }
            read => read.map_err(|error| Trouble::io("read", &file, &error))?,
        };
        let disk = String::from_utf8(disk).map_err(|_| {
            Trouble::Failed(message!(
                "{file} is not UTF-8: save it as UTF-8 first",
                file = shown(&file)
            ))
        })?;
        if disk.len() > json::MOST_BYTES {
            return Err(Trouble::Failed(message!(
                "{file} is too large",
                file = shown(&file)
            )));
        }
        if !self.journals.contains_key(place) {
            let kept = self.drafts.join(place.journal());
            let opened = Journal::open(kept.clone(), &disk);
            let opened = opened.map_err(|error| Trouble::io("read", &kept, &error))?;
            self.journals.insert(place.clone(), opened);
        }
        let Some(journal) = self.journals.get_mut(place) else {
            return Err(Trouble::Missing(shown(&file)));
        };
        let follows = !journal.is_unsaved() || disk == journal.text();
        if disk != journal.on_disk() && follows {
            journal.found(&disk).map_err(unwritten)?;
        }
        Ok((journal, disk))
    }

    /// Refuses a file whose folder is not in the content folder, because a link leads out of it.
    fn refuse_what_leads_out(&self, file: &Path) -> Result<(), Trouble> {
        let real =
            |path: &Path| fs::canonicalize(path).map_err(|error| Trouble::io("read", path, &error));
        let folder = file.parent().unwrap_or(&self.content);
        if real(folder)?.starts_with(real(&self.content)?) {
            return Ok(());
        }
        Err(Trouble::Failed(message!(
            "{file} is not in the content folder: a link leads elsewhere",
            file = shown(file)
        )))
    }
}

/// The text with a change.
fn changed(kind: Kind, text: &str, edit: &Edit) -> Result<String, Refused> {
    let value: Value = serde_json::from_str(bare(text)).map_err(|_| Refused::NoJson)?;
    let operation = match edit {
        Edit::Operation(operation) => operation.clone(),
        Edit::Words { words, spans } => {
            let before = value.pointer(&words.to_string()).and_then(Value::as_str);
            Operation::Set {
                at: words.clone(),
                value: text::written(spans, before).into(),
            }
        }
    };
    patch::apply(text, &[operation], &|at| form::keys(kind, &value, at))
}

fn shown_as(place: &Place, journal: &Journal, disk: &str) -> Shown {
    let text = journal.text();
    let is_clear = json::parsed(bare(text)).is_some_and(|(_, repeated)| !repeated);
    let value: Option<Value> = is_clear
        .then(|| serde_json::from_str(bare(text)).ok())
        .flatten();
    let marked = value
        .iter()
        .flat_map(|value| form::marked(place.kind(), value));
    let words = marked.filter_map(|at| {
        let at = at.to_string();
        let text = value.as_ref()?.pointer(&at)?.as_str()?;
        Some((at, text::spans(text)))
    });
    let (undo, redo) = journal.steps();
    Shown {
        place: place.clone(),
        kind: place.kind(),
        known: hash::short(text.as_bytes()),
        words: words.collect(),
        text: value.is_none().then(|| text.to_owned()),
        value,
        unsaved: journal.is_unsaved(),
        undo,
        redo,
        conflict: (disk != journal.on_disk()).then(|| Conflict {
            theirs: disk.to_owned(),
            mine: text.to_owned(),
            hash: hash::short(disk.as_bytes()),
        }),
    }
}

/// A text without a byte order mark.
fn bare(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn unwritten(error: io::Error) -> Trouble {
    Trouble::Failed(message!(
        "the draft could not be written: {why}",
        why = why(&error)
    ))
}

#[cfg(test)]
mod tests;
