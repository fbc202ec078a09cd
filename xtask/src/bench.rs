//! `cargo xtask bench publish`: the cost of publishing portals of many sizes, compared with Hugo in
//! the same run.
//!
//! Both build the same articles in two languages from freshly written files, one after the other on
//! the same machine. Up to 1,000 articles each builds three times and the quickest time counts;
//! above, once. On other machines only the ratios of times mean something. Where other programs are
//! running, CPU time says more than wall-clock time.

pub(crate) mod controls;
pub(crate) mod desk;
mod folder;
mod hugo;
mod kept;
pub(crate) mod live;
mod measure;
pub(crate) mod pages;
pub(crate) mod preview;
mod site;
pub(crate) mod sync;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use synthetic::{Portal, authored};

use crate::arguments::BenchOptions;
use crate::failure::Failure;
use crate::project::Project;
use folder::{Change, Manifest};
use hugo::Hugo;
use site::{Run, Site};

/// The same portals in every run.
const SEED: u64 = 2026;
/// Up to so many articles, the best of [`TIMES`] builds counts.
const REPEATED: usize = 1000;
const TIMES: usize = 3;
/// The space on the disk for each article, in bytes: both sites with all their copies, rounded up
/// (measured with 1,000 articles).
const ROOM: u64 = 200_000;

/// The measurements of one portal.
struct Measured {
    articles: usize,
    times: usize,
    /// A build from nothing.
    cold: Run,
    /// A build with nothing changed.
    rebuild: Run,
    rebuild_change: Change,
    /// A build with one more article.
    one_more: Run,
    one_more_change: Change,
    size: folder::Size,
    hugo: Option<hugo::Measured>,
}

/// Measures all portals, prints a table of each, and writes `target/bench/publish.json`.
pub(crate) fn run(project: &Project, options: &BenchOptions) -> Result<(), Failure> {
    let work = project.root.join("target").join("bench");
    folder::make(&work)?;
    folder::require_room(
        &work,
        options.articles.iter().copied().max().unwrap_or(0) as u64 * ROOM,
    )?;
    let site = Site::build(project, options)?;
    let hugo = if options.without_hugo {
        None
    } else {
        Some(Hugo::find(project)?)
    };
    let mut all = Vec::new();
    for &articles in &options.articles {
        let place = work.join(format!("portal-{articles}"));
        let measured = measure(&place, articles, &site, hugo.as_ref(), options);
        if !options.keep {
            folder::remove(&place)?;
        }
        let measured = measured?;
        println!("{}", table::table(&measured, hugo.as_ref()));
        all.push(measured);
    }
    let file = work.join("publish.json");
    fs::write(&file, table::json(&all, hugo.as_ref()))
        .map_err(|error| folder::failed("write", &file, &error))?;
    println!("the same numbers for machines are in {}", file.display());
    Ok(())
}

fn measure(
    place: &Path,
    articles: usize,
    site: &Site,
    hugo: Option<&Hugo>,
    options: &BenchOptions,
) -> Result<Measured, Failure> {
    folder::remove(place)?;
    let portal = Portal::new(articles, SEED);
    let portal = if options.stages.iter().any(|stage| stage == "pictures") {
        portal
    } else {
        portal.without_pictures()
    };
    eprintln!("{articles} articles: writing them");
    let content = place.join("content");
    let written = |result: std::io::Result<()>| {
        result.map_err(|error| folder::failed("write", place, &error))
    };
    written(authored::write(&portal, &content))?;
    site.write_bundle(&place.join("bundle"))?;
    let times = if articles <= REPEATED { TIMES } else { 1 };
    let out = place.join("site");
    let extra = portal.article(articles);
    let extra_folder = authored::folder(&extra, &content);
    let mut best: Option<Measured> = None;
    for round in 1..=times {
        eprintln!("{articles} articles: building, round {round} of {times}");
        remove_site(&out)?;
        let cold = site.run(place, &out)?;
        let before = Manifest::of(&out)?;
        let rebuild = site.run(place, &out)?;
        let unchanged = Manifest::of(&out)?;
        written(authored::write_article(&extra, &content))?;
        let one_more = site.run(place, &out)?;
        let after = Manifest::of(&out)?;
        folder::remove(&extra_folder)?;
        let measured = Measured {
            articles,
            times,
            cold,
            rebuild,
            rebuild_change: before.change_to(&unchanged),
            one_more,
            one_more_change: unchanged.change_to(&after),
            size: before.size(),
            hugo: None,
        };
        // Hugo builds within the same round, so that other load on the machine affects both.
        let by_hugo = match hugo {
            Some(hugo) => {
                if articles > REPEATED {
                    remove_site(&out)?;
                }
                Some(hugo.measure(&portal, &place.join("hugo"))?)
            }
            None => None,
        };
        best = Some(match best {
            None => Measured {
                hugo: by_hugo,
                ..measured
            },
            Some(best) => Measured {
                cold: best.cold.quicker(measured.cold),
                rebuild: best.rebuild.quicker(measured.rebuild),
                one_more: best.one_more.quicker(measured.one_more),
                hugo: best
                    .hugo
                    .zip(by_hugo)
                    .map(|(one, other)| one.quicker(other)),
                ..best
            },
        });
    }
    best.ok_or_else(|| Failure::broken("nothing was measured"))
}

/// Removes a site with everything that its builds left next to it.
fn remove_site(out: &Path) -> Result<(), Failure> {
    folder::remove(out)?;
    folder::remove(&state_folder(out))
}

/// The folder in which `site build` keeps what the next build needs
/// (docs/decisions/0010-units-and-two-copies.md).
fn state_folder(out: &Path) -> PathBuf {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    out.with_file_name(format!(".{name}.state"))
}
