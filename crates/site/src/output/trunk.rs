//! The tool as Trunk's hook. It writes into Trunk's staging folder, and Trunk then replaces its
//! output folder by that, foreign files included. So foreign files are carried into the staging
//! folder, and an output folder without our mark stops the build before Trunk touches it.

use super::foreign::carry;
use super::mark::{self, Owner};
use super::survey::{KnownFiles, names};
use editorial::diagnostics::Failure;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// Names that Trunk and this tool use in Trunk's output folder.
const THEIRS: [&str; 2] = [".stage", "..stage.state"];

/// Refuses an output folder of Trunk that holds anything but a site of ours.
///
/// # Errors
/// Where the folder holds anything else.
pub(crate) fn refuse_strangers(dist: &Path) -> Result<(), Failure> {
    if mark::owner_of_site(dist)? != Owner::SomebodyElse {
        return Ok(());
    }
    let entries = fs::read_dir(dist).map_err(|error| Failure::io("read", dist, &error))?;
    let found: Vec<OsString> = entries.flatten().map(|entry| entry.file_name()).collect();
    let found: Vec<PathBuf> = found
        .into_iter()
        .filter(|name| THEIRS.iter().all(|own| name != own))
        .map(PathBuf::from)
        .collect();
    if found.is_empty() {
        return Ok(());
    }
    let (shown, names) = (dist.display(), names(found.iter().map(PathBuf::as_path)));
    Err(Failure::new(format!(
        "{shown} holds what this tool did not write, and Trunk would delete it: {names}"
    ))
    .help(format!(
        "move {shown} away; where an earlier version of this project built it, delete it"
    )))
}

/// Carries foreign files from Trunk's output folder into its staging folder.
///
/// # Errors
/// Where a file cannot be carried along, or the site uses its path.
pub(crate) fn carry_along(dist: &Path, staging: &Path) -> Result<(), Failure> {
    if mark::owner_of_site(dist)? != Owner::Tool {
        return Ok(());
    }
    let foreign = KnownFiles::new(dist, None).survey(&THEIRS)?.found;
    let in_the_way = carry(foreign, dist, staging)?.in_the_way;
    if in_the_way.is_empty() {
        return Ok(());
    }
    let (shown, names) = (
        dist.display(),
        names(in_the_way.iter().map(|one| &*one.path)),
    );
    Err(Failure::new(format!(
        "in {shown}, {names}: not written by this tool, and the site has files of its own there"
    ))
    .help("move what you need to another place and delete the rest"))
}
