//! A flaw of the syntax.

/// What is no JSON, and where.
pub(crate) struct Flaw {
    /// The byte.
    pub(crate) at: usize,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) remedy: Option<String>,
}

impl Flaw {
    /// A flaw with its remedy.
    pub(crate) fn new(at: usize, message: impl Into<String>, remedy: &str) -> Self {
        let remedy = Some(remedy.to_owned()).filter(|remedy| !remedy.is_empty());
        Self { at, message: message.into(), remedy }
    }
}
