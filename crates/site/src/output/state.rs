//! The state folder of a site, in which builds keep what the next one needs. It is hidden beside
//! the site: `.dist.state` for `dist`.

use super::foreign::{carry, free_name_beside, set_aside};
use super::mark::{self, Owner};
use super::place;
use super::record::{self, Record};
use super::survey::{ForeignEntry, Kind, KnownFiles, names};
use editorial::diagnostics::Failure;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder of the second copy of the site.
pub(super) const COPY: &str = "site";
/// The file with the cache of the articles ([`editorial::load::article_cache`]).
pub(super) const CONTENT: &str = "content";
/// The lock file of builds and of `site clean`.
const LOCK: &str = "lock";
/// A flag file: a build is changing the copy. Nobody else can have put anything into it then.
const DIRTY: &str = "working";
/// The old site between two renames, on file systems that cannot exchange folders.
const OLD: &str = "site.old";

/// All names that the tool uses in this folder.
pub(super) const NAMES: [&str; 8] = [
    mark::STATE,
    COPY,
    CONTENT,
    LOCK,
    DIRTY,
    OLD,
    record::NAME,
    record::NEXT,
];

/// The path of the state folder for the site at this place.
pub(crate) fn state_of(place: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(".state");
    place.with_file_name(name)
}

/// A state folder.
pub(super) struct State {
    pub(super) folder: PathBuf,
}

impl State {
    /// The state folder for the site at this place.
    pub(super) fn of(place: &Path) -> Self {
        Self {
            folder: state_of(place),
        }
    }

    /// Makes the folder where it is missing, and locks it against other builds.
    ///
    /// # Errors
    /// Where another build is writing to that place, or the folder cannot be written.
    pub(super) fn open(&self, place: &Path) -> Result<fs::File, Failure> {
        fs::create_dir_all(&self.folder)
            .map_err(|error| Failure::io("make the folder", &self.folder, &error))?;
        mark::mark_state(&self.folder)?;
        place::lock(place, &self.folder.join(LOCK))
    }

    /// The folder of the second copy.
    pub(super) fn copy(&self) -> PathBuf {
        self.folder.join(COPY)
    }

    /// The former site, where it is whole.
    pub(super) fn former(&self) -> Option<PathBuf> {
        let copy = self.copy();
        let is_whole = !self.folder.join(DIRTY).exists() && copy.join("index.html").is_file();
        let is_ours = || mark::owner_of_site(&copy).is_ok_and(|owner| owner == Owner::Tool);
        (is_whole && is_ours()).then_some(copy)
    }

    /// Refuses a state folder without the tool's mark.
    ///
    /// # Errors
    /// Where the folder holds something, but not the mark.
    pub(super) fn refuse_what_is_not_ours(&self) -> Result<(), Failure> {
        if mark::owner_of_state(&self.folder)? != Owner::SomebodyElse {
            return Ok(());
        }
        let shown = self.folder.display();
        Err(Failure::new(format!("{shown}, where builds keep what they need again, is not this tool's"))
            .help(format!(
                "move {shown} away, or add --replace-foreign, which does it; where an earlier version of this tool left it, \
                 it can be deleted"
            )))
    }

    /// Moves a folder of this name without the tool's mark to a visible name. Returns a message.
    ///
    /// # Errors
    /// Where it cannot be moved.
    pub(super) fn set_aside_what_is_not_ours(
        &self,
        place: &Path,
    ) -> Result<Option<String>, Failure> {
        if mark::owner_of_state(&self.folder)? != Owner::SomebodyElse {
            return Ok(None);
        }
        let mut name = place.file_name().unwrap_or_default().to_owned();
        name.push(".state");
        let aside = free_name_beside(&place.with_file_name(name));
        fs::rename(&self.folder, &aside)
            .map_err(|error| Failure::io("set aside", &self.folder, &error))?;
        Ok(Some(format!(
            "what stood at {} before is in {} now",
            self.folder.display(),
            aside.display()
        )))
    }

