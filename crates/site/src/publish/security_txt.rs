//! `security.txt` (RFC 9116): the contacts for reports of vulnerabilities. It belongs at the root
//! of the host.

use editorial::content::{Security, Site};
use editorial::diagnostics::{Message, Problem};
use editorial::json::problem_in;
use editorial::message;
use model::{Lang, Moment};
use std::path::Path;

/// The file's path below the site's base.
pub(crate) const FILE: &str = ".well-known/security.txt";

/// How many days before the expiry a warning is due: long enough for somebody to come back from a
/// holiday.
const NOTICE: i64 = 30;

/// The file at a moment; `None` once it has expired, because nobody may rely on it then (section
/// 2.5.5).
pub(crate) fn security_txt(site: &Site, now: Option<Moment>) -> Option<String> {
    let security = site
        .security
        .as_ref()
        .filter(|security| now.is_none_or(|now| !is_over(security, now)))?;
    let mut lines: Vec<String> = security
        .contacts
        .iter()
        .map(|contact| format!("Contact: {}", contact.as_str()))
        .collect();
    lines.push(format!("Expires: {}", security.expires.rfc3339()));
    if !security.languages.is_empty() {
        let tags: Vec<&str> = security
            .languages
            .iter()
            .map(|lang: &Lang| lang.tag())
            .collect();
        lines.push(format!("Preferred-Languages: {}", tags.join(", ")));
    }
    lines.push(format!("Canonical: {}/{FILE}", site.origin));
    lines.extend(
        security
            .policy
            .iter()
            .map(|policy| format!("Policy: {}", policy.as_str())),
    );
    Some(lines.join("\n") + "\n")
}

fn is_over(security: &Security, now: Moment) -> bool {
    security.expires.minutes() <= now.minutes()
}

/// A message where the file has expired by this moment, or is about to.
pub(crate) fn notice(site: &Site, now: Moment) -> Option<Message> {
    let security = site.security.as_ref()?;
    let days = (security.expires.minutes() - now.minutes()).div_euclid(24 * 60);
    match days {
        _ if is_over(security, now) => Some(message!(
            "security.txt is left out: it has been over since {expires}",
            expires = security.expires
        )),
        ..NOTICE => Some(message!(
            "security.txt is good until {expires} only",
            expires = security.expires
        )),
        _ => None,
    }
}

/// The help line for that message.
pub(crate) fn help() -> Message {
    message!(
        "see whether its contacts are still right, and give \"expires\" under \"security\" in site.json a later time"
    )
}

/// The same message as a warning, at its place in `site.json`.
pub(crate) fn warning(site_file: &Path, site: &Site, now: Moment) -> Option<Problem> {
    let message = notice(site, now)?;
    Some(
        problem_in(site_file, message, |root| {
            root.key("security").key("expires")
        })
        .help(help())
        .warning(),
    )
}
