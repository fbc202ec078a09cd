//! View counts: the [`database`] in which a server counts, the [`addresses`] of articles, the
//! [`reports`] of programs for statistics, and the [`file`] from which a site has its counts.

pub(crate) mod addresses;
pub(crate) mod database;
mod encryption;
pub(crate) mod file;
pub(crate) mod reports;