    /// Flags that the copy is being changed.
    pub(super) fn mark_dirty(&self) -> Result<(), Failure> {
        let path = self.folder.join(DIRTY);
        fs::write(&path, "").map_err(|error| Failure::io("write", &path, &error))
    }

    /// Removes the flag: the copy is finished.
    pub(super) fn mark_clean(&self) -> Result<(), Failure> {
        let path = self.folder.join(DIRTY);
        fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, &error))
    }

    /// Recovers from a build that was killed between two renames.
    pub(super) fn recover(&self, place: &Path) -> Result<(), Failure> {
        let old = self.folder.join(OLD);
        if fs::symlink_metadata(&old).is_err() {
            return Ok(());
        }
        let to = if place.exists() {
            self.copy()
        } else {
            place.to_owned()
        };
        fs::rename(&old, &to).map_err(|error| Failure::io("move", &old, &error))
    }

    /// Foreign files that are in the copy alone: they came into the site's folder between two steps
    /// of a build. There are none while the copy is being changed.
    pub(super) fn stranded(
        &self,
        record: Option<&Record>,
        place: &Path,
    ) -> Result<Vec<ForeignEntry>, Failure> {
        let copy = self.copy();
        if self.folder.join(DIRTY).exists() || !copy.exists() {
            return Ok(Vec::new());
        }
        let known = KnownFiles::new(&copy, record).with_the_site_before(record);
        let found = known.survey(&[])?.found.into_iter();
        let is_nowhere_else = |one: &ForeignEntry| {
            one.kind != Kind::Folder
                && !known.was_carried(one)
                && !record::is_same(&copy.join(&one.path), &place.join(&one.path))
        };
        Ok(found.filter(is_nowhere_else).collect())
    }

    /// Carries stranded files from the copy into the site, or sets them aside where their path is
    /// in use. Sets the whole copy aside where it is a folder that was to be replaced. Returns
    /// messages.
    ///
    /// # Errors
    /// Where a file cannot be carried or moved. Nothing is lost then.
    pub(super) fn rescue(
        &self,
        mut record: Option<&mut Record>,
        place: &Path,
    ) -> Result<Vec<String>, Failure> {
        let copy = self.copy();
        let is_whole = !self.folder.join(DIRTY).exists() && copy.exists();
        if let Some(record) = record
            .as_mut()
            .filter(|record| is_whole && record.replaced && record.is_of(place))
        {
            let aside = free_name_beside(place);
            fs::rename(&copy, &aside).map_err(|error| Failure::io("set aside", &copy, &error))?;
            record.replaced = false;
            record.write(&self.folder)?;
            Record::promote(&self.folder)?;
            return Ok(vec![format!(
                "what stood at {} before is in {} now",
                place.display(),
                aside.display()
            )]);
        }
        let stranded = self.stranded(record.as_deref(), place)?;
        if stranded.is_empty() {
            return Ok(Vec::new());
        }
        let aside = free_name_beside(place);
        let left = if place.exists() {
            carry(stranded, &copy, place)?.in_the_way
        } else {
            stranded
        };
        for one in &left {
            set_aside(one, &copy, &aside)?;
        }
        let said = (!left.is_empty()).then(|| {
            let names = names(left.iter().map(|one| &*one.path));
            format!(
                "{names}: changed while the site was being replaced, and set aside in {}",
                aside.display()
            )
        });
        Ok(said.into_iter().collect())
    }

    /// Removes all that the tool keeps here, and the folder with it.
    ///
    /// # Errors
    /// Where something cannot be removed.
    pub(super) fn remove(&self) -> Result<(), Failure> {
        place::remove(&self.copy())?;
        for name in NAMES {
            let path = self.folder.join(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Failure::io("remove", &path, &error));
                }
                _ => {}
            }
        }
        match fs::remove_dir(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Failure::io("remove", &self.folder, &error))
            }
            _ => Ok(()),
        }
    }
}
