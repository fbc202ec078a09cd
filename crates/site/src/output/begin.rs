//! The beginning of a build: the owner of the folder, the state of the last build, and foreign
//! files.

use super::mark::{self, Owner};
use super::record::{self, Record, Unit};
use super::state::State;
use super::survey::{self, ForeignEntry, Kind, KnownFiles, names};
use super::working_copy;
use editorial::diagnostics::Failure;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

/// How a site is written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WriteOptions {
    /// Whether state is kept for the next build.
    pub(crate) keep: bool,
    /// Whether the state of the last build is ignored.
    pub(crate) fresh: bool,
    /// Whether a folder with foreign files in it is set aside.
    pub(crate) replace: bool,
}

/// What is known of the site at the place.
#[derive(Default)]
pub(super) struct LastSite {
    /// The identities of the files that the tool wrote.
    pub(super) files: Vec<u64>,
    /// Foreign files and folders, which are carried along.
    pub(super) foreign: Vec<ForeignEntry>,
    /// Whether the folder is to be set aside as a whole.
    pub(super) replaced: bool,
    /// Messages for the operator.
    pub(super) messages: Vec<String>,
}

/// Protects folders of others against a mistyped `--out`. Writes nothing.
///
/// # Errors
/// Where the place or its state folder holds something without the tool's mark.
pub(super) fn refuse_what_is_not_ours(place: &Path, replace: bool) -> Result<(), Failure> {
    if !replace && mark::owner_of_site(place)? == Owner::SomebodyElse {
        let shown = place.display();
        let (count, names) = entries(place)?;
        let things = if count == 1 {
            "something".to_owned()
        } else {
            format!("{count} things")
        };
        return Err(Failure::new(format!("{shown} holds {things} that this tool did not write: {names}")).help(format!(
            "choose another folder with --out; or add --replace-foreign, which moves {shown} with all that is in it to {} \
             (a site of an earlier version of this tool has to be moved like this once, and can be deleted then)",
            super::foreign::free_name_beside(place).display()
        )));
    }
    if replace {
        Ok(())
    } else {
        State::of(place).refuse_what_is_not_ours()
    }
}

/// How many entries a folder has, and the first few of them.
fn entries(folder: &Path) -> Result<(usize, String), Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::io("read", folder, &error))?;
    let found: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    Ok((found.len(), names(found.iter().map(Path::new))))
}

/// Resumes from the last build. Returns the units whose files are all in the copy, and what is
/// known of the site.
///
/// # Errors
/// Where something cannot be read or written, or a file of the site was changed by somebody else.
pub(super) fn resume(
    place: &Path,
    state: &State,
    options: WriteOptions,
) -> Result<(HashMap<Box<str>, Unit>, LastSite), Failure> {
    state.recover(place)?;
    let mut record = Record::read(&state.folder, place);
    let messages = state.rescue(record.as_mut(), place)?;
    let owner = mark::owner_of_site(place)?;
    let record = record.filter(|record| owner == Owner::Tool && record.is_of(place));
    let known = KnownFiles::new(place, record.as_ref());
    let foreign = if owner == Owner::Tool {
        known.survey(&[])?.found
    } else {
        Vec::new()
    };
    let is_foreign =
        owner == Owner::SomebodyElse || foreign.iter().any(|one| one.kind != Kind::Folder);
    let replaced = options.replace && is_foreign;
    if !replaced {
        refuse_what_was_changed(place, &foreign, record.as_ref())?;
    }
    state.mark_dirty()?;
    // A folder that is set aside must not share files with the new site by hard links.
    let old = match record.filter(|_| !options.fresh && !replaced) {
        Some(record) => working_copy::verify(record, place, &state.copy())?,
        None => HashMap::new(),
    };
    let foreign = if replaced { Vec::new() } else { foreign };
    Ok((
        old,
        LastSite {
            files: known.into_ours(),
            foreign,
            replaced,
            messages,
        },
    ))
}

/// Refuses files of the site that somebody changed. They are foreign now, and the site needs their
/// paths.
fn refuse_what_was_changed(
    place: &Path,
    foreign: &[ForeignEntry],
    record: Option<&Record>,
) -> Result<(), Failure> {
    let Some(record) = record.filter(|_| !foreign.is_empty()) else {
        return Ok(());
    };
    let ours: HashSet<&str> = record
        .units
        .values()
        .flat_map(|unit| &unit.files)
        .map(|file| &*file.path)
        .collect();
    let changed = foreign
        .iter()
        .filter(|one| one.kind != Kind::Folder && ours.contains(&*survey::key(&one.path)));
    let changed: Vec<&Path> = changed.map(|one| &*one.path).collect();
    refuse(
        place,
        &changed,
        "changed since the last build, and the site has files of its own there",
    )
}

/// Refuses foreign files at paths that the site needs.
pub(super) fn refuse_what_is_in_the_way(
    place: &Path,
    in_the_way: &[ForeignEntry],
) -> Result<(), Failure> {
    let paths: Vec<&Path> = in_the_way.iter().map(|one| &*one.path).collect();
    refuse(
        place,
        &paths,
        "not written by this tool, and the site has files of its own there",
    )
}

fn refuse(place: &Path, paths: &[&Path], why: &str) -> Result<(), Failure> {
    if paths.is_empty() {
        return Ok(());
    }
    let (shown, names) = (place.display(), names(paths.iter().copied()));
    Err(Failure::new(format!("in {shown}, {names}: {why}")).help(format!(
        "move what you need to another place and delete the rest; or add --replace-foreign, which moves {shown} with all \
         that is in it to {}",
        super::foreign::free_name_beside(place).display()
    )))
}

/// The identities of what was carried along, in the old folder and in the new one.
pub(super) fn identities(carried: &[ForeignEntry], work: &Path) -> Vec<u64> {
    let now = |one: &ForeignEntry| {
        let about = fs::symlink_metadata(work.join(&one.path)).ok()?;
        Some(record::identity_of(&survey::key(&one.path), &about))
    };
    carried
        .iter()
        .flat_map(|one| std::iter::once(one.identity).chain(now(one)))
        .collect()
}
