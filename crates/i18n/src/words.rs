//! The texts of the interface. `build.rs` fills one struct for each language.

use model::Lang;
#[cfg(not(target_arch = "wasm32"))]
use serde::{Deserialize, Serialize};

/// Every text of the interface: `&'static str` where compiled in, [`String`] where a locale file is
/// checked. `{…}` is a placeholder for [`Words::fill`].
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(Debug, Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Words<Text = &'static str> {
    /// The link that jumps over the header.
    pub skip_to_content: Text,
    /// The accessible name of the language tabs.
    pub languages: Text,
    /// Added to a tab's name where the page does not exist in that language.
    pub not_translated: Text,
    /// Added to a tab's name where a list has no article in that language.
    pub no_articles: Text,
    /// The suggestion of the page in a language that the reader prefers.
    pub also_in_your_language: Text,
    /// The link of that suggestion.
    pub read_in_your_language: Text,
    /// The button that dismisses the suggestion for good.
    pub do_not_suggest: Text,
    /// The accessible name of the section navigation.
    pub sections: Text,
    /// Unfolds the section navigation on a phone.
    pub menu: Text,
    /// The name of the front page.
    pub home: Text,
    /// The accessible name of the notices.
    pub notices: Text,
    /// The level of a notice that is good to know.
    pub information: Text,
    /// The level of a notice about what may go wrong.
    pub warning: Text,
    /// The level of a notice about people in danger.
    pub emergency: Text,
    /// The end of a notice; `{time}`.
    pub until: Text,
    /// The accessible name of the footer's links.
    pub more_pages: Text,
    /// The heading of the links to other agencies' portals.
    pub agencies: Text,
    /// The footer's link to the feed.
    pub feed: Text,
    /// Before the moment of publication.
    pub published: Text,
    /// Before the moment of the last change.
    pub updated: Text,
    /// Before the source's name.
    pub source: Text,
    /// How often an article was read; `{n}`.
    pub views: Plural<Text>,
    /// The day up to which views were counted: `{views}`, `{day}`.
    pub views_as_of: Text,
    /// How long reading an article takes; `{n}` minutes.
    pub reading_time: Plural<Text>,
    /// The name of all of them together.
    pub reading_tools: Text,
    /// The name of the display settings.
    pub display_settings: Text,
    /// The texts of the reading tools.
    #[cfg(not(target_arch = "wasm32"))]
    pub tools: Tools<Text>,
    /// Before the author's name.
    pub author: Text,
    /// Before a picture's author.
    pub credit: Text,
    /// The name of a gallery without a title.
    pub gallery: Text,
    /// Which of a gallery's pictures is shown; `{n}`, `{total}`.
    pub picture_of: Text,
    /// The button for the previous picture.
    pub previous_picture: Text,
    /// The button for the next picture.
    pub next_picture: Text,
    /// The button that closes the picture viewer.
    pub close: Text,
    /// The link to the page that shows a film; `{host}`.
    pub watch_at: Text,
    /// The summary of a recording's folded transcript.
    pub transcript: Text,
    /// A file's kind and size; `{kind}`, `{size}`.
    pub file_about: Text,
    /// A file with text; `{type}` is its extension, as in the four below.
    pub text_document: Text,
    /// A file with a spreadsheet.
    pub spreadsheet: Text,
    /// A file with slides.
    pub presentation: Text,
    /// A file with rows of figures.
    pub data_table: Text,
    /// A file with other files in it.
    pub packed_file: Text,
    /// The name of key facts without a title.
    pub key_facts: Text,
    /// Before a postal address.
    pub address: Text,
    /// Before a telephone number.
    pub telephone: Text,
    /// Before a fax number.
    pub fax: Text,
    /// Before an e-mail address.
    pub email_address: Text,
    /// Before a web address.
    pub website: Text,
    /// Before the hours when somebody is there.
    pub opening_hours: Text,
    /// Before the moment of an event.
    pub when: Text,
    /// Before the place of an event.
    pub event_place: Text,
    /// The link to an event's file for calendars.
    pub add_to_calendar: Text,
    /// Above a translation whose original has changed since.
    pub outdated: Text,
    /// The link from there to the original; the original's language follows it.
    pub read_original: Text,
    /// Before the list of an article's place names that have changed.
    pub places: Text,
    /// An entry of that list; `{former}`, `{present}`, `{date}`.
    pub place: Text,
    /// Before the languages of the parallel view.
    pub beside: Text,
    /// The link that ends the parallel view.
    pub alone: Text,
    /// Announces the parallel view; `{language}`.
    pub beside_shown: Text,
    /// Announces its end.
    pub beside_gone: Text,
    /// Where the parallel version could not be loaded.
    pub beside_failed: Text,
    /// The heading of what was corrected.
    pub corrections: Text,
    /// The heading of an article's citation.
    pub cite: Text,
    /// A citation; `{author}`, `{title}`, `{site}`, `{date}`, `{address}`.
    pub citation: Text,
    /// A citation without an author; `{title}`, `{site}`, `{date}`, `{address}`.
    pub citation_unsigned: Text,
    /// Pairs of quotation marks: one that a title may have, and its nested form inside a citation.
    pub citation_marks: Text,
    /// The advice to add the date of reading to a citation.
    pub citation_advice: Text,
    /// The button that copies the citation.
    pub copy_citation: Text,
    /// The accessible name of the links to the next articles of a section; `{section}`.
    pub neighbours: Text,
    /// The link to the next newer article.
    pub newer_article: Text,
    /// The link to the next older article.
    pub older_article: Text,
    /// The heading of the related articles.
    pub related: Text,
    /// The heading of the share row.
    pub share: Text,
    /// A share link's name; `{network}`.
    pub share_on: Text,
    /// The e-mail share link's name.
    pub share_by_mail: Text,
    /// The visible label of that link, which is part of its name.
    pub email: Text,
    /// The text alternative of the QR code.
    pub qr_code: Text,
    /// How to open the page in WeChat with the QR code.
    pub scan: Text,
    /// The button that opens the device's share dialog.
    pub share_with_app: Text,
    /// The button that copies the address.
    pub copy_link: Text,
    /// The field that holds the address to copy.
    pub page_address: Text,
    /// The heading of the stories that the editors chose for the front page.
    pub picks: Text,
    /// The link from a section on the front page to all its articles; `{section}`.
    pub all_of_section: Text,
    /// The heading of the articles that were read most.
    pub most_read: Text,
    /// Where a list has nothing in this language.
    pub empty_list: Text,
    /// The link to the front of a list.
    pub newest: Text,
    /// The link to newer articles of a list.
    pub newer: Text,
    /// The link to older articles of a list.
    pub older: Text,
    /// A numbered part of a list; `{n}`, counted from the oldest.
    pub part: Text,
    /// The title of a numbered part of a list; `{topic}`, `{part}`.
    pub part_title: Text,
    /// The period of an event or of a list's articles; `{from}`, `{to}`.
    pub period: Text,
    /// The accessible name of the links to newer and older articles.
    pub more_articles: Text,
    /// The name of the page with all years and months.
    pub archive: Text,
    /// How many articles a month or a year has; `{n}`.
    pub articles: Plural<Text>,
    /// The accessible name of the breadcrumb.
    pub breadcrumb: Text,
    /// The name of the page with all tags.
    pub tags: Text,
    /// The name of the search page.
    pub search: Text,
    /// Where there is no JavaScript or no WebAssembly.
    pub search_needs: Text,
    /// Where the search could not be loaded.
    pub search_failed: Text,
    /// Before the search page's links to archive, tags and sections.
    pub search_instead: Text,
    /// The texts of the search. The browser program leaves them out: the native tool passes them to
    /// the search script.
    #[cfg(not(target_arch = "wasm32"))]
    pub finding: Finding<Text>,
    /// The title of the page for an article without a version in this language.
    pub untranslated_title: Text,
    /// The text of that page.
    pub untranslated_text: Text,
    /// Before the links to the existing versions.
    pub read_it_in: Text,
    /// The title of the page where nothing was found.
    pub not_found_title: Text,
    /// The text of that page.
    pub not_found_text: Text,
    /// The link to the front page.
    pub to_home: Text,
    /// While a page takes long to load.
    pub loading: Text,
    /// Says that the page that is shown has another text now.
    pub updated_page: Text,
    /// The button that shows it.
    pub show_update: Text,
    /// Says that an emergency was published while the page was open.
    pub new_emergency: Text,
    /// The button that leads to it.
    pub show_emergency: Text,
    /// Where a page could not be loaded because nothing answered.
    pub failed_network: Text,
    /// Where a page could not be loaded because the server failed.
    pub failed_server: Text,
    /// The button that tries again.
    pub retry: Text,
    /// The link that opens the page by a full load.
    pub open_directly: Text,
    /// A page's title in the browser's tab; `{page}`, `{site}`.
    pub tab_title: Text,
    /// The heading of the page that asks for a language.
    #[cfg(not(target_arch = "wasm32"))]
    pub choose_language: Text,
    /// The texts of the pages that the native tool makes of the register, the calendar and the like.
    #[cfg(not(target_arch = "wasm32"))]
    pub duties: Duties<Text>,
    /// How dates, times and numbers are written.
    pub date_time: DateTime<Text>,
}

