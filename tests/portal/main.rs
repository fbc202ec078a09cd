//! The portal's promises, tested from outside.

#[cfg(unix)]
mod browser;
mod build;
mod check;
mod components;
mod contrast;
#[cfg(target_os = "linux")]
mod crash_safety;
#[cfg(unix)]
mod desk;
mod determinism;
mod documents;
mod drafts;
mod drawings;
mod duties;
mod editors;
mod folder;
#[cfg(unix)]
mod foreign_files;
mod hostile;
mod http;
mod importing;
mod languages;
mod licences;
mod links;
mod lists;
#[cfg(unix)]
mod live;
mod machine_readable;
mod messages;
#[cfg(unix)]
mod monitoring;
mod motion;
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
mod structure;
mod syncing;
mod synthetic;
mod texts;
mod tree;
mod views;

/// The project's folder.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
