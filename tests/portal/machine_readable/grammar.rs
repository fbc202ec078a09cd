//! Grammars of the XML files that the site publishes, by RFC 4287 (Atom 1.0, section 4) and by the
//! protocol of sitemaps.org 0.9 with the `xhtml:link` elements that search engines read. They cover
//! only what the site uses; anything else is a mistake.

use roxmltree::{Document, Node};
use std::collections::BTreeSet;

const ATOM_NS: &str = "http://www.w3.org/2005/Atom";
const SITEMAP_NS: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML_NS: &str = "http://www.w3.org/1999/xhtml";
const XML_NS: &str = "http://www.w3.org/XML/1998/namespace";

/// The grammar of a kind of document.
pub(super) struct Grammar {
    /// Its name.
    pub(super) name: &'static str,
    root: &'static Rule,
    /// The rules that concern more than one element.
    further: fn(&Document) -> Vec<String>,
}

/// The rule of an element.
struct Rule {
    namespace: &'static str,
    name: &'static str,
    attributes: &'static [Attribute],
    children: &'static [Child],
    /// The rule of its text; `None` if it must have none.
    text: Option<Value>,
}

/// Whether a text is allowed.
type Value = fn(&str) -> bool;

struct Attribute {
    name: &'static str,
    value: Value,
    needed: bool,
}

/// A child element, with the least and the greatest number of it.
struct Child(&'static Rule, usize, usize);

const ANY: usize = usize::MAX;

impl Grammar {
    /// The mistakes in a document.
    pub(super) fn mistakes(&self, text: &str) -> Vec<String> {
        let document = match Document::parse(text) {
            Ok(document) => document,
            Err(error) => return vec![format!("not well-formed: {error}")],
        };
        let mut mistakes = Vec::new();
        let root = document.root_element();
        if is(root, self.root) {
            self.root.check(root, &mut mistakes);
            mistakes.extend((self.further)(&document));
        } else {
            mistakes.push(format!("the root is {:?}", root.tag_name()));
        }
        mistakes
    }
}

fn is(node: Node, rule: &Rule) -> bool {
    node.has_tag_name((rule.namespace, rule.name))
}

impl Rule {
    fn check(&self, node: Node, mistakes: &mut Vec<String>) {
        self.check_attributes(node, mistakes);
        let children: Vec<Node> = node.children().filter(Node::is_element).collect();
        for Child(rule, least, most) in self.children {
            let count = children.iter().filter(|child| is(**child, rule)).count();
            if count < *least || count > *most {
                mistakes.push(format!("{} has {count} of {}", self.name, rule.name));
            }
        }
        for child in children {
            match self.children.iter().find(|Child(rule, ..)| is(child, rule)) {
                Some(Child(rule, ..)) => rule.check(child, mistakes),
                None => mistakes.push(format!("{} has a {:?}", self.name, child.tag_name())),
            }
        }
        let text: String = node
            .children()
            .filter(Node::is_text)
            .filter_map(|part| part.text())
            .collect();
        let right = self
            .text
            .map_or_else(|| text.trim().is_empty(), |value| value(&text));
        if !right {
            mistakes.push(format!("{} says \"{text}\"", self.name));
        }
    }

    fn check_attributes(&self, node: Node, mistakes: &mut Vec<String>) {
        for attribute in self.attributes {
            let found = match attribute.name.strip_prefix("xml:") {
                Some(name) => node.attribute((XML_NS, name)),
                None => node.attribute(attribute.name),
            };
            match found {
                Some(value) if !(attribute.value)(value) => {
                    mistakes.push(format!("{} {}=\"{value}\"", self.name, attribute.name));
                }
                None if attribute.needed => {
                    mistakes.push(format!("{} has no {}", self.name, attribute.name));
                }
                _ => {}
            }
        }
        let known = |name: &str| {
            self.attributes
                .iter()
                .any(|known| known.name.trim_start_matches("xml:") == name)
        };
        let unknown = node
            .attributes()
            .filter(|attribute| !known(attribute.name()));
        mistakes.extend(
            unknown
                .map(|attribute| format!("{} has the attribute {}", self.name, attribute.name())),
        );
    }
}

/// Any text that is not blank.
fn words(text: &str) -> bool {
    !text.trim().is_empty()
}

fn any(_: &str) -> bool {
    true
}

/// An address with scheme and host, in the characters of RFC 3986.
/// An address of the web, or a tag URI (RFC 4151): a host, a day, and what is named.
fn name_for_ever(text: &str) -> bool {
    let is_tag = |tag: &str| {
        let (host, rest) = tag.split_once(',')?;
        let (day, named) = rest.split_once(':')?;
        let is_day = day.len() == 10
            && day
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-');
        let is_host = host.contains('.') && !host.contains(char::is_whitespace);
        let is_named = !named.is_empty() && !named.contains(char::is_whitespace);
        (is_host && is_day && is_named).then_some(())
    };
    web_address(text) || text.strip_prefix("tag:").and_then(is_tag).is_some()
}

fn web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    text.len() < 2048
        && rest.is_some_and(|rest| {
            !rest.is_empty() && !rest.starts_with('/') && rest.bytes().all(allowed)
        })
}

