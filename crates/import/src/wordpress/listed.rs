//! Translations that plug-ins keep outside of the posts: each text of which a list has the title and
//! most words becomes a text in that language, too.
//!
//! A text that is not translated as a whole is a draft, and each sentence that the list lacks is named.

use super::languages::Languages;
use super::page_data;
use super::plan::{INTERNAL, VIEWS};
use super::subjects::subject;
use crate::loss::Loss;
use crate::multilingual::codes;
use crate::outcome::{Report, count, refuse};
use crate::portal::read_file;
use crate::sentences::{Applied, Sentences, apply};
use crate::shortcodes::shown_blocks;
use crate::wxr::{self, Export, Item, Listed};
use editorial::diagnostics::Failure;
use encoding_rs::Encoding;
use model::Lang;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

/// A list for each language.
pub(super) struct Lists(Vec<(Lang, Sentences)>);

/// What became of the texts of an export in one language.
#[derive(Default)]
struct Tally {
    /// How many sentences were put into texts.
    sentences: usize,
    /// How many texts are whole.
    whole: usize,
    /// How many texts are drafts, because sentences are missing.
    drafts: usize,
    /// How many texts are kept back, because a machine wrote parts of them.
    by_machine: usize,
    /// The texts that have no version, and why.
    without: Vec<(String, Loss)>,
}

/// What became of all lists.
#[derive(Default)]
pub(super) struct Tallies(Vec<(Lang, Tally)>);

impl Lists {
    /// Reads the lists. Several of one language are one.
    ///
    /// # Errors
    /// Where a file is no list, or has nothing in its language.
    pub(super) fn read(
        files: &[(Lang, PathBuf)],
        encoding: Option<&'static Encoding>,
        export: &mut Export,
    ) -> Result<Self, Failure> {
        let mut lists: Vec<(Lang, Sentences)> = Vec::new();
        for (lang, file) in files {
            let name = file.display().to_string();
            let bytes = read_file(file)?;
            let mut notes = Vec::new();
            let list = wxr::plain(&name, &bytes, encoding, &mut notes)
                .and_then(|text| Sentences::read(&name, &text, *lang))
                .map_err(|problem| refuse(vec![problem], "nothing was imported"))?;
            notes.extend(list.notes.iter().cloned());
            export
                .notes
                .extend(notes.into_iter().map(|note| (name.clone(), note)));
            match lists.iter_mut().find(|(known, _)| known == lang) {
                Some((_, known)) => known.join(list),
                None => lists.push((*lang, list)),
            }
        }
        Ok(Self(lists))
    }

    /// Adds to an export the texts that the lists have. `types` are the kinds of items that become
    /// articles.
    pub(super) fn add_to(
        &self,
        export: &mut Export,
        types: &[String],
        languages: &Known,
    ) -> Tallies {
        if self.0.is_empty() {
            return Tallies::default();
        }
        let mut tallies: Vec<(Lang, Tally)> = Vec::new();
        tallies.extend(self.0.iter().map(|(lang, _)| (*lang, Tally::default())));
        let blocks = self.blocks(export);
        let items = std::mem::take(&mut export.items);
        for (mut item, known) in items.into_iter().zip(&languages.items) {
            if item.kind == "attachment" {
                self.describe(&mut item);
            }
            let mut made = Vec::new();
            for ((lang, list), (_, tally)) in self.0.iter().zip(&mut tallies) {
                if is_text(&item, types) && known.wants(*lang, list.from.or(languages.default)) {
                    made.extend(tally.text(&item, *lang, list, &blocks));
                } else if item.kind == "wp_block" && item.language.is_none() {
                    made.extend(blocks_in(&item, *lang, list));
                }
            }
            export.items.push(item);
            export.items.extend(made);
        }
        Tallies(tallies)
    }

    /// What the lists have for the blocks that several texts share, by site, number and language.
    fn blocks(&self, export: &Export) -> Blocks {
        let mut blocks = Blocks::new();
        for item in export.items.iter().filter(|item| item.kind == "wp_block") {
            for (lang, list) in &self.0 {
                if let Some(number) = item.number {
                    let key = (item.site.to_string(), number, lang.tag());
                    blocks.insert(key, apply(list, &item.content));
                }
            }
        }
        blocks
    }

