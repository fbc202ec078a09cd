//! All articles in short, for the list of the desk: what each language's state is. Files are read
//! without the checks, because an article with a mistake has to be in the list too.

use editorial::content::stamp;
use editorial::load::article_cache::Signature;
use model::{Inline, Lang, Moment, Slug, plain_text, title_from_lead};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How an article is in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// `site check` has something against it.
    Mistakes,
    /// Its original has changed since.
    Stale,
    /// It is not ready.
    Draft,
    /// Its time is still to come.
    Scheduled,
    /// Readers have it.
    Published,
    /// It is not there.
    Missing,
}

/// What is left to do about a translation: what `site translations` calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// The original has changed since it was made.
    Stale,
    /// It is not there.
    Missing,
    /// It is not ready.
    Draft,
    /// Nobody recorded which original it was made from.
    Unrecorded,
}

/// One article.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Row {
    section: Slug,
    slug: Slug,
    published: String,
    tags: Vec<String>,
    cover: Option<String>,
    original: Option<Lang>,
    titles: BTreeMap<Lang, String>,
    /// When it is published, to sort by.
    minutes: i64,
    /// What is searched.
    words: String,
    facts: RowFacts,
}

/// An article with its states.
struct Entry {
    row: Arc<Row>,
    states: BTreeMap<Lang, State>,
}

/// What the states of a row follow from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct RowFacts {
    draft: bool,
    drafts: BTreeSet<Lang>,
    stale: BTreeSet<Lang>,
    unrecorded: BTreeSet<Lang>,
    unreadable: bool,
}

impl Row {
    /// What is left to do in a language.
    fn task(&self, lang: Lang) -> Option<Task> {
        let facts = &self.facts;
        match () {
            () if !self.titles.contains_key(&lang) => Some(Task::Missing),
            () if facts.drafts.contains(&lang) => Some(Task::Draft),
            () if self.original == Some(lang) => None,
            () if facts.unrecorded.contains(&lang) => Some(Task::Unrecorded),
            () if facts.stale.contains(&lang) => Some(Task::Stale),
            () => None,
        }
    }
}

/// One article, as the list shows it.
#[derive(Debug, Serialize)]
pub struct Shown<'a> {
    /// Its section.
    pub section: &'a Slug,
    /// Its name in addresses.
    pub slug: &'a Slug,
    /// When it is published, as its file says.
    pub published: &'a str,
    /// Its tags.
    pub tags: &'a [String],
    /// The file of its cover.
    pub cover: Option<&'a str>,
    /// The language that it was written in first.
    pub original: Option<Lang>,
    /// Its title in each language that it has.
    pub titles: &'a BTreeMap<Lang, String>,
    /// Its state in each language.
    pub states: &'a BTreeMap<Lang, State>,
    /// What is left to translate.
    pub tasks: BTreeMap<Lang, Task>,
}

impl<'a> From<&'a Entry> for Shown<'a> {
    fn from(Entry { row, states }: &'a Entry) -> Self {
        Self {
            section: &row.section,
            slug: &row.slug,
            published: &row.published,
            tags: &row.tags,
            cover: row.cover.as_deref(),
            original: row.original,
            titles: &row.titles,
            states,
            tasks: states
                .keys()
                .filter_map(|lang| Some((*lang, row.task(*lang)?)))
                .collect(),
        }
    }
}

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Question {
    /// Words that all have to be there, in any language.
    pub words: String,
    /// A section.
    pub section: Option<String>,
    /// A state, in `lang` or in any language.
    pub state: Option<State>,
    /// Only what is left to translate, into `lang` or into any language.
    pub work: bool,
    /// A language.
    pub lang: Option<String>,
    /// How many rows come before.
    pub from: usize,
}

/// The answer.
#[derive(Debug, Serialize)]
pub struct Answer<'a> {
    /// How many articles there are.
    pub all: usize,
    /// Whether the files were not looked at since the program began: what is shown was kept.
    pub is_old: bool,
    /// How many are as was asked.
    pub found: usize,
    /// How many have each state somewhere, of those that are otherwise as was asked.
    pub states: BTreeMap<State, usize>,
    /// The first of them, the newest first.
    pub rows: Vec<Shown<'a>>,
}

/// What is kept of each article: its folder, its files as they were, and its row.
type Kept = Vec<(PathBuf, Signature, Arc<Row>)>;