/// A date and time of RFC 3339, with seconds and an offset.
fn date_time(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    let number = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap_or(u32::MAX);
    let shapes = [
        "0000-00-00T00:00:00+00:00",
        "0000-00-00T00:00:00-00:00",
        "0000-00-00T00:00:00Z",
    ];
    shapes.contains(&shape.as_str())
        && (1..=12).contains(&number(5, 7))
        && (1..=31).contains(&number(8, 10))
        && number(11, 13) < 24
        && number(14, 16) < 60
        && number(17, 19) <= 60
}

/// A language tag of BCP 47, by its form.
fn language(text: &str) -> bool {
    let subtag = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    text.split('-').all(subtag)
}

fn media_type(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    text.split_once('/')
        .is_some_and(|(kind, of_kind)| plain(kind) && plain(of_kind))
}

fn link_kind(text: &str) -> bool {
    ["alternate", "self", "related", "enclosure", "via"].contains(&text)
}

fn text_kind(text: &str) -> bool {
    ["text", "html", "xhtml"].contains(&text)
}

fn alternate(text: &str) -> bool {
    text == "alternate"
}

const fn needs(name: &'static str, value: Value) -> Attribute {
    Attribute {
        name,
        value,
        needed: true,
    }
}

const fn may(name: &'static str, value: Value) -> Attribute {
    Attribute {
        name,
        value,
        needed: false,
    }
}

const fn leaf(
    namespace: &'static str,
    name: &'static str,
    attributes: &'static [Attribute],
    text: Value,
) -> Rule {
    Rule {
        namespace,
        name,
        attributes,
        children: &[],
        text: Some(text),
    }
}

static ID: Rule = leaf(ATOM_NS, "id", &[], name_for_ever);
static TITLE: Rule = leaf(ATOM_NS, "title", &[may("type", text_kind)], any);
static SUBTITLE: Rule = leaf(ATOM_NS, "subtitle", &[may("type", text_kind)], any);
static SUMMARY: Rule = leaf(ATOM_NS, "summary", &[may("type", text_kind)], any);
static UPDATED: Rule = leaf(ATOM_NS, "updated", &[], date_time);
static PUBLISHED: Rule = leaf(ATOM_NS, "published", &[], date_time);
static NAME: Rule = leaf(ATOM_NS, "name", &[], words);
static AUTHOR: Rule = Rule {
    namespace: ATOM_NS,
    name: "author",
    attributes: &[],
    children: &[Child(&NAME, 1, 1)],
    text: None,
};
static LINK: Rule = Rule {
    namespace: ATOM_NS,
    name: "link",
    attributes: &[
        needs("href", web_address),
        may("rel", link_kind),
        may("type", media_type),
        may("hreflang", language),
    ],
    children: &[],
    text: None,
};
static CATEGORY: Rule = Rule {
    namespace: ATOM_NS,
    name: "category",
    attributes: &[
        needs("term", words),
        may("scheme", web_address),
        may("label", any),
    ],
    children: &[],
    text: None,
};
static ENTRY: Rule = Rule {
    namespace: ATOM_NS,
    name: "entry",
    attributes: &[may("xml:lang", language)],
    children: &[
        Child(&ID, 1, 1),
        Child(&TITLE, 1, 1),
        Child(&UPDATED, 1, 1),
        Child(&PUBLISHED, 0, 1),
        Child(&AUTHOR, 0, ANY),
        // RFC 4287 demands a link in an entry without content.
        Child(&LINK, 1, ANY),
        Child(&SUMMARY, 0, 1),
        Child(&CATEGORY, 0, ANY),
    ],
    text: None,
};
static FEED: Rule = Rule {
    namespace: ATOM_NS,
    name: "feed",
    attributes: &[needs("xml:lang", language)],
    children: &[
        Child(&ID, 1, 1),
        Child(&TITLE, 1, 1),
        Child(&SUBTITLE, 0, 1),
        Child(&UPDATED, 1, 1),
        Child(&AUTHOR, 0, ANY),
        Child(&LINK, 1, ANY),
        Child(&CATEGORY, 0, ANY),
        Child(&ENTRY, 0, ANY),
    ],
    text: None,
};

