//! `cargo xtask desk`: bundles the script and the style sheet of the editors' desk into
//! `target/desk`.
//!
//! The sources are plain modules in `crates/desk/ui`. Editable texts come from npm, at the versions
//! of `package-lock.json` there; the licences of what is bundled are laid beside it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::project::Project;
use crate::{install, tools};

/// What is bundled: a source, and what its bundle is called.
const BUNDLED: [(&str, &str); 2] = [("desk.js", "desk.js"), ("desk.css", "desk.css")];

/// What is copied as it is.
const COPIED: [&str; 2] = ["index.html", "icon.svg"];

/// Where the files of the desk are made.
pub(crate) fn folder(project: &Project) -> PathBuf {
    project.target().join("desk")
}

/// Makes the files of the desk.
///
/// # Errors
/// Where a tool cannot be installed, or a source has a mistake.
pub(crate) fn make(project: &Project) -> Result<(), Failure> {
    let (sources, out) = (project.root.join("crates/desk/ui"), folder(project));
    let bundler = install::provide(&tools::esbuild())?;
    let modules = modules(&install::provide(&tools::prosemirror())?)?;
    fs::create_dir_all(&out).map_err(|error| failed("make", &out, &error))?;
    for (source, name) in BUNDLED {
        let mut command = Command::new(&bundler);
        command.arg(sources.join(source));
        command.args([
            "--bundle",
            "--minify",
            "--format=esm",
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=warning",
            "--target=es2022",
        ]);
        command
            .arg(format!("--outfile={}", out.join(name).display()))
            .env("NODE_PATH", &modules);
        let said = command
            .output()
            .map_err(|error| failed("bundle", &sources, &error))?;
        if !said.status.success() {
            let why = String::from_utf8_lossy(&said.stderr).trim().to_owned();
            return Err(Failure::broken(format!(
                "{source} of the desk cannot be bundled: {why}"
            )));
        }
    }
    let style = out.join("desk.css");
    let text = fs::read_to_string(&style).map_err(|error| failed("read", &style, &error))?;
    fs::write(&style, with_queries(&text)).map_err(|error| failed("write", &style, &error))?;
    for name in COPIED {
        let copied = fs::copy(sources.join(name), out.join(name));
        copied.map_err(|error| failed("copy", &sources.join(name), &error))?;
    }
    let file = out.join("licences.txt");
    fs::write(&file, licences(&modules)?).map_err(|error| failed("write", &file, &error))
}

/// A style sheet with the queries of `style/tokens/media.css` in the place of their names: the desk has the style sheets of
/// the page, and browsers do not know such names.
fn with_queries(style: &str) -> String {
    const BEGIN: &str = "@custom-media ";
    let mut rest = style.to_owned();
    let mut queries = Vec::new();
    while let Some(at) = rest.find(BEGIN) {
        let end = rest[at..].find(';').map_or(rest.len(), |end| at + end);
        let declared = rest[at + BEGIN.len()..end].trim().to_owned();
        queries.extend(
            declared
                .split_once(' ')
                .map(|(name, query)| (format!("({name})"), query.trim().to_owned())),
        );
        rest.replace_range(at..(end + 1).min(rest.len()), "");
    }
    for (name, query) in queries {
        rest = rest.replace(&name, &query);
    }
    rest
}

/// The folder `node_modules` that a file is in.
fn modules(file: &Path) -> Result<PathBuf, Failure> {
    let folder = file
        .ancestors()
        .find(|folder| folder.ends_with("node_modules"));
    folder
        .map(Path::to_owned)
        .ok_or_else(|| Failure::broken(format!("{} is in no folder of npm", file.display())))
}

/// The licences of all packages, by name.
fn licences(modules: &Path) -> Result<String, Failure> {
    let entries = fs::read_dir(modules).map_err(|error| failed("read", modules, &error))?;
    let mut packages: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    packages.sort();
    let mut text = String::from("The script of the desk contains these works.\n");
    for package in packages.iter().filter(|package| !is_hidden(package)) {
        let file = package.join("LICENSE");
        let licence = fs::read_to_string(&file).map_err(|error| failed("read", &file, &error))?;
        let name = package.file_name().unwrap_or_default().to_string_lossy();
        let (line, licence) = ("-".repeat(72), licence.trim());
        text.extend(["\n", &line, "\n", &name, "\n\n", licence, "\n"]);
    }
    Ok(text)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn failed(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::broken(format!("cannot {what} {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_take_the_place_of_their_names() {
        let style = "@custom-media --wide (min-width: 64em);@custom-media --low (max-height: 24em);\
                     a{b:c}@media(--wide){d{e:f}}@media (--low) and (--wide){g{h:i}}";
        assert_eq!(
            with_queries(style),
            "a{b:c}@media(min-width: 64em){d{e:f}}@media (max-height: 24em) and (min-width: 64em){g{h:i}}"
        );
        assert_eq!(with_queries("a{b:c}@custom-media --x"), "a{b:c}");
    }
}
