//! Tests of a whole site with other programs: the W3C's checker of HTML, real web servers, and
//! Valgrind. `cargo xtask test` installs all of them and sets the variables with their paths.

mod conformance;
#[cfg(target_os = "linux")]
mod growth;
mod host;
mod hosts;
mod strangers;
mod traces;
