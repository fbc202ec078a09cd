//! What other programs make of a whole site: the checker of HTML that the W3C uses, and real hosts. `cargo xtask test`
//! installs all of them and says where they are.

mod conformance;
mod host;
mod hosts;
mod strangers;
mod traces;
