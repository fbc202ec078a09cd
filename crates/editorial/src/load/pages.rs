//! Loads standing pages: the folders `pages/<slug>/`.

use super::articles::{list_languages, read_slug, refuse_files};
use super::leavings::copy;
use super::listing::Folder;
use super::{Loader, names};
use crate::check::glossary::warn;
use crate::check::standing::check_standing;
use crate::content::Standing;
use crate::content::authored;
use crate::content::duties::Duties;
use crate::diagnostics::{Failure, Problem, shown};
use crate::message;
use model::{Lang, Slug};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A standing page as it was read.
struct Read {
    /// The page, where it has no problem.
    page: Option<Standing>,
    /// Whether it is a draft.
    draft: bool,
}

/// Reads the standing pages, in the order in which `site.json` lists them.
pub(super) fn read_pages(
    loader: &mut Loader,
    root: &Folder,
    listed: Option<&[Slug]>,
    wanted: &[Lang],
    duties: &Duties,
) -> Result<Vec<Standing>, Failure> {
    let folder = loader
        .sub(root, "pages")?
        .unwrap_or_else(|| Folder::absent(root.path.join("pages")));
    refuse_files(
        loader,
        &folder,
        &message!("pages holds a folder for each standing page"),
    );
    let mut pages = BTreeMap::new();
    for name in &folder.folders {
        let path = folder.path.join(name);
        let Some(slug) = read_slug(loader, &path, name) else {
            continue;
        };
        if duties.claims(&slug) {
            let message = message!("the build makes the page \"{slug}\" by itself", slug);
            let help = message!(
                "rename this folder, or leave out what that page is made of: docs/content.md says what"
            );
            loader
                .findings
                .add(Problem::with_file(shown(&path), message).help(help));
            continue;
        }
        let unlisted = listed.is_some_and(|listed| !listed.contains(&slug));
        let Read { page, draft } = read_page(loader, &folder, slug.clone(), wanted, unlisted)?;
        if draft {
            continue;
        }
        if unlisted {
            let message = message!("site.json does not list the standing page \"{slug}\"", slug);
            loader.findings.add(
                Problem::with_file(shown(&path), message)
                    .help(message!("add it to \"pages\" there, or delete the folder")),
            );
        }
        pages.insert(slug, page);
    }
    let made = duties.pages();
    for slug in listed
        .unwrap_or_default()
        .iter()
        .filter(|&slug| !pages.contains_key(slug) && !made.contains(slug))
    {
        let message = message!(
            "site.json lists the standing page \"{slug}\", which is not there",
            slug
        );
        let path = folder.path.join(slug.as_str());
        loader
            .findings
            .add(Problem::with_file(shown(&path), message).help(message!(
                "write it, or take it out of \"pages\" in site.json"
            )));
    }
    loader.targets.pages = pages.keys().cloned().chain(made).collect();
    Ok(listed
        .unwrap_or_default()
        .iter()
        .filter_map(|slug| pages.remove(slug).flatten())
        .collect())
}

/// Reads a page. A page that `site.json` does not list may be a draft, which is not published
/// and may lack languages.
fn read_page(
    loader: &mut Loader,
    pages: &Folder,
    slug: Slug,
    wanted: &[Lang],
    unlisted: bool,
) -> Result<Read, Failure> {
    let before = loader.findings.problems.len();
    let folder = loader.list(&pages.path.join(slug.as_str()))?;
    report_strays(loader, &folder);
    let languages = list_languages(loader, &folder, &[]);
    let (mut versions, mut draft) = (BTreeMap::new(), false);
    for &lang in &languages {
        let mut reading = loader.json::<authored::standing::Standing>(
            &folder.path.join(format!("{}.json", lang.tag())),
        )?;
        let Some(page) = reading.value.take() else {
            continue;
        };
        draft |= page.draft;
        if lang == Lang::Vi {
            loader.findings.warn_of_look_alikes(reading.root());
        }
        if page.draft && !unlisted {
            let message = message!("site.json lists this page, and yet it is a draft");
            let help = message!(
                "delete \"draft\" when the page is ready, or take the page out of \"pages\" in site.json"
            );
            loader
                .findings
                .add(reading.root().name_of("draft").problem(message).help(help));
        }
        let glossary = Arc::clone(&loader.findings.glossary);
        warn(&glossary, &mut loader.findings, reading.root(), lang);
        versions.insert(
            lang,
            check_standing(&mut loader.findings, reading.root(), page),
        );
    }
    let draft = draft && unlisted;
    for lang in wanted
        .iter()
        .filter(|lang| !draft && !languages.contains(lang))
    {
        let name = format!("{}.json", lang.tag());
        let path = folder.path.join(&name);
        if folder.folders.contains(&name) {
            continue;
        }
        let help = message!(
            "a standing page is there in every language: the footer leads to it everywhere"
        );
        loader
            .findings
            .add(Problem::with_file(shown(&path), message!("the file is missing")).help(help));
    }
    let sound = loader.findings.problems.len() == before;
    Ok(Read {
        page: sound.then_some(Standing { slug, versions }),
        draft,
    })
}

fn report_strays(loader: &mut Loader, folder: &Folder) {
    for name in folder.folders.iter().filter(|name| names::is_json(name)) {
        loader.findings.add(folder.instead_of_a_file(name));
    }
    let strays = folder
        .files
        .iter()
        .chain(&folder.folders)
        .filter(|name| !names::is_json(name));
    for name in strays {
        if let Some((message, help)) = copy(name, &folder.files) {
            let path = folder.path.join(name);
            loader
                .findings
                .add(Problem::with_file(shown(&path), message).help(help));
            continue;
        }
        let message = message!(
            "\"{name}\" does not belong in a standing page's folder",
            name
        );
        let help = message!(
            "it holds {tags}.json",
            tags = names::tags().replace(", ", ".json, ")
        );
        loader
            .findings
            .add(Problem::with_file(shown(&folder.path.join(name)), message).help(help));
    }
}
