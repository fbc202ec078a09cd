//! What the portal promises, tested from outside.

mod build;
mod check;
mod components;
mod hostile;
mod rooms;
mod sample;
mod tree;
