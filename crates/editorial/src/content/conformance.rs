//! How far a portal conforms to a standard of accessibility.

/// How far the portal conforms to a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conformance {
    /// In everything.
    Full,
    /// In most, with known exceptions.
    Partial,
    /// Not yet.
    None,
}
