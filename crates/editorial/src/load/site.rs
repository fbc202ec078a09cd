//! Loads `site.json` with its banners, and the portal's own drawings.

use super::listing::Folder;
use super::pictures::read_pictures;
use super::{GLOSSARY, Loader, SITE, VIEWS};
use crate::check::glossary::{check_glossary, warn_by_lang};
use crate::check::site::check_site;
use crate::content::Site;
use crate::content::authored;
use crate::content::glossary::Glossary;
use crate::content::views::Counts;
use crate::diagnostics::{Failure, Problem, shown};
use crate::message;
use model::Slug;
use std::sync::Arc;

/// Reads one of the portal's own drawings, where it is there.
pub(super) fn read_drawing<T>(
    loader: &mut Loader,
    root: &Folder,
    name: &str,
    check: fn(&str, &[u8]) -> Result<T, Vec<Problem>>,
) -> Result<Option<T>, Failure> {
    if !root.files.iter().any(|file| file == name) {
        return Ok(None);
    }
    loader.files += 1;
    let path = root.path.join(name);
    // It is not among the files that are published as they are.
    let bytes = std::fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
    let checked = check(&shown(&path), &bytes);
    Ok(checked
        .map_err(|problems| loader.findings.add_all(problems))
        .ok())
}

/// Reads the view counts, where they are there. A tool has written them.
pub(super) fn read_counts(loader: &mut Loader, root: &Folder) -> Result<Option<Counts>, Failure> {
    if !root.files.iter().any(|file| file == VIEWS) {
        return Ok(None);
    }
    let mut reading = loader.json::<Counts>(&root.path.join(VIEWS))?;
    let counts = reading.value.take();
    if counts
        .as_ref()
        .is_some_and(|counts| !counts.as_of.is_whole())
    {
        let message = message!("\"as_of\" must be a whole day");
        let place = reading.root().key("as_of");
        loader.findings.add(
            place
                .problem(message)
                .help(message!("for example 2026-05-13")),
        );
    }
    Ok(counts)
}

/// Reads the names of the portal, where they are there.
pub(super) fn read_glossary(loader: &mut Loader, root: &Folder) -> Result<Glossary, Failure> {
    if !root.files.iter().any(|file| file == GLOSSARY) {
        return Ok(Glossary::default());
    }
    let mut reading = loader.json::<authored::glossary::Glossary>(&root.path.join(GLOSSARY))?;
    let authored = reading.value.take();
    Ok(authored.map_or_else(Glossary::default, |authored| {
        check_glossary(&mut loader.findings, reading.root(), authored)
    }))
}

/// Reads `site.json` and the banners. Returns the site, and the slugs of the standing pages
/// that `site.json` lists.
pub(super) fn read_site(
    loader: &mut Loader,
    root: &Folder,
) -> Result<(Option<Site>, Option<Vec<Slug>>), Failure> {
    let before = loader.findings.problems.len();
    let banners = loader
        .sub(root, "banners")?
        .unwrap_or_else(|| Folder::absent(root.path.join("banners")));
    let mut pictures = read_pictures(loader, &banners)?;
    if root.folders.iter().any(|name| name == SITE) {
        return Ok((None, None));
    }
    if !root.files.iter().any(|name| name == SITE) {
        let message = message!("the file is missing: nothing is known about the portal without it");
        let help = message!("docs/content.md says what it holds");
        loader
            .findings
            .add(Problem::with_file(shown(&root.path.join(SITE)), message).help(help));
        return Ok((None, None));
    }
    let mut reading = loader.json::<authored::site::Site>(&root.path.join(SITE))?;
    let Some(authored) = reading.value.take() else {
        return Ok((None, None));
    };
    let listed = authored.pages.clone();
    let glossary = Arc::clone(&loader.findings.glossary);
    warn_by_lang(&glossary, &mut loader.findings, reading.root());
    let site = check_site(
        &mut loader.findings,
        reading.root(),
        authored,
        |findings, cursor, file| {
            if let Some(name) = file.strip_prefix("banners/") {
                return pictures.find(findings, cursor, name);
            }
            pictures.mark_used(file);
            findings.add(
                cursor
                    .problem(message!("a banner must stand in the folder banners"))
                    .help(message!("for example banners/port.svg")),
            );
            None
        },
    );
    pictures.report_unused(&mut loader.findings, SITE);
    loader.site_is_sound = loader.findings.problems.len() == before;
    Ok((Some(site), Some(listed)))
}
