//! What the developer's tasks share with the tests: synthetic portals, and what there are pictures of.

pub mod pictures;
pub mod synthetic;
