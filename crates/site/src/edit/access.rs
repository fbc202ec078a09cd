//! Who gets to the desk: a browser on this machine that was shown its address. A page of the web
//! cannot be one, whatever name it gives itself, and neither can another user of the machine.

use crate::hosting::serve::host_check::{HostCheck, check_host};
use editorial::diagnostics::Failure;
use editorial::hash::hexadecimal;
use hyper::header::{HOST, ORIGIN};
use hyper::{HeaderMap, Method, Request, StatusCode};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

/// The header with the session. No form, picture or link can send it.
pub(super) const SESSION: &str = "x-desk-session";

/// The header in which browsers say from where a request comes.
const FROM: &str = "sec-fetch-site";

/// Something that nobody can guess, in hexadecimal digits.
#[derive(Clone)]
pub(super) struct Secret(String);

impl Secret {
    /// 256 bits of the system's.
    ///
    /// # Errors
    /// Where the system has none.
    pub(super) fn new() -> Result<Self, Failure> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)
            .map_err(|error| Failure::new(format!("the system has no random numbers: {error}")))?;
        Ok(Self(hexadecimal(&bytes)))
    }

    /// The digits.
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Whether a text is this secret. How long that takes says nothing about it.
    fn is(&self, text: &str) -> bool {
        Sha256::digest(&self.0) == Sha256::digest(text)
    }
}

/// Who gets in.
pub(super) struct Access {
    host: String,
    origin: String,
    /// The token of the address that was printed; none once somebody has come in with it.
    token: Mutex<Option<Secret>>,
    session: Secret,
}

impl Access {
    /// The access to a desk at an address.
    ///
    /// # Errors
    /// Where the system has no random numbers.
    pub(super) fn new(address: SocketAddr) -> Result<Self, Failure> {
        Ok(Self {
            host: address.to_string(),
            origin: format!("http://{address}"),
            token: Mutex::new(Some(Secret::new()?)),
            session: Secret::new()?,
        })
    }

    /// The origin of the desk.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// The address with the token, which stands behind `#` so that no request carries it.
    pub(super) fn invitation(&self) -> String {
        let token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        let token = token.as_ref().map_or("", Secret::text);
        format!("{}/#{token}", self.origin)
    }

    /// Exchanges the token for the session; once.
    pub(super) fn exchange(&self, shown: &str) -> Option<&str> {
        let mut token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        token.take_if(|token| token.is(shown))?;
        Some(self.session.text())
    }

    /// Whether a request comes from this machine and from no other page; else what is answered.
    pub(super) fn is_ours<B>(&self, request: &Request<B>) -> Result<(), StatusCode> {
        match check_host(request) {
            HostCheck::Unclear => return Err(StatusCode::BAD_REQUEST),
            HostCheck::Others => return Err(StatusCode::MISDIRECTED_REQUEST),
            HostCheck::Ours => {}
        }
        let headers = request.headers();
        // Another name of this machine is another origin.
        if one(headers, HOST.as_str()) != Some(self.host.as_str()) {
            return Err(StatusCode::MISDIRECTED_REQUEST);
        }
        let is_own = |origin: &str| origin == self.origin;
        let origin = headers.contains_key(ORIGIN);
        let is_from_elsewhere = origin && !one(headers, ORIGIN.as_str()).is_some_and(is_own);
        // A script of ours always says where it comes from when it changes something.
        let is_silent = !origin && !matches!(*request.method(), Method::GET | Method::HEAD);
        let from = one(headers, FROM);
        let is_foreign =
            headers.contains_key(FROM) && !matches!(from, Some("same-origin" | "none"));
        if is_from_elsewhere || is_silent || is_foreign {
            return Err(StatusCode::FORBIDDEN);
        }
        Ok(())
    }

    /// Whether a request knows the session.
    pub(super) fn is_known(&self, headers: &HeaderMap) -> bool {
        one(headers, SESSION).is_some_and(|shown| self.session.is(shown))
    }
}

/// The value of a header that is there once.
fn one<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access() -> Access {
        Access::new(SocketAddr::from(([127, 0, 0, 1], 8099))).unwrap()
    }

    #[test]
    fn a_token_is_good_once() {
        let access = access();
        let token = access.invitation().split('#').nth(1).unwrap().to_owned();
        assert_eq!(token.len(), 64);
        for wrong in ["", "0", &token[1..], &format!("{token}0")] {
            assert_eq!(access.exchange(wrong), None);
        }
        let session = access.exchange(&token).unwrap().to_owned();
        assert_ne!(session, token);
        assert_eq!(access.exchange(&token), None);
        let known = |shown: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(SESSION, shown.parse().unwrap());
            access.is_known(&headers)
        };
        assert!(
            known(&session) && !known(&token) && !known("") && !access.is_known(&HeaderMap::new())
        );
    }

    #[test]
    fn only_the_desks_own_page_may_ask() {
        let access = access();
        let ask = |method: Method, headers: &[(&str, &str)]| {
            let mut request = Request::builder().method(method).uri("/api/open");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            access.is_ours(&request.body(()).unwrap())
        };
        let (host, own) = (
            ("host", "127.0.0.1:8099"),
            ("origin", "http://127.0.0.1:8099"),
        );
        assert_eq!(ask(Method::GET, &[host]), Ok(()));
        assert_eq!(
            ask(Method::POST, &[host, own, (FROM, "same-origin")]),
            Ok(())
        );
        for wrong in [
            &[("host", "localhost:8099"), own][..],
            &[("host", "127.0.0.1:80"), own],
            &[("host", "evil.example:8099"), own],
            &[("host", "127.0.0.1"), own],
            &[own],
            &[host],
            &[host, ("origin", "null")],
            &[host, ("origin", "http://localhost:8099")],
            &[host, ("origin", "http://127.0.0.1:8100")],
            &[host, ("origin", "https://127.0.0.1:8099")],
            &[host, ("origin", "http://evil.example")],
            &[host, own, own],
            &[host, own, (FROM, "cross-site")],
            &[host, own, (FROM, "same-site")],
        ] {
            assert!(ask(Method::POST, wrong).is_err(), "{wrong:?}");
        }
    }
}
