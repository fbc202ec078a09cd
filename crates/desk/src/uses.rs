//! Which of the pictures and files that `article.json` names are used, and where.

use serde_json::Value;
use std::collections::BTreeSet;

/// The names that are used.
#[derive(Debug, Default)]
pub struct Uses(BTreeSet<String>);

impl Uses {
    /// Adds what `article.json` uses: the picture above the text.
    pub fn of_facts(&mut self, facts: &Value) {
        self.add(&facts["cover"]);
    }

    /// Adds what a text uses in its blocks.
    pub fn of_version(&mut self, version: &Value) {
        for block in version["body"].as_array().into_iter().flatten() {
            self.add(&block["picture"]);
            for key in ["file", "captions", "poster"] {
                for kind in ["video", "audio", "attachment"] {
                    self.add(&block[kind][key]);
                }
            }
            let gallery = block["gallery"]["pictures"].as_array();
            gallery
                .into_iter()
                .flatten()
                .for_each(|name| self.add(name));
        }
    }

    /// Whether a name is used.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    fn add(&mut self, name: &Value) {
        self.0.extend(name.as_str().map(str::to_owned));
    }
}

/// The files that `article.json` names, or `document.json` of the register.
pub fn files(facts: &Value) -> BTreeSet<String> {
    let pictures = facts["pictures"].as_object().into_iter().flatten();
    let files = facts["files"].as_object().into_iter().flatten();
    let enclosed = facts["files"].as_array().into_iter().flatten();
    pictures
        .map(|(_, picture)| &picture["file"])
        .chain(files.map(|(_, file)| file))
        .chain(enclosed.map(|entry| &entry["file"]))
        .filter_map(|file| file.as_str().map(str::to_owned))
        .collect()
}

/// What `article.json` calls a file.
pub fn named(facts: &Value, file: &str) -> Option<String> {
    let pictures = facts["pictures"].as_object().into_iter().flatten();
    let files = facts["files"].as_object().into_iter().flatten();
    let mut all = pictures
        .map(|(name, picture)| (name, &picture["file"]))
        .chain(files);
    all.find(|(_, there)| *there == file)
        .map(|(name, _)| name.clone())
}
