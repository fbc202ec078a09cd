//! Addresses of mailboxes and telephones: `mailto:` (RFC 6068) and `tel:` (RFC 3966).

use super::{Refused, refused, web};
use crate::diagnostics::short;
use crate::message;
use url::Url;

/// An address of a mailbox, from the text after `mailto:`.
///
/// # Errors
/// Where no mail program could send anything there.
pub(super) fn mailbox(rest: &str) -> Result<String, Refused> {
    let (to, fields) = rest
        .split_once('?')
        .map_or((rest, None), |(to, fields)| (to, Some(fields)));
    let mailboxes: Option<Vec<String>> = to.split(',').map(one).collect();
    let sound = fields.is_none_or(|fields| fields.split('&').all(is_field));
    let Some(mailboxes) = mailboxes.filter(|_| sound) else {
        let message = message!(
            "\"mailto:{rest}\" is not the address of a mailbox",
            rest = short(rest)
        );
        return Err(refused(
            message,
            message!("for example mailto:editors@portal.example, or with ?subject=… behind it"),
        ));
    };
    let fields = fields
        .map(|fields| format!("?{fields}"))
        .unwrap_or_default();
    let whole = format!("mailto:{}{fields}", mailboxes.join(","));
    Ok(Url::parse(&whole).map_or(whole, String::from))
}

/// A mailbox with its host in ASCII.
fn one(mailbox: &str) -> Option<String> {
    let (name, host) = mailbox.rsplit_once('@')?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "!#$%'*=^_`{|}~+-.".contains(c);
    let host = web(&format!("https://{host}/")).ok()?;
    let host = host.strip_prefix("https://")?.strip_suffix('/')?;
    let sound = !name.is_empty()
        && name.chars().all(is_plain)
        && host.contains('.')
        && !host.contains(['/', ':', '[']);
    sound.then(|| format!("{name}@{host}"))
}

/// Whether a text is a field such as `subject=…`.
fn is_field(field: &str) -> bool {
    let named = field.split_once('=').map(|(name, _)| name);
    named.is_some_and(|name| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
    })
}

/// An address of a telephone, from the text after `tel:`. Short numbers such as `113` have no
/// country code.
///
/// # Errors
/// Where no telephone could dial it.
pub(super) fn telephone(rest: &str) -> Result<String, Refused> {
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    let dialled = rest.strip_prefix('+').unwrap_or(rest);
    let sound = (3..=15).contains(&digits)
        && dialled.starts_with(|c: char| c.is_ascii_digit() || c == '(')
        && dialled
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"-.()".contains(&byte));
    if sound {
        return Ok(format!("tel:{rest}"));
    }
    let message = message!(
        "\"tel:{rest}\" is not a telephone's number",
        rest = short(rest)
    );
    Err(refused(
        message,
        message!("write digits alone, with the country's code: tel:+842250000001"),
    ))
}
