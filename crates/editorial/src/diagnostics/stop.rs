//! Why a command did not do what it was asked for.

use super::{Failure, Problem};

/// Why a command stopped.
#[derive(Debug)]
pub enum Stop {
    /// What an editor wrote or asked for has mistakes. Exit code 1.
    Refused(Refusal),
    /// The tool could not do its work. Exit code 2.
    Failed(Failure),
}

/// What is wrong with what an editor wrote or asked for.
#[derive(Debug)]
pub enum Refusal {
    /// Problems of content files.
    Problems {
        /// The problems, with the warnings that belong to the report.
        problems: Vec<Problem>,
        /// How many files were read.
        files: usize,
        /// What follows for the command; empty where the report says enough.
        closing: &'static str,
    },
    /// One sentence, where the mistake is in no file.
    Sentence(String),
}

impl Stop {
    /// A refusal in one sentence.
    pub fn refused(why: impl Into<String>) -> Self {
        Self::Refused(Refusal::Sentence(why.into()))
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
