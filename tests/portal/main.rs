//! What the portal promises, tested from outside.

#[cfg(unix)]
mod browser;
mod build;
mod check;
mod components;
mod hostile;
mod links;
mod machines;
mod pictures;
#[cfg(unix)]
mod programs;
mod published;
mod importing;
mod rooms;
mod sample;
mod tree;
