//! What other programs make of a whole site: the checker of HTML that the W3C uses, and a real host; and what one counts
//! while the tool is at work. `cargo xtask test` installs them and says where they are.

mod conformance;
#[cfg(target_os = "linux")]
mod growth;
mod host;
