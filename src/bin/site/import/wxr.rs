//! WordPress' export file (WXR): RSS with what WordPress adds to it. Only read here, not judged.
//!
//! A document type is refused, and with it every entity that a file could declare.

use super::slugs::decoded;
use crate::place::Place;
use crate::problem::Problem;
use roxmltree::{Document, Error, Node};
use std::collections::BTreeMap;

/// An export.
#[derive(Debug, Default)]
pub(crate) struct Export {
    /// The address of the site.
    pub(crate) site: String,
    /// The display names of the authors, by their login names.
    pub(crate) authors: BTreeMap<String, String>,
    /// The categories by their slugs: name and the slug above.
    pub(crate) categories: BTreeMap<String, (String, String)>,
    /// Which texts are translations of each other: the group of each, by its number.
    pub(crate) translations: BTreeMap<u64, String>,
    /// Posts, pages, attachments and whatever else there is.
    pub(crate) items: Vec<Item>,
    /// How many characters stood in the file that no XML can hold. They were read as spaces.
    pub(crate) mended: usize,
}

/// Something that was written in WordPress.
#[derive(Clone, Debug, Default)]
pub(crate) struct Item {
    pub(crate) id: u64,
    /// `post`, `page`, `attachment`, or what a plug-in calls it.
    pub(crate) kind: String,
    pub(crate) title: String,
    /// Its address.
    pub(crate) link: String,
    /// The author's login name.
    pub(crate) creator: String,
    pub(crate) status: String,
    pub(crate) password: String,
    /// Its name in addresses, percent-encoded.
    pub(crate) name: String,
    /// What it belongs to.
    pub(crate) parent: u64,
    /// Dates as `YYYY-MM-DD hh:mm:ss`: by the site's clock and in UTC.
    pub(crate) date: String,
    pub(crate) date_gmt: String,
    pub(crate) modified: String,
    pub(crate) modified_gmt: String,
    pub(crate) content: String,
    pub(crate) excerpt: String,
    pub(crate) terms: Vec<Term>,
    pub(crate) meta: Vec<(String, String)>,
    pub(crate) comments: usize,
    pub(crate) attachment_url: String,
    pub(crate) order: i64,
}

/// A term that an item has.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    /// `category`, `post_tag`, `language`, …
    pub(crate) taxonomy: String,
    pub(crate) slug: String,
    pub(crate) name: String,
}

impl Export {
    /// Adds another part of the same export.
    pub(crate) fn join(&mut self, part: Self) {
        if self.site.is_empty() {
            self.site = part.site;
        }
        self.authors.extend(part.authors);
        self.categories.extend(part.categories);
        self.translations.extend(part.translations);
        self.items.extend(part.items);
        self.mended += part.mended;
    }
}

impl Item {
    /// The value of a meta key.
    pub(crate) fn meta(&self, key: &str) -> Option<&str> {
        self.meta
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The slugs of the terms of a taxonomy.
    pub(crate) fn terms<'a>(&'a self, taxonomy: &'a str) -> impl Iterator<Item = &'a Term> {
        self.terms.iter().filter(move |term| term.taxonomy == taxonomy)
    }
}

/// Reads an export's bytes. `name` is what the file is called in problems.
///
/// # Errors
/// Why it is not an export, at its place.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Export, Problem> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(name, bytes, error))?;
    let (text, mended) = mend(text);
    let document = Document::parse(&text).map_err(|error| broken(name, &text, &error))?;
    let root = document.root_element();
    let channel = children(root, "channel")
        .next()
        .filter(|channel| root.tag_name().name() == "rss" && children(*channel, "wxr_version").any(is_wordpress));
    let Some(channel) = channel else {
        let message = format!("this is not a WordPress export: <{}> is something else", root.tag_name().name());
        let problem = Problem::at(name, Place::new(&text, root.range().start), message);
        return Err(problem.help("in WordPress choose Tools, Export, All content, and give the file that it saves"));
    };
    let mut export = Export { mended, ..Export::default() };
    read_channel(channel, &mut export);
    Ok(export)
}

fn not_utf8(name: &str, bytes: &[u8], error: std::str::Utf8Error) -> Problem {
    let lossy = String::from_utf8_lossy(bytes);
    let help = "WordPress exports UTF-8: export it anew, and do not save it with another program";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Problem::with_file(name, "the file is UTF-16, not UTF-8").help(help);
    }
    Problem::at(name, Place::new(&lossy, error.valid_up_to()), "the file is not UTF-8").help(help)
}

