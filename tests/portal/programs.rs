//! Tests of a whole site with other programs: the W3C's checker of HTML, real web servers, and
//! Valgrind. `cargo xtask test` installs all of them and sets the variables with their paths.

mod build_machine_leaks;
#[cfg(target_os = "linux")]
mod complexity;
mod conformance;
mod host;
mod hostile_addresses;
mod hosts;
