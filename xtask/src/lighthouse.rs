//! `cargo xtask lighthouse`: the scores that Lighthouse gives each page of the built site, with the
//! headers of the published site.
//!
//! `site serve` serves the release build. The Chromium of the tests loads it as a mid-range phone
//! on a slow line does, which is Lighthouse's default. The performance depends on the machine, so
//! each page is loaded several times and the median counts. The other three scores do not depend on
//! it.

mod table;

use std::path::Path;
use std::process::Command;

use crate::arguments::{BuildOptions, LighthouseOptions};
use crate::failure::Failure;
use crate::project::Project;
use crate::requirements::Requirement;
use crate::site_server::SiteServer;
use crate::tools::Purpose;
use crate::{bundle, install, process, setup, tools};
use table::Page;

/// The languages whose pages are judged: one in Latin script, one that is not.
const LANGUAGES: [&str; 2] = ["vi", "ja"];
/// Home, section, article, search.
const PAGES: [&str; 4] = ["", "port/", "port/deep-water-port/", "search/"];

/// Prints a table of scores. Fails where a score is below `at_least`.
pub(crate) fn run(project: &Project, options: &LighthouseOptions) -> Result<(), Failure> {
    setup::require(&[Requirement::Node, Requirement::Npm, Requirement::Chromium])?;
    let chromium = Requirement::Chromium
        .locate()
        .ok_or_else(|| Failure::unmet("there is no Chromium"))?;
    let lighthouse = install::provide(&tools::lighthouse())?;
    let build = BuildOptions::default();
    if bundle::is_due(project, &build, Purpose::Build) {
        bundle::make(project, &build, Purpose::Build)?;
    }
    let server = SiteServer::start(project)?;
    let addresses = LANGUAGES
        .iter()
        .flat_map(|lang| PAGES.map(|page| format!("{}{lang}/{page}", server.address)));
    let addresses: Vec<String> = addresses.collect();
    let packages = packages(&lighthouse);
    let mut command = Command::new("node");
    command
        .arg(project.root.join("xtask/lighthouse/measure.mjs"))
        .arg(packages)
        .arg(chromium);
    let reader = if options.awake { "reads" } else { "waits" };
    command.arg(options.runs.to_string()).arg(reader);
    command.args(&addresses);
    eprintln!(
        "judging {} pages, {} times each, about 10 seconds a time",
        addresses.len(),
        options.runs
    );
    let said = process::stdout_of(&mut command)
        .ok_or_else(|| Failure::broken("Lighthouse does not run here"))?;
    drop(server);
    let pages = table::read(&said)?;
    println!("{}", table::table(&pages));
    judge(&pages, addresses.len(), options.at_least)
}

fn judge(pages: &[Page], wanted: usize, at_least: u8) -> Result<(), Failure> {
    let low: Vec<String> = pages
        .iter()
        .filter_map(|page| page.below(at_least))
        .collect();
    if pages.len() != wanted {
        return Err(Failure::broken(format!(
            "{} of {wanted} pages were judged",
            pages.len()
        )));
    }
    if low.is_empty() {
        Ok(())
    } else {
        Err(Failure::broken(format!(
            "below {at_least}:\n  {}",
            low.join("\n  ")
        )))
    }
}

/// The folder of packages that a file of a package stands in.
pub(crate) fn packages(file: &Path) -> &Path {
    file.ancestors()
        .find(|folder| folder.ends_with("node_modules"))
        .unwrap_or(file)
}