/// Exchanges characters that no XML can hold, and that WordPress writes all the same, for spaces of the same length.
fn mend(text: &str) -> (String, usize) {
    let forbidden =
        |c: char| (c.is_ascii_control() && !"\t\n\r\u{7f}".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
    let count = text.matches(forbidden).count();
    if count == 0 {
        return (text.to_owned(), 0);
    }
    let mended = text.chars().fold(String::with_capacity(text.len()), |mut mended, c| {
        if forbidden(c) {
            mended.push_str(&" ".repeat(c.len_utf8()));
        } else {
            mended.push(c);
        }
        mended
    });
    (mended, count)
}

fn broken(name: &str, text: &str, error: &Error) -> Problem {
    let at = error.pos();
    let (line, column) = (at.row.saturating_sub(1) as usize, at.col.saturating_sub(1) as usize);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let inside = text.get(start..).and_then(|rest| rest.char_indices().nth(column)).map_or(0, |(at, _)| at);
    let reason = error.to_string();
    let reason = reason.rsplit_once(" at ").map_or(reason.as_str(), |(reason, _)| reason);
    let (message, help) = match error {
        Error::DtdDetected => (
            "the file has a <!DOCTYPE>, and with it names could stand for other files or for endless text".to_owned(),
            "WordPress never writes one: export it anew",
        ),
        Error::UnknownEntityReference(entity, _) => (
            format!("the file uses &{entity};, which it does not explain"),
            "WordPress never writes one outside of texts: export it anew",
        ),
        _ if is_cut_off(text, start + inside) => (
            format!("the file ends too early: {reason}"),
            "the export was probably cut off: export it anew, one year or one author at a time",
        ),
        _ => (format!("the file is not well-formed XML: {reason}"), "export it anew; a program may have damaged it"),
    };
    let ends = matches!(error, Error::UnexpectedEndOfStream | Error::UnclosedRootNode);
    let offset = if ends { text.len() } else { start + inside };
    Problem::at(name, Place::new(text, offset), message).help(help)
}

/// Whether a file ends where no XML can end, and so close behind the error that the end is the error.
fn is_cut_off(text: &str, error: usize) -> bool {
    let rest = text.get(error..).unwrap_or_default();
    let is_whole = text.trim_end().ends_with("</rss>") || !rest.chars().take(200).eq(rest.chars());
    !is_whole && (text.trim().is_empty() || text.contains("<rss") || text.contains("<?xml"))
}

fn read_channel(channel: Node<'_, '_>, export: &mut Export) {
    for node in channel.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "base_site_url" if export.site.is_empty() => export.site = text(node),
            "base_blog_url" => export.site = text(node),
            "author" => {
                export.authors.insert(child(node, "author_login"), child(node, "author_display_name"));
            }
            "category" => {
                let parts = (child(node, "cat_name"), decoded(&child(node, "category_parent")));
                export.categories.insert(decoded(&child(node, "category_nicename")), parts);
            }
            "term" => read_term(node, export),
            "item" => export.items.push(item(node)),
            _ => {}
        }
    }
    if export.site.is_empty() {
        export.site = child(channel, "link");
    }
}

fn read_term(node: Node<'_, '_>, export: &mut Export) {
    let (taxonomy, slug) = (child(node, "term_taxonomy"), child(node, "term_slug"));
    match taxonomy.as_str() {
        "category" => {
            let parts = (child(node, "term_name"), decoded(&child(node, "term_parent")));
            export.categories.entry(decoded(&slug)).or_insert(parts);
        }
        // Polylang keeps there, in PHP's form, which text is the translation in which language: `s:2:"vi";i:12;`.
        "post_translations" => {
            let description = child(node, "term_description");
            let ids = description.split(";i:").skip(1).filter_map(|rest| rest.split(';').next()?.parse().ok());
            export.translations.extend(ids.map(|id: u64| (id, slug.clone())));
        }
        _ => {}
    }
}

