//! The words of the interface.

use model::Lang;
#[cfg(not(target_arch = "wasm32"))]
use serde::{Deserialize, Serialize};

/// Every word that the portal itself says; compiled in as constants, or as [`String`]s where a locale file is checked. `{…}` stands for what is put in: [`Words::fill`].
#[cfg_attr(not(target_arch = "wasm32"), derive(Debug, Deserialize), serde(deny_unknown_fields))]
pub struct Words<Text = &'static str> {
    /// The link that jumps over the header.
    pub skip_to_content: Text,
    /// What the language tabs are, for assistive technology.
    pub languages: Text,
    /// Added to a tab's name where the page is not there in that language.
    pub not_translated: Text,
    /// Added to a tab's name where a list has no article in that language.
    pub no_articles: Text,
    /// Says to a reader who prefers this language that the page is there in it.
    pub also_in_your_language: Text,
    /// The link to it.
    pub read_in_your_language: Text,
    /// The button that puts this suggestion away for good.
    pub do_not_suggest: Text,
    /// What the section navigation is, for assistive technology.
    pub sections: Text,
    /// Unfolds the section navigation on a phone.
    pub menu: Text,
    /// The name of the front page.
    pub home: Text,
    /// What the notices are, for assistive technology.
    pub notices: Text,
    /// The level of a notice that is good to know.
    pub information: Text,
    /// The level of a notice about what may go wrong.
    pub warning: Text,
    /// The level of a notice about people in danger.
    pub emergency: Text,
    /// When a notice stops to matter; `{time}`.
    pub until: Text,
    /// What the footer's links are, for assistive technology.
    pub more_pages: Text,
    /// The heading of the links to other agencies' portals.
    pub agencies: Text,
    /// The footer's line on how the portal treats its readers.
    pub no_tracking: Text,
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
    /// How long reading an article takes; `{n}` minutes.
    pub reading_time: Plural<Text>,
    /// What readers can do with a page.
    pub tools: Tools<Text>,
    /// Before the author's name.
    pub author: Text,
    /// Before a picture's author.
    pub credit: Text,
    /// What a gallery without a title is called.
    pub gallery: Text,
    /// Which of a gallery's pictures is shown; `{n}`, `{total}`.
    pub picture_of: Text,
    /// The button for the picture before.
    pub previous_picture: Text,
    /// The button for the picture after.
    pub next_picture: Text,
    /// The button that closes what stands over the page.
    pub close: Text,
    /// The link to the page that shows a film; `{host}`.
    pub watch_at: Text,
    /// What unfolds the words of a recording.
    pub transcript: Text,
    /// What a file is and how large; `{kind}`, `{size}`.
    pub file_about: Text,
    /// A file with text; `{type}` is its ending, as in the four below.
    pub text_document: Text,
    /// A file with a spreadsheet.
    pub spreadsheet: Text,
    /// A file with slides.
    pub presentation: Text,
    /// A file with rows of figures.
    pub data_table: Text,
    /// A file with other files in it.
    pub packed_file: Text,
    /// What key facts without a title are called.
    pub key_facts: Text,
    /// Before the address of letters and visitors.
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
    /// Above an article that has the former names of places.
    pub places: Text,
    /// One of these names; `{former}`, `{present}`, `{date}`.
    pub place: Text,
    /// Before the languages in which an article can be read beside the language of the page.
    pub beside: Text,
    /// The choice of the page's language alone.
    pub alone: Text,
    /// After another language has come beside the page's; `{language}`.
    pub beside_shown: Text,
    /// After it has gone again.
    pub beside_gone: Text,
    /// Where the other language did not come.
    pub beside_failed: Text,
    /// The heading of what was corrected.
    pub corrections: Text,
    /// The heading of an article's citation.
    pub cite: Text,
    /// A citation; `{author}`, `{title}`, `{site}`, `{date}`, `{address}`.
    pub citation: Text,
    /// The same where nobody is named as the author.
    pub citation_unsigned: Text,
    /// Quotation marks within a title as a citation writes them: each is followed by what stands for it.
    pub citation_marks: Text,
    /// What a reader adds to a citation.
    pub citation_advice: Text,
    /// The button that copies the citation.
    pub copy_citation: Text,
    /// After it was copied.
    pub citation_copied: Text,
    /// Where copying is not allowed.
    pub citation_refused: Text,
    /// What the links to the next articles of a section are, for assistive technology; `{section}`.
    pub neighbours: Text,
    /// The link to the article that came after.
    pub newer_article: Text,
    /// The link to the article that came before.
    pub older_article: Text,
    /// The heading of the related articles.
    pub related: Text,
    /// The heading of the share row.
    pub share: Text,
    /// A share link's name; `{network}`.
    pub share_on: Text,
    /// The e-mail share link's name.
    pub share_by_mail: Text,
    /// What that link shows; a part of its name.
    pub email: Text,
    /// What the picture of a QR code is.
    pub qr_code: Text,
    /// How WeChat's readers take the page from the QR code.
    pub scan: Text,
    /// The button that opens the device's own way to share.
    pub share_with_app: Text,
    /// Where that failed.
    pub share_failed: Text,
    /// The button that copies the address.
    pub copy_link: Text,
    /// After the address was copied.
    pub link_copied: Text,
    /// Where copying is not allowed.
    pub copy_refused: Text,
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
    /// What a numbered part of a list is called; `{topic}`, `{part}`.
    pub part_title: Text,
    /// The days from which the articles of a part are; `{from}`, `{to}`.
    pub period: Text,
    /// What the links to newer and older articles are, for assistive technology.
    pub more_articles: Text,
    /// The name of the page with all years and months.
    pub archive: Text,
    /// How many articles a month or a year has; `{n}`.
    pub articles: Plural<Text>,
    /// What the links to the pages above a page are, for assistive technology.
    pub breadcrumb: Text,
    /// The name of the page with all tags.
    pub tags: Text,
    /// The name of the page that searches.
    pub search: Text,
    /// Where there is no JavaScript or no WebAssembly.
    pub search_needs: Text,
    /// Where what searches could not be loaded.
    pub search_failed: Text,
    /// Before the links to what there is.
    pub search_instead: Text,
    /// What is said while searching. The browser program goes without: the search script has it from the native tool.
    #[cfg(not(target_arch = "wasm32"))]
    pub finding: Finding<Text>,
    /// The title of the page for an article that is not there in this language.
    pub untranslated_title: Text,
    /// What that page says.
    pub untranslated_text: Text,
    /// Before the versions that there are.
    pub read_it_in: Text,
    /// The title of the page where nothing was found.
    pub not_found_title: Text,
    /// What that page says.
    pub not_found_text: Text,
    /// The link to the front page.
    pub to_home: Text,
    /// While a page takes long.
    pub loading: Text,
    /// Where a page could not be loaded because nothing answered.
    pub failed_network: Text,
    /// Where a page could not be loaded because the server failed.
    pub failed_server: Text,
    /// Where what came was no page of this portal.
    pub failed_answer: Text,
    /// The button that tries again.
    pub retry: Text,
    /// The link that opens the page without the program.
    pub open_directly: Text,
    /// A page's title in the browser's tab; `{page}`, `{site}`.
    pub tab_title: Text,
    /// The heading of the page that asks for a language.
    pub choose_language: Text,
    /// How dates, times and numbers are written.
    pub date_time: DateTime<Text>,
}

