//! The parts of the developer's tasks that the tests use too: the lists of screenshots, and the
//! package of the project.

pub mod package;
pub mod pictures;
