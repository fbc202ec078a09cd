//! What is left to translate, and recording what was done.

mod done;
mod list;

pub use done::done;
pub use list::WorkList;
