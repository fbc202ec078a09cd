//! `cargo xtask bench preview`: how long a save takes until it is served by `site preview`, and until
//! it is painted in Chromium.
//!
//! `xtask/bench/preview.mjs` saves an article of a synthetic portal again and again, at moments of its
//! own, as an editor's program does.

use std::path::Path;
use std::process::Command;

use synthetic::{Portal, authored};

use crate::arguments::PreviewOptions;
use crate::bench::SEED;
use crate::bench::folder::{self, failed};
use crate::bench::live::server::{Server, free_port};
use crate::bench::site::{chosen, write_bundle};
use crate::failure::Failure;
use crate::project::Project;
use crate::requirements::Requirement;
use crate::{install, lighthouse, process, setup, tools};

/// The goal, in milliseconds until the new text is painted.
const GOAL: f64 = 300.0;

/// Measures, and prints a table.
///
/// # Errors
/// Where something is missing or does not build, or a save does not come to the page.
pub(crate) fn run(project: &Project, options: &PreviewOptions) -> Result<(), Failure> {
    setup::require(&[Requirement::Node, Requirement::Npm, Requirement::Chromium])?;
    let chromium = Requirement::Chromium
        .locate()
        .ok_or_else(|| Failure::unmet("there is no Chromium"))?;
    let packages = install::provide(&tools::lighthouse())?;
    let site = chosen(project, options.site.as_deref())?;
    let work = project.root.join("target").join("bench");
    let place = work.join(format!("preview-{}", options.articles));
    let said = measure(project, options, &place, &site, |command| {
        command
            .arg(project.root.join("xtask/bench/preview.mjs"))
            .arg(lighthouse::packages(&packages))
            .arg(&chromium);
    });
    folder::remove(&place)?;
    println!("{}", table(&said?, options)?);
    Ok(())
}

fn measure(
    project: &Project,
    options: &PreviewOptions,
    place: &Path,
    site: &Path,
    prepare: impl FnOnce(&mut Command),
) -> Result<String, Failure> {
    eprintln!("{} articles: writing them", options.articles);
    folder::remove(place)?;
    let content = place.join("content");
    let portal = Portal::new(options.articles, SEED).without_pictures();
    authored::write(&portal, &content).map_err(|error| failed("write", place, &error))?;
    write_bundle(&project.root, &place.join("bundle"))?;
    let port = free_port()?;
    let mut preview = Command::new(site);
    preview
        .args(["preview", "--port", &port.to_string()])
        .current_dir(place);
    let server = Server::start(None, &preview, port, "/readyz", &place.join("preview.log"))?;
    let article = portal.article(options.articles / 2);
    let mut command = Command::new("node");
    prepare(&mut command);
    command
        .arg(format!(
            "http://localhost:{port}/vi/{}/{}/",
            article.section, article.slug
        ))
        .arg(authored::folder(&article, &content).join("vi.json"))
        .arg(options.saves.to_string());
    eprintln!("saving {} times", options.saves);
    let said = process::stdout_of(&mut command)
        .ok_or_else(|| Failure::broken("the measuring program does not run here"));
    drop(server);
    said
}

/// The table in Markdown for the lines of `preview.mjs`.
fn table(said: &str, options: &PreviewOptions) -> Result<String, Failure> {
    let (mut served, mut painted) = (Vec::new(), Vec::new());
    for line in said.lines() {
        let words: Vec<&str> = line.split('\t').collect();
        let number = |word: &str| word.parse::<f64>().ok();
        match words[..] {
            ["save", one, other] => {
                served.extend(number(one));
                painted.extend(number(other));
            }
            ["stopped", why] => {
                return Err(Failure::broken(format!("the measuring stopped: {why}")));
            }
            _ => return Err(Failure::broken(format!("a line is not understood: {line}"))),
        }
    }
    if served.is_empty() || served.len() != painted.len() {
        return Err(Failure::broken("the measuring ended early"));
    }
    let row = |name: &str, times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        let middle = times[times.len() / 2];
        let most = times.last().copied().unwrap_or_default();
        let least = times.first().copied().unwrap_or_default();
        format!("| {name} | {least:.0} | {middle:.0} | {most:.0} |\n")
    };
    Ok(format!(
        "{} articles, {} saves; the goal is {GOAL:.0} ms until it is painted\n\n\
         | from the save, ms | least | median | most |\n|---|--:|--:|--:|\n{}{}",
        options.articles,
        served.len(),
        row("until it is served", &mut served),
        row("until it is painted", &mut painted)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_a_table_and_a_stop_is_no_result() {
        let options = PreviewOptions {
            articles: 10,
            saves: 3,
            site: None,
        };
        let text = table("save\t9\t20\nsave\t5\t30\nsave\t7\t10\n", &options).unwrap();
        assert!(text.contains("served | 5 | 7 | 9 |"), "{text}");
        assert!(text.contains("painted | 10 | 20 | 30 |"), "{text}");
        for bad in ["", "stopped\tnot served\n", "save\t1\n"] {
            assert!(table(bad, &options).is_err(), "{bad}");
        }
    }
}
