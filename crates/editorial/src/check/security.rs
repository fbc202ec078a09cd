//! Checks the contacts for reports of vulnerabilities, as RFC 9116 wants them in `security.txt`.

use super::Findings;
use super::site::check_unique;
use crate::content::Security;
use crate::content::authored::site as authored;
use crate::json::Cursor;
use crate::message;
use model::{Address, Lang};
use std::collections::BTreeSet;

/// Checks the contacts; each is a mailbox, a telephone or a page of the web, and is there once.
pub(super) fn check_security(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    security: authored::Security,
) -> Security {
    check_unique(
        findings,
        cursor.key("contacts"),
        security.contacts.iter(),
        |cursor| cursor,
    );
    if security.contacts.is_empty() {
        let problem = cursor
            .key("contacts")
            .problem(message!("nobody can be told of a hole"));
        findings.add(problem.help(message!(
            "name at least one contact, or leave \"security\" out"
        )));
    }
    let contacts = security.contacts.iter().enumerate();
    let contacts = contacts
        .filter_map(|(index, contact)| {
            read_contact(findings, cursor.key("contacts").item(index), contact)
        })
        .collect();
    let policy = security
        .policy
        .and_then(|policy| read_policy(findings, cursor.key("policy"), &policy));
    let named: BTreeSet<Lang> = security
        .languages
        .into_iter()
        .map(|language| language.0)
        .collect();
    let languages = Lang::ALL
        .into_iter()
        .filter(|lang| named.contains(lang))
        .collect();
    Security {
        contacts,
        expires: security.expires,
        policy,
        languages,
    }
}

fn read_contact(findings: &mut Findings, cursor: Cursor<'_>, text: &str) -> Option<Address> {
    let known = text.strip_prefix("mailto:").map(is_mailbox);
    let known = known.or_else(|| text.strip_prefix("tel:").map(is_number));
    let good = known.unwrap_or_else(|| text.starts_with("https://") && is_uri(text));
    let address = Address::new(text).ok().filter(|_| good);
    if address.is_none() {
        let message = message!(
            "\"{text}\" is no address that a hole can be reported to",
            text = text.escape_debug()
        );
        let help = message!(
            "for example mailto:security@portal.example, tel:+842250000001, or the https:// address of a form"
        );
        findings.add(cursor.problem(message).help(help));
    }
    address
}

fn read_policy(findings: &mut Findings, cursor: Cursor<'_>, text: &str) -> Option<Address> {
    let address = Address::new(text)
        .ok()
        .filter(|_| text.starts_with("https://") && is_uri(text));
    if address.is_none() {
        let message = message!(
            "\"policy\" must be a web address that begins with https://, written as a browser sends it"
        );
        findings.add(cursor.problem(message).help(message!(
            "for example https://portal.example/en/pages/security/"
        )));
    }
    address
}

/// Whether a text has only characters that a URI may have (RFC 3986).
fn is_uri(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte))
}

fn is_mailbox(text: &str) -> bool {
    let host = |host: &str| host.contains('.') && host.split('.').all(|part| !part.is_empty());
    is_uri(text)
        && text.matches('@').count() == 1
        && text
            .split_once('@')
            .is_some_and(|(name, at)| !name.is_empty() && host(at))
}

fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.starts_with('+')
        && (5..=15).contains(&digits)
        && text[1..]
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
}
