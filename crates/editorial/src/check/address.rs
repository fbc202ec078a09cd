//! Addresses as browsers read them: by the URL standard of WHATWG, which the crate `url` follows.
//!
//! [`model::Address`] allows certain schemes only. This module refuses addresses that no browser
//! opens, and those that a browser opens on another host than a person reads. The published address
//! is the one that browsers write, so that every program reads the same.

mod doubt;
mod mail;
pub mod origin;

use crate::diagnostics::{Message, short};
use crate::json::reasons;
use crate::message;
use model::Address;
use unicode_normalization::UnicodeNormalization;
use url::{Host, ParseError, Url};

/// The reason why an address is refused, and the help.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// The message.
    pub message: Message,
    /// The help: what to do about it.
    pub help: Message,
}

/// The ports that no browser connects to (the Fetch standard, "port blocking").
const BLOCKED: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101,
    102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427,
    465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990,
    993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
    6668, 6669, 6679, 6697, 10080,
];

/// The longest label of a host's name, and the longest name, in bytes (RFC 1035, section 2.3.4).
const MOST_IN_HOST: (usize, usize) = (63, 253);

/// Reads an address in its published form.
///
/// # Errors
/// Where no browser can open it, or opens it elsewhere than a person reads.
pub fn read(text: &str) -> Result<Address, Refused> {
    let published = match text.split_once(':') {
        Some(("mailto", rest)) => mail::mailbox(rest)?,
        Some(("tel", rest)) => mail::telephone(rest)?,
        _ if text.starts_with('/') => text.to_owned(),
        _ => web(text)?,
    };
    Address::new(&published).map_err(|error| Refused {
        message: reasons::said(&error.to_string()),
        help: copy_anew(),
    })
}

/// The message and the help for an address whose host may not be what it seems.
pub fn doubt(address: &Address, own_host: Option<&str>) -> Option<(Message, Message)> {
    let url = Url::parse(address.as_str()).ok()?;
    doubt::doubt(url.domain()?, own_host)
}

/// The web address that a text was probably meant to be, in the form that can be written.
pub fn meant(text: &str) -> Option<String> {
    let begins = text.trim_start().get(..8)?.eq_ignore_ascii_case("https://");
    let url = Url::parse(text.trim())
        .ok()
        .filter(|_| begins && text.len() < MOST_MEANT)?;
    web(url.as_str()).ok()
}

/// The longest address that a help repeats, in bytes.
const MOST_MEANT: usize = 300;

fn copy_anew() -> Message {
    message!("copy the address anew from the browser in which the page is open")
}

fn refused(message: Message, help: Message) -> Refused {
    Refused { message, help }
}

/// An address of the web as a browser writes it.
fn web(text: &str) -> Result<String, Refused> {
    let said = short(text);
    let url = Url::parse(text).map_err(|error| {
        refused(
            message!(
                "no browser can open \"{said}\": {why}",
                said,
                why = why(error)
            ),
            copy_anew(),
        )
    })?;
    let authority = text.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority
        .split(['/', '?', '#', '\\'])
        .next()
        .unwrap_or_default();
    if authority.is_empty() {
        return Err(refused(
            message!(
                "no browser can open \"{said}\": {why}",
                said,
                why = why(ParseError::EmptyHost)
            ),
            copy_anew(),
        ));
    }
    let parsed = url.host_str().unwrap_or_default().to_owned();
    if authority.contains('@') {
        let message = message!(
            "\"{said}\" leads to {host}, whatever stands before the @",
            said,
            host = short(&parsed)
        );
        return Err(refused(
            message,
            message!(
                "write {address} if that is meant",
                address = short(without_name(url).as_str())
            ),
        ));
    }
    if !is_read_as_written(host_of(authority), &url) {
        let message = message!(
            "a browser reads the host in \"{said}\" as {host}",
            said,
            host = short(&parsed)
        );
        return Err(refused(
            message,
            message!(
                "write {address} if that is meant",
                address = short(url.as_str())
            ),
        ));
    }
    if let Some(problem) = in_host(&parsed) {
        return Err(refused(
            message!("no browser can open \"{said}\": {problem}", said, problem),
            copy_anew(),
        ));
    }
    if let Some(port) = url.port().filter(|port| BLOCKED.contains(port)) {
        let message = message!(
            "no browser opens \"{said}\": port {port} is not one of the web's",
            said,
            port
        );
        return Err(refused(
            message,
            message!("take the port out, or write the one that the page has"),
        ));
    }
    Ok(url.into())
}

fn why(error: ParseError) -> Message {
    match error {
        ParseError::EmptyHost => message!("it names no host"),
        ParseError::InvalidPort => message!("its port is no number up to 65535"),
        ParseError::InvalidIpv4Address | ParseError::InvalidIpv6Address => {
            message!("its host is no number that hosts have")
        }
        ParseError::InvalidDomainCharacter => message!("its host has a character that no host has"),
        ParseError::IdnaError => message!("its host is no name that hosts have"),
        _ => message!("it is not complete"),
    }
}

/// The host as it was written, without the port.
fn host_of(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

fn without_name(mut url: Url) -> Url {
    // Neither can fail where there is a host.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    url
}

/// Whether a host is the one that is written, in its own letters or in the ASCII form that browsers
/// ask for.
fn is_read_as_written(written: &str, url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(host)) => {
            let lower: String = written.to_lowercase().nfc().collect();
            lower == host || lower == idna::domain_to_unicode(host).0
        }
        Some(Host::Ipv4(number)) => number.to_string() == written,
        Some(Host::Ipv6(_)) => true,
        None => false,
    }
}

/// The fault of a host that can be parsed, but cannot exist.
fn in_host(host: &str) -> Option<Message> {
    if host.starts_with('[') {
        return None;
    }
    if host.ends_with('.') {
        return Some(message!("its host ends with a dot"));
    }
    if host.split('.').any(str::is_empty) {
        return Some(message!("its host has two dots side by side"));
    }
    let too_long =
        host.len() > MOST_IN_HOST.1 || host.split('.').any(|part| part.len() > MOST_IN_HOST.0);
    too_long.then_some(message!("its host has a longer name than hosts have"))
}

#[cfg(test)]
mod tests;