/// A text that depends on a number; `{n}`. Of the five languages only English uses `one`.
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(Debug, Deserialize, Serialize),
    serde(deny_unknown_fields)
)]
pub struct Plural<Text = &'static str> {
    /// For one.
    pub one: Text,
    /// For any other number.
    pub other: Text,
}

/// The texts of the search. `{n}` is the number of articles found, `{since}` how far back was
/// searched.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Finding<Text = &'static str> {
    /// The label of the query field.
    pub what: Text,
    /// The label of the section field.
    pub section: Text,
    /// The option for all sections.
    pub all_sections: Text,
    /// The label of the year field.
    pub year: Text,
    /// The option for all years.
    pub all_years: Text,
    /// While a search takes long.
    pub searching: Text,
    /// Marks a result that is a standing page.
    pub page: Text,
    /// The number of results, where all articles were searched.
    pub found: Plural<Text>,
    /// The number of results, where older articles were not searched yet.
    pub found_since: Plural<Text>,
    /// Where nothing was found.
    pub none: Text,
    /// Where nothing was found, and older articles were not searched yet.
    pub none_since: Text,
    /// The advice after no result.
    pub advice: Text,
    /// The button for more results.
    pub more: Text,
    /// The button that searches older articles.
    pub older: Text,
}

/// The texts of what `src/lazy/controls.js` does: display settings, reading aloud, printing, saving,
/// copying and sharing. The script gets them as a file.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tools<Text = &'static str> {
    /// The theme.
    pub theme: Text,
    /// The themes: as the device has it, light, dark, high contrast.
    pub themes: [Text; 4],
    /// The size of the text.
    pub text_size: Text,
    /// The space between lines.
    pub line_spacing: Text,
    /// The line spacings: normal, wide, widest.
    pub spacings: [Text; 3],
    /// The button that begins to read aloud.
    pub read_aloud: Text,
    /// The button that pauses it.
    pub pause: Text,
    /// The button that resumes it.
    pub resume: Text,
    /// The button that ends it.
    pub stop: Text,
    /// Where reading aloud failed.
    pub aloud_failed: Text,
    /// The button that prints.
    pub print: Text,
    /// The button that saves the page as one file.
    pub save: Text,
    /// While it is saved.
    pub saving: Text,
    /// After the browser got it; `{file}`. No page hears whether it was written.
    pub saved: Text,
    /// The same without some pictures; `{file}`, `{n}`.
    pub saved_without: Text,
    /// Where it could not be saved.
    pub save_failed: Text,
    /// The note in the saved file; `{date}`, `{address}`.
    pub saved_copy: Text,
    /// After the citation was copied.
    pub citation_copied: Text,
    /// Where copying is not allowed.
    pub citation_refused: Text,
    /// Where the share dialog failed.
    pub share_failed: Text,
    /// After the address was copied.
    pub link_copied: Text,
    /// Where copying is not allowed.
    pub copy_refused: Text,
}

