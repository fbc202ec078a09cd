//! Syntax errors.

use crate::diagnostics::Message;

/// A syntax error of a JSON text.
pub struct Flaw {
    /// The byte offset in the text.
    pub at: usize,
    /// The message.
    pub message: Message,
    /// The help: what to do about it.
    pub help: Option<Message>,
}

impl Flaw {
    /// A flaw with its help.
    pub fn new(at: usize, message: Message, help: Message) -> Self {
        Self {
            at,
            message,
            help: Some(help),
        }
    }
}
