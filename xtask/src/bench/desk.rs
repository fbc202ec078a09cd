//! `cargo xtask bench desk`: how soon the editors' desk is there, shows what is typed and saved, and says what will be new.
//!
//! `xtask/bench/desk.mjs` works at the desk in Chromium as an editor does, at moments of its own.

use std::collections::BTreeMap;
use std::process::Command;

use synthetic::{Portal, authored};

use crate::arguments::DeskOptions;
use crate::bench::SEED;
use crate::bench::folder::{self, failed};
use crate::bench::live::server::free_port;
use crate::bench::site::{chosen, write_bundle};
use crate::failure::Failure;
use crate::project::Project;
use crate::requirements::Requirement;
use crate::{desk, install, lighthouse, process, setup, tools};

/// Measures, and prints a table.
///
/// # Errors
/// Where something is missing or does not build, or the desk does not do what is asked of it.
pub(crate) fn run(project: &Project, options: &DeskOptions) -> Result<(), Failure> {
    setup::require(&[Requirement::Node, Requirement::Npm, Requirement::Chromium])?;
    let chromium = Requirement::Chromium
        .locate()
        .ok_or_else(|| Failure::unmet("there is no Chromium"))?;
    let packages = install::provide(&tools::lighthouse())?;
    let site = chosen(project, options.site.as_deref())?;
    desk::make(project)?;
    let work = project.root.join("target").join("bench");
    let place = work.join(format!("desk-{}", options.articles));
    eprintln!(
        "{} articles in five languages: writing them",
        options.articles
    );
    folder::remove(&place)?;
    let content = place.join("content");
    let portal = Portal::new(options.articles, SEED).without_pictures();
    authored::write_in_every_language(&portal, &content)
        .map_err(|error| failed("write", &place, &error))?;
    write_bundle(&project.root, &place.join("bundle"))?;
    if options.publish {
        eprintln!("publishing them");
        let mut build = Command::new(&site);
        process::run_in_view(
            build
                .args(["build", "--bundle", "bundle", "--out", "site"])
                .current_dir(&place),
        )?;
    }
    let article = portal.article(options.articles / 2);
    let mut command = Command::new("node");
    command
        .arg(project.root.join("xtask/bench/desk.mjs"))
        .arg(lighthouse::packages(&packages))
        .arg(&chromium)
        .arg(&site)
        .arg(&place)
        .arg(desk::folder(project))
        .arg(format!("{}/{}", article.section, article.slug))
        .args([options.times.to_string(), free_port()?.to_string()]);
    eprintln!("working at the desk, each thing {} times", options.times);
    let said = process::stdout_of(&mut command)
        .ok_or_else(|| Failure::broken("the measuring program does not run here"));
    folder::remove(&place)?;
    println!("{}", table(&said?, options.articles)?);
    Ok(())
}

/// The table in Markdown for the lines of `desk.mjs`.
fn table(said: &str, articles: usize) -> Result<String, Failure> {
    let mut order = Vec::new();
    let mut all: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for line in said.lines() {
        match line.split_once('\t') {
            Some(("stopped", why)) => {
                return Err(Failure::broken(format!("the measuring stopped: {why}")));
            }
            Some((what, number)) if number.parse::<f64>().is_ok() => {
                if !all.contains_key(what) {
                    order.push(what);
                }
                all.entry(what).or_default().extend(number.parse::<f64>());
            }
            _ => return Err(Failure::broken(format!("a line is not understood: {line}"))),
        }
    }
    if !all.contains_key("the plan of what will be new") {
        return Err(Failure::broken("the measuring ended early"));
    }
    let rows = order.into_iter().map(|what| {
        let times = all.get_mut(what).map(std::mem::take).unwrap_or_default();
        row(what, times)
    });
    Ok(format!(
        "{articles} articles in five languages\n\n\
         | ms | times | least | median | most |\n|---|--:|--:|--:|--:|\n{}",
        rows.collect::<String>()
    ))
}

fn row(what: &str, mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let (least, most) = (times.first(), times.last());
    let middle = times.get(times.len() / 2);
    let [least, middle, most] = [least, middle, most].map(|time| time.copied().unwrap_or_default());
    format!(
        "| {what} | {} | {least:.0} | {middle:.0} | {most:.0} |\n",
        times.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_a_table_in_their_order_and_a_stop_is_no_result() {
        let said = "b\t9\na\t5\nb\t7\nb\t8\nthe plan of what will be new\t3\n";
        let text = table(said, 10).unwrap();
        assert!(
            text.contains("| b | 3 | 7 | 8 | 9 |\n| a | 1 | 5 | 5 | 5 |"),
            "{text}"
        );
        for bad in ["", "stopped\tnot there\n", "a\tb\n", "a\t1\n"] {
            assert!(table(bad, 10).is_err(), "{bad}");
        }
    }
}
