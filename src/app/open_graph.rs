//! Link previews: the Open Graph properties (ogp.me) and the card of X.

use super::assets::Assets;
use super::head::Head;
use super::shown::Shown;
use model::route::Route;
use model::{Article, Page};

/// The width and height of a share card, in pixels.
const CARD: (&str, &str) = ("1200", "630");

/// The properties of the Open Graph protocol, in the order in which a head has them.
pub(super) fn properties(
    shown: &Shown,
    head: &Head,
    assets: &Assets,
) -> Vec<(&'static str, String)> {
    let (site, lang) = (&shown.document.site, shown.document.site.lang);
    let article = match &shown.document.page {
        Page::Article(article) => Some(article.as_ref()),
        _ => None,
    };
    let mut properties: Vec<(&'static str, String)> = Vec::new();
    properties.extend(head.canonical.clone().map(|address| ("og:url", address)));
    properties.push((
        "og:type",
        if article.is_some() {
            "article"
        } else {
            "website"
        }
        .to_owned(),
    ));
    properties.push(("og:title", head.share_title.clone()));
    properties.push(("og:description", head.description.clone()));
    properties.push(("og:site_name", site.name.clone()));
    properties.push(("og:locale", lang.og_locale().to_owned()));
    let others = shown
        .document
        .languages
        .iter()
        .filter(|&&other| other != lang && head.canonical.is_some());
    properties.extend(others.map(|other| ("og:locale:alternate", other.og_locale().to_owned())));
    if let Some(picture) = card(shown, assets) {
        properties.push(("og:image", picture));
        properties.push(("og:image:type", "image/png".to_owned()));
        properties.push(("og:image:width", CARD.0.to_owned()));
        properties.push(("og:image:height", CARD.1.to_owned()));
        properties.push((
            "og:image:alt",
            if article.is_some() {
                &head.share_title
            } else {
                &site.name
            }
            .clone(),
        ));
    }
    properties.extend(article.into_iter().flat_map(of_article));
    properties
}

fn of_article(article: &Article) -> Vec<(&'static str, String)> {
    let mut properties = vec![("article:published_time", article.published.rfc3339())];
    properties.extend(
        article
            .updated
            .map(|moment| ("article:modified_time", moment.rfc3339())),
    );
    properties.push(("article:section", article.section_name.clone()));
    properties.extend(
        article
            .tags
            .iter()
            .map(|tag| ("article:tag", tag.name.clone())),
    );
    properties
}

/// The kind of card that X makes of the page.
pub(super) fn card_of_x(assets: &Assets) -> &'static str {
    if assets.cards {
        "summary_large_image"
    } else {
        "summary"
    }
}

/// The full address of the page's share card, where the site has cards.
pub(super) fn card(shown: &Shown, assets: &Assets) -> Option<String> {
    let site = &shown.document.site;
    // An article's route can show a page that is no article, which has no card of its own.
    let route = match shown.document.page {
        Page::Article(_) => shown.route.card(),
        _ => Route::Home(site.lang).card(),
    };
    assets.cards.then(|| site.file_address(&route))
}
