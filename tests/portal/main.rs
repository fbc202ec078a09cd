//! What the portal promises, tested from outside.

#[cfg(unix)]
mod browser;
mod build;
mod check;
mod components;
mod hostile;
mod lists;
mod pictures;
mod rooms;
mod sample;
mod tree;
