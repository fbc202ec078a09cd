//! Reads the export format of WordPress (WXR), which is RSS with WordPress' own elements. Nothing
//! is judged here.
//!
//! A document type is refused, and with it every entity that a file could declare.

mod arrival;
mod channel;
mod encodings;
mod mend;
mod refused;

use crate::loss::Loss;
use arrival::Arrived;
use channel::{children, read_channel};
use editorial::check::xml_limits;
use editorial::diagnostics::Problem;
use encoding_rs::Encoding;
use mend::mend;
use roxmltree::Document;
use std::collections::BTreeMap;
use std::rc::Rc;

/// An export.
#[derive(Debug, Default)]
pub struct Export {
    /// The sites, by their addresses in the form of [`comparable`](super::addresses::comparable).
    pub sites: BTreeMap<Rc<str>, Site>,
    /// Posts, pages, attachments and whatever else there is, of all sites.
    pub items: Vec<Item>,
    /// How many characters that XML cannot hold were read as spaces.
    pub mended: usize,
    /// What was undone or left out of the files, each with the name of its file.
    pub notes: Vec<(String, Loss)>,
}

/// The names and numbers of one site. Each site numbers its items from 1 and has categories of its
/// own.
#[derive(Debug, Default)]
pub struct Site {
    /// Its address.
    pub address: String,
    /// The display names of the authors, by their login names.
    pub authors: BTreeMap<String, String>,
    /// The categories by their slugs: name and the slug of the parent.
    pub categories: BTreeMap<String, (String, String)>,
    /// The translation group of each text, by the number of the text.
    pub translations: BTreeMap<u64, String>,
    /// The language that the site says it is in; of a site in several languages, one of them.
    pub language: String,
    /// The login names of the authors, by their numbers.
    pub author_numbers: BTreeMap<u64, String>,
    /// The slugs of the categories, by their numbers.
    pub category_numbers: BTreeMap<u64, String>,
}

/// An item of an export, such as a post or an attachment.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// The key of its site in [`Export::sites`].
    pub site: Rc<str>,
    /// Its number there; `None` where it has none.
    pub number: Option<u64>,
    /// Its file and line.
    pub place: String,
    /// Its permanent identifier, which has the form of an address.
    pub guid: String,
    /// `post`, `page`, `attachment`, or what a plug-in calls it.
    pub kind: String,
    pub title: String,
    /// Its address.
    pub link: String,
    /// The author's login name.
    pub creator: String,
    pub status: String,
    pub password: String,
    /// Its name in addresses, percent-encoded.
    pub name: String,
    /// The number of its parent.
    pub parent: Option<u64>,
    /// Dates as `YYYY-MM-DD hh:mm:ss`: by the site's clock and in UTC.
    pub date: String,
    pub date_gmt: String,
    pub modified: String,
    pub modified_gmt: String,
    pub content: String,
    pub excerpt: String,
    pub terms: Vec<Term>,
    pub meta: Vec<(String, String)>,
    pub comments: usize,
    pub attachment_url: String,
    pub order: i64,
    /// The code of its language, where one text held several.
    pub language: Option<String>,
    /// Its translations: the code of the language and the number of each.
    pub translations: Vec<(String, u64)>,
    /// What a list of translations had of it, where it was made of one.
    pub listed: Option<Rc<Listed>>,
}

/// What a list of translations had of a text.
#[derive(Debug, Default)]
pub struct Listed {
    /// The sentences that it lacked.
    pub missing: Vec<String>,
    /// How many translations a machine had written.
    pub by_machine: usize,
}

/// A term that an item has.
#[derive(Clone, Debug)]
pub struct Term {
    /// `category`, `post_tag`, `language`, …
    pub taxonomy: String,
    pub slug: String,
    pub name: String,
}

impl Export {
    /// Adds another part of the same export.
    pub fn join(&mut self, part: Self) {
        for (key, site) in part.sites {
            self.sites.entry(key).or_default().join(site);
        }
        self.items.extend(part.items);
        self.mended += part.mended;
        self.notes.extend(part.notes);
    }

    /// The site of an item.
    pub fn site(&self, item: &Item) -> Option<&Site> {
        self.sites.get(&item.site)
    }
}

impl Site {
    fn join(&mut self, part: Self) {
        if self.address.is_empty() {
            self.address = part.address;
        }
        if self.language.is_empty() {
            self.language = part.language;
        }
        self.author_numbers.extend(part.author_numbers);
        self.category_numbers.extend(part.category_numbers);
        self.authors.extend(part.authors);
        self.categories.extend(part.categories);
        self.translations.extend(part.translations);
    }
}

impl Item {
    /// Whether it has any words.
    pub fn has_words(&self) -> bool {
        [&self.title, &self.content, &self.excerpt]
            .iter()
            .any(|text| !text.trim().is_empty())
    }

    /// What tells it from all other items, and is the same in all its languages. Several items may stand
    /// on one line.
    pub fn identity(&self) -> String {
        let Self {
            site,
            place,
            name,
            date,
            ..
        } = self;
        let number = self.number.map(|number| number.to_string());
        format!(
            "{site} {place} {} {name} {date}",
            number.unwrap_or_default()
        )
    }

    /// The value of a meta key; `None` where it is missing or empty.
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The terms of a taxonomy.
    pub fn terms<'a>(&'a self, taxonomy: &'a str) -> impl Iterator<Item = &'a Term> {
        self.terms
            .iter()
            .filter(move |term| term.taxonomy == taxonomy)
    }
}

