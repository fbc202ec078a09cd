//! Former texts: what an original said when it was translated. A stamp names a text by its words; so a
//! text that was kept under its stamp, or stands in the history of a git repository, is known to be it.

use crate::disk;
use crate::place::Place;
use editorial::content::stamp;
use editorial::load::DRAFTS;
use model::Lang;
use serde_json::Value;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of kept texts, in that of the drafts.
const KEPT: &str = "originals";

/// How many former states of a file in a git repository are looked at.
const MOST_COMMITS: &str = "200";

/// Keeps a text under its stamp.
///
/// # Errors
/// Where it cannot be written.
pub fn keep(content: &Path, place: &Place, text: &str) -> io::Result<()> {
    let Some(stamp) = stamp::of(text.as_bytes()) else {
        return Ok(());
    };
    let Some(file) = kept(content, place, &stamp).filter(|file| !file.exists()) else {
        return Ok(());
    };
    let folder = file.parent().unwrap_or(content);
    fs::create_dir_all(folder)?;
    disk::replace(&file, &file.with_extension("next"), text.as_bytes())
}

/// Keeps the text of a file that is about to be written over, where a translation was made from it.
/// Where that fails, the comparison is lost and nothing else.
pub fn keep_what_was_translated(content: &Path, place: &Place, text: &str) {
    let Some(stamp) = stamp::of(text.as_bytes()) else {
        return;
    };
    let Place::Version(section, slug, own) = place else {
        return;
    };
    let is_made_from_it = Lang::ALL
        .into_iter()
        .filter(|lang| lang != own)
        .any(|lang| {
            let other = Place::Version(section.clone(), slug.clone(), lang).file(content);
            made_from(&other).as_deref() == Some(stamp.as_str())
        });
    if is_made_from_it {
        let _ = keep(content, place, text);
    }
}

/// Takes kept texts away that nothing needs any more: no translation was made from them, as it is saved or as it is
/// being written. What cannot be read or removed stays.
pub fn tidy(content: &Path) {
    let drafts = content.join(DRAFTS);
    let files = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let journals: Vec<String> = files(&drafts)
        .into_iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "jsonl"))
        .map(|file| fs::read_to_string(file).unwrap_or_default())
        .collect();
    for file in files(&drafts.join(KEPT)) {
        let name = file.file_stem().and_then(|name| name.to_str());
        let parts: Vec<&str> = name.unwrap_or_default().split('+').collect();
        let [section, slug, own, stamp] = parts[..] else {
            continue;
        };
        let is_being_written = || journals.iter().any(|journal| journal.contains(stamp));
        let is_made_from_it = Lang::ALL
            .into_iter()
            .filter(|lang| lang.tag() != own)
            .filter_map(|lang| Place::parse(&format!("articles/{section}/{slug}/{}", lang.tag())))
            .any(|place| made_from(&place.file(content)).as_deref() == Some(stamp));
        if stamp::is_stamp(stamp) && !is_made_from_it && !is_being_written() {
            let _ = fs::remove_file(&file);
        }
    }
}

/// The stamp that a translation says it was made from.
pub fn made_from(file: &Path) -> Option<String> {
    let bytes = fs::read(file).ok()?;
    let bare = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let value: Value = serde_json::from_slice(bare).ok()?;
    value["translated_from"].as_str().map(str::to_owned)
}

/// The text of a document when it had this stamp: as it was kept, or else from the history of the git
/// repository that it stands in.
pub fn find(content: &Path, place: &Place, stamp: &str) -> Option<String> {
    if !stamp::is_stamp(stamp) {
        return None;
    }
    let is_it = |text: &String| stamp::of(text.as_bytes()).as_deref() == Some(stamp);
    let kept = kept(content, place, stamp).and_then(|file| fs::read_to_string(file).ok());
    kept.filter(is_it)
        .or_else(|| in_git(&place.file(content), is_it))
}

fn kept(content: &Path, place: &Place, stamp: &str) -> Option<PathBuf> {
    let Place::Version(section, slug, lang) = place else {
        return None;
    };
    let name = format!("{section}+{slug}+{}+{stamp}.json", lang.tag());
    Some(content.join(DRAFTS).join(KEPT).join(name))
}