/// A text that depends on a number; `{n}`. Of the five languages only English uses `one`.
#[cfg_attr(not(target_arch = "wasm32"), derive(Debug, Deserialize, Serialize), serde(deny_unknown_fields))]
pub struct Plural<Text = &'static str> {
    /// For one.
    pub one: Text,
    /// For any other number.
    pub other: Text,
}

/// What is said while searching; `{n}` is how many articles were found, `{since}` the moment back to which was searched.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Finding<Text = &'static str> {
    /// The field for what is searched.
    pub what: Text,
    /// The field for the section that is searched.
    pub section: Text,
    /// In that field: all of them.
    pub all_sections: Text,
    /// The field for the year that is searched.
    pub year: Text,
    /// In that field: all of them.
    pub all_years: Text,
    /// While it takes long.
    pub searching: Text,
    /// What a result is that is no article but a standing page.
    pub page: Text,
    /// Where all that there is was searched.
    pub found: Plural<Text>,
    /// Where older articles were not searched yet.
    pub found_since: Plural<Text>,
    /// Where nothing was found.
    pub none: Text,
    /// Where nothing was found, and older articles were not searched yet.
    pub none_since: Text,
    /// What to try then.
    pub advice: Text,
    /// The button for more of what was found.
    pub more: Text,
    /// The button that goes on with older articles.
    pub older: Text,
}

/// What readers can do with a page: how it looks, and reading aloud, printing and saving it.
#[cfg_attr(not(target_arch = "wasm32"), derive(Debug, Deserialize), serde(deny_unknown_fields))]
pub struct Tools<Text = &'static str> {
    /// The name of all of them together.
    pub reading_tools: Text,
    /// The name of those that say how all pages look.
    pub display: Text,
    /// The colours.
    pub theme: Text,
    /// The themes: as the device has it, light, dark, high contrast.
    pub themes: [Text; 4],
    /// The size of the text.
    pub text_size: Text,
    /// The space between lines.
    pub line_spacing: Text,
    /// How much of it: as usual, more, most.
    pub spacings: [Text; 3],
    /// The button that begins to read aloud.
    pub read_aloud: Text,
    /// The button that pauses it.
    pub pause: Text,
    /// The button that goes on with it.
    pub resume: Text,
    /// The button that ends it.
    pub stop: Text,
    /// Where the device does not read.
    pub aloud_failed: Text,
    /// The button that prints.
    pub print: Text,
    /// The button that saves the page as one file.
    pub save: Text,
    /// While it is saved.
    pub saving: Text,
    /// After it was saved; `{file}`.
    pub saved: Text,
    /// After it was saved without some pictures; `{file}`, `{n}`.
    pub saved_without: Text,
    /// Where it could not be saved.
    pub save_failed: Text,
    /// What the file says of itself; `{date}`, `{address}`.
    pub saved_copy: Text,
}

/// How dates, times and numbers are written.
#[cfg_attr(not(target_arch = "wasm32"), derive(Debug, Deserialize), serde(deny_unknown_fields))]
pub struct DateTime<Text = &'static str> {
    /// Day and time. `{d}` `{dd}` day, `{m}` `{mm}` month, `{month}` its name, `{yyyy}` year, `{hh}` hour of 24,
    /// `{min}` minute; doubled letters have two digits.
    pub pattern: Text,
    /// A month: `{m}`, `{month}`, `{yyyy}`.
    pub month: Text,
    /// A year: `{yyyy}`.
    pub year: Text,
    /// The months' names.
    pub months: [Text; 12],
    /// What stands between groups of three digits.
    pub group: Text,
    /// What stands before the tenths.
    pub decimal: Text,
}

impl Words {
    /// Puts values into a text: `Words::fill("{page} – {site}", &[("page", "Port"), ("site", "Portal")])`. What is put
    /// in is not looked at again, so that a title with braces stays as it is.
    pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
        let mut filled = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}') else { break };
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
        assert_eq!(Words::fill("{page} – {site}", &[("page", "{site}"), ("site", "P")]), "{site} – P");
        assert_eq!(Words::fill("{unknown} {", &[]), "{unknown} {");
    }
}
