//! The pictures and files of one article: each file once, with the words about it in each language.

mod picture_names;

use super::html;
use super::imported_article::{Text, describes};
use super::loss::{Loss, excerpt};
use super::marks;
use super::multilingual::in_language;
use super::serialised::{Picture, PictureText};
use super::slugs::{self, UniqueSlugs};
use super::uploads::{Attached, Found, Missing};
use editorial::check::attached_file::Purpose;
use model::{Lang, Slug};
use picture_names::PictureNames;
use std::collections::{BTreeMap, HashMap};

/// The facts about a picture in the library of a CMS, apart from the text that shows it.
#[derive(Clone, Debug, Default)]
pub struct LibraryEntry {
    /// What it shows, with whatever markup it has.
    pub alternative: String,
    /// The line below it, likewise.
    pub caption: String,
    /// Its title, likewise.
    pub title: String,
}

/// Finds a picture and what is known about it.
pub type Lookup<'a> = &'a dyn Fn(&html::Picture) -> (LibraryEntry, Result<Found, Missing>);

/// Finds a file that is no picture.
pub type Find<'a> = &'a dyn Fn(&str) -> Option<Attached>;

/// The result of a [`Lookup`].
type LookedUp = (LibraryEntry, Result<Found, Missing>);

/// The pictures and files of one article.
pub struct ArticleMedia<'a> {
    lookup: Lookup<'a>,
    find: Find<'a>,
    /// The pictures that were looked up, by address and attachment number.
    looked_up: HashMap<(String, Option<u64>), LookedUp>,
    /// The names of attached files, by address and purpose; `None` where a file cannot be attached.
    sources: HashMap<(String, Purpose), Option<String>>,
    /// The attached files by their paths among the uploads: name, file name in the folder, and
    /// bytes.
    attached: BTreeMap<String, (String, String, Vec<u8>)>,
    attached_names: UniqueSlugs,
    /// The picture files by their paths among the uploads: file name and bytes.
    files: BTreeMap<String, (String, Vec<u8>)>,
    /// The file names that are taken, for each ending.
    file_names: BTreeMap<&'static str, UniqueSlugs>,
    pictures: PictureNames,
    /// The words about each picture.
    texts: BTreeMap<Lang, BTreeMap<String, PictureText>>,
    /// The pictures whose alternative text is missing.
    unwritten: BTreeMap<Lang, Vec<String>>,
}

impl<'a> ArticleMedia<'a> {
    /// An article without pictures and files.
    pub fn new(lookup: Lookup<'a>, find: Find<'a>) -> Self {
        Self {
            lookup,
            find,
            looked_up: HashMap::new(),
            sources: HashMap::new(),
            attached: BTreeMap::new(),
            attached_names: UniqueSlugs::default(),
            files: BTreeMap::new(),
            file_names: BTreeMap::new(),
            pictures: PictureNames::default(),
            texts: BTreeMap::new(),
            unwritten: BTreeMap::new(),
        }
    }

    /// Adds a file that is no picture, for this purpose. Returns its name; `None` where it cannot
    /// be carried over.
    pub fn attach(&mut self, source: &str, purpose: Purpose) -> Option<String> {
        if let Some(known) = self.sources.get(&(source.to_owned(), purpose)) {
            return known.clone();
        }
        let name = self.attach_new(source, purpose);
        self.sources
            .insert((source.to_owned(), purpose), name.clone());
        name
    }

    fn attach_new(&mut self, source: &str, purpose: Purpose) -> Option<String> {
        let found = (self.find)(source)
            .filter(|found| Purpose::of(&format!("x.{}", found.ending)) == purpose)?;
        if let Some((name, ..)) = self.attached.get(&found.path) {
            return Some(name.clone());
        }
        let number = self.attached.len() + 1;
        let wanted =
            slugs::fold(&found.stem).or_else(|| Slug::new(&format!("file-{number}")).ok())?;
        let name = self.attached_names.take(&wanted, |_| false);
        let file = format!("{name}.{}", found.ending);
        self.attached
            .insert(found.path, (name.to_string(), file, found.bytes));
        Some(name.to_string())
    }

    /// The files that are no pictures, as `article.json` lists them.
    pub fn attached(&self) -> BTreeMap<String, String> {
        self.attached
            .values()
            .map(|(name, file, _)| (name.clone(), file.clone()))
            .collect()
    }

    /// Adds the cover of each language that has one. Returns its name, where there is one.
    pub fn cover(&mut self, texts: &[Text], losses: &mut Vec<(String, Loss)>) -> Option<String> {
        let mut name: Option<String> = None;
        for text in texts {
            let Some(picture) = &text.cover else { continue };
            let placed = self.place(text.lang, picture, &text.subject, losses);
            match (&name, placed) {
                (None, placed) => name = placed,
                (Some(name), Some(placed)) if *name != placed => {
                    let what = "an article has one cover for all languages: this one was left out";
                    losses.push((text.subject.clone(), Loss::new(what, &picture.source)));
                }
                _ => {}
            }
        }
        name
    }