/// Reads a file's bytes: an export, or an archive of several. `name` is what the file is called in
/// problems, and `encoding` the encoding that somebody says it has.
///
/// # Errors
/// Where the bytes are no export. The problem says why, at its place.
pub fn read(
    name: &str,
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
) -> Result<Export, Problem> {
    let mut export = Export::default();
    for arrived in arrival::arrive(name, bytes, encoding)? {
        export.join(parse(arrived)?);
    }
    Ok(export)
}

/// The text of a file beside an export, which may be packed, in any encoding that [`read`] knows.
///
/// # Errors
/// Where it cannot be unpacked, or is in no such encoding.
pub fn plain(
    name: &str,
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
    notes: &mut Vec<Loss>,
) -> Result<String, Problem> {
    arrival::plain(name, bytes, encoding, notes)
}

fn parse(arrived: Arrived) -> Result<Export, Problem> {
    let Arrived { name, text, notes } = arrived;
    let (text, mended) = mend(&text);
    xml_limits::check(&text).map_err(|excess| refused::excessive(&name, &text, &excess))?;
    let document = Document::parse(&text).map_err(|error| refused::broken(&name, &text, &error))?;
    let root = document.root_element();
    let is_version =
        |node: roxmltree::Node<'_, '_>| node.tag_name().namespace().is_some_and(is_wordpress);
    let is_export =
        |channel: &roxmltree::Node<'_, '_>| children(*channel, "wxr_version").any(is_version);
    let channel = children(root, "channel")
        .next()
        .filter(|_| root.tag_name().name() == "rss")
        .filter(is_export);
    let Some(channel) = channel else {
        return Err(refused::foreign(&name, &text, root));
    };
    let mut export = Export {
        mended,
        notes: notes.into_iter().map(|note| (name.clone(), note)).collect(),
        ..Export::default()
    };
    read_channel(channel, &name, &mut export);
    Ok(export)
}

/// Whether a namespace is that of WordPress' exports.
fn is_wordpress(namespace: &str) -> bool {
    namespace.contains("wordpress.org/export")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wxr(items: &str) -> String {
        format!(
            "<rss xmlns:wp='http://wordpress.org/export/1.2/' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/'><channel><wp:wxr_version>1.2</wp:wxr_version>{items}</channel></rss>"
        )
    }

    #[test]
    fn text_that_is_cut_into_several_sections_is_one_text() {
        let xml = wxr(
            "<item><content:encoded><![CDATA[a ]]]]><![CDATA[> b]]> c &lt;d></content:encoded><excerpt:encoded>e</excerpt:encoded></item>",
        );
        let export = read("x", xml.as_bytes(), None).unwrap();
        assert_eq!(
            (
                export.items[0].content.as_str(),
                export.items[0].excerpt.as_str()
            ),
            ("a ]]> b c <d>", "e")
        );
    }

    #[test]
    fn characters_that_no_xml_can_hold_are_mended_and_counted() {
        let export = read(
            "x",
            wxr("<item><title>a\u{8}b\u{ffff}</title></item>").as_bytes(),
            None,
        )
        .unwrap();
        assert_eq!(
            (export.items[0].title.as_str(), export.mended),
            ("a b   ", 2)
        );
    }

    #[test]
    fn polylangs_groups_are_read_from_phps_form() {
        let xml = wxr(
            "<wp:term><wp:term_taxonomy>post_translations</wp:term_taxonomy><wp:term_slug>pll_1</wp:term_slug><wp:term_description>a:2:{s:2:\"vi\";i:12;s:2:\"en\";i:15;}</wp:term_description></wp:term>",
        );
        let export = read("x", xml.as_bytes(), None).unwrap();
        assert_eq!(
            export.sites.values().next().unwrap().translations,
            BTreeMap::from([(12, "pll_1".to_owned()), (15, "pll_1".to_owned())])
        );
    }

    #[test]
    fn what_is_no_export_is_refused_at_its_place() {
        for (xml, line, part) in [
            (
                "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>&a;</rss>".to_owned(),
                1,
                "<!DOCTYPE>",
            ),
            ("<rss>\n<channel>".to_owned(), 2, "ends too early"),
            ("<rss>\n</channel></rss>".to_owned(), 2, "not well-formed"),
            ("<rss>\n<chan".to_owned(), 2, "ends too early"),
            (
                "\n<rss><channel><title>x</title></channel></rss>".to_owned(),
                2,
                "not a WordPress export",
            ),
            ("<html/>".to_owned(), 1, "not a WordPress export"),
        ] {
            let problem = read("x.xml", xml.as_bytes(), None).unwrap_err();
            assert!(problem.message.contains(part), "{xml}: {}", problem.message);
            assert_eq!(problem.location.unwrap().line, line, "{xml}");
        }
        let problem = read("x.xml", b"<rss>\n\xff</rss>", None).unwrap_err();
        assert_eq!(
            (&*problem.message, problem.location.unwrap().line),
            ("the file is not UTF-8", 2)
        );
        for (text, part) in [
            ("", "nothing in the file"),
            ("\u{feff} \n", "nothing in the file"),
            ("{}", "JSON"),
        ] {
            let problem = read("x.xml", text.as_bytes(), None).unwrap_err();
            assert!(
                problem.message.contains(part),
                "{text:?}: {}",
                problem.message
            );
        }
    }

    #[test]
    fn no_depth_ends_the_stack() {
        let xml = wxr(&format!(
            "{}{}",
            "<a>".repeat(200_000),
            "</a>".repeat(200_000)
        ));
        assert!(read("x", xml.as_bytes(), None).is_ok());
    }
}