/// What is known of each article, by its folder. It is shared with whoever looks for changes.
#[derive(Clone, Default)]
pub struct Known(Arc<HashMap<PathBuf, (Signature, Arc<Row>)>>);

/// The articles as they were found by a look at all files.
pub struct Found {
    rows: Vec<Arc<Row>>,
    known: Known,
    is_new: bool,
}

/// How many rows an answer has at most.
const MOST_ROWS: usize = 60;

/// All articles.
#[derive(Default)]
pub struct Overview {
    entries: Vec<Entry>,
    known: Known,
    /// Whether anything was read since it was kept.
    is_new: bool,
    /// Whether the files were looked at.
    has_looked: bool,
}

impl Overview {
    /// What was kept in a file; nothing where another program kept it. `langs` are the languages of the
    /// portal.
    pub fn read(file: &Path, tool: u64, langs: &[Lang]) -> Self {
        let kept = fs::read(file).ok();
        let kept = kept.and_then(|bytes| postcard::from_bytes::<(u64, Kept)>(&bytes).ok());
        let known = kept.filter(|(kept_by, _)| *kept_by == tool);
        let known = known.map(|(_, known)| known).unwrap_or_default();
        let mut overview = Self::default();
        overview.show(known.iter().map(|(.., row)| Arc::clone(row)), langs);
        let known = known.into_iter();
        let known = known.map(|(path, signature, row)| (path, (signature, row)));
        overview.known = Known(Arc::new(known.collect()));
        overview
    }

    /// Keeps what was read in a file. Where that fails, the next start reads it again.
    pub fn keep(&mut self, file: &Path, tool: u64) {
        if !std::mem::take(&mut self.is_new) {
            return;
        }
        let all = self.known.0.iter();
        let kept: Kept = all
            .map(|(path, (signature, row))| (path.clone(), *signature, Arc::clone(row)))
            .collect();
        let next = file.with_extension("next");
        let _ = postcard::to_stdvec(&(tool, kept))
            .is_ok_and(|bytes| crate::disk::replace(file, &next, &bytes).is_ok());
    }

    /// Whether nothing is known yet.
    pub fn is_empty(&self) -> bool {
        !self.has_looked && self.entries.is_empty()
    }

    /// What is known, for a look at all files while others ask this list.
    pub fn known(&self) -> Known {
        self.known.clone()
    }

    /// Takes what was found. `langs` are the languages of the portal.
    pub fn take(&mut self, found: Found, langs: &[Lang]) {
        self.is_new |= found.is_new;
        self.has_looked = true;
        self.show(found.rows.into_iter(), langs);
        self.known = found.known;
    }

    /// Reads what changed since. `langs` are the languages of the portal.
    pub fn look(&mut self, content: &Path, langs: &[Lang]) {
        let found = look(&self.known, content);
        self.take(found, langs);
    }

    /// Reads one article again, such as one that was just written.
    pub fn look_at(&mut self, content: &Path, (section, slug): (&Slug, &Slug), langs: &[Lang]) {
        let path = content
            .join("articles")
            .join(section.as_str())
            .join(slug.as_str());
        let is_it = |row: &Row| row.section == *section && row.slug == *slug;
        let others = self.entries.iter().map(|entry| Arc::clone(&entry.row));
        let mut rows: Vec<Arc<Row>> = others.filter(|row| !is_it(row)).collect();
        if path.is_dir() {
            let row = read_row(&path, section.clone(), slug.clone());
            rows.push(Arc::new(row));
        }
        // The next look at all files reads it once more, and knows it then.
        self.show(rows.into_iter(), langs);
    }

    fn show(&mut self, rows: impl Iterator<Item = Arc<Row>>, langs: &[Lang]) {
        let states: BTreeMap<Lang, State> =
            langs.iter().map(|lang| (*lang, State::Missing)).collect();
        let entries = rows.map(|row| Entry {
            row,
            states: states.clone(),
        });
        self.entries = entries.collect();
        self.entries
            .sort_by(|Entry { row: one, .. }, Entry { row: other, .. }| {
                let order = other.minutes.cmp(&one.minutes);
                order
                    .then_with(|| one.section.cmp(&other.section))
                    .then_with(|| one.slug.cmp(&other.slug))
            });
    }

