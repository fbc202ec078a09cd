//! `site translations`: the work list, and the record of finished translations.

mod done;
mod list;

pub use done::done;
pub use list::WorkList;
