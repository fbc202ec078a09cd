//! Structured data of a page: schema.org as JSON-LD. Only the native tool writes it.

use super::assets::Assets;
use super::head::Head;
use super::open_graph;
use super::shown::Shown;
use crate::pages;
use i18n::words;
use model::route::Route;
use model::{Article, Correction, Page, PageNumber, Site, Topic, plain_text};
use serde_json::{Value, json};

/// The page's JSON-LD as the text of a script element; `None` for a page without a canonical
/// address.
pub(super) fn graph(
    shown: &Shown,
    head: &Head,
    assets: &Assets,
    further: Option<&Value>,
) -> Option<String> {
    let canonical = head.canonical.as_deref()?;
    let mut graph: Vec<Value> = match &shown.document.page {
        Page::Home(_) => vec![website(&shown.document.site, canonical)],
        Page::Article(article) => vec![
            news(article, shown, head, canonical, assets),
            breadcrumbs(shown, canonical),
        ],
        _ => vec![breadcrumbs(shown, canonical)],
    };
    graph.extend(further.cloned());
    let mut data = json!({ "@context": "https://schema.org", "@graph": graph });
    // Without this, the order of keys depends on how serde_json was compiled.
    data.sort_all_objects();
    Some(escape_script_json(&data.to_string()))
}

/// Escapes JSON for a script element, so that no text in it can end the element. `<`, `>` and `&`
/// occur in strings only, where JSON allows numeric escapes.
pub fn escape_script_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len() + json.len() / 32);
    let mut rest = json;
    while let Some(at) = rest
        .bytes()
        .position(|byte| matches!(byte, b'<' | b'>' | b'&'))
    {
        escaped.push_str(&rest[..at]);
        escaped.push_str(match rest.as_bytes()[at] {
            b'<' => "\\u003c",
            b'>' => "\\u003e",
            _ => "\\u0026",
        });
        rest = &rest[at + 1..];
    }
    escaped.push_str(rest);
    escaped
}

fn website(site: &Site, canonical: &str) -> Value {
    json!({
        "@type": "WebSite",
        "name": site.name,
        "url": canonical,
        "inLanguage": site.lang.tag(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": format!("{}?q={{search_term_string}}", site.address(&Route::Search(site.lang))),
            },
            "query-input": "required name=search_term_string",
        },
    })
}

fn news(article: &Article, shown: &Shown, head: &Head, canonical: &str, assets: &Assets) -> Value {
    let site = &shown.document.site;
    let file = |file: &str| site.file_address(file);
    let portal = json!({
        "@type": "Organization",
        "name": site.name,
        "url": site.address(&Route::Home(site.lang)),
        "logo": { "@type": "ImageObject", "url": file(&assets.icons.large), "width": 512, "height": 512 },
    });
    let author = article.author.as_ref().map_or_else(
        || portal.clone(),
        |name| json!({ "@type": "Person", "name": name }),
    );
    let cover = article.cover.iter().map(|cover| file(&cover.file));
    let images: Vec<String> = open_graph::card(shown, assets)
        .into_iter()
        .chain(cover)
        .collect();
    let tags: Vec<&str> = article.tags.iter().map(|tag| tag.name.as_str()).collect();
    let mut news = json!({
        "@type": "NewsArticle",
        "mainEntityOfPage": { "@type": "WebPage", "@id": canonical },
        "headline": head.share_title,
        "description": head.description,
        "datePublished": article.published.rfc3339(),
        "dateModified": article.updated.unwrap_or(article.published).rfc3339(),
        "author": author,
        "publisher": portal,
        "inLanguage": site.lang.tag(),
        "articleSection": article.section_name,
        "isAccessibleForFree": true,
    });
    // Absent values are left out: an empty list would say that there are none.
    let mut add = |key: &str, values: Value, is_present: bool| {
        if is_present {
            news[key] = values;
        }
    };
    add("image", json!(images), !images.is_empty());
    add("keywords", json!(tags), !tags.is_empty());
    let corrections: Vec<Value> = article.history.iter().map(correction).collect();
    add("correction", json!(corrections), !corrections.is_empty());
    news
}

fn correction(correction: &Correction) -> Value {
    json!({
        "@type": "CorrectionComment",
        "datePublished": correction.at.rfc3339(),
        "text": plain_text(&correction.text),
    })
}

/// The breadcrumb from the front page to this page.
fn breadcrumbs(shown: &Shown, canonical: &str) -> Value {
    let (site, document) = (&shown.document.site, &shown.document);
    let (lang, words) = (site.lang, words(site.lang));
    let mut steps = vec![(words.home.to_owned(), site.address(&Route::Home(lang)))];
    match (&shown.route, &document.page) {
        (Route::Article(_, section, _), Page::Article(article)) => {
            let list = Route::Section(lang, section.clone(), PageNumber::FRONT);
            steps.push((article.section_name.clone(), site.address(&list)));
        }
        (Route::Tag(..), _) => {
            steps.push((words.tags.to_owned(), site.address(&Route::Tags(lang))));
        }
        (Route::Year(..) | Route::Month(..), _) => {
            steps.push((
                words.archive.to_owned(),
                site.address(&Route::Archive(lang)),
            ));
        }
        _ => {}
    }
    if let Page::Listing(listing) = &document.page
        && let Topic::Month(month) = listing.topic
    {
        steps.push((
            month.year.to_string(),
            site.address(&Route::Year(lang, month.year)),
        ));
    }
    steps.push((pages::title(document), canonical.to_owned()));
    let items = steps.iter().enumerate().map(
        |(number, (name, address))| json!({ "@type": "ListItem", "position": number + 1, "name": name, "item": address }),
    );
    json!({ "@type": "BreadcrumbList", "itemListElement": items.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::escape_script_json;

    #[test]
    fn nothing_in_a_documents_text_can_end_the_block_that_it_stands_in() {
        let text =
            escape_script_json(&serde_json::to_string("</script><!--<script>&amp;").unwrap());
        assert!(!text.contains(['<', '>', '&']));
        assert_eq!(
            serde_json::from_str::<String>(&text).unwrap(),
            "</script><!--<script>&amp;"
        );
    }
}