    /// Finds out every state. `mistakes` are the articles with mistakes, and in which languages;
    /// `None` stands for what all languages share.
    pub fn judge(&mut self, now: Moment, mistakes: &Mistakes) {
        for Entry { row, states } in &mut self.entries {
            let wrong = mistakes.get(&(row.section.clone(), row.slug.clone()));
            let is_due = row.minutes <= now.minutes();
            let facts = &row.facts;
            for (lang, state) in states {
                let there = row.titles.contains_key(lang);
                let is_wrong = facts.unreadable
                    || wrong
                        .is_some_and(|wrong| wrong.contains(&None) || wrong.contains(&Some(*lang)));
                *state = match () {
                    () if !there => State::Missing,
                    () if is_wrong => State::Mistakes,
                    () if facts.stale.contains(lang) => State::Stale,
                    () if facts.draft || facts.drafts.contains(lang) => State::Draft,
                    () if !is_due => State::Scheduled,
                    () => State::Published,
                };
            }
        }
    }

    /// The rows that are as was asked.
    pub fn find(&self, question: &Question) -> Answer<'_> {
        let words = folded(&question.words);
        let words: Vec<&str> = words.split_whitespace().collect();
        let lang = question.lang.as_deref().and_then(Lang::from_tag);
        let has = |entry: &Entry, state: State| match lang {
            Some(lang) => entry.states.get(&lang) == Some(&state),
            None => entry.states.values().any(|one| *one == state),
        };
        let mut states = BTreeMap::new();
        let mut found = Vec::new();
        for entry in &self.entries {
            let row = &entry.row;
            let is_of_section = question
                .section
                .as_deref()
                .is_none_or(|section| row.section.as_str() == section);
            let is_work = match lang {
                _ if !question.work => true,
                Some(lang) => row.task(lang).is_some(),
                None => entry.states.keys().any(|lang| row.task(*lang).is_some()),
            };
            if !is_of_section || !is_work || !words.iter().all(|word| row.words.contains(word)) {
                continue;
            }
            let own: BTreeSet<State> = match lang {
                Some(lang) => entry.states.get(&lang).copied().into_iter().collect(),
                None => entry.states.values().copied().collect(),
            };
            for state in own {
                *states.entry(state).or_default() += 1;
            }
            if question.state.is_none_or(|state| has(entry, state)) {
                found.push(entry);
            }
        }
        Answer {
            all: self.entries.len(),
            is_old: !self.has_looked,
            found: found.len(),
            states,
            rows: found
                .into_iter()
                .skip(question.from)
                .take(MOST_ROWS)
                .map(Shown::from)
                .collect(),
        }
    }

    /// The titles of an article; empty where there is none.
    pub fn row(&self, section: &str, slug: &str) -> Option<Shown<'_>> {
        let is_it = |Entry { row, .. }: &&Entry| {
            row.section.as_str() == section && row.slug.as_str() == slug
        };
        self.entries.iter().find(is_it).map(Shown::from)
    }
}

/// Looks at all files, and reads those of articles that are not as they are known.
pub fn look(known: &Known, content: &Path) -> Found {
    let known = &known.0;
    let folders = article_folders(content);
    let read: Vec<(PathBuf, Option<Signature>, Arc<Row>)> = folders
        .into_par_iter()
        .map(|(path, section, slug)| {
            let signature = Signature::of(&path).ok();
            let same = known
                .get(&path)
                .filter(|(before, _)| Some(*before) == signature);
            let row = same.map_or_else(
                || Arc::new(read_row(&path, section, slug)),
                |(_, row)| Arc::clone(row),
            );
            (path, signature, row)
        })
        .collect();
    let rows = read.iter().map(|(.., row)| Arc::clone(row)).collect();
    let mut now = HashMap::with_capacity(read.len());
    let mut is_new = known.len() != read.len();
    for (path, signature, row) in read {
        if let Some(signature) = signature {
            let before = known.get(&path).map(|(before, _)| *before);
            is_new |= before != Some(signature);
            now.insert(path, (signature, row));
        }
    }
    Found {
        rows,
        known: Known(Arc::new(now)),
        is_new,
    }
}

/// The articles with mistakes, and in which languages.
pub type Mistakes = HashMap<(Slug, Slug), BTreeSet<Option<Lang>>>;

