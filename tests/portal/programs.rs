//! What other programs make of a whole site: the checker of HTML that the W3C uses, and a real host. `cargo xtask test`
//! installs both and says where they are.

mod conformance;
mod host;
mod traces;
