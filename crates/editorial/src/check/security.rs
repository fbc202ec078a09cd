//! Checks the contacts for reports of vulnerabilities, as RFC 9116 wants them in `security.txt`.

use super::Findings;
use crate::content::Security;
use crate::content::authored::site as authored;
use crate::json::Cursor;
use model::{Address, Lang};
use std::collections::BTreeSet;

impl Findings {
    /// Checks the contacts; each is a mailbox, a telephone or a page of the web, and is there once.
    pub(super) fn security(&mut self, cursor: Cursor<'_>, security: authored::Security) -> Security {
        self.once(cursor.key("contacts"), security.contacts.iter(), |cursor| cursor);
        if security.contacts.is_empty() {
            let problem = cursor.key("contacts").problem("nobody can be told of a hole");
            self.add(problem.help("name at least one contact, or leave \"security\" out"));
        }
        let contacts = security.contacts.iter().enumerate();
        let contacts = contacts
            .filter_map(|(index, contact)| self.whom_to_tell(cursor.key("contacts").item(index), contact))
            .collect();
        let policy = security.policy.and_then(|policy| self.policy(cursor.key("policy"), &policy));
        let named: BTreeSet<Lang> = security.languages.into_iter().map(|language| language.0).collect();
        let languages = Lang::ALL.into_iter().filter(|lang| named.contains(lang)).collect();
        Security { contacts, expires: security.expires, policy, languages }
    }

    fn whom_to_tell(&mut self, cursor: Cursor<'_>, text: &str) -> Option<Address> {
        let known = text.strip_prefix("mailto:").map(is_mailbox);
        let known = known.or_else(|| text.strip_prefix("tel:").map(is_number));
        let good = known.unwrap_or_else(|| text.starts_with("https://") && is_uri(text));
        let address = Address::new(text).ok().filter(|_| good);
        if address.is_none() {
            let message = format!("\"{}\" is no address that a hole can be reported to", text.escape_debug());
            let help =
                "for example mailto:security@portal.example, tel:+842250000001, or the https:// address of a form";
            self.add(cursor.problem(message).help(help));
        }
        address
    }

    fn policy(&mut self, cursor: Cursor<'_>, text: &str) -> Option<Address> {
        let address = Address::new(text).ok().filter(|_| text.starts_with("https://") && is_uri(text));
        if address.is_none() {
            let message = "\"policy\" must be a web address that begins with https://, written as a browser sends it";
            self.add(cursor.problem(message).help("for example https://portal.example/en/pages/security/"));
        }
        address
    }
}

/// Whether a text has only characters that a URI may have (RFC 3986).
fn is_uri(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte))
}

fn is_mailbox(text: &str) -> bool {
    let host = |host: &str| host.contains('.') && host.split('.').all(|part| !part.is_empty());
    is_uri(text)
        && text.matches('@').count() == 1
        && text.split_once('@').is_some_and(|(name, at)| !name.is_empty() && host(at))
}

fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.starts_with('+')
        && (5..=15).contains(&digits)
        && text[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}
