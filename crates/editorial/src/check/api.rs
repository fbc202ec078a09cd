//! Checks what `site.json` says of a portal that is served live.

use super::Findings;
use crate::json::Cursor;
use crate::message;
use url::{Host, Url};

/// The shortest and the longest pause between two requests of an open page, in seconds.
const PAUSES: std::ops::RangeInclusive<u32> = 10..=86_400;

/// Checks the address of the API. It is a path on the portal's own host, or another host; `http://` is
/// only for this machine, because pages that came by HTTPS may ask no other host without it.
pub(super) fn check_api(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    api: Option<String>,
) -> Option<String> {
    let api = api?;
    let is_plain = |path: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        path.starts_with('/')
            && path.ends_with('/')
            && !path.contains("//")
            && path.bytes().all(plain)
    };
    let is_good = match Url::parse(&api) {
        Ok(url) => {
            let is_local = match url.host() {
                Some(Host::Domain(domain)) => domain == "localhost",
                Some(Host::Ipv4(address)) => address.is_loopback(),
                _ => false,
            };
            let is_open = url.username().is_empty() && url.password().is_none();
            let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_local);
            is_safe
                && is_open
                && url.as_str() == api
                && is_plain(url.path())
                && url.query().is_none()
                && url.fragment().is_none()
        }
        Err(_) => is_plain(&api),
    };
    if is_good {
        return Some(api);
    }
    let problem = cursor.problem(message!(
        "\"api\" is no address that open pages can ask for documents"
    ));
    findings.add(problem.help(
        message!("write the address of a server that has the portal's documents, such as `site live`, with a slash at its end: \
         https://live.portal.example/, or /live/ for a path on the portal's own host"),
    ));
    None
}

/// Checks the pause between two requests of an open page.
pub(super) fn check_pause(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    seconds: Option<u32>,
) -> Option<u32> {
    let seconds = seconds?;
    if PAUSES.contains(&seconds) {
        return Some(seconds);
    }
    let message = message!(
        "\"refresh_seconds\" must be from {start} to {end}",
        start = PAUSES.start(),
        end = PAUSES.end()
    );
    findings.add(cursor.problem(message).help(
        message!("300 is five minutes; where it is left out, a page asks again only when its reader comes back to it"),
    ));
    None
}
