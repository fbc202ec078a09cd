//! The portal's promises, tested from outside.

mod asking;
#[cfg(unix)]
mod browser;
mod build;
mod check;
mod components;
mod contrast;
mod determinism;
mod drafts;
mod drawings;
mod editors;
mod folder;
mod hostile;
mod importing;
#[cfg(unix)]
mod keeping;
#[cfg(target_os = "linux")]
mod killing;
mod languages;
mod licences;
mod links;
mod lists;
mod machines;
#[cfg(target_os = "linux")]
mod package;
mod pictures;
#[cfg(target_os = "linux")]
mod printing;
#[cfg(unix)]
mod programs;
mod properties;
mod published;

mod sample;
mod schemas;
mod serving;
mod sharing;
mod still;
mod structure;
mod synthetic;
mod texts;
mod tree;

/// The project's folder.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
