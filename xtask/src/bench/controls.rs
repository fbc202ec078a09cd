//! `cargo xtask bench controls`: how long each press takes until the next paint, what a search costs,
//! and whether the memory grows, on a processor that is slowed down.
//!
//! `xtask/bench/controls.mjs` presses as a finger does, each time in a browser that has never seen the
//! page, with the program asleep and awake. Times depend on the machine.

use std::fmt::Write;
use std::process::Command;

use crate::arguments::{BuildOptions, ControlsOptions};
use crate::failure::Failure;
use crate::lighthouse;
use crate::project::Project;
use crate::requirements::Requirement;
use crate::site_server::SiteServer;
use crate::tools::Purpose;
use crate::{bundle, install, process, setup, tools};

/// Builds what has to be built, measures, and prints tables.
///
/// # Errors
/// Where something is missing or does not build, or a control does not do what it should.
pub(crate) fn run(project: &Project, options: &ControlsOptions) -> Result<(), Failure> {
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
    let mut command = Command::new("node");
    command
        .arg(project.root.join("xtask/bench/controls.mjs"))
        .arg(lighthouse::packages(&lighthouse))
        .arg(chromium)
        .arg(&server.address)
        .arg(options.times.to_string())
        .arg(options.cpu.to_string());
    eprintln!(
        "pressing every control {} times, asleep and awake",
        options.times
    );
    let said = process::stdout_of(&mut command)
        .ok_or_else(|| Failure::broken("the measuring program does not run here"))?;
    drop(server);
    println!("{}", table(&said)?);
    Ok(())
}

/// The tables in Markdown for the lines of `controls.mjs`.
fn table(said: &str) -> Result<String, Failure> {
    let mut text =
        String::from("| press | program | median ms | longest ms |\n|---|---|--:|--:|\n");
    let mut rest = String::new();
    for line in said.lines() {
        let words: Vec<&str> = line.split('\t').collect();
        let result = match words[..] {
            ["press", name, state, median, longest] => {
                writeln!(text, "| {name} | {state} | {median} | {longest} |")
            }
            ["search", bytes, median, longest] => writeln!(
                rest,
                "bytes until the first result: {bytes}; from the key to the next results: median {median} ms, longest {longest} ms"
            ),
            ["memory", early, late] => writeln!(
                rest,
                "heap after 10 clicks: {early} bytes, after 50: {late} bytes"
            ),
            ["stopped", why] => {
                return Err(Failure::broken(format!("the measuring stopped: {why}")));
            }
            _ => {
                return Err(Failure::broken(format!("a line is not understood: {line}")));
            }
        };
        result.map_err(|error| Failure::broken(error.to_string()))?;
    }
    if rest.lines().count() == 2 {
        Ok(format!("{text}\n{rest}"))
    } else {
        Err(Failure::broken("the measuring ended early"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_tables_and_a_stop_is_no_result() {
        let said = "press\tmenu\tasleep\t16\t24\nsearch\t100\t20\t30\nmemory\t1\t2\n";
        let text = table(said).unwrap();
        assert!(text.contains("| menu | asleep | 16 | 24 |\n"), "{text}");
        assert!(text.contains("until the first result: 100;"), "{text}");
        for bad in [
            "press\tmenu\tasleep\t16\t24\n",
            "stopped\tno menu\n",
            "press\tmenu\n",
        ] {
            assert!(table(bad).is_err(), "{bad}");
        }
    }
}
