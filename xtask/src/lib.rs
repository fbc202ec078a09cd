//! What the developer's tasks share with the tests: synthetic portals.

pub mod synthetic;
