//! Syntax errors.

/// A syntax error of a JSON text.
pub struct Flaw {
    /// The byte offset in the text.
    pub at: usize,
    /// The message.
    pub message: String,
    /// The help: what to do about it.
    pub help: Option<String>,
}

impl Flaw {
    /// A flaw with its help; an empty help is none.
    pub fn new(at: usize, message: impl Into<String>, help: &str) -> Self {
        let help = Some(help.to_owned()).filter(|help| !help.is_empty());
        Self {
            at,
            message: message.into(),
            help,
        }
    }
}