    /// Adds a picture. Returns its name; `None` where it cannot be carried over.
    pub fn place(
        &mut self,
        lang: Lang,
        picture: &html::Picture,
        subject: &str,
        losses: &mut Vec<(String, Loss)>,
    ) -> Option<String> {
        let (entry, found) = self.look_up(picture);
        let mut lose = |what: String, excerpt: &str| {
            losses.push((subject.to_owned(), Loss::new(what, excerpt)));
        };
        let found = match found {
            Ok(found) => found,
            Err(Missing::Pixel) => {
                lose(
                    "a picture of one pixel, which counts readers, was left out".to_owned(),
                    &picture.source,
                );
                return None;
            }
            Err(Missing::Reason(reason)) => {
                let quoted = |text: &&String| !text.is_empty();
                let said = [&picture.alternative, &picture.caption]
                    .into_iter()
                    .filter(quoted);
                let said: String = said.map(|text| format!(" “{text}”")).collect();
                let what = format!("a picture was left out: {reason}");
                // Its words stand nowhere else.
                let loss = Loss::whole(what, &format!("{}{said}", excerpt(&picture.source)));
                losses.push((subject.to_owned(), loss));
                return None;
            }
        };
        let plain = |html: &str| marks::plain(&html::words(&in_language(html, lang))).0;
        let given = [
            picture.alternative.clone(),
            plain(&entry.alternative),
            picture.caption.clone(),
            plain(&entry.caption),
        ];
        let title = Some(plain(&entry.title)).filter(|title| describes(title, &found.stem));
        let written = given.into_iter().chain(title).find(|text| !text.is_empty());
        let is_written = written.is_some();
        let caption = Some(picture.caption.clone()).filter(|caption| !caption.is_empty());
        let text = PictureText {
            alternative: written.unwrap_or_else(|| file_words(&found)),
            caption,
        };
        if !is_written {
            lose(
                "a picture has no alternative text: write what it shows".to_owned(),
                &found.path,
            );
        }
        let name = self.name(lang, &found, &text);
        if !is_written {
            self.unwritten.entry(lang).or_default().push(name.clone());
        }
        self.texts
            .entry(lang)
            .or_default()
            .entry(name.clone())
            .or_insert(text);
        Some(name)
    }

    /// Looks up a picture, once for each address and number. Its bytes go into `files`.
    fn look_up(&mut self, picture: &html::Picture) -> (LibraryEntry, Result<Found, Missing>) {
        let source = picture.source.split(['?', '#']).next().unwrap_or_default();
        let key = (source.to_owned(), picture.media);
        if let Some(known) = self.looked_up.get(&key) {
            return known.clone();
        }
        let (entry, mut found) = (self.lookup)(picture);
        if let Ok(found) = &mut found {
            self.keep(found);
        }
        self.looked_up.insert(key, (entry.clone(), found.clone()));
        (entry, found)
    }

    /// Keeps a picture's bytes, unless its file is there already.
    fn keep(&mut self, found: &mut Found) {
        let bytes = std::mem::take(&mut found.bytes);
        if self.files.contains_key(&found.path) {
            return;
        }
        let Some(wanted) = self.wanted(found) else {
            return;
        };
        let free = self
            .file_names
            .entry(found.ending)
            .or_default()
            .take(&wanted, |_| false);
        self.files.insert(
            found.path.clone(),
            (format!("{free}.{}", found.ending), bytes),
        );
    }

    /// The name of a picture with these words about it.
    fn name(&mut self, lang: Lang, found: &Found, text: &PictureText) -> String {
        if let Some(name) = self.pictures.known(lang, &found.path, text) {
            return name;
        }
        let Some(wanted) = self.wanted(found) else {
            return String::new();
        };
        self.pictures.give(lang, &found.path, text, &wanted)
    }

    /// The name that a picture gets if it is free.
    fn wanted(&self, found: &Found) -> Option<Slug> {
        slugs::fold(&found.stem)
            .or_else(|| Slug::new(&format!("picture-{}", self.files.len() + 1)).ok())
    }

    /// Completes the words about the pictures in a language, with those of another language where
    /// there are none. Returns whether an editor has to write something before publication.
    pub fn complete(
        &mut self,
        lang: Lang,
        cover: Option<&str>,
        subject: &str,
        losses: &mut Vec<(String, Loss)>,
    ) -> bool {
        let mut is_draft = self
            .unwritten
            .get(&lang)
            .is_some_and(|names| !names.is_empty());
        for (name, _) in self.pictures.all() {
            if self
                .texts
                .get(&lang)
                .is_some_and(|texts| texts.contains_key(name))
            {
                continue;
            }
            let Some(other) = self
                .texts
                .values()
                .find_map(|texts| texts.get(name))
                .cloned()
            else {
                continue;
            };
            let is_cover = cover == Some(name.as_str());
            is_draft |= is_cover;
            let what = if is_cover {
                "the words about the cover are in another language"
            } else {
                "the words about a picture that this text does not show are in another language"
            };
            losses.push((
                subject.to_owned(),
                Loss::new(what, &format!("{name}: {}", other.alternative)),
            ));
            self.texts
                .entry(lang)
                .or_default()
                .insert(name.clone(), other);
        }
        is_draft
    }

    /// The words about the pictures in a language.
    pub fn texts(&self, lang: Lang) -> BTreeMap<String, PictureText> {
        self.texts.get(&lang).cloned().unwrap_or_default()
    }

    /// The pictures as `article.json` names them.
    pub fn files(&self) -> BTreeMap<String, Picture> {
        let file = |path: &String| {
            self.files
                .get(path)
                .map(|(file, _)| file.clone())
                .unwrap_or_default()
        };
        self.pictures
            .all()
            .iter()
            .map(|(name, path)| (name.clone(), Picture { file: file(path) }))
            .collect()
    }

    /// How many picture files there are.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// The files with their names.
    pub fn into_files(self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.files.into_values().chain(
            self.attached
                .into_values()
                .map(|(_, file, bytes)| (file, bytes)),
        )
    }
}

/// Placeholder for an alternative text until an editor writes one: the file's name.
fn file_words(found: &Found) -> String {
    slugs::fold(&found.stem)
        .map_or_else(|| "?".to_owned(), |slug| format!("{slug}.{}", found.ending))
}
