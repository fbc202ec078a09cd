//! What the portal promises, tested from outside.

#[cfg(unix)]
mod browser;
mod build;
mod check;
mod components;
mod drafts;
mod editors;
mod hostile;
mod pictures;
mod properties;
mod rooms;
mod sample;
mod schemas;
mod tree;
