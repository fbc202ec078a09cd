//! Reads the elements of an export.

use super::{Export, Item, Site, Term};
use crate::addresses::{MOST_ADDRESS, comparable};
use crate::loss::Loss;
use crate::slugs::decoded;
use roxmltree::Node;
use std::rc::Rc;

/// Reads a channel into `export`. `file` is the name of its file.
pub(super) fn read_channel(channel: Node<'_, '_>, file: &str, export: &mut Export) {
    let address = address(channel);
    let key: Rc<str> = comparable(&address).into();
    let mut site = Site {
        address,
        ..Site::default()
    };
    let mut lines = Lines::new(channel.document().input_text());
    let mut stray = String::new();
    for node in channel.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "author" | "wp_author" => {
                let login = child(node, "author_login");
                if let Some(number) = children(node, "author_id").next().and_then(number) {
                    site.author_numbers.insert(number, login.clone());
                }
                site.authors
                    .insert(login, child(node, "author_display_name"));
            }
            "language" => text(node).trim().clone_into(&mut site.language),
            "category" => {
                let parts = (
                    child(node, "cat_name"),
                    decoded(&child(node, "category_parent")),
                );
                let slug = decoded(&child(node, "category_nicename"));
                if let Some(number) = children(node, "term_id").next().and_then(number) {
                    site.category_numbers.insert(number, slug.clone());
                }
                site.categories.insert(slug, parts);
            }
            "b" | "br" => stray.push_str(&all_text(node)),
            "term" => read_term(node, &mut site),
            "item" => {
                let mut item = item(node);
                children(node, "b").for_each(|b| stray.push_str(&all_text(b)));
                item.site = if site.address.is_empty() {
                    host(&item)
                } else {
                    key.clone()
                };
                item.place = format!("{file}:{}", lines.of(node.range().start));
                export.items.push(item);
            }
            _ => {}
        }
    }
    if !stray.trim().is_empty() {
        let what = "the site wrote an error message between the texts: it was left out";
        export
            .notes
            .push((file.to_owned(), Loss::new(what, &stray)));
    }
    for item in &export.items {
        export.sites.entry(item.site.clone()).or_default();
    }
    export.sites.entry(key).or_default().join(site);
}

/// The address of a channel's site: in a network of several blogs that of the blog, else that of
/// the channel.
fn address(channel: Node<'_, '_>) -> String {
    let names = ["base_blog_url", "link", "base_site_url"];
    let found = names
        .iter()
        .map(|name| child(channel, name).trim().to_owned());
    found
        .into_iter()
        .find(|address| !address.is_empty() && address.len() <= MOST_ADDRESS)
        .unwrap_or_default()
}

/// The key of an item's site where the channel names none: the host of its `guid`, else of its
/// link.
fn host(item: &Item) -> Rc<str> {
    let of = |address: &str| {
        Some(
            comparable(address.split_once("://")?.1)
                .split('/')
                .next()?
                .to_owned()
                + "/",
        )
    };
    of(&item.guid)
        .or_else(|| of(&item.link))
        .unwrap_or_default()
        .into()
}

/// Counts lines from one offset to the next, so that a file is scanned once.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
        }
    }

    /// The line of a byte. Successive calls must not go back.
    fn of(&mut self, at: usize) -> usize {
        self.line += self
            .text
            .get(self.at..at)
            .map_or(0, |between| between.matches('\n').count());
        self.at = at;
        self.line
    }
}

fn read_term(node: Node<'_, '_>, site: &mut Site) {
    let (taxonomy, slug) = (child(node, "term_taxonomy"), child(node, "term_slug"));
    match taxonomy.as_str() {
        "category" => {
            let parts = (
                child(node, "term_name"),
                decoded(&child(node, "term_parent")),
            );
            site.categories.entry(decoded(&slug)).or_insert(parts);
        }
        // Polylang keeps the number of the text in each language here, in PHP's form:
        // `s:2:"vi";i:12;`.
        "post_translations" => {
            let description = child(node, "term_description");
            let ids = description
                .split(";i:")
                .skip(1)
                .filter_map(|rest| rest.split(';').next()?.parse().ok());
            site.translations
                .extend(ids.map(|id: u64| (id, slug.clone())));
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
            "guid" => item.guid = text(node),
            "creator" => item.creator = text(node),
            "encoded" if namespace.contains("/excerpt") => item.excerpt = text(node),
            "encoded" => item.content = text(node),
            "post_id" => item.number = number(node),
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
            "translation" => item.translations.extend(translation(node)),
            "postmeta" => item
                .meta
                .push((child(node, "meta_key"), child(node, "meta_value"))),
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

/// A translation of an item: `<wp:translation lang="en" post_id="81"/>`, or the same in elements.
fn translation(node: Node<'_, '_>) -> Option<(String, u64)> {
    let value = |names: &[&str]| {
        let attribute = names.iter().find_map(|name| node.attribute(*name));
        let inside = || {
            names
                .iter()
                .map(|name| child(node, name))
                .find(|text| !text.is_empty())
        };
        attribute.map(str::to_owned).or_else(inside)
    };
    let code = value(&["lang", "language", "locale", "language_code"])?;
    let number = value(&["post_id", "element_id", "id"])?;
    Some((code, number.trim().parse().ok()?))
}

/// All text below an element.
fn all_text(node: Node<'_, '_>) -> String {
    let pieces = node.descendants().filter(Node::is_text);
    pieces.filter_map(|piece| piece.text()).collect::<String>() + " "
}

pub(super) fn children<'a, 'b>(
    node: Node<'a, 'b>,
    name: &'a str,
) -> impl Iterator<Item = Node<'a, 'b>> {
    node.children()
        .filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn child(node: Node<'_, '_>, name: &str) -> String {
    children(node, name).next().map(text).unwrap_or_default()
}

/// All text in an element: also where WordPress cuts it into several CDATA sections.
fn text(node: Node<'_, '_>) -> String {
    let pieces = node
        .children()
        .filter(Node::is_text)
        .filter_map(|piece| piece.text());
    pieces
        .collect::<String>()
        .trim_matches(['\n', '\r', '\t'])
        .to_owned()
}

/// A number of WordPress, which is at least 1; `None` where the element holds none.
fn number(node: Node<'_, '_>) -> Option<u64> {
    text(node).trim().parse().ok().filter(|number| *number > 0)
}
