//! Asks WordPress over its REST interface, at either of its two addresses.

use crate::client::{self, Client, Reply, SourceError};
use serde_json::Value;
use std::cell::Cell;

/// How addresses of the interface are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Root {
    /// `/wp-json/wp/v2/posts?a=b`
    Pretty,
    /// `/?rest_route=/wp/v2/posts&a=b`, which WordPress always understands. Where permalinks are
    /// plain, it understands nothing else.
    Plain,
}

impl Root {
    fn path(self, route: &str, query: &str) -> String {
        match self {
            Self::Pretty => format!("/wp-json/wp/v2/{route}?{query}"),
            Self::Plain => format!("/?rest_route=/wp/v2/{route}&{query}"),
        }
    }
}

/// A part of a list.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) value: Value,
    /// How many parts there are.
    pub(super) pages: Option<usize>,
    /// How many entries there are in all parts.
    pub(super) total: Option<usize>,
    /// When it was answered, as the CMS writes it.
    pub(super) date: Option<String>,
}

/// What WordPress says instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    /// Its name for the reason, such as `rest_no_route`.
    code: String,
    /// The reason in words.
    message: String,
}

/// Why nothing was understood.
enum Trouble {
    /// Something answers, but not this interface.
    Elsewhere(SourceError),
    /// Anything else.
    Other(SourceError),
}

/// The REST interface.
#[derive(Default)]
pub(super) struct Rest {
    root: Cell<Option<Root>>,
}

impl Rest {
    /// Asks for something below `wp/v2`.
    ///
    /// # Errors
    /// Where there is no answer of WordPress. A refusal is an answer.
    pub(super) fn ask(
        &self,
        client: &Client,
        route: &str,
        query: &str,
    ) -> Result<Result<Page, Refusal>, SourceError> {
        let ask = |root: Root| {
            let path = root.path(route, query);
            let reply = client.reply(&path).map_err(Trouble::Other)?;
            understood(client::named(&client.whole(&path)), &reply)
        };
        if let Some(root) = self.root.get() {
            return ask(root).map_err(Trouble::error);
        }
        let (root, answer) = match ask(Root::Pretty) {
            Ok(answer) => (Root::Pretty, answer),
            Err(Trouble::Other(error)) => return Err(error),
            Err(Trouble::Elsewhere(error)) => match ask(Root::Plain) {
                Ok(answer) => (Root::Plain, answer),
                Err(_) => return Err(error),
            },
        };
        self.root.set(Some(root));
        Ok(answer)
    }
}

impl Trouble {
    fn error(self) -> SourceError {
        match self {
            Self::Elsewhere(error) | Self::Other(error) => error,
        }
    }
}

/// An answer of WordPress.
fn understood(address: &str, reply: &Reply) -> Result<Result<Page, Refusal>, Trouble> {
    let number = |name: &str| reply.header(name)?.trim().parse().ok();
    // Some editors of PHP files put a mark before everything.
    let bytes = reply
        .bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&reply.bytes);
    let Ok(value) = client::read(bytes) else {
        return Err(no_data(address, reply.status, bytes));
    };
    if (200..300).contains(&reply.status) {
        return Ok(Ok(Page {
            value,
            pages: number("x-wp-totalpages"),
            total: number("x-wp-total"),
            date: reply.header("date").map(str::to_owned),
        }));
    }
    let Some(code) = value["code"].as_str() else {
        return Err(no_data(address, reply.status, bytes));
    };
    Ok(Err(Refusal {
        status: reply.status,
        code: code.to_owned(),
        message: import::words(value["message"].as_str().unwrap_or_default()),
    }))
}

/// What came instead of data.
fn no_data(address: &str, status: u16, bytes: &[u8]) -> Trouble {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(64 * 1024)]);
    let error = |what: String, help: &'static str| SourceError { what, help };
    if let Some(said) = said_by_php(&text) {
        return Trouble::Other(error(
            format!("{address} answered with a message of PHP before the data: {said}"),
            "on the server, set WP_DEBUG_DISPLAY to false in wp-config.php, so that messages go to the log; the message says which plugin or theme to mend",
        ));
    }
    if text.contains("wp-login.php") && text.contains("name=\"log\"") {
        return Trouble::Other(error(
            format!("{address} answered with the page to log in"),
            "something shuts the whole site to visitors: let /wp-json/ through; it asks for its own password",
        ));
    }
    match status {
        401 | 403 => Trouble::Other(error(
            format!(
                "{address} may not be read (HTTP {status}), and it is not WordPress that says so"
            ),
            "a firewall or a plugin for security stands before WordPress: let this machine read /wp-json/",
        )),
        404 | 410 => Trouble::Elsewhere(error(
            format!("there is no REST interface of WordPress at {address} (HTTP {status})"),
            "compare \"address\" in source.json with the address of WordPress itself, which Settings, General shows; a plugin may have switched the interface off",
        )),
        _ if text.trim_start().starts_with('<') => Trouble::Elsewhere(error(
            format!("{address} answered with a web page instead of data"),
            "\"address\" in source.json has to be the address of WordPress itself, which Settings, General shows; a plugin may have switched the REST interface off",
        )),
        _ => Trouble::Elsewhere(error(
            format!("{address} answered with something that is no JSON (HTTP {status})"),
            "\"address\" in source.json has to be the address of WordPress itself, which Settings, General shows",
        )),
    }
}

