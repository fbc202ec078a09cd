//! Brings over what editors write in a content management system (CMS), as content.
//!
//! ```text
//! source.json -> config -> adapter: list -> changed? -> adapter: article -> import::assemble -> content/
//! ```
//!
//! - [`config`] reads `source.json`, which says where the CMS is and what its names mean here.
//! - [`client`] asks the CMS, within limits of size and time.
//! - An [`adapter`](adapter::Adapter) knows one system: [`strapi`], [`wagtail`], [`wordpress`].
//! - [`record`] remembers what came from where, so that only changes are asked for, and no file is
//!   touched that somebody wrote by hand.
//! - [`check`] names the mistakes in `source.json`; a [`proposal`] writes a first one.
//! - An [`Interrupt`] stops a sync from another thread.
//! - [`sync`](mod@sync) decides what becomes of each article, and writes.

mod adapter;
mod check;
mod client;
mod config;
mod depth;
mod interrupt;
mod proposal;
mod record;
mod strapi;
mod sync;
mod wagtail;
mod wordpress;

pub use check::{check, schema};
pub use interrupt::Interrupt;
pub use sync::{SyncArguments, Synced, sync_until};

use editorial::diagnostics::Failure;

/// Brings the content folder up to date, or proposes a `source.json`.
///
/// # Errors
/// Where `source.json` has mistakes, the CMS cannot be read, or something cannot be written.
pub fn sync(arguments: &SyncArguments) -> Result<Synced, Failure> {
    if arguments.propose {
        proposal::propose(arguments)
    } else {
        sync_until(arguments, &Interrupt::default())
    }
}
