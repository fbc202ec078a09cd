//! What the portal promises, tested from outside.

#[cfg(unix)]
mod browser;
mod build;
mod check;
mod components;
mod determinism;
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
mod tree;
