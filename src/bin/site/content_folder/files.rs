//! The files of one article's folder that are no pictures: each is looked into once, and each is used.

use super::listing::{Folder, shown};
use super::{Failure, Loader, names};
use crate::attached_file::{ENDINGS, flaw, is_attached};
use crate::check::Findings;
use crate::content::AttachedFile;
use crate::problem::Problem;
use crate::read::{Spot, nearest};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The files of one folder.
pub(crate) struct Files {
    folder: PathBuf,
    /// The files; `None` for one with a problem of its own.
    known: BTreeMap<String, Option<AttachedFile>>,
    used: BTreeSet<String>,
}

impl Loader {
    /// Reads all files of a folder that may be attached.
    pub(super) fn attached(&mut self, folder: &Folder) -> Result<Files, Failure> {
        let mut known = BTreeMap::new();
        for name in folder.files.iter().filter(|name| is_attached(name)) {
            let path = folder.path.join(name);
            let bytes = self.bytes(&path)?;
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            if let Err((message, help)) = names::slug(stem) {
                self.findings.add(Problem::with_file(shown(&path), message).help(help));
            }
            let flaw = flaw(&shown(&path), &bytes);
            let sound = flaw.is_none();
            self.findings.add_all(flaw);
            known.insert(name.clone(), sound.then_some(AttachedFile { path, size: bytes.len() as u64 }));
        }
        Ok(Files { folder: folder.path.clone(), known, used: BTreeSet::new() })
    }
}

impl Files {
    /// The file that is named at `spot`.
    pub(crate) fn find(&mut self, findings: &mut Findings, spot: Spot<'_>, name: &str) -> Option<AttachedFile> {
        self.used.insert(name.to_owned());
        if let Some(file) = self.known.get(name) {
            return file.clone();
        }
        let (message, help) = if let Some((_, file)) = name.rsplit_once(['/', '\\']) {
            self.used.insert(file.to_owned());
            (
                format!("\"{name}\" leads to another folder"),
                "put the file beside this one, and write its name alone".to_owned(),
            )
        } else if is_attached(name) {
            let meant = nearest(name, self.known.keys().map(String::as_str)).map(str::to_owned);
            self.used.extend(meant.clone());
            let message = match meant {
                Some(right) => format!("there is no file \"{name}\": did you mean \"{right}\"?"),
                None => format!("there is no file \"{name}\""),
            };
            (message, format!("it must stand in {}", shown(&self.folder)))
        } else {
            let help = format!("files end in .{}; pictures stand under \"pictures\"", ENDINGS.join(", ."));
            (format!("\"{name}\" is no file that can be published"), help)
        };
        findings.add(spot.problem(message).help(help));
        None
    }

    /// Notes the files that nobody named.
    pub(crate) fn unused(&self, findings: &mut Findings) {
        for name in self.known.keys().filter(|&name| !self.used.contains(name)) {
            let problem = Problem::with_file(shown(&self.folder.join(name)), "article.json does not use this file");
            findings.add(problem.help("name it there under \"files\", or delete it"));
        }
    }
}
