//! `site clean`: removes what builds wrote, and nothing else.

use super::mark::{self, Owner};
use super::place;
use super::record::Record;
use super::state::{self, State};
use super::survey::{KnownFiles, key, names, topmost};
use editorial::diagnostics::Failure;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// Removes the state folder of the site at `place`, and with `site` the site too. Returns messages.
/// Foreign files in the site stay and are named; foreign files in the state folder stop the
/// command.
///
/// # Errors
/// Where a folder has no mark of this tool, a build is at work, or something cannot be removed.
pub(crate) fn clean(place: &Path, site: bool) -> Result<Vec<String>, Failure> {
    let state = State::of(place);
    state.refuse_what_is_not_ours()?;
    if site && mark::owner_of_site(place)? == Owner::SomebodyElse {
        let shown = place.display();
        return Err(Failure::new(format!(
            "{shown} is no site of this tool: it has no {}",
            mark::SITE
        ))
        .help("nothing was removed; delete the folder by hand where you do not need it"));
    }
    let mut done = Vec::new();
    if !(state.folder.exists() || site && place.exists()) {
        return Ok(vec![format!(
            "there is nothing to remove for {}",
            place.display()
        )]);
    }
    let lock = state.open(place)?;
    state.recover(place)?;
    let record = Record::read(&state.folder, place);
    refuse_what_others_put(&state, record.as_ref(), place)?;
    if site {
        done.extend(remove_site(place, record.as_ref())?);
    }
    state.remove()?;
    drop(lock);
    done.push(format!("removed {}", state.folder.display()));
    Ok(done)
}

/// Refuses a state folder that holds anything that the tool did not put there.
fn refuse_what_others_put(
    state: &State,
    record: Option<&Record>,
    place: &Path,
) -> Result<(), Failure> {
    let entries =
        fs::read_dir(&state.folder).map_err(|error| Failure::io("read", &state.folder, &error))?;
    let strange: Vec<OsString> = entries
        .flatten()
        .map(|entry| entry.file_name())
        .filter(|name| state::NAMES.iter().all(|own| name != own))
        .collect();
    let stranded = state.stranded(record, place)?;
    let copy = Path::new(state::COPY);
    let paths: Vec<_> = strange
        .iter()
        .map(|name| Path::new(name).to_owned())
        .chain(stranded.iter().map(|one| copy.join(&one.path)))
        .collect();
    if paths.is_empty() {
        return Ok(());
    }
    let shown = state.folder.display();
    Err(Failure::new(format!(
        "{shown} holds what this tool did not put there: {}",
        names(paths.iter().map(|path| &**path))
    ))
    .help("nothing was removed; move it to another place first"))
}

/// Removes the files that the tool wrote, and the folder where nothing else is in it. Returns
/// messages.
fn remove_site(place: &Path, record: Option<&Record>) -> Result<Vec<String>, Failure> {
    if mark::owner_of_site(place)? != Owner::Tool {
        return Ok(Vec::new());
    }
    let known = KnownFiles::new(place, record.filter(|record| record.is_of(place)));
    let survey = known.survey(&[])?;
    let is_mark = |path: &Path| path == Path::new(mark::SITE);
    for path in survey.ours.iter().filter(|path| !is_mark(path)) {
        place::remove_file(place, &key(path))?;
    }
    let (files, shown) = (survey.ours.len(), place.display());
    if survey.found.is_empty() {
        place::remove_file(place, mark::SITE)?;
        // A folder that cannot be removed stays, empty.
        let _ = fs::remove_dir(place);
        return Ok(vec![format!("removed {shown}: {files} files")]);
    }
    // An empty mark lets the next build use the folder.
    place::put(
        &place.join(mark::SITE),
        mark::SITE,
        mark::text(Vec::new()).as_bytes(),
    )?;
    let left = names(topmost(&survey.found));
    Ok(vec![
        format!("removed {} files of {shown}", files - 1),
        format!("left in {shown}, not written by this tool: {left}"),
    ])
}