fn item(node: Node<'_, '_>) -> Item {
    let mut item = Item::default();
    for node in node.children().filter(Node::is_element) {
        let name = node.tag_name();
        let namespace = name.namespace().unwrap_or_default();
        match name.name() {
            "title" => item.title = text(node),
            "link" => item.link = text(node),
            "creator" => item.creator = text(node),
            "encoded" if namespace.contains("/excerpt") => item.excerpt = text(node),
            "encoded" => item.content = text(node),
            "post_id" => item.id = number(node),
            "post_date" => item.date = text(node),
            "post_date_gmt" => item.date_gmt = text(node),
            "post_modified" => item.modified = text(node),
            "post_modified_gmt" => item.modified_gmt = text(node),
            "post_name" => item.name = text(node),
            "status" => item.status = text(node),
            "post_parent" => item.parent = number(node),
            "menu_order" => item.order = text(node).trim().parse().unwrap_or_default(),
            "post_type" => item.kind = text(node),
            "post_password" => item.password = text(node),
            "attachment_url" => item.attachment_url = text(node),
            "comment" => item.comments += 1,
            "postmeta" => item.meta.push((child(node, "meta_key"), child(node, "meta_value"))),
            "category" => item.terms.push(Term {
                taxonomy: node.attribute("domain").unwrap_or("category").to_owned(),
                slug: decoded(node.attribute("nicename").unwrap_or_default()),
                name: text(node),
            }),
            _ => {}
        }
    }
    item
}

fn is_wordpress(node: Node<'_, '_>) -> bool {
    node.tag_name().namespace().is_some_and(|namespace| namespace.contains("wordpress.org/export"))
}

fn children<'a, 'b>(node: Node<'a, 'b>, name: &'static str) -> impl Iterator<Item = Node<'a, 'b>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn child(node: Node<'_, '_>, name: &'static str) -> String {
    children(node, name).next().map(text).unwrap_or_default()
}

/// All text in an element: also where WordPress cuts it into several CDATA sections.
fn text(node: Node<'_, '_>) -> String {
    let pieces = node.children().filter(Node::is_text).filter_map(|piece| piece.text());
    pieces.collect::<String>().trim_matches(['\n', '\r', '\t']).to_owned()
}

fn number(node: Node<'_, '_>) -> u64 {
    text(node).trim().parse().unwrap_or_default()
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
        let export = read("x", xml.as_bytes()).unwrap();
        assert_eq!((export.items[0].content.as_str(), export.items[0].excerpt.as_str()), ("a ]]> b c <d>", "e"));
    }

    #[test]
    fn characters_that_no_xml_can_hold_are_mended_and_counted() {
        let export = read("x", wxr("<item><title>a\u{8}b\u{ffff}</title></item>").as_bytes()).unwrap();
        assert_eq!((export.items[0].title.as_str(), export.mended), ("a b   ", 2));
    }

    #[test]
    fn polylangs_groups_are_read_from_phps_form() {
        let xml = wxr(
            "<wp:term><wp:term_taxonomy>post_translations</wp:term_taxonomy><wp:term_slug>pll_1</wp:term_slug><wp:term_description>a:2:{s:2:\"vi\";i:12;s:2:\"en\";i:15;}</wp:term_description></wp:term>",
        );
        let export = read("x", xml.as_bytes()).unwrap();
        assert_eq!(export.translations, BTreeMap::from([(12, "pll_1".to_owned()), (15, "pll_1".to_owned())]));
    }

    #[test]
    fn what_is_no_export_is_refused_at_its_place() {
        for (xml, line, part) in [
            ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>&a;</rss>".to_owned(), 1, "<!DOCTYPE>"),
            ("<rss>\n<channel>".to_owned(), 2, "ends too early"),
            ("<rss>\n</channel></rss>".to_owned(), 2, "not well-formed"),
            ("<rss>\n<chan".to_owned(), 2, "ends too early"),
            ("<rss>\n&nbsp;</rss>".to_owned(), 2, "&nbsp;"),
            ("\n<rss><channel><title>x</title></channel></rss>".to_owned(), 2, "not a WordPress export"),
            ("<html/>".to_owned(), 1, "not a WordPress export"),
            (String::new(), 1, "ends too early"),
            ("{}".to_owned(), 1, "not well-formed"),
        ] {
            let problem = read("x.xml", xml.as_bytes()).unwrap_err();
            assert!(problem.message.contains(part), "{xml}: {}", problem.message);
            assert_eq!(problem.place.unwrap().line, line, "{xml}");
        }
        let problem = read("x.xml", b"<rss>\n\xff</rss>").unwrap_err();
        assert_eq!((problem.message.as_str(), problem.place.unwrap().line), ("the file is not UTF-8", 2));
        assert!(read("x.xml", &[0xff, 0xfe, 0x3c, 0]).unwrap_err().message.contains("UTF-16"));
    }

    #[test]
    fn no_depth_ends_the_stack() {
        let xml = wxr(&format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000)));
        assert!(read("x", xml.as_bytes()).is_ok());
    }
}
