//! Brings the former site back: between builds it is the second copy. Doing it again brings the newer
//! one back.

use super::foreign::carry;
use super::record::Record;
use super::state::State;
use super::survey::KnownFiles;
use super::{begin, place};
use editorial::diagnostics::Failure;
use editorial::message;
use std::path::Path;

/// Whether there is a former site that can be brought back.
pub(crate) fn has_former(place: &Path) -> bool {
    State::of(place).former().is_some()
}

/// Exchanges the site at `place` with the former one, in one step. Foreign files stay where they are
/// read.
///
/// # Errors
/// Where there is none, a build is at work, or a foreign file is at a path of the former site.
pub(crate) fn back(place: &Path) -> Result<(), Failure> {
    let state = State::of(place);
    begin::refuse_what_is_not_ours(place, false)?;
    if state.former().is_none() {
        return Err(Failure::said(message!(
            "there is no former site of {place}",
            place = place.display().to_string()
        )));
    }
    let lock = state.open(place)?;
    state.recover(place)?;
    // Whoever held the lock may have begun another build, and broken it off.
    let Some(former) = state.former() else {
        return Err(Failure::said(message!(
            "the former site is no longer whole"
        )));
    };
    let record = Record::read(&state.folder, place).filter(|record| record.is_of(place));
    let found = KnownFiles::new(place, record.as_ref()).survey(&[])?.found;
    let carried = carry(found, place, &former)?;
    begin::refuse_what_is_in_the_way(place, &carried.in_the_way)?;
    place::exchange(&former, place)?;
    drop(lock);
    Ok(())
}
