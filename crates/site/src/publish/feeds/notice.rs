//! Notices as entries of feeds.

use super::{Category, FeedEntry};
use i18n::{Words, date_time, words};
use model::route::Route;
use model::{Lang, Level, Notice, Site, plain_text, title_from_lead};

/// A notice as an entry. Every page shows it; its address is its place on the front page.
pub(super) fn entry<'a>(site: &'a Site, notice: &'a Notice) -> FeedEntry<'a> {
    let lang = site.lang;
    let text = plain_text(&notice.text);
    let (level, name) = level(notice.level, lang);
    let place = |lang| format!("{}#{}", site.address(&Route::Home(lang)), notice.anchor());
    let others = site.languages.iter().filter(|&&other| other != lang);
    let until = notice
        .until
        .map(|until| Words::fill(words(lang).until, &[("time", &date_time(until, lang))]));
    FeedEntry {
        id: place(lang),
        address: place(lang),
        others: others.map(|&other| (other, place(other))).collect(),
        title: format!("{name} – {}", title_from_lead(&text, lang)),
        summary: until.map_or(text.clone(), |until| format!("{text}\n{until}")),
        author: &site.name,
        published: notice.published,
        updated: notice.published,
        categories: vec![Category {
            of: site.address(&Route::Home(lang)),
            term: level,
            label: name,
        }],
        picture: None,
    }
}

/// A level's identifier, and its name for readers.
fn level(level: Level, lang: Lang) -> (&'static str, &'static str) {
    let words = words(lang);
    match level {
        Level::Information => ("information", words.information),
        Level::Warning => ("warning", words.warning),
        Level::Emergency => ("emergency", words.emergency),
    }
}
