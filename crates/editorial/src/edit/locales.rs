//! `locales/<tag>.json`: the words of the interface, one file for each language, read as strictly
//! as content.

use crate::diagnostics::{Failure, Problem, shown};
use crate::json;
use crate::message;
use model::Lang;
use serde::de::DeserializeOwned;
use std::path::Path;

/// The shape of every file.
pub type Words = i18n::Words<String>;

/// The result of checking the words.
pub struct Checked {
    /// Every problem.
    pub problems: Vec<Problem>,
    /// How many files were read.
    pub files: usize,
}

/// Checks that a folder has exactly one file for each language, and that each reads as `W`.
///
/// # Errors
/// Where the folder or a file in it cannot be read.
pub fn check<W: DeserializeOwned>(folder: &Path) -> Result<Checked, Failure> {
    let mut checked = Checked {
        problems: Vec::new(),
        files: 0,
    };
    let names = names(folder, &mut checked.problems)?;
    for lang in Lang::ALL {
        let name = format!("{}.json", lang.tag());
        let path = folder.join(&name);
        if path.is_dir() {
            let problem =
                Problem::with_file(shown(&path), message!("\"{name}\" is a folder", name));
            checked.problems.push(problem.help(message!(
                "a file of this name has to stand here: move the folder away"
            )));
        } else if names.contains(&name) {
            let bytes = std::fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
            checked
                .problems
                .extend(json::read::<W>(&shown(&path), &bytes).problems);
            checked.files += 1;
        } else {
            let help = message!("every language of the portal has its words");
            checked
                .problems
                .push(Problem::with_file(shown(&path), message!("the file is missing")).help(help));
        }
    }
    let known = Lang::ALL.map(|lang| format!("{}.json", lang.tag()));
    for name in names.iter().filter(|name| !known.contains(name)) {
        let message = message!(
            "\"{name}\" does not belong in the folder of interface words",
            name
        );
        let help = message!("it holds {known}", known = known.join(", "));
        checked
            .problems
            .push(Problem::with_file(shown(&folder.join(name)), message).help(help));
    }
    Ok(checked)
}

/// The names in a folder, sorted. Symbolic links are reported and left out.
fn names(folder: &Path, problems: &mut Vec<Problem>) -> Result<Vec<String>, Failure> {
    let failure = |error| Failure::io("read", folder, &error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failure)? {
        let entry = entry.map_err(failure)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().map_err(failure)?.is_symlink() {
            let problem = Problem::with_file(
                shown(&entry.path()),
                message!("\"{name}\" is a symbolic link", name),
            );
            problems.push(problem.help(message!("put the file itself here")));
        } else {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only read, never used")]
    struct SomeWords {
        search: String,
        months: [String; 2],
    }

    #[test]
    fn every_language_has_all_words_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let good = r#"{"search": "x", "months": ["1", "2"]}"#;
        for name in ["vi.json", "en.json", "ko.json", "kr.json"] {
            std::fs::write(folder.path().join(name), good).unwrap();
        }
        std::fs::write(
            folder.path().join("zh-Hans.json"),
            r#"{"serach": "x", "months": ["1", "2", "3"]}"#,
        )
        .unwrap();
        let checked = check::<SomeWords>(folder.path()).unwrap();
        let messages: Vec<&str> = checked
            .problems
            .iter()
            .map(|problem| &*problem.message)
            .collect();
        assert_eq!(
            messages,
            [
                "the file is missing",
                "unknown key \"serach\": did you mean \"search\"?",
                "\"months\" must be a list of exactly 2, not a list of 3",
                "\"kr.json\" does not belong in the folder of interface words",
            ]
        );
        assert_eq!(checked.files, 4);
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_failure() {
        assert!(check::<SomeWords>(Path::new("no/such/folder")).is_err());
    }
}
