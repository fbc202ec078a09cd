//! What other programs make of a whole site: the checker of HTML that the W3C uses, and real hosts; and what one counts
//! while the tool is at work. `cargo xtask test` installs all of them and says where they are.

mod conformance;
#[cfg(target_os = "linux")]
mod growth;
mod host;
mod hosts;
mod strangers;
mod traces;
