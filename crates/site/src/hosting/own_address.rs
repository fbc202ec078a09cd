//! The form of the site's own addresses. `site serve`, and every host that
//! [`crate::hosting::hosts`] configures, check a path as it was sent, before anything in it is
//! decoded or normalised. A path of another form is not found, and redirects lead only to paths of
//! this form. So no path can lead out of the site's folder or to another host.

/// A path segment, as a regular expression that every host reads alike. It begins without a dot, so
/// that it is neither `..` nor a hidden file, except for `.well-known` (RFC 8615).
pub(crate) const SEGMENT: &str = r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*|\.well-known)";

/// The one public folder whose name begins with a dot.
const WELL_KNOWN: &str = ".well-known";

/// All paths below the site's base, as a regular expression: segments, the last of which may be
/// empty.
pub(crate) fn below() -> String {
    format!("(?:{SEGMENT}/)*{SEGMENT}?")
}

/// Whether [`below`] matches all of a path below the site's base.
pub(crate) fn is_plain(below: &str) -> bool {
    let all = below.strip_suffix('/').unwrap_or(below);
    below.is_empty() || all.split('/').all(is_segment)
}

/// Whether [`SEGMENT`] matches all of a text.
fn is_segment(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    text == WELL_KNOWN || (!text.is_empty() && !text.starts_with('.') && text.bytes().all(is_plain))
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn an_address_of_ours_is_made_of_plain_segments() {
        for good in [
            "",
            "vi/",
            "vi/port/index.html",
            "assets/app-1a2b.js",
            "a",
            "_headers",
            "a..b",
            ".well-known/x",
        ] {
            assert!(is_plain(good), "{good} was taken for no address of ours");
        }
        for bad in [
            "/",
            "//",
            "/vi/",
            "vi//",
            "vi//port/",
            "/etc/passwd",
            ".",
            "..",
            "../x",
            "vi/../x",
            "vi/..",
            ".htaccess",
            "vi/.git/config",
            ".well-known.old/x",
            "a b",
            "a\\b",
            "\\evil.example",
            "%2e%2e/x",
            "vi/p%6Frt/",
            "a\0",
            "a\r\nb",
            "a\tb",
            "đ",
            "a:b",
            "C:/x",
            "a;b",
            "a?b",
            "a#b",
            "{env.HOME}",
            "$uri",
            "~root",
            "*",
            "@evil.example",
        ] {
            assert!(!is_plain(bad), "{bad:?} was taken for an address of ours");
        }
    }
}
