//! Syntax errors.

/// A syntax error of a JSON text.
pub struct Flaw {
    /// The byte offset in the text.
    pub at: usize,
    /// The message.
    pub message: String,
    /// The help: what to do about it.
    pub remedy: Option<String>,
}

impl Flaw {
    /// A flaw with its remedy; an empty remedy is none.
    pub fn new(at: usize, message: impl Into<String>, remedy: &str) -> Self {
        let remedy = Some(remedy.to_owned()).filter(|remedy| !remedy.is_empty());
        Self { at, message: message.into(), remedy }
    }
}