/// The folders of all articles.
fn article_folders(content: &Path) -> Vec<(PathBuf, Slug, Slug)> {
    let folders = |path: &Path| -> Vec<Slug> {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        folders
            .filter_map(|entry| Slug::new(entry.file_name().to_str()?).ok())
            .collect()
    };
    let root = content.join("articles");
    let mut all = Vec::new();
    for section in folders(&root) {
        let path = root.join(section.as_str());
        all.extend(
            folders(&path)
                .into_iter()
                .map(|slug| (path.join(slug.as_str()), section.clone(), slug)),
        );
    }
    all
}

/// What the list takes from `article.json`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Facts {
    published: String,
    draft: bool,
    tags: Vec<String>,
    cover: Option<String>,
    pictures: HashMap<String, PictureFile>,
    original: Option<String>,
    author: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PictureFile {
    file: Option<String>,
}

/// What the list takes from a language's file.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Version {
    headline: Option<String>,
    lead: String,
    draft: bool,
    machine: bool,
    translated_from: Option<String>,
}

fn read_row(path: &Path, section: Slug, slug: Slug) -> Row {
    let facts: Option<Facts> = read(&path.join("article.json")).map(|(facts, _)| facts);
    let mut row_facts = RowFacts {
        unreadable: facts.is_none(),
        ..RowFacts::default()
    };
    let facts = facts.unwrap_or_default();
    let mut versions = BTreeMap::new();
    for lang in Lang::ALL {
        let file = path.join(format!("{}.json", lang.tag()));
        if file.is_file() {
            let version: Option<(Version, Vec<u8>)> = read(&file);
            row_facts.unreadable |= version.is_none();
            versions.insert(lang, version.unwrap_or_default());
        }
    }
    let said = facts.original.as_deref().and_then(Lang::from_tag);
    let original = said
        .filter(|lang| versions.contains_key(lang))
        .or_else(|| versions.keys().next().copied());
    let is_translated = versions
        .values()
        .any(|(version, _)| version.translated_from.is_some());
    let current = original
        .filter(|_| is_translated)
        .and_then(|lang| stamp::of(&versions[&lang].1));
    for (lang, (version, _)) in &versions {
        let from = version.translated_from.as_ref();
        if Some(*lang) != original && from.is_none() {
            row_facts.unrecorded.insert(*lang);
        }
        if Some(*lang) != original && from.is_some_and(|from| Some(from) != current.as_ref()) {
            row_facts.stale.insert(*lang);
        }
        if version.draft || version.machine {
            row_facts.drafts.insert(*lang);
        }
    }
    row_facts.draft = facts.draft;
    let titles: BTreeMap<Lang, String> = versions
        .iter()
        .map(|(lang, (version, _))| (*lang, title(version, *lang)))
        .collect();
    let leads = versions.values().map(|(version, _)| version.lead.as_str());
    let searched = titles.values().map(String::as_str).chain(leads);
    let searched = searched.chain([slug.as_str(), facts.author.as_deref().unwrap_or_default()]);
    let searched: Vec<&str> = searched
        .chain(facts.tags.iter().map(String::as_str))
        .collect();
    let cover = facts
        .cover
        .as_ref()
        .and_then(|name| facts.pictures.get(name))
        .and_then(|picture| picture.file.clone());
    Row {
        words: folded(&searched.join(" ")),
        minutes: Moment::new(&facts.published).map_or(i64::MAX, Moment::minutes),
        published: facts.published,
        tags: facts.tags,
        cover,
        original,
        titles,
        facts: row_facts,
        section,
        slug,
    }
}

fn read<T: DeserializeOwned>(file: &Path) -> Option<(T, Vec<u8>)> {
    let bytes = fs::read(file).ok()?;
    let bare = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let value = serde_json::from_slice(bare).ok()?;
    Some((value, bytes))
}

/// The title of a version, as readers see it in lists.
fn title(version: &Version, lang: Lang) -> String {
    let headline = version
        .headline
        .clone()
        .filter(|headline| !headline.trim().is_empty());
    headline.unwrap_or_else(|| {
        let lead = vec![Inline::Text(version.lead.clone())];
        title_from_lead(&plain_text(&lead), lang)
    })
}

/// A text as it is searched: without marks on letters, in lower case.
fn folded(text: &str) -> String {
    let bare = text.nfkd().filter(|c| !is_combining_mark(*c));
    bare.flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests;
