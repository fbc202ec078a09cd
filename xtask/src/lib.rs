//! What the developer's tasks share with the tests: what there are pictures of, and how the project is packaged.

pub mod package;
pub mod pictures;
