//! Who may call: whoever knows the secret. A call either signs its body with it (HMAC-SHA256), or
//! sends it in a header, for systems that can do no more. Everything is compared in constant time.

use hmac::{Hmac, KeyInit, Mac};
use hyper::header::{AUTHORIZATION, HeaderMap};
use sha2::Sha256;

/// The headers in which a signature may stand: `sha256=` and 64 hexadecimal digits.
const SIGNATURES: [&str; 2] = ["x-signature-256", "x-hub-signature-256"];

/// What both sides know.
#[derive(Clone)]
pub(super) struct Secret(String);

/// What a call shows before its body is read.
pub(super) enum Shown {
    /// It sent the secret.
    Secret,
    /// It sent this signature of its body.
    Signature([u8; 32]),
}

impl Secret {
    /// The fewest characters of a secret.
    pub(super) const LEAST: usize = 16;

    /// A secret; `None` where it is too short.
    pub(super) fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (text.len() >= Self::LEAST).then(|| Self(text.to_owned()))
    }

    /// What a call shows of the secret; `None` where that is nothing or wrong. No body is read for it.
    pub(super) fn shown(&self, headers: &HeaderMap) -> Option<Shown> {
        for name in SIGNATURES {
            if let Some(value) = headers.get(name) {
                return signature(value.as_bytes()).map(Shown::Signature);
            }
        }
        let value = headers.get(AUTHORIZATION)?.as_bytes();
        let (scheme, sent) = value.split_at_checked(7)?;
        let is_bearer = scheme.eq_ignore_ascii_case(b"Bearer ");
        (is_bearer && self.is(sent.trim_ascii())).then_some(Shown::Secret)
    }

    /// Whether a body has this signature.
    pub(super) fn signed(&self, body: &[u8], signature: &[u8; 32]) -> bool {
        self.mac(body)
            .is_some_and(|mac| mac.verify_slice(signature).is_ok())
    }

    /// Whether something is the secret. What is compared are signatures, so that time says nothing
    /// about length and contents.
    fn is(&self, sent: &[u8]) -> bool {
        let own = self
            .mac(self.0.as_bytes())
            .map(|mac| mac.finalize().into_bytes());
        own.zip(self.mac(sent))
            .is_some_and(|(own, sent)| sent.verify(&own).is_ok())
    }

    fn mac(&self, bytes: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()).ok()?;
        mac.update(bytes);
        Some(mac)
    }
}

/// The bytes of a signature.
fn signature(header: &[u8]) -> Option<[u8; 32]> {
    let digits = header.trim_ascii().strip_prefix(b"sha256=")?;
    let digits: &[u8; 64] = digits.try_into().ok()?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        let digit = |c: u8| char::from(c).to_digit(16);
        let (high, low) = (digit(pair[0])?, digit(pair[1])?);
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        headers
    }

    #[test]
    fn a_body_has_the_signature_that_the_standard_gives_it() {
        // The published example of webhooks that are signed like this.
        let secret = Secret::new("It's a Secret to Everybody").unwrap();
        let right = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        for (name, value) in [
            ("x-hub-signature-256", right.to_owned()),
            ("x-signature-256", right.replace("ea0eb", "EA0EB")),
        ] {
            let Some(Shown::Signature(signature)) = secret.shown(&headers(name, &value)) else {
                panic!("{name} is not read");
            };
            assert!(secret.signed(b"Hello, World!", &signature));
            assert!(!secret.signed(b"Hello, World?", &signature));
            let other = Secret::new("It's no Secret to Everybody").unwrap();
            assert!(!other.signed(b"Hello, World!", &signature));
        }
    }

    #[test]
    fn only_the_whole_secret_is_the_secret() {
        let secret = Secret::new("0123456789abcdef").unwrap();
        for (value, is_right) in [
            ("Bearer 0123456789abcdef", true),
            ("bearer  0123456789abcdef ", true),
            ("Bearer 0123456789abcde", false),
            ("Bearer 0123456789abcdeff", false),
            ("Bearer ", false),
            ("Basic 0123456789abcdef", false),
            ("0123456789abcdef", false),
            ("é", false),
            ("", false),
        ] {
            let shown = secret.shown(&headers("authorization", value));
            assert_eq!(shown.is_some(), is_right, "{value}");
        }
        assert!(secret.shown(&HeaderMap::new()).is_none());
        // A wrong signature is not outweighed by a right secret beside it.
        let mut both = headers("authorization", "Bearer 0123456789abcdef");
        both.insert("x-signature-256", HeaderValue::from_static("sha256=00"));
        assert!(secret.shown(&both).is_none());
        assert!(Secret::new("short").is_none() && Secret::new("").is_none());
    }

    #[test]
    fn what_is_no_signature_is_none() {
        let zeros = "0".repeat(64);
        assert_eq!(
            signature(format!("sha256={zeros}").as_bytes()),
            Some([0; 32])
        );
        for bad in [
            zeros.clone(),
            format!("sha1={zeros}"),
            format!("sha256={zeros}0"),
            format!("sha256={}", "0".repeat(63)),
            format!("sha256={}", "g".repeat(64)),
            format!("sha256={}", "é".repeat(32)),
            String::new(),
        ] {
            assert_eq!(signature(bad.as_bytes()), None, "{bad}");
        }
    }
}
