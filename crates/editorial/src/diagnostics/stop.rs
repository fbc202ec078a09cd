//! The reasons why a command stops: a refusal or a failure.

use super::{Failure, Message, Problem};
use model::Lang;

/// The reason why a command stopped.
#[derive(Debug)]
pub enum Stop {
    /// The content or the request has mistakes. Exit code 1.
    Refused(Refusal),
    /// The tool could not do its work. Exit code 2.
    Failed(Failure),
}

/// The mistakes of the content or of the request.
#[derive(Debug)]
pub enum Refusal {
    /// Problems of content files.
    Problems {
        /// The problems, with the warnings that belong to the report.
        problems: Vec<Problem>,
        /// How many files were read.
        files: usize,
        /// The consequence for the command; `None` where the report is enough.
        closing: Option<Message>,
        /// The language in which they are said.
        lang: Lang,
    },
    /// One sentence, where the mistake is in no file.
    Sentence(Message),
}

impl Stop {
    /// A refusal in one sentence.
    pub fn refused(why: Message) -> Self {
        Self::Refused(Refusal::Sentence(why))
    }

    /// The same with its problems said in a language.
    #[must_use]
    pub fn in_lang(mut self, wanted: Lang) -> Self {
        if let Self::Refused(Refusal::Problems { lang, .. }) = &mut self {
            *lang = wanted;
        }
        self
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
