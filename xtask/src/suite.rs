//! `cargo xtask test`: builds the site, then runs every test, those in browsers included.
//!
//! Environment variables tell the tests the places of the site, the browsers, their drivers and
//! other programs (docs/developers.md). A variable that the person has set is kept, except that of
//! the site.

mod summary;

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::arguments::BuildOptions;
use crate::failure::Failure;
use crate::project::Project;
use crate::requirements::Requirement;
use crate::setup::Ready;
use crate::tools::Purpose;
use crate::{bundle, desk, process, search_path, setup};
use summary::Summary;

/// How many tests run at once, for the test programs that Cargo makes.
const THREADS: &str = "RUST_TEST_THREADS";

/// Builds the site, then runs every test program to its end, whatever failed before it. A summary
/// of what failed comes last.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<(), Failure> {
    let options = BuildOptions::default();
    if bundle::is_due(project, &options, Purpose::Tests) {
        bundle::make(project, &options, Purpose::Tests)?;
    }
    desk::make(project)?;
    let ready = setup::run(project, Purpose::Tests)?;
    let mut command = project.cargo(&["test", "--workspace", "--no-fail-fast"]);
    command.args(arguments).envs(environment(project, &ready));
    if env::var_os(THREADS).is_none() {
        // A test in a browser waits a quarter of its time for the driver, so that one test more
        // than there are cores keeps them all at work.
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        command.env(THREADS, (cores + 1).to_string());
    }
    run_tests(&mut command)
}

/// Runs the tests with their output shown. The failure ends with the summary.
fn run_tests(command: &mut Command) -> Result<(), Failure> {
    let line = process::line(command);
    eprintln!("running {line}");
    let failed = |error: io::Error| Failure::broken(format!("cannot run `{line}`: {error}"));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(failed)?;
    let mut summary = Summary::default();
    if let Some(output) = child.stdout.take() {
        pass_on(output, &mut summary).map_err(failed)?;
    }
    let status = child.wait().map_err(failed)?;
    let text = summary.render();
    if status.success() {
        return Ok(());
    }
    let Failure { code, message } = Failure::of_command(&line, status.code());
    Err(Failure {
        code,
        message: text.map_or(message.clone(), |text| format!("{message}\n\n{text}")),
    })
}

/// Shows the output of the tests, and feeds it to the summary. The output need not be UTF-8.
#[expect(
    clippy::disallowed_methods,
    reason = "bytes are passed on as they are, and what hinders that is returned"
)]
fn pass_on(output: impl io::Read, summary: &mut Summary) -> io::Result<()> {
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line)? > 0 {
        let mut out = io::stdout().lock();
        out.write_all(&line)?;
        out.flush()?;
        summary.read(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']));
        line.clear();
    }
    Ok(())
}

/// The folder `node_modules` that a file stands in.
fn modules(file: &Path) -> Option<PathBuf> {
    file.ancestors()
        .find(|folder| folder.ends_with("node_modules"))
        .map(Path::to_owned)
}

/// Chromium's headless shell, where there is one of the same version as Chromium: both have one driver.
fn headless_shell() -> Option<PathBuf> {
    let shell = search_path::find(&["chromium-headless-shell", "chrome-headless-shell"])?;
    let version = |program: &Path| {
        let output = Command::new(program).arg("--version").output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let number = text
            .split_whitespace()
            .find(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))?;
        Some(number.to_owned())
    };
    let chromium = version(&Requirement::Chromium.locate()?)?;
    (version(&shell)? == chromium).then_some(shell)
}

/// The environment variables that tell the tests the places of the site, the browsers, their
/// drivers and other programs.
pub(crate) fn environment(project: &Project, ready: &Ready) -> Vec<(&'static str, PathBuf)> {
    let programs = [
        Requirement::Chromium,
        Requirement::ChromeDriver,
        Requirement::Firefox,
        Requirement::WebKitDriver,
        Requirement::MiniBrowser,
        Requirement::Java,
        Requirement::Nginx,
        Requirement::Caddy,
        Requirement::Apache,
        Requirement::Valgrind,
        Requirement::WordPress,
        Requirement::GoAccess,
        Requirement::Postgres,
    ];
    let mut variables: Vec<(&str, PathBuf)> = programs
        .into_iter()
        .filter_map(|program| Some((program.variable()?, program.locate()?)))
        .collect();
    variables.extend(headless_shell().map(|shell| ("PORTAL_CHROMIUM_SHELL", shell)));
    variables.extend(
        ready
            .file("geckodriver")
            .map(|file| ("PORTAL_GECKODRIVER", file)),
    );
    variables.extend(ready.file("axe-core").map(|file| ("PORTAL_AXE", file)));
    variables.extend(ready.file("vnu-jar").map(|file| ("PORTAL_VNU", file)));
    variables.extend(
        ready
            .file("@strapi/strapi")
            .and_then(|file| Some(("PORTAL_STRAPI", modules(&file)?))),
    );
    variables.extend(
        ready
            .file("wagtail")
            .and_then(|file| Some(("PORTAL_WAGTAIL", file.parent()?.parent()?.to_owned()))),
    );
    variables.retain(|(name, _)| env::var_os(name).is_none_or(|value| value.is_empty()));
    // Set in any case: it is the site that was just built.
    variables.push(("PORTAL_DIST", project.dist()));
    variables
}
