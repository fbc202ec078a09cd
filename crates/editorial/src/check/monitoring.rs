//! Checks what `site.json` says of the state's monitoring script.

use super::{Findings, unknown};
use crate::content::authored::site as authored;
use crate::content::monitoring::Monitoring;
use crate::json::Cursor;
use crate::message;
use model::Slug;
use url::{Host, Url};

/// The hashes that browsers know, with the number of their letters and what follows these.
const HASHES: [(&str, usize, &str); 3] = [
    ("sha256-", 43, "="),
    ("sha384-", 64, ""),
    ("sha512-", 86, "=="),
];

/// Checks the monitoring script: where it is, what it is, where it sends, and where readers are told.
pub(super) fn check_monitoring(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    monitoring: authored::Monitoring,
    pages: &[Slug],
) -> Monitoring {
    check_address(findings, cursor.key("script"), "script", &monitoring.script);
    check_address(
        findings,
        cursor.key("tracker"),
        "tracker",
        &monitoring.tracker,
    );
    check_integrity(findings, cursor, monitoring.integrity.as_deref());
    let site = &monitoring.site;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !(1..=64).contains(&site.len()) || !site.bytes().all(plain) {
        let problem = cursor
            .key("site")
            .problem(message!("\"site\" is no number of a portal"));
        findings.add(problem.help(message!(
            "write what stands in setSiteId(…) of the code that you were given, such as \"4064\""
        )));
    }
    if !pages.contains(&monitoring.notice) {
        let known = pages.iter().map(Slug::as_str);
        let name = monitoring.notice.as_str();
        let message = unknown(message!("\"pages\" lists no standing page"), name, known);
        findings.add(cursor.key("notice").problem(message).help(message!(
            "readers have to be told what the script does: write a privacy notice in a folder of pages, and list it in \"pages\""
        )));
    }
    Monitoring {
        script: monitoring.script,
        integrity: monitoring.integrity,
        tracker: monitoring.tracker,
        site: monitoring.site,
        notice: monitoring.notice,
    }
}

/// An address stands in the policy of every page, so it has no character that means something there.
fn check_address(findings: &mut Findings, cursor: Cursor<'_>, key: &str, text: &str) {
    if text.contains(['<', '(', '{']) {
        let problem = cursor.problem(message!(
            "\"{key}\" is code, and no page has code from elsewhere in itself",
            key
        ));
        findings.add(problem.help(message!(
            "the build writes the call by itself: take the two addresses and the number out of the code that you were given \
             (the file that ends with .js, setTrackerUrl and setSiteId)"
        )));
        return;
    }
    if !is_plain_address(text) {
        let problem = cursor.problem(message!(
            "\"{key}\" is no address that a page could name",
            key
        ));
        findings.add(problem.help(message!(
            "write the https:// address in plain letters, without ? and #, such as https://f-emc.ngsp.gov.vn/embed/gov-tracking.min.js \
             for the script and https://f-emc.ngsp.gov.vn/tracking for what it sends"
        )));
    }
}

fn is_plain_address(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    let is_local = match url.host() {
        Some(Host::Domain(domain)) => domain == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        _ => false,
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    (url.scheme() == "https" || (url.scheme() == "http" && is_local))
        && url.username().is_empty()
        && url.password().is_none()
        && url.as_str() == text
        && url.query().is_none()
        && url.fragment().is_none()
        && url.path().bytes().all(plain)
}

fn check_integrity(findings: &mut Findings, cursor: Cursor<'_>, integrity: Option<&str>) {
    let how = message!(
        "write sha384- and what this prints: curl -s ADDRESS | openssl dgst -sha384 -binary | openssl base64 -A"
    );
    let Some(integrity) = integrity else {
        let problem = cursor.problem(message!("nothing says which script may run in every page"));
        let help = message!(
            "{how}. Without \"integrity\" whoever controls that host runs there what they like",
            how
        );
        findings.add(problem.help(help).warning());
        return;
    };
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
    let is_known = HASHES.iter().any(|(name, length, end)| {
        let rest = integrity.strip_prefix(name);
        let letters = rest.and_then(|rest| rest.strip_suffix(end));
        letters.is_some_and(|letters| letters.len() == *length && letters.bytes().all(letter))
    });
    if !is_known {
        let problem = cursor
            .key("integrity")
            .problem(message!("\"integrity\" is no hash that browsers know"));
        findings.add(problem.help(how));
    }
}