/// The first message of PHP at the beginning of an answer.
fn said_by_php(text: &str) -> Option<String> {
    let start = text.trim_start();
    let start = start.strip_prefix("<br />").map_or(start, str::trim_start);
    [
        "Warning",
        "Notice",
        "Deprecated",
        "Fatal error",
        "Parse error",
    ]
    .iter()
    .any(|kind| {
        let rest = start.strip_prefix("<b>").unwrap_or(start);
        let rest = rest.strip_prefix("PHP ").unwrap_or(rest);
        rest.strip_prefix(kind)
            .is_some_and(|rest| rest.starts_with(':') || rest.starts_with("</b>:"))
    })
    .then(|| {
        let line = start.split("<br").next().unwrap_or_default();
        let line = line.split(['{', '[']).next().unwrap_or_default();
        import::excerpt(&import::words(line))
    })
}

impl Refusal {
    /// Whether a page was asked for that is not there any more.
    pub(super) fn is_past_the_end(&self) -> bool {
        self.code == "rest_post_invalid_page_number"
    }

    /// What it means, and what to do about it.
    pub(super) fn error(&self, client: &Client, route: &str) -> SourceError {
        let Self {
            status,
            code,
            message,
        } = self;
        let message = import::excerpt(message);
        let said = format!("{message} (HTTP {status}, {code})");
        let (what, help) = match (code.as_str(), status) {
            ("rest_no_route", _) => (
                format!("WordPress has no \"{route}\" in its REST interface: {said}"),
                "\"articles\" in source.json is the type's name there: posts, pages, or the rest_base of a type of your own, which has to be registered with show_in_rest",
            ),
            ("rest_forbidden_context", 401) => (
                format!("WordPress does not accept the token, or does not get it: {said}"),
                "see whether the password is one of this user: Users, Profile, Application Passwords makes a new one; else the server keeps the header Authorization from PHP (Apache: CGIPassAuth On), or application passwords are switched off, as they are without https",
            ),
            (_, 401 | 403) if client.is_authorized() => (
                format!("WordPress refuses the token: {said}"),
                "the variable that \"token\" names holds user:application password; make a new one under Users, Profile, Application Passwords",
            ),
            (_, 401 | 403) => (
                format!("WordPress refuses to be read: {said}"),
                "it is closed to visitors: make an application password under Users, Profile, and give \"token\" the name of the variable with user:password",
            ),
            _ => (
                format!("WordPress does not answer the question for {route}: {said}"),
                "compare \"articles\" and \"fields\" in source.json with the CMS",
            ),
        };
        SourceError { what, help }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_php_is_told_from_a_page() {
        for (text, said) in [
            (
                "<br />\n<b>Warning</b>:  Undefined variable $x in <b>/srv/a.php</b> on line <b>3</b><br />\n[{\"id\":1}]",
                Some("Warning: Undefined variable $x in /srv/a.php on line 3"),
            ),
            (
                "\nDeprecated: Creation of dynamic property in /srv/a.php\n[]",
                Some("Deprecated: Creation of dynamic property in /srv/a.php"),
            ),
            ("<!doctype html><title>Warning</title>", None),
            ("<b>Warnings</b> of storms", None),
        ] {
            assert_eq!(said_by_php(text).as_deref(), said, "{text}");
        }
    }

    #[test]
    fn both_addresses_of_the_interface_take_the_same_question() {
        assert_eq!(
            Root::Pretty.path("posts", "page=2"),
            "/wp-json/wp/v2/posts?page=2"
        );
        assert_eq!(
            Root::Plain.path("posts", "page=2"),
            "/?rest_route=/wp/v2/posts&page=2"
        );
    }
}
