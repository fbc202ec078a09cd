//! `site build`: from a bundle and a content folder to a site that any static host can serve.

use crate::assets;
use crate::budget::{Budgets, Weight, Weights};
use crate::bundle;
use crate::catalogue::Item;
use crate::content_folder;
use crate::failure::Failure;
use crate::fingerprint;
use crate::locales;
use crate::order::Order;
use crate::output::Output;
use crate::pictures::Pictures;
use crate::problem::Problem;
use crate::publish::Publisher;
use crate::search;
use portal::app::{Assets, Shown, render, render_chooser, render_lost, render_moved};
use portal::content;
use portal::model::{Document, Lang, Page, Site};
use portal::route::Route;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// How a build ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The site stands; this is what there is to say about it.
    Built(String),
    /// The content has mistakes; nothing was written.
    Refused {
        /// What is wrong.
        problems: Vec<Problem>,
        /// How many files were read.
        files: usize,
    },
}

/// Addresses that people guess for a language, each of which leads to the right one.
const GUESSED: [(&str, Lang); 5] =
    [("vn", Lang::Vi), ("kr", Lang::Ko), ("jp", Lang::Ja), ("cn", Lang::ZhHans), ("zh", Lang::ZhHans)];

/// Builds the site. The old one stays as it was where anything fails.
///
/// # Errors
/// Where the tool cannot do its work: a file that cannot be read or written, or a budget that is broken.
pub(crate) fn build(order: &Order) -> Result<Outcome, Failure> {
    let mut loaded = content_folder::load(&order.content)?;
    if let Some(folder) = &order.locales {
        let words = locales::check::<locales::Words>(folder)?;
        loaded.problems.extend(words.problems);
        loaded.files += words.files;
    }
    let Some(content) = loaded.content.filter(|_| loaded.problems.is_empty()) else {
        return Ok(Outcome::Refused { problems: loaded.problems, files: loaded.files });
    };
    let bundle = bundle::read(&order.bundle)?;
    let mut output = Output::begin(&order.out)?;
    let search = search::publish(&bundle.search, &mut output)?;
    let assets = assets::write(&bundle, &mut output, &search.script, if order.reload { RELOAD } else { "" })?;
    let pictures = Pictures::write(content.picture_files(), &mut output)?;
    for (path, file) in &bundle.public {
        output.write(path, &fs::read(file).map_err(|error| Failure::io("read", file, &error))?)?;
    }
    let items: Vec<Item> = content.articles.iter().filter_map(Item::of).collect();
    let published = |file: &Path| pictures.published(file);
    let publisher = Publisher::new(&content.site, &content.pages, &items, &order.base, &published);
    let article = |route: &Route| match route {
        Route::Article(_, section, slug) => {
            content.articles.iter().find(|article| article.section == *section && article.slug == *slug)
        }
        _ => None,
    };
    let documents: Vec<(Route, Document)> = publisher
        .routes()
        .into_iter()
        .filter_map(|route| publisher.document(&route, article(&route)).map(|document| (route, document)))
        .collect();
    let mut weights = Weights::default();
    for (route, document) in &documents {
        let html = write_page(route, document, &assets, &mut output)?;
        if order.budgets.is_some() {
            let weight = Weight::of(html.as_bytes());
            let kind = match document.page {
                Page::Article(_) => &mut weights.article_html,
                _ => &mut weights.other_html,
            };
            *kind = kind.max(weight);
        }
    }
    let texts = |item: &Item| {
        content.articles.iter().find(|article| article.section == item.section && article.slug == item.slug)
    };
    search::write(&items, |lang| publisher.site(lang), texts, &mut output)?;
    write_doors(&documents, &assets, &mut output)?;
    if let Some(folder) = &order.keep_bundle {
        bundle::keep(&order.bundle, folder)?;
    }
    let sizes = match &order.budgets {
        Some(budgets) => {
            weigh(&bundle, &assets, &search, &output, &mut weights)?;
            Budgets::read(budgets)?.judge(&weights)?
        }
        None => String::new(),
    };
    let (files, bytes) = output.size();
    output.finish()?;
    let pages = documents.len();
    Ok(Outcome::Built(format!("{sizes}{pages} pages, {files} files, {bytes} bytes in {}", order.out.display())))
}

/// Writes a page's document and its HTML; both hold the same text. The document is read back first, through the same
/// strict reader that the browser has.
fn write_page(route: &Route, document: &Document, assets: &Assets, output: &mut Output) -> Result<String, Failure> {
    let text = inert(&serde_json::to_string(document).map_err(|error| Failure::new(error.to_string()))?);
    let document =
        content::read(text.as_bytes()).map_err(|error| Failure::new(format!("{}: {error}", route.path())))?;
    let shown = Shown { route: route.clone(), document: Arc::new(document) };
    let html = fingerprint::record(&render(&shown, assets, &text, fingerprint::PENDING));
    output.write(&route.document(), text.as_bytes())?;
    output.write(&route.file(), html.as_bytes())?;
    Ok(html)
}

/// The root, the page for unknown addresses, and the addresses that people guess.
fn write_doors(documents: &[(Route, Document)], assets: &Assets, output: &mut Output) -> Result<(), Failure> {
    let home = |lang: Lang| {
        documents.iter().find(|(route, _)| *route == Route::Home(lang)).map(|(_, document)| document.site.clone())
    };
    let sites: Vec<Site> = Lang::ALL.into_iter().filter_map(home).collect();
    output.write("index.html", render_chooser(&sites, assets).as_bytes())?;
    output.write("404.html", render_lost(&sites, assets).as_bytes())?;
    for (guess, lang) in GUESSED {
        if let Some(site) = sites.iter().find(|site| site.lang == lang) {
            output.write(&format!("{guess}/index.html"), render_moved(site, assets).as_bytes())?;
        }
    }
    Ok(())
}

/// JSON in which nothing can end the block that it stands in: `<`, `>` and `&` can only stand within its strings, where
/// they can be written by their numbers.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn weigh(
    bundle: &bundle::Bundle,
    assets: &Assets,
    search: &search::Runtime,
    output: &Output,
    weights: &mut Weights,
) -> Result<(), Failure> {
    weights.style = Weight::of(&output.read(&assets.style.file)?);
    weights.script = Weight::of(&output.read(&assets.script.file)?);
    weights.wasm = Weight::of(&bundle.wasm);
    for program in &search.programs {
        weights.search = weights.search.max(Weight::of(&output.read(program)?));
    }
    weights.search = weights.search.and(Weight::of(&output.read(&search.script)?));
    Ok(())
}

/// Reloads the page after each of a developer's builds, and says in the console what stopped one.
const RELOAD: &str = r#"
(() => {
  const base = document.getElementById("portal")?.dataset.base ?? "/";
  const connect = (again) => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${base}.well-known/trunk/ws`);
    socket.onopen = () => again && location.reload();
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === "reload") location.reload();
      else if (message.type === "buildFailure") console.error(`the build failed: ${message.data.reason}`);
    };
    socket.onclose = () => setTimeout(connect, 2000, true);
  };
  connect(false);
})();
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_documents_text_can_end_the_block_that_it_stands_in() {
        let text = inert(&serde_json::to_string("</script><!--<script>&amp;").unwrap());
        assert!(!text.contains(['<', '>', '&']));
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), "</script><!--<script>&amp;");
    }
}
