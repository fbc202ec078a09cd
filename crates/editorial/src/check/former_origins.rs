//! The origins that the portal had before, and links that still lead there.

use super::Findings;
use crate::diagnostics::short;
use crate::json::Cursor;
use crate::message;
use model::{Address, Lang};
use url::Url;

/// Checks `former_origins` of `site.json`, and keeps their hosts.
pub(super) fn check_former_origins(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    origin: &str,
    former: &[String],
) {
    let mut hosts: Vec<String> = Vec::new();
    for (index, text) in former.iter().enumerate() {
        let place = cursor.item(index);
        let message = match host(text) {
            None => message!(
                "\"{text}\" is not scheme and host alone",
                text = short(text)
            ),
            Some(_) if text == origin => {
                message!("this is the portal's own origin, not a former one")
            }
            Some(_) if former[..index].contains(text) => {
                message!("\"{text}\" is there twice", text = short(text))
            }
            Some(host) => {
                hosts.push(host);
                continue;
            }
        };
        let help = message!(
            "write the origins that the portal had before, the oldest first, such as https://old.example"
        );
        findings.add(place.problem(message).help(help));
    }
    findings.hosts.former = hosts.into();
}

/// The host of an origin, without `www.`.
fn host(origin: &str) -> Option<String> {
    let url = Url::parse(origin).ok().filter(|_| !origin.ends_with('/'))?;
    let is_alone = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let is_web = ["http", "https"].contains(&url.scheme());
    (is_alone && is_web).then(|| without_www(url.host_str().unwrap_or_default()))
}

fn without_www(host: &str) -> String {
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// Where an address of the web leads that is the portal's own, or was.
pub(super) enum Leads {
    /// To a page of this portal: its path without the language.
    Here(Address),
    /// To what was left behind.
    Behind,
}

impl Leads {
    /// Where an address leads; `None` for any other address.
    pub(super) fn of(to: &Address, findings: &Findings) -> Option<Self> {
        let url = Url::parse(to.as_str()).ok()?;
        let host = without_www(url.host_str()?);
        let own = findings.hosts.own.as_deref().map(without_www);
        if own.as_deref() != Some(&host) {
            return findings
                .hosts
                .former
                .contains(&host)
                .then_some(Self::Behind);
        }
        if url.query().is_some_and(|query| {
            ["p=", "page_id=", "attachment_id="]
                .iter()
                .any(|key| query.contains(key))
        }) {
            return Some(Self::Behind);
        }
        let old = [
            ".html", ".htm", ".php", ".pdf", ".doc", ".docx", ".jpg", ".png",
        ];
        let is_old = url.path().contains("/wp-") || old.iter().any(|end| url.path().ends_with(end));
        let is_page = url.query().is_none() && url.path().ends_with('/');
        if !is_page && !is_old {
            return None;
        }
        let path = url.path().trim_start_matches('/');
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        let below = if Lang::from_tag(first).is_some() {
            rest
        } else {
            path
        };
        Address::new(&format!("/{below}")).ok().map(Self::Here)
    }
}
