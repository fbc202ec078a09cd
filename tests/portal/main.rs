//! What the portal promises, tested from outside.

#[cfg(unix)]
mod browser;
mod check;