/// A former state of a file, from git.
fn in_git(file: &Path, is_it: impl Fn(&String) -> bool) -> Option<String> {
    let (folder, name) = (file.parent()?, file.file_name()?.to_str()?);
    let git = |arguments: &[&str]| -> Option<String> {
        let done = Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(arguments)
            .env("GIT_OPTIONAL_LOCKS", "0")
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()?;
        done.status.success().then_some(())?;
        String::from_utf8(done.stdout).ok()
    };
    let commits = git(&["log", "--format=%H", "-n", MOST_COMMITS, "--", name])?;
    commits
        .lines()
        .filter_map(|commit| git(&["show", &format!("{commit}:./{name}")]))
        .find(is_it)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "{ \"lead\": \"one\", \"body\": [] }\n";
    const SECOND: &str = "{ \"lead\": \"two\", \"body\": [] }\n";

    fn article(translated_from: &str) -> (tempfile::TempDir, Place, PathBuf) {
        let content = tempfile::tempdir().unwrap();
        let place = Place::parse("articles/port/a/vi").unwrap();
        let file = place.file(content.path());
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, FIRST).unwrap();
        let translation = format!(
            "{{ \"translated_from\": \"{translated_from}\", \"lead\": \"x\", \"body\": [] }}"
        );
        fs::write(file.with_file_name("en.json"), translation).unwrap();
        (content, place, file)
    }

    #[test]
    fn what_a_translation_was_made_from_is_kept_when_it_is_written_over() {
        let stamp = stamp::of(FIRST.as_bytes()).unwrap();
        let (content, place, _) = article(&stamp);
        assert_eq!(find(content.path(), &place, &stamp), None);
        keep_what_was_translated(content.path(), &place, SECOND);
        let other = stamp::of(SECOND.as_bytes()).unwrap();
        assert_eq!(find(content.path(), &place, &other), None);
        keep_what_was_translated(content.path(), &place, FIRST);
        assert_eq!(find(content.path(), &place, &stamp).as_deref(), Some(FIRST));
        assert_eq!(find(content.path(), &place, "../../x"), None);
    }

    #[test]
    fn a_kept_text_goes_when_no_translation_needs_it() {
        let stamp = stamp::of(FIRST.as_bytes()).unwrap();
        let (content, place, file) = article(&stamp);
        keep(content.path(), &place, FIRST).unwrap();
        let is_kept = || {
            tidy(content.path());
            find(content.path(), &place, &stamp).is_some()
        };
        assert!(is_kept(), "a translation was made from it");
        let translation = file.with_file_name("en.json");
        fs::write(&translation, "{ \"translated_from\": \"0123456789\" }").unwrap();
        let journal = content.path().join(DRAFTS).join("a.jsonl");
        fs::write(&journal, format!("\"translated_from\": \"{stamp}\"")).unwrap();
        assert!(is_kept(), "it can come back by a step");
        fs::remove_file(&journal).unwrap();
        let other = content
            .path()
            .join(DRAFTS)
            .join(KEPT)
            .join("a file of somebody's.json");
        fs::write(&other, "").unwrap();
        assert!(!is_kept() && other.exists());
    }

    #[test]
    fn a_kept_text_that_somebody_changed_is_not_believed() {
        let stamp = stamp::of(FIRST.as_bytes()).unwrap();
        let (content, place, _) = article(&stamp);
        keep(content.path(), &place, FIRST).unwrap();
        fs::write(kept(content.path(), &place, &stamp).unwrap(), SECOND).unwrap();
        assert_eq!(find(content.path(), &place, &stamp), None);
    }

    #[test]
    fn a_former_text_comes_from_the_history_of_a_repository() {
        let stamp = stamp::of(FIRST.as_bytes()).unwrap();
        let (content, place, file) = article(&stamp);
        let git = |arguments: &[&str]| {
            let mut git = Command::new("git");
            git.arg("-C").arg(content.path()).args(arguments);
            let done = git.output().unwrap();
            assert!(done.status.success(), "{arguments:?}: {done:?}");
        };
        git(&["init"]);
        for text in [FIRST, SECOND] {
            fs::write(&file, text).unwrap();
            git(&["add", "."]);
            let who = ["-c", "user.name=a", "-c", "user.email=a@a.example"];
            git(&[&who[..], &["commit", "-m", "x"]].concat());
        }
        assert_eq!(find(content.path(), &place, &stamp).as_deref(), Some(FIRST));
        assert_eq!(find(content.path(), &place, "0123456789"), None);
    }
}
