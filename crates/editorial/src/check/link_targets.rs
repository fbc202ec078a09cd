//! Checks the targets of links and addresses: the host that a person reads, or a page of this
//! portal.

use super::Findings;
use super::former_origins::Leads;
use super::links::LocalLink;
use crate::check::address::{self, Refused};
use crate::diagnostics::{Message, short};
use crate::json::Cursor;
use crate::message;
use model::Address;

/// Checks the target of a link. A local one is kept until all pages are known.
pub(super) fn check_link_target(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    to: Address,
) -> Option<Address> {
    if to.local_path().is_some() {
        findings.links.push(LocalLink::new(cursor, to.clone()));
        return Some(to);
    }
    match address::read(to.as_str()) {
        Ok(to) => {
            match Leads::of(&to, findings) {
                Some(Leads::Behind) => {
                    let message = message!(
                        "this link still leads to the old site: {to}",
                        to = short(to.as_str())
                    );
                    let help = message!(
                        "write the page that has taken its place, such as /section/slug/; where there is none, take the link out"
                    );
                    findings.add(cursor.problem(message).help(help).warning());
                }
                Some(Leads::Here(page)) => {
                    findings
                        .links
                        .push(LocalLink::by_whole_address(cursor, page));
                }
                None => {}
            }
            if let Some((message, help)) = address::doubt(&to, findings.hosts.own.as_deref()) {
                findings.add(cursor.problem(message).help(help).warning());
            }
            Some(to)
        }
        Err(Refused { message, help }) => {
            findings.add(cursor.problem(message).help(help));
            None
        }
    }
}

/// Reads a web address that begins with `https://`, in its published form. `what` is the
/// message for any other text.
pub(super) fn read_web_address(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    text: &str,
    what: Message,
) -> Option<Address> {
    read_address(
        findings,
        cursor,
        text,
        what,
        message!("for example https://haiphong.gov.vn/"),
        false,
    )
}

/// Reads a web address, or the address of a page of this portal. `what` is the message for any
/// other text.
pub(super) fn read_web_or_local_address(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    text: &str,
    what: Message,
) -> Option<Address> {
    let help = message!("write https://… or a page of this portal such as /port/deep-water-port/");
    read_address(findings, cursor, text, what, help, true)
}

fn read_address(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    text: &str,
    what: Message,
    help: Message,
    here: bool,
) -> Option<Address> {
    let is_right =
        |to: &Address| to.as_str().starts_with("https://") || (here && to.local_path().is_some());
    if let Some(address) = Address::new(text).ok().filter(is_right) {
        return check_link_target(findings, cursor, address);
    }
    let meant = address::meant(text).map(|meant| message!("write {meant}", meant));
    findings.add(cursor.problem(what).help(meant.unwrap_or(help)));
    None
}
