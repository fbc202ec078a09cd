//! The files that the desk wrote, and nobody has recorded in a history yet.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Names of files below the content folder, kept from one start to the next. Where they cannot be
/// kept, the list ends with the program; no text is lost by that.
#[derive(Debug, Default)]
pub struct Written {
    kept: PathBuf,
    files: BTreeSet<String>,
}

impl Written {
    /// Reads what was kept.
    pub(crate) fn read(kept: PathBuf) -> Self {
        let text = fs::read_to_string(&kept).unwrap_or_default();
        Self {
            files: text.lines().map(str::to_owned).collect(),
            kept,
        }
    }

    /// The files, by name, with `/` between folders.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// Adds a file of the content folder.
    pub(crate) fn add(&mut self, content: &Path, file: &Path) {
        let Ok(below) = file.strip_prefix(content) else {
            return;
        };
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        if self.files.insert(parts.join("/")) {
            self.keep();
        }
    }

    /// Forgets files.
    pub(crate) fn settle(&mut self, files: &[String]) {
        self.files.retain(|file| !files.contains(file));
        self.keep();
    }

    fn keep(&self) {
        let lines: String = self.files.iter().map(|file| format!("{file}\n")).collect();
        let _ = fs::write(&self.kept, lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_known_after_a_restart_until_it_is_settled() {
        let place = tempfile::tempdir().unwrap();
        let kept = place.path().join("written");
        let mut written = Written::read(kept.clone());
        let content = Path::new("c");
        written.add(content, Path::new("c/articles/port/a/vi.json"));
        written.add(content, Path::new("c/site.json"));
        written.add(content, Path::new("elsewhere/site.json"));
        let mut again = Written::read(kept.clone());
        let files: Vec<&str> = again.files().collect();
        assert_eq!(files, ["articles/port/a/vi.json", "site.json"]);
        again.settle(&["site.json".to_owned()]);
        assert_eq!(Written::read(kept).files().count(), 1);
    }
}
