//! The portal's origin: scheme and host, in the one form that is valid everywhere in the site. An
//! international name is written in ASCII, `https://xn--…`.

use super::{BLOCKED, in_host};
use crate::diagnostics::Message;
use crate::message;
use url::Url;

/// The host of an origin, without its port.
///
/// # Errors
/// The help: what to write instead.
pub fn read(text: &str) -> Result<String, Message> {
    let form = message!("scheme and host alone, in lower case and without a slash at the end");
    match meant(text) {
        Some((host, origin)) if origin == text => Ok(host),
        Some((_, origin)) => Err(message!("write {origin}: {form}", origin, form)),
        None => Err(message!("write {form}: https://portal.example", form)),
    }
}

/// The host and the origin that a text was meant to be.
fn meant(text: &str) -> Option<(String, String)> {
    let url = Url::parse(text.trim())
        .ok()
        .filter(|url| url.scheme() == "https")?;
    let host = url.host_str()?;
    let is_word = |part: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        part.bytes().all(plain) && !part.starts_with('-') && !part.ends_with('-')
    };
    let sound = in_host(host).is_none() && host.split('.').all(is_word);
    let open = url.username().is_empty()
        && url.password().is_none()
        && !BLOCKED.contains(&url.port().unwrap_or(443));
    (sound && open).then(|| (host.to_owned(), url.origin().ascii_serialization()))
}