/// Atom 1.0.
pub(super) static ATOM: Grammar = Grammar {
    name: "Atom",
    root: &FEED,
    further: further_of_atom,
};

/// Alternate links of an element differ in type or language, entries have different ids, each entry
/// has an author, and the feed links to itself.
fn further_of_atom(document: &Document) -> Vec<String> {
    let mut mistakes = Vec::new();
    let mut ids = BTreeSet::new();
    let root = document.root_element();
    let children =
        |node: Node<'_, '_>, rule: &Rule| node.children().filter(|child| is(*child, rule)).count();
    for node in document
        .descendants()
        .filter(|node| is(*node, &FEED) || is(*node, &ENTRY))
    {
        let links = node.children().filter(|child| is(*child, &LINK));
        let mut seen = BTreeSet::new();
        for link in links.filter(|link| link.attribute("rel").unwrap_or("alternate") == "alternate")
        {
            if !seen.insert((link.attribute("type"), link.attribute("hreflang"))) {
                mistakes.push(format!(
                    "two alternate links for {:?}",
                    link.attribute("hreflang")
                ));
            }
        }
        if seen.is_empty() {
            mistakes.push("no alternate link".to_owned());
        }
        if is(node, &ENTRY) {
            let id = node
                .children()
                .find(|child| is(*child, &ID))
                .and_then(|id| id.text());
            if !ids.insert(id) {
                mistakes.push(format!("two entries are {id:?}"));
            }
            if children(node, &AUTHOR) + children(root, &AUTHOR) == 0 {
                mistakes.push(format!("nobody wrote {id:?}"));
            }
        }
    }
    let own = root
        .children()
        .filter(|child| is(*child, &LINK) && child.attribute("rel") == Some("self"))
        .count();
    if own != 1 {
        mistakes.push(format!("the feed has {own} links to itself"));
    }
    mistakes
}

static LOC: Rule = leaf(SITEMAP_NS, "loc", &[], web_address);
static LASTMOD: Rule = leaf(SITEMAP_NS, "lastmod", &[], date_time);
static VERSION: Rule = Rule {
    namespace: XHTML_NS,
    name: "link",
    attributes: &[
        needs("rel", alternate),
        needs("hreflang", language),
        needs("href", web_address),
    ],
    children: &[],
    text: None,
};
static URL: Rule = Rule {
    namespace: SITEMAP_NS,
    name: "url",
    attributes: &[],
    children: &[
        Child(&LOC, 1, 1),
        Child(&LASTMOD, 0, 1),
        Child(&VERSION, 0, ANY),
    ],
    text: None,
};
static URLSET: Rule = Rule {
    namespace: SITEMAP_NS,
    name: "urlset",
    attributes: &[],
    children: &[Child(&URL, 1, 50_000)],
    text: None,
};
static SITEMAP_ENTRY: Rule = Rule {
    namespace: SITEMAP_NS,
    name: "sitemap",
    attributes: &[],
    children: &[Child(&LOC, 1, 1), Child(&LASTMOD, 0, 1)],
    text: None,
};
static SITEMAPINDEX: Rule = Rule {
    namespace: SITEMAP_NS,
    name: "sitemapindex",
    attributes: &[],
    children: &[Child(&SITEMAP_ENTRY, 1, 50_000)],
    text: None,
};

/// A part of a sitemap.
pub(super) static SITEMAP: Grammar = Grammar {
    name: "sitemap",
    root: &URLSET,
    further: nothing_further,
};

/// The index of a sitemap.
pub(super) static SITEMAP_INDEX: Grammar = Grammar {
    name: "index of a sitemap",
    root: &SITEMAPINDEX,
    further: nothing_further,
};

fn nothing_further(_: &Document) -> Vec<String> {
    Vec::new()
}
