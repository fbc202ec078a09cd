//! Link targets. Only targets with a safe scheme can be read.

use macros::Read;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A link target that is safe in `href`: the web (`https:`, `http:`), a mailbox (`mailto:`), a
/// telephone (`tel:`), or a page of this portal. A page is written without base and language:
/// `/port/deep-water-port/`. Any other scheme fails to parse, so that no browser ever sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// The error for a text that is no [`Address`]. Its message lists the allowed forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressError(String);

impl Address {
    /// The schemes that a link may have.
    pub const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

    /// Reads an address.
    ///
    /// # Errors
    /// Where the scheme is another one, where browsers take the path for a host (`//…`), or where
    /// the text has white space, backslashes, control or invisible characters. Browsers drop some
    /// of these, and then read another scheme than a person does.
    pub fn new(text: &str) -> Result<Self, AddressError> {
        let odd = |c: char| c.is_whitespace() || c.is_control() || c == '\\' || is_invisible(c);
        let web = Self::SCHEMES.iter().any(|scheme| {
            text.strip_prefix(scheme)
                .is_some_and(|rest| !rest.is_empty())
        });
        let local = text.starts_with('/') && !text.starts_with("//");
        if !text.contains(odd) && (web || local) {
            Ok(Self(text.to_owned()))
        } else {
            Err(AddressError(text.to_owned()))
        }
    }

    /// The address as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path below a language's home page, where the address is one of this portal's pages.
    pub fn local_path(&self) -> Option<&str> {
        self.0.strip_prefix('/')
    }
}

/// Bidirectional controls and zero-width characters: invisible, but they change how a text reads.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl TryFrom<String> for Address {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        Self::new(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "\"{}\" is not an address that a link may have: write https://…, mailto:…, tel:… or a page of this portal such as /port/deep-water-port/",
            self.0.escape_debug()
        )
    }
}

impl std::error::Error for AddressError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_a_mailbox_a_telephone_and_our_own_pages_can_be_linked() {
        for good in [
            "https://a.example/?q=1#x",
            "http://a.example",
            "mailto:a@b.example",
            "tel:+842253",
            "/port/",
        ] {
            assert!(Address::new(good).is_ok(), "{good} was refused");
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " https://a.example",
            "https://a.example/\n",
            "data:text/html,x",
            "//a.example",
            "/\\a.example",
            "https:a",
            "vbscript:x",
            "java\tscript:x",
            "\u{200b}https://a",
            "https://",
            "port/",
            "https://a.example/\u{202e}gpj.exe",
        ] {
            assert!(
                Address::new(bad).is_err(),
                "{bad:?} was taken for an address"
            );
        }
    }

    #[test]
    fn a_local_path_is_told_from_a_web_address() {
        assert_eq!(Address::new("/port/").unwrap().local_path(), Some("port/"));
        assert_eq!(
            Address::new("https://a.example/port/")
                .unwrap()
                .local_path(),
            None
        );
    }
}
