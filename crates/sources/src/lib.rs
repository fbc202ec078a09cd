//! Brings over what editors write in a content management system (CMS), as content.
//!
//! ```text
//! source.json -> config -> adapter: list -> changed? -> adapter: article -> import::assemble -> content/
//! ```
//!
//! - [`config`] reads `source.json`, which says where the CMS is and what its names mean here.
//! - [`client`] asks the CMS, within limits of size and time.
//! - An [`adapter`](adapter::Adapter) knows one system: [`strapi`], [`wordpress`].
//! - [`record`] remembers what came from where, so that only changes are asked for, and no file is
//!   touched that somebody wrote by hand.
//! - [`sync`] decides what becomes of each article, and writes.

mod adapter;
mod client;
mod config;
mod record;
mod strapi;
mod sync;
mod wordpress;

pub use sync::{SyncArguments, Synced, sync};
