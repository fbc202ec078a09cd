//! A table for the host of the old addresses: from each to the article that has taken its place.

use super::plan::Plan;
use crate::loss::excerpt;
use crate::slugs::decoded;
use editorial::diagnostics::Failure;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The old addresses with their new ones, both from the first slash on.
pub(super) fn table(plan: &Plan<'_>) -> BTreeMap<String, String> {
    let mut table = BTreeMap::new();
    for group in &plan.groups {
        for (lang, item) in &group.texts {
            let link = item.link.trim();
            let path = link
                .split_once("://")
                .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
            let Some(path) =
                path.filter(|path| *path != "/" && !path.contains(char::is_whitespace))
            else {
                continue;
            };
            let to = format!("/{}/{}/{}/", lang.tag(), group.section, group.slug);
            let path = path.split('#').next().unwrap_or_default();
            if path != to {
                table.entry(path.to_owned()).or_insert(to);
            }
        }
    }
    table
}

/// Writes the table in the form that the name of the file asks for: `.htaccess` for Apache, `.map`
/// for nginx, `_redirects` for hosts of static sites, else as comma-separated values.
pub(super) fn write(path: &Path, table: &BTreeMap<String, String>) -> Result<(), Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut text = String::new();
    if !["htaccess", "map", "_redirects"]
        .iter()
        .any(|ending| name.ends_with(ending))
    {
        text.push_str("from,to\n");
    }
    for (from, to) in table {
        text.push_str(&line(&name, from, to));
    }
    fs::write(path, text).map_err(|error| Failure::io("write", path, &error))
}

fn line(name: &str, from: &str, to: &str) -> String {
    let mut line = String::new();
    let quoted = |text: &str| text.replace('"', "%22");
    let _ = if name.ends_with("_redirects") {
        writeln!(line, "{from} {to} 301")
    } else if name.ends_with("htaccess") && from.contains('?') {
        writeln!(
            line,
            "# {} asks by number, which Redirect does not see",
            excerpt(from)
        )
    } else if name.ends_with("htaccess") {
        // Apache and nginx compare decoded paths.
        writeln!(line, "Redirect 301 \"{}\" {to}", quoted(&decoded(from)))
    } else if name.ends_with("map") {
        writeln!(line, "\"{}\" {to};", quoted(&decoded(from)))
    } else {
        writeln!(line, "\"{}\",{to}", from.replace('"', "\"\""))
    };
    line
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn each_host_gets_its_form() {
        let from = "/%ed%95%ad/";
        for (name, expected) in [
            ("old.csv", "\"/%ed%95%ad/\",/ko/port/a/\n"),
            ("_redirects", "/%ed%95%ad/ /ko/port/a/ 301\n"),
            ("old.map", "\"/항/\" /ko/port/a/;\n"),
            (".htaccess", "Redirect 301 \"/항/\" /ko/port/a/\n"),
        ] {
            assert_eq!(line(name, from, "/ko/port/a/"), expected, "{name}");
        }
    }
}
