//! What the portal promises, tested from outside.

#[cfg(unix)]
mod browser;
mod build;
mod check;
mod components;
mod contrast;
mod determinism;
mod drafts;
mod editors;
mod hostile;
mod importing;
#[cfg(target_os = "linux")]
mod killing;
mod languages;
mod licences;
mod links;
mod lists;
mod machines;
mod pictures;
#[cfg(unix)]
mod programs;
mod properties;
mod published;
mod rooms;
mod sample;
mod schemas;
mod sharing;
mod still;
mod synthetic;
mod texts;
mod tree;
