//! Numbers of the parts of a list.

use macros::Read;
use serde::{Deserialize, Serialize};

/// A part of a list: 0 is the front, with the newest; the others are numbered from 1, the oldest, on. A numbered part
/// has a fixed number of entries and does not change when something is published.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Read,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct PageNumber(pub u32);

impl PageNumber {
    /// The front of a list.
    pub const FRONT: Self = Self(0);
}
