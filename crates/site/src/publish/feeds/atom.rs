//! Atom 1.0 (RFC 4287).

use super::{Feed, FeedEntry};
use crate::publish::xml::Xml;
use model::route::ATOM;

/// The feed in Atom.
pub(crate) fn atom(feed: &Feed) -> String {
    let (site, page) = (feed.site, feed.page());
    let own = feed.below(&page.feed(ATOM));
    let mut xml = Xml::new();
    xml.open(
        "feed",
        &[
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xml:lang", site.lang.tag()),
        ],
    );
    xml.text("id", &own);
    xml.text("title", &feed.title());
    xml.text("subtitle", &site.slogan);
    xml.text("updated", &feed.updated().rfc3339());
    xml.empty(
        "link",
        &[
            ("rel", "self"),
            ("type", "application/atom+xml"),
            ("href", &own),
        ],
    );
    let home = site.address(&page);
    xml.empty(
        "link",
        &[
            ("rel", "alternate"),
            ("type", "text/html"),
            ("hreflang", site.lang.tag()),
            ("href", &home),
        ],
    );
    person(&mut xml, &site.name);
    for entry in feed.entries() {
        write_entry(&mut xml, feed, &entry);
    }
    xml.finish()
}

fn write_entry(xml: &mut Xml, feed: &Feed, entry: &FeedEntry) {
    xml.open("entry", &[]);
    xml.text("id", &entry.id);
    xml.text("title", &entry.title);
    xml.text("updated", &entry.updated.rfc3339());
    xml.text("published", &entry.published.rfc3339());
    person(xml, entry.author);
    let own = std::iter::once((feed.site.lang, &entry.address));
    for (lang, address) in own.chain(entry.others.iter().map(|(lang, address)| (*lang, address))) {
        xml.empty(
            "link",
            &[
                ("rel", "alternate"),
                ("type", "text/html"),
                ("hreflang", lang.tag()),
                ("href", address),
            ],
        );
    }
    xml.text("summary", &entry.summary);
    for category in &entry.categories {
        xml.empty(
            "category",
            &[
                ("term", category.term),
                ("scheme", &category.of),
                ("label", category.label),
            ],
        );
    }
    xml.close();
}

fn person(xml: &mut Xml, name: &str) {
    xml.open("author", &[]);
    xml.text("name", name);
    xml.close();
}
