//! A flaw of the syntax.

/// What is no JSON, and where.
pub struct Flaw {
    /// The byte.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: Option<String>,
}

impl Flaw {
    /// A flaw with its remedy.
    pub fn new(at: usize, message: impl Into<String>, remedy: &str) -> Self {
        let remedy = Some(remedy.to_owned()).filter(|remedy| !remedy.is_empty());
        Self { at, message: message.into(), remedy }
    }
}
