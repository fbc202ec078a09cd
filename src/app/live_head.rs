//! Updates the head in the browser when another page is shown.

use super::head::Head;
use super::shown::Shown;
use crate::browser::head;

/// Updates the DOM's head to the page that is shown.
pub(super) fn show(shown: &Shown) {
    let description = Head::of(&shown.document, &shown.route);
    head::set_title(&description.title);
    head::set_lang(shown.route.lang().tag());
    head::set(
        "meta",
        ("name", "description"),
        ("content", Some(&description.description)),
    );
    head::set(
        "link",
        ("rel", "canonical"),
        ("href", description.canonical.as_deref()),
    );
    let hidden = description.canonical.is_none().then_some("noindex");
    head::set("meta", ("name", "robots"), ("content", hidden));
    let versions = description
        .alternates
        .into_iter()
        .map(|(lang, href)| vec![("hreflang", lang.to_owned()), ("href", href)]);
    let feeds = description.feeds.into_iter();
    let feeds = feeds.map(|feed| {
        vec![
            ("type", feed.kind.to_owned()),
            ("title", feed.title),
            ("href", feed.href),
        ]
    });
    head::set_alternates(&versions.chain(feeds).collect::<Vec<_>>());
    let manifest = format!("{}{}", shown.document.site.base, shown.route.manifest());
    head::set("link", ("rel", "manifest"), ("href", Some(&manifest)));
    // The first page's structured data does not describe this page. Its Open Graph properties stay,
    // because programs that read them load every page afresh.
    head::set("script", ("type", "application/ld+json"), ("", None));
}