/// The texts of the pages that the native tool makes, and of the link that reports an error. The
/// browser program leaves them out: it gets them in documents.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duties<Text = &'static str> {
    /// The name of the register of documents.
    pub documents: Text,
    /// The title of a part of the register; `{what}` is a year, an issuer or a kind.
    pub documents_of: Text,
    /// How many documents there are.
    pub documents_count: Plural<Text>,
    /// The link to the whole register.
    pub all_documents: Text,
    /// Where the register has no document.
    pub no_documents: Text,
    /// The heading of the years.
    pub by_year: Text,
    /// The heading of the issuers.
    pub by_issuer: Text,
    /// The heading of the kinds.
    pub by_kind: Text,
    /// A document's number.
    pub number: Text,
    /// The day on which it was issued.
    pub issued: Text,
    /// Who issued it.
    pub issuer: Text,
    /// What kind of document it is.
    pub kind: Text,
    /// What it is about.
    pub subject: Text,
    /// The first day on which it is in force.
    pub in_force_from: Text,
    /// The last day on which it is in force.
    pub in_force_until: Text,
    /// Before the documents whose place it takes.
    pub replaces: Text,
    /// Before the document that takes its place.
    pub replaced_by: Text,
    /// The heading of its files.
    pub files: Text,
    /// Before the languages in which its subject is written, where that is not this one.
    pub subject_in: Text,
    /// A file in another language; `{title}`, `{language}`.
    pub file_in: Text,
    /// The part of a list; `{n}`, `{total}`.
    pub page_of: Text,
    /// The link to newer documents.
    pub newer_documents: Text,
    /// The link to older documents.
    pub older_documents: Text,
    /// The languages, in the order of the tabs.
    pub language_names: [Text; 5],
    /// The name of the calendar.
    pub events: Text,
    /// What it shows.
    pub events_lead: Text,
    /// Where nothing is coming.
    pub no_events: Text,
    /// Where a month has no event in this language.
    pub no_events_in_month: Text,
    /// The heading of the months.
    pub months: Text,
    /// The title of a month; `{month}`.
    pub event_month: Text,
    /// What it shows; `{month}`.
    pub event_month_lead: Text,
    /// The name of the page with past events.
    pub past_events: Text,
    /// What it shows.
    pub past_events_lead: Text,
    /// The column with the events' names.
    pub event: Text,
    /// Before the link to the article about an event.
    pub read_more: Text,
    /// The file with all events.
    pub calendar_file: Text,
    /// The link to the calendar.
    pub to_calendar: Text,
    /// The name of the site map.
    pub site_map: Text,
    /// What it shows.
    pub site_map_lead: Text,
    /// The heading of the standing pages.
    pub portal_pages: Text,
    /// The heading of the months with articles.
    pub by_month: Text,
    /// The name of the page with the view counts.
    pub statistics: Text,
    /// What it shows.
    pub statistics_lead: Text,
    /// How often all articles were read.
    pub all_views: Plural<Text>,
    /// Up to when was counted; `{day}`.
    pub counted_until: Text,
    /// Since when each month was counted; `{month}`.
    pub counted_since: Text,
    /// The heading of the months' views.
    pub views_by_month: Text,
    /// The column with the months.
    pub month: Text,
    /// The column with the views.
    pub views_column: Text,
    /// The column with the articles.
    pub article: Text,
    /// The name of the assessment of accessibility.
    pub assessment: Text,
    /// When and by which standards; `{day}`, `{standards}`.
    pub assessment_lead: Text,
    /// How far the portal conforms: in full, in part, not yet.
    pub conformance: [Text; 3],
    /// The heading of the automatic tests.
    pub automatic_tests: Text,
    /// The column with their days.
    pub test_day: Text,
    /// The column with the programs.
    pub test_tool: Text,
    /// The column with the number of pages.
    pub test_pages: Text,
    /// The column with the number of problems.
    pub test_findings: Text,
    /// What such tests cannot do.
    pub tests_limit: Text,
    /// The heading of the known problems.
    pub known_problems: Text,
    /// Where there are none.
    pub no_known_problems: Text,
    /// Behind a problem: until when it is mended; `{day}`.
    pub mended_by: Text,
    /// The heading of the contact.
    pub report_barrier: Text,
    /// Before the mailbox.
    pub report_barrier_text: Text,
    /// The link that reports an error in an article.
    pub report_error: Text,
    /// The subject of that mail; `{title}`.
    pub report_subject: Text,
    /// Its body; `{address}`, `{language}`.
    pub report_body: Text,
    /// The footer's note on cookies and tracking.
    pub no_tracking: Text,
    /// The same note where the state's monitoring counts visits; `{page}` is the privacy notice.
    pub monitored: Text,
    /// The heading of what the privacy notice says of that.
    pub monitoring: Text,
    /// Why it is there; `{script}` is a host.
    pub monitoring_why: Text,
    /// What is sent; `{tracker}` is a host.
    pub monitoring_sent: Text,
    /// What readers can do.
    pub monitoring_without: Text,
}

