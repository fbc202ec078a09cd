//! Makes the addresses of WordPress and of pages absolute: with a scheme, a host, and nothing that
//! a link may not have.

use editorial::check::address;
use model::Address;
use unicode_normalization::is_nfc;

/// The longest base address, in bytes. No browser and no server takes a longer one, and without a
/// limit every link of a page could be as long as the page.
pub const MOST_ADDRESS: usize = 2_048;

/// The absolute address of `reference` on a page at `base`; `None` where a link may not lead there,
/// or where a base is needed and not known.
pub fn absolute(reference: &str, base: Option<&str>) -> Option<Address> {
    // Browsers drop line breaks and tabs, so a scheme could hide behind them.
    let text: String = reference
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    let scheme = text
        .split_once(':')
        .map(|(scheme, _)| scheme)
        .filter(|scheme| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
        });
    let whole = match scheme {
        Some(scheme) => format!("{}{}", scheme.to_ascii_lowercase(), &text[scheme.len()..]),
        None if text.starts_with("//") => format!("https:{text}"),
        None if text.is_empty() || text.starts_with('#') => return None,
        None => join(base.filter(|base| base.len() <= MOST_ADDRESS)?, &text)?,
    };
    // `site check` would refuse an address that no browser can open.
    let leads = |address: &Address| {
        address.local_path().is_none()
            && has_host(address.as_str())
            && address::read(address.as_str()).is_ok()
    };
    Address::new(&encoded(&whole)).ok().filter(leads)
}

fn has_host(address: &str) -> bool {
    let web = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    web.is_none_or(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
}

fn join(base: &str, text: &str) -> Option<String> {
    let (scheme, rest) = base
        .split_once("://")
        .filter(|(scheme, _)| ["http", "https"].contains(scheme))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if let Some(text) = text.strip_prefix('/') {
        return Some(format!("{scheme}://{host}/{text}"));
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if text.starts_with('?') {
        return Some(format!("{scheme}://{host}/{path}{text}"));
    }
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    let mut rest = text;
    while let Some((first, after)) = rest
        .split_once('/')
        .filter(|(first, _)| ["..", "."].contains(first))
    {
        if first == ".." {
            folders.pop();
        }
        rest = after;
    }
    folders.push(rest);
    Some(format!("{scheme}://{host}/{}", folders.join("/")))
}

/// Percent-encodes spaces, backslashes and what our texts cannot hold, as browsers do.
fn encoded(text: &str) -> String {
    let odd = text.contains('\u{fffd}') || !is_nfc(text);
    text.chars().fold(String::new(), |mut text, c| {
        if " \\\u{a0}".contains(c) || (odd && !c.is_ascii()) {
            text.extend(
                c.encode_utf8(&mut [0; 4])
                    .bytes()
                    .map(|byte| format!("%{byte:02X}")),
            );
        } else {
            text.push(c);
        }
        text
    })
}

/// The host and path of a web address, for comparison with others: without scheme, `www.`, query
/// and last slash, decoded as often as it was encoded, and in composed letters.
pub fn comparable(address: &str) -> String {
    let (host, path) = host_and_path(address);
    format!("{host}/{}", super::slugs::fully_decoded(path))
}

/// The same as the name of a file on that host, which is decoded once.
pub fn named_file(address: &str) -> String {
    let (host, path) = host_and_path(address);
    format!("{host}/{}", super::slugs::decoded(path))
}

fn host_and_path(address: &str) -> (String, &str) {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_end_matches('/');
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    (host.to_ascii_lowercase(), path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_made_whole() {
        let base = Some("https://a.example/2014/b/?c");
        for (reference, whole) in [
            ("https://x.example/a b", Some("https://x.example/a%20b")),
            (" HTTPS://x.example/", Some("https://x.example/")),
            ("//x.example/", Some("https://x.example/")),
            ("/d", Some("https://a.example/d")),
            ("d.html", Some("https://a.example/2014/b/d.html")),
            ("../d", Some("https://a.example/2014/d")),
            ("../../../../d", Some("https://a.example/d")),
            ("?p=1", Some("https://a.example/2014/b/?p=1")),
            ("mailto:a@b.example", Some("mailto:a@b.example")),
            ("#d", None),
            ("", None),
            ("javascript:alert(1)", None),
            ("java\nscript:alert(1)", None),
            ("JavaScript:alert(1)", None),
            ("data:text/html,x", None),
            ("https://", None),
            (
                "https://x.example/a\u{fffd}",
                Some("https://x.example/a%EF%BF%BD"),
            ),
            (
                "https://x.example/e\u{301}",
                Some("https://x.example/e%CC%81"),
            ),
            ("https://x.example/\u{e9}", Some("https://x.example/\u{e9}")),
            ("https:///x", None),
            ("//\\x", None),
        ] {
            assert_eq!(
                absolute(reference, base).as_ref().map(Address::as_str),
                whole,
                "{reference}"
            );
        }
        assert_eq!(absolute("/d", None), None);
        let long = format!("https://a.example/{}", "b".repeat(MOST_ADDRESS));
        assert_eq!(absolute("d", Some(&long)), None);
        assert!(
            absolute(&long, None).is_some(),
            "an address that is whole may be longer"
        );
    }

    #[test]
    fn addresses_are_compared_without_what_does_not_matter() {
        assert_eq!(
            comparable("http://www.A.example/x/?y#z"),
            comparable("https://a.example/x")
        );
        assert_ne!(
            comparable("https://a.example/x"),
            comparable("https://a.example/y")
        );
    }
}
