//! The scripts by which pages reload themselves, for whoever is at work on them. Readers get none of them.

use crate::build::options::Reload;
use std::borrow::Cow;

/// A developer's script: reloads the page after each build, and logs why a build failed.
const TRUNK: &str = include_str!("reload/trunk.js");

/// The path, below the site's base, at which a preview waits for a change.
pub(crate) const PREVIEW_PATH: &str = ".well-known/preview";

/// An editor's script: reloads the page at the same place when the content was taken over, and shows over
/// the page why it was not. The server answers when something changed.
const PREVIEW: &str = include_str!("reload/preview.js");

/// The script of a page beside the form of a desk: a press on a word is told to the desk, the field that has the
/// focus there is marked, and words are there as they are typed.
const DESK: &str = include_str!("reload/desk.js");

/// The script that is appended to that of the page.
pub(super) fn script(reload: &Reload) -> Cow<'static, str> {
    match reload {
        Reload::No => "".into(),
        Reload::Trunk => TRUNK.into(),
        Reload::Preview => PREVIEW.into(),
        // An origin has no sign that a text of JavaScript would have to escape.
        Reload::Desk(origin) => format!("{PREVIEW}{}", DESK.replace("{desk}", origin)).into(),
    }
}