/// How dates, times and numbers are written.
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(Debug, Deserialize),
    serde(deny_unknown_fields)
)]
pub struct DateTime<Text = &'static str> {
    /// Day and time. `{d}` `{dd}` day, `{m}` `{mm}` month, `{month}` its name, `{yyyy}` year,
    /// `{hh}` hour of 24, `{min}` minute; doubled letters have two digits.
    pub pattern: Text,
    /// A month: `{m}`, `{month}`, `{yyyy}`.
    pub month: Text,
    /// A year: `{yyyy}`.
    pub year: Text,
    /// The months' names.
    pub months: [Text; 12],
    /// The thousands separator.
    pub group: Text,
    /// The decimal separator.
    pub decimal: Text,
}

impl Words {
    /// Fills placeholders:
    /// `Words::fill("{page} – {site}", &[("page", "Port"), ("site", "Portal")])`. Values are not
    /// scanned for placeholders, so that a title with braces stays as it is.
    pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
        let mut filled = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}') else {
                break;
            };
            let name = &rest[open + 1..open + close];
            filled.push_str(&rest[..open]);
            match values.iter().find(|(key, _)| *key == name) {
                Some((_, value)) => filled.push_str(value),
                None => filled.push_str(&rest[open..=open + close]),
            }
            rest = &rest[open + close + 1..];
        }
        filled.push_str(rest);
        filled
    }
}

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// The words of a language.
pub fn words(lang: Lang) -> &'static Words {
    static WORDS: [Words; 5] = [VI, EN, KO, JA, ZH_HANS];
    match lang {
        Lang::Vi => &WORDS[0],
        Lang::En => &WORDS[1],
        Lang::Ko => &WORDS[2],
        Lang::Ja => &WORDS[3],
        Lang::ZhHans => &WORDS[4],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_all_its_words_and_no_others() {
        for lang in Lang::ALL {
            assert!(!words(lang).home.is_empty());
        }
    }

    #[test]
    fn what_is_put_in_is_not_looked_at_again() {
        assert_eq!(
            Words::fill("{page} – {site}", &[("page", "{site}"), ("site", "P")]),
            "{site} – P"
        );
        assert_eq!(Words::fill("{unknown} {", &[]), "{unknown} {");
    }
}
