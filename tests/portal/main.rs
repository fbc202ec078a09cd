//! What the portal promises, tested from outside.

#[cfg(unix)]
mod browser;
mod build;
mod check;
mod components;
mod determinism;
mod drafts;
mod editors;
mod hostile;
mod links;
mod machines;
mod pictures;
#[cfg(unix)]
mod programs;
mod published;
mod importing;
#[cfg(target_os = "linux")]
mod killing;
mod rooms;
mod sample;
mod synthetic;
mod properties;
mod rooms;
mod sample;
mod schemas;
mod tree;
