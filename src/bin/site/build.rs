//! `site build`: from a bundle and a content folder to a site that any static host can serve.

use crate::assets;
use crate::budget::{Budgets, Weight, Weights};
use crate::bundle;
use crate::catalogue::Item;
use crate::content;
use crate::content_folder;
use crate::failure::Failure;
use crate::feeds;
use crate::fingerprint;
use crate::locales;
use crate::machines::{self, Machines};
use crate::order::Order;
use crate::output::Output;
use crate::pictures::{Pictures, Published};
use crate::problem::Problem;
use crate::publish::Publisher;
use crate::publish::order::Key;
use portal::app::{Assets, Shown, inert, render, render_chooser, render_lost};
use portal::content::read;
use portal::model::{Document, Entry, Lang, Page, Site};
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
    let assets = assets::write(&bundle, &mut output, if order.reload { RELOAD } else { "" })?;
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
    write_doors(&documents, &assets, &mut output)?;
    write_for_machines(&content.site, &publisher, &items, &assets, &mut output)?;
    if let Some(folder) = &order.keep_bundle {
        bundle::keep(&order.bundle, folder)?;
    }
    let sizes = match &order.budgets {
        Some(budgets) => {
            weigh(&bundle, &assets, &output, &mut weights)?;
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
    let document = read(text.as_bytes()).map_err(|error| Failure::new(format!("{}: {error}", route.path())))?;
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
    Ok(())
}

/// What only machines read.
fn write_for_machines<P: Fn(&Path) -> Published>(
    site: &content::Site,
    publisher: &Publisher<P>,
    items: &[Item],
    assets: &Assets,
    output: &mut Output,
) -> Result<(), Failure> {
    let sites = Lang::ALL.map(|lang| publisher.site(lang).clone());
    let tags = |lang: Lang| {
        let entry = |tag: &content::Tag| Entry { slug: tag.slug.clone(), name: tag.names.get(lang).clone() };
        site.tags.iter().map(entry).collect::<Vec<_>>()
    };
    let newest = |lang: Lang, section: Option<&Entry>| -> Vec<&Item> {
        let order = publisher.order();
        let list = section.map(|entry| order.list(lang, &Key::Section(entry.slug.clone())));
        list.unwrap_or_else(|| order.all(lang)).iter().copied().take(feeds::LENGTH).collect()
    };
    let lists = Lang::ALL.into_iter().flat_map(|lang| publisher.lists_in(lang));
    let pages = lists.filter_map(|route| {
        let languages = publisher.document(&route, None)?.languages;
        Some((route, languages))
    });
    let machines = Machines { sites: &sites, items, tags: &tags, newest: &newest, pages: pages.collect(), assets };
    machines::write(&machines, output)
}

fn weigh(bundle: &bundle::Bundle, assets: &Assets, output: &Output, weights: &mut Weights) -> Result<(), Failure> {
    weights.style = Weight::of(&output.read(&assets.style.file)?);
    weights.script = Weight::of(&output.read(&assets.script.file)?);
    weights.wasm = Weight::of(&bundle.wasm);
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