    /// Gives a picture its words in the languages of the lists. It has none in a language of which the
    /// list lacks them: there somebody has to write them.
    fn describe(&self, media: &mut Item) {
        let words = [&mut media.title, &mut media.excerpt];
        let alternative = media
            .meta
            .iter_mut()
            .filter(|(key, _)| key == "_wp_attachment_image_alt")
            .map(|(_, value)| value);
        for text in words.into_iter().chain(alternative) {
            if text.trim().is_empty() || !codes(&[text]).is_empty() {
                continue;
            }
            let of = |lang: Lang| match self.0.iter().find(|(known, _)| *known == lang) {
                Some((_, list)) => list.get(text).map_or("", |found| found.text.as_str()),
                None => text.as_str(),
            };
            let pieces = Lang::ALL.map(|lang| format!("[:{}]{}", lang.tag(), of(lang)));
            *text = format!("{}[:]", pieces.concat());
        }
    }
}

/// What lists have for shared blocks.
type Blocks = BTreeMap<(String, u64, &'static str), Applied>;

/// What is known of the language of each item, in the order of the export.
pub(super) struct Known {
    items: Vec<KnownLanguage>,
    /// The language that most originals are in.
    default: Option<Lang>,
}

struct KnownLanguage {
    lang: Option<Lang>,
    /// The languages that the item and its translations in the export have.
    there: Vec<Lang>,
}

impl Known {
    /// Of the items of an export.
    pub(super) fn of(export: &Export, languages: &Languages<'_>) -> Self {
        let mut groups: BTreeMap<(String, String), Vec<Lang>> = BTreeMap::new();
        let said: Vec<_> = export
            .items
            .iter()
            .map(|item| {
                let (lang, says) = languages.language(item, export).ok()?;
                let group = languages.group(item, says, export);
                if let Some(group) = &group {
                    groups.entry(group.clone()).or_default().push(lang);
                }
                Some((lang, group))
            })
            .collect();
        let known = said.into_iter().map(|said| match said {
            None => KnownLanguage {
                lang: None,
                there: Vec::new(),
            },
            Some((lang, group)) => KnownLanguage {
                lang: Some(lang),
                there: group
                    .and_then(|group| groups.get(&group).cloned())
                    .unwrap_or_else(|| vec![lang]),
            },
        });
        Self {
            items: known.collect(),
            default: languages.default,
        }
    }
}

impl KnownLanguage {
    /// Whether a list may translate the item: it has no text in that language, and is in the language of the
    /// list's originals.
    fn wants(&self, lang: Lang, from: Option<Lang>) -> bool {
        let is_original = self.lang.is_some() && (from.is_none() || self.lang == from);
        is_original && !self.there.contains(&lang)
    }
}

/// Whether an item is a text that becomes an article.
fn is_text(item: &Item, types: &[String]) -> bool {
    let is_kind = item.kind == "page" || types.contains(&item.kind);
    let is_kept = !["trash", "auto-draft", "inherit"].contains(&item.status.as_str());
    is_kind && is_kept && item.has_words() && !INTERNAL.contains(&item.kind.as_str())
}

impl Tally {
    /// The text of an item in another language; `None` where the list has too little of it.
    fn text(&mut self, item: &Item, lang: Lang, list: &Sentences, blocks: &Blocks) -> Option<Item> {
        let title = apply(list, &item.title);
        let content = apply(list, &page_data::content(item));
        let excerpt = apply(list, &item.excerpt);
        let (notes, of_notes) = notes(item, list);
        let mut all = Applied::default();
        for part in [&title, &content, &excerpt, &of_notes] {
            all.count(part);
        }
        for number in shown_blocks(&item.content) {
            let key = (item.site.to_string(), number, lang.tag());
            all.missing.extend(
                blocks
                    .get(&key)
                    .iter()
                    .flat_map(|block| block.missing.clone()),
            );
        }
        let is_same = title.html == item.title
            && content.html == *page_data::content(item)
            && excerpt.html == item.excerpt;
        if let Some(what) = reason_against(lang, &title, &all, is_same) {
            let loss = Loss::new(what, &subject(None, item));
            self.without.push((String::new(), loss));
            return None;
        }
        self.sentences += all.found;
        match (all.missing.is_empty(), all.by_machine) {
            (false, _) => self.drafts += 1,
            (true, 0) => self.whole += 1,
            (true, _) => self.by_machine += 1,
        }
        let is_kept = |key: &str| {
            let is_read = key.starts_with('_') || key == "footnotes" || key.starts_with("molongui");
            is_read
                && !VIEWS.contains(&key)
                && !["_elementor_data", "_fl_builder_data"].contains(&key)
        };
        let meta = item.meta.iter().filter(|(key, _)| is_kept(key));
        let meta = meta.map(|(key, value)| match &notes {
            Some(notes) if key == "footnotes" => (key.clone(), notes.clone()),
            _ => (key.clone(), value.clone()),
        });
        Some(Item {
            title: title.html,
            content: content.html,
            excerpt: excerpt.html,
            language: Some(lang.tag().to_owned()),
            meta: meta.collect(),
            comments: 0,
            listed: Some(Rc::new(Listed {
                missing: all.missing,
                by_machine: all.by_machine,
            })),
            ..item.clone()
        })
    }
}

/// Why a text gets no version in a language; `None` where the list has its title and most of it.
fn reason_against(lang: Lang, title: &Applied, all: &Applied, is_same: bool) -> Option<String> {
    let why = if all.is_too_long {
        "the translation would be too long".to_owned()
    } else if all.found_letters <= all.missing_letters {
        let sentences = count(all.found + all.missing.len(), "sentence");
        format!("the list has {} of its {sentences}", all.found)
    } else if !title.missing.is_empty() {
        "the list lacks its title".to_owned()
    } else if is_same {
        "the list says the same as the original".to_owned()
    } else {
        return None;
    };
    Some(format!("it has no version in {}: {why}", lang.tag()))
}

/// A shared block in another language.
fn blocks_in(item: &Item, lang: Lang, list: &Sentences) -> Option<Item> {
    let content = apply(list, &item.content);
    (content.found > 0).then(|| Item {
        content: content.html,
        language: Some(lang.tag().to_owned()),
        listed: Some(Rc::default()),
        ..item.clone()
    })
}

/// The notes at the foot of a text, translated.
fn notes(item: &Item, list: &Sentences) -> (Option<String>, Applied) {
    let mut all = Applied::default();
    let notes = item
        .meta("footnotes")
        .and_then(|notes| serde_json::from_str(notes).ok());
    let Some(Value::Array(mut notes)) = notes else {
        return (None, all);
    };
    for note in &mut notes {
        if let Some(Value::String(text)) = note.get_mut("content") {
            let applied = apply(list, text);
            all.count(&applied);
            *text = applied.html;
        }
    }
    (Some(Value::Array(notes).to_string()), all)
}

impl Tallies {
    /// Says what became of the lists.
    pub(super) fn note(self, report: &mut Report) {
        for (lang, tally) in self.0 {
            let Tally {
                sentences,
                whole,
                drafts,
                by_machine,
                without,
            } = tally;
            let further = [
                ("drafts, because sentences are missing", drafts),
                (
                    "kept back until somebody looks at what a machine wrote",
                    by_machine,
                ),
                ("without a version", without.len()),
            ];
            let further: String = further
                .iter()
                .filter(|(_, number)| *number > 0)
                .map(|(what, number)| format!("; {what}: {number}"))
                .collect();
            report.remarks.push(format!(
                "translations into {}: {} of the list in {}{further}",
                lang.tag(),
                count(sentences, "sentence"),
                count(whole + drafts + by_machine, "text"),
            ));
            let mut notes = without;
            if notes.is_empty() && whole + drafts + by_machine == 0 {
                let what = "the list was used for no text: none is in the language of its originals, or each has a version already";
                notes.push((String::new(), Loss::new(what, "")));
            }
            report.note(format!("translations into {}", lang.tag()), notes);
        }
    }
}
