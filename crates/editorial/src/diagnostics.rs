//! Messages: problems of the content with their positions, and failures of the tool itself.

pub mod characters;
mod failure;
mod location;
pub mod message;
mod problem;
pub mod report;
mod stop;

pub use failure::{Failure, why};
pub use location::{Lines, Location};
pub use message::{Argument, Message, ToArgument, Typed, fits, places};
pub use problem::{Problem, Severity, short, shown};
pub use stop::{Refusal, Stop};
