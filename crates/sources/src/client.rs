//! Asks a CMS over HTTP: within limits of size and time, again where it asks for patience, and with
//! errors that a person can act upon.

use crate::depth;
use crate::interrupt::Interrupt;
use serde_json::Value;
use std::fmt;
use std::io::ErrorKind;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// The largest answer that is read, in bytes.
const MOST_ANSWER: u64 = 32 * 1024 * 1024;

/// The largest file that is read, in bytes.
const MOST_FILE: u64 = 64 * 1024 * 1024;

/// How often something is asked for in all.
const ATTEMPTS: u32 = 4;

/// The longest pause that a CMS may ask for.
const MOST_PATIENCE: Duration = Duration::from_secs(60);

/// The limits of time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timeouts {
    /// Until a connection stands.
    pub(crate) connect: Duration,
    /// Until the whole answer is there.
    pub(crate) answer: Duration,
    /// The pause before the second attempt; it doubles with each.
    pub(crate) pause: Duration,
}

impl Timeouts {
    /// The limits for a CMS that may take so many seconds for an answer.
    pub(crate) fn of(seconds: u64) -> Self {
        let answer = Duration::from_secs(seconds);
        Self {
            connect: answer.min(Duration::from_secs(10)),
            answer,
            pause: (answer / 20).min(Duration::from_millis(500)),
        }
    }
}

/// Why a CMS could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceError {
    /// What is wrong: lower case, no full stop.
    pub(crate) what: String,
    /// What to do about it.
    pub(crate) help: &'static str,
}

/// The help for an answer that is larger than what is read.
const TOO_LARGE: &str = "nothing of this size is an article or a picture";

impl SourceError {
    /// Whether less at once may be answered.
    pub(crate) fn is_too_large(&self) -> bool {
        self.help == TOO_LARGE
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)
    }
}

/// Asks one CMS.
pub(crate) struct Client {
    agent: ureq::Agent,
    /// The address of the CMS, without a slash at the end.
    address: String,
    /// What the CMS gets as `Authorization`; nobody else gets it.
    authorization: Option<String>,
    timeouts: Timeouts,
    interrupt: Interrupt,
}

impl Client {
    /// A client for the CMS at an address, which has no slash at its end.
    pub(crate) fn new(address: &str, authorization: Option<String>, timeouts: Timeouts) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_connect(Some(timeouts.connect))
            .timeout_global(Some(timeouts.answer))
            .max_redirects(3)
            .http_status_as_error(false)
            .user_agent(concat!("portal/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        Self {
            agent,
            address: address.to_owned(),
            authorization,
            timeouts,
            interrupt: Interrupt::default(),
        }
    }

    /// The same client, which asks nothing more as soon as it shall stop.
    pub(crate) fn until(self, interrupt: &Interrupt) -> Self {
        Self {
            interrupt: interrupt.clone(),
            ..self
        }
    }

    /// The JSON at a path below the CMS's address.
    ///
    /// # Errors
    /// Where there is none.
    pub(crate) fn json(&self, path: &str) -> Result<Value, SourceError> {
        let address = format!("{}{path}", self.address);
        let bytes = self.get(&address, MOST_ANSWER)?;
        parsed(&address, &bytes)
    }

    /// Likewise; or the JSON with which the CMS says that it does not understand (HTTP 400).
    ///
    /// # Errors
    /// Where there is neither.
    pub(crate) fn json_or_refusal(&self, path: &str) -> Result<Result<Value, Value>, SourceError> {
        let address = format!("{}{path}", self.address);
        match self.patiently(|| self.once(&address, MOST_ANSWER))? {
            Answer::Whole(bytes) => parsed(&address, &bytes).map(Ok),
            Answer::Refusal(bytes) => parsed(&address, &bytes).map(Err),
            Answer::Nothing(error) => Err(error),
        }
    }

    /// The JSON at a path below the CMS's address; `None` where there is nothing (HTTP 404).
    ///
    /// # Errors
    /// Where the CMS does not answer, or answers something else.
    pub(crate) fn json_if_there(&self, path: &str) -> Result<Option<Value>, SourceError> {
        let address = format!("{}{path}", self.address);
        match self.patiently(|| self.once(&address, MOST_ANSWER))? {
            Answer::Whole(bytes) => parsed(&address, &bytes).map(Some),
            Answer::Refusal(bytes) => Err(refused(&address, &bytes)),
            Answer::Nothing(_) => Ok(None),
        }
    }

    /// Whatever the CMS answers at a path below its address: errors of the question too, for a system
    /// that explains them in its own way.
    ///
    /// # Errors
    /// Where it does not answer, or has a problem of its own.
    pub(crate) fn reply(&self, path: &str) -> Result<Reply, SourceError> {
        let address = format!("{}{path}", self.address);
        self.patiently(|| self.send(&address, MOST_ANSWER))
    }

    /// Whether the CMS is asked in somebody's name.
    pub(crate) fn is_authorized(&self) -> bool {
        self.authorization.is_some()
    }

    /// The bytes of a picture or another file: at a path below the CMS's address, or at a whole address.
    /// `None` where there is none.
    ///
    /// # Errors
    /// Where the server does not answer.
    pub(crate) fn file(&self, source: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let address = self.whole(source);
        match self.attempts(|| self.once(&address, MOST_FILE)) {
            Ok(Answer::Whole(bytes)) => Ok(Some(bytes)),
            Err(Failed::Final(error)) if self.interrupt.is_asked() => Err(error),
            Ok(Answer::Refusal(_) | Answer::Nothing(_)) | Err(Failed::Final(_)) => Ok(None),
            Err(Failed::Passing(error, _)) => Err(error),
        }
    }

    /// The whole address of something in the CMS.
    pub(crate) fn whole(&self, source: &str) -> String {
        if source.starts_with('/') && !source.starts_with("//") {
            format!("{}{source}", self.address)
        } else {
            source.to_owned()
        }
    }

    /// Whether an address is one of the CMS. Only these get the token.
    pub(crate) fn is_own(&self, address: &str) -> bool {
        address
            .strip_prefix(&self.address)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }

    fn get(&self, address: &str, most: u64) -> Result<Vec<u8>, SourceError> {
        match self.patiently(|| self.once(address, most))? {
            Answer::Whole(bytes) => Ok(bytes),
            Answer::Refusal(bytes) => Err(refused(address, &bytes)),
            Answer::Nothing(error) => Err(error),
        }
    }

    fn patiently<T>(&self, ask: impl Fn() -> Result<T, Failed>) -> Result<T, SourceError> {
        self.attempts(ask).map_err(|failed| match failed {
            Failed::Final(error) | Failed::Passing(error, _) => error,
        })
    }

    /// Asks, and asks again where what failed may pass. The error is that of the last attempt.
    fn attempts<T>(&self, ask: impl Fn() -> Result<T, Failed>) -> Result<T, Failed> {
        let mut pause = self.timeouts.pause;
        let mut attempt = 1;
        loop {
            match ask() {
                Err(Failed::Passing(_, patience)) if attempt < ATTEMPTS => {
                    self.pause(patience.unwrap_or(pause).min(MOST_PATIENCE));
                }
                other => return other,
            }
            attempt += 1;
            pause *= 2;
        }
    }

    /// Waits, but not longer than until it shall stop.
    fn pause(&self, time: Duration) {
        let end = Instant::now() + time;
        while !self.interrupt.is_asked() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            thread::sleep(left.min(Duration::from_millis(50)));
        }
    }

    /// What helps where something may not be read.
    fn refused_help(&self) -> &'static str {
        if self.is_authorized() {
            "the environment variable that \"token\" names has to hold a token that is still valid and may read all articles with what belongs to them"
        } else {
            "source.json names no \"token\", and the CMS does not let everybody read: make a token there that may read, and give \"token\" the name of the variable that holds it"
        }
    }

    fn once(&self, address: &str, most: u64) -> Result<Answer, Failed> {
        let Reply { status, bytes, .. } = self.send(address, most)?;
        let address = named(address);
        let error = |what: String, help: &'static str| SourceError { what, help };
        match status {
            200..=299 => Ok(Answer::Whole(bytes)),
            400 => Ok(Answer::Refusal(bytes)),
            401 | 403 => {
                let what = format!("{address} may not be read (HTTP {status})");
                Err(Failed::Final(error(what, self.refused_help())))
            }
            404 | 410 => {
                let help = "compare \"address\" and \"articles\" in source.json with the CMS";
                let what = format!("there is nothing at {address} (HTTP {status})");
                Ok(Answer::Nothing(error(what, help)))
            }
            _ => {
                let help = "compare \"address\" in source.json with the CMS";
                let what = format!("{address} answered with HTTP {status}");
                Err(Failed::Final(error(what, help)))
            }
        }
    }

    /// Asks once. An answer of any status, unless it says that it may be another one later.
    fn send(&self, address: &str, most: u64) -> Result<Reply, Failed> {
        if self.interrupt.is_asked() {
            return Err(Failed::Final(SourceError {
                what: "the sync was stopped".to_owned(),
                help: "the next one begins anew",
            }));
        }
        let mut request = self.agent.get(address);
        if let Some(value) = self.authorization.as_ref().filter(|_| self.is_own(address)) {
            request = request.header("Authorization", value);
        }
        let mut response = request
            .call()
            .map_err(|error| unreachable_at(address, &error))?;
        let status = response.status().as_u16();
        let error = |what: String, help: &'static str| SourceError { what, help };
        if matches!(status, 429 | 500..=599) {
            let patience = response
                .headers()
                .get("retry-after")
                .and_then(|value| patience(value.to_str().ok()?, SystemTime::now()));
            let address = named(address);
            let (what, help) = if status == 429 {
                (
                    format!(
                        "{address} is asked too often (HTTP 429){}",
                        asked_for(patience)
                    ),
                    "the CMS, or what stands before it, limits how often it is asked: raise that limit for this machine, or sync less often",
                )
            } else {
                (
                    format!("{address} fails (HTTP {status}){}", asked_for(patience)),
                    "the CMS has a problem of its own: look into its log, and try again later",
                )
            };
            return Err(Failed::Passing(error(what, help), patience));
        }
        let bytes = response
            .body_mut()
            .with_config()
            .limit(most)
            .read_to_vec()
            .map_err(|failure| match failure {
                ureq::Error::BodyExceedsLimit(_) => {
                    let address = named(address);
                    let what = format!("{address} is larger than {} MB", most / 1024 / 1024);
                    Failed::Final(error(what, TOO_LARGE))
                }
                failure => unreachable_at(address, &failure),
            })?;
        let headers = std::mem::take(response.headers_mut());
        Ok(Reply {
            status,
            headers,
            bytes,
        })
    }
}

/// An address in a message: without the question, which is longer than what is said about it.
pub(crate) fn named(address: &str) -> &str {
    let end = address
        .find('?')
        .filter(|at| !address[*at..].starts_with("?rest_route="));
    let end = end.or_else(|| address.find('&'));
    end.map_or(address, |end| &address[..end])
}

/// For how long the CMS asks for patience, for a message.
fn asked_for(patience: Option<Duration>) -> String {
    let patience = patience.filter(|patience| *patience > MOST_PATIENCE);
    patience.map_or_else(String::new, |patience| {
        format!(
            ", and wants to be left alone for {} seconds",
            patience.as_secs()
        )
    })
}

/// An answer of any status.
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: ureq::http::HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    /// The value of a header, by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The pause that `Retry-After` asks for: a number of seconds, or a moment (RFC 9110). A moment that
/// is past, by this machine's clock, asks for none.
fn patience(header: &str, now: SystemTime) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = httpdate::parse_http_date(header).ok()?;
    Some(moment.duration_since(now).unwrap_or_default())
}

/// What a CMS answers.
enum Answer {
    /// What was asked for.
    Whole(Vec<u8>),
    /// Why the question is not understood.
    Refusal(Vec<u8>),
    /// That there is nothing.
    Nothing(SourceError),
}

/// The error for a question that is not understood.
fn refused(address: &str, bytes: &[u8]) -> SourceError {
    let said = serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    let said = ["/error/message", "/message"]
        .into_iter()
        .find_map(|place| said.pointer(place)?.as_str());
    SourceError {
        what: format!(
            "the question for {} is not understood (HTTP 400): {}",
            named(address),
            import::excerpt(said.unwrap_or("without a reason"))
        ),
        help: "compare \"articles\" and \"fields\" in source.json with the CMS",
    }
}

/// The JSON of an answer. What is nested too deep is cut out of it.
pub(crate) fn read(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(bytes).or_else(|error| {
        let shallow = depth::pruned(bytes).ok_or(error)?;
        serde_json::from_slice(&shallow)
    })
}

/// An answer as JSON.
fn parsed(address: &str, bytes: &[u8]) -> Result<Value, SourceError> {
    read(bytes).map_err(|error| {
        let address = named(address);
        let bytes = bytes.trim_ascii_start();
        let what = if bytes.is_empty() {
            format!("{address} answered with nothing")
        } else if bytes.starts_with(b"<") {
            format!("{address} answered with a web page instead of data")
        } else {
            format!("{address} answered with something that is no JSON: {error}")
        };
        SourceError {
            what,
            help: "\"address\" in source.json has to be the CMS itself, without the path of its API",
        }
    })
}

/// Why one attempt failed, and whether another one may succeed: after a pause where one was asked
/// for.
enum Failed {
    Final(SourceError),
    Passing(SourceError, Option<Duration>),
}

fn unreachable_at(address: &str, error: &ureq::Error) -> Failed {
    let address = named(address);
    let mut help = "see whether the CMS runs, and whether this machine reaches it";
    let what = match error {
        ureq::Error::Timeout(_) => format!("{address} does not answer in time"),
        ureq::Error::HostNotFound => format!("{address} cannot be found"),
        ureq::Error::TooManyRedirects => {
            help = "compare \"address\" in source.json with the CMS: https:// instead of http://, or with www.";
            format!(
                "{address} cannot be read: it leads from one address to the next, without an end"
            )
        }
        ureq::Error::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused => {
                format!("{address} cannot be read: nothing listens there (connection refused)")
            }
            ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted => {
                format!(
                    "{address} cannot be read: the connection ended before the answer was whole"
                )
            }
            _ => format!("{address} cannot be read: {error}"),
        },
        error => format!("{address} cannot be read: {error}"),
    };
    Failed::Passing(SourceError { what, help }, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cms_asks_for_patience_in_seconds_or_until_a_moment() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (header, seconds) in [
            ("30", Some(30)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:50:07 GMT", Some(30)),
            ("Sunday, 06-Nov-94 08:50:07 GMT", Some(30)),
            ("Sun Nov  6 08:50:07 1994", Some(30)),
            // The CMS's clock is behind.
            ("Sun, 06 Nov 1994 05:00:00 GMT", Some(0)),
            ("soon", None),
            ("-5", None),
            ("", None),
        ] {
            let expected = seconds.map(Duration::from_secs);
            assert_eq!(patience(header, now), expected, "{header}");
        }
    }

    #[test]
    fn messages_name_an_address_without_the_question() {
        for (address, name) in [
            (
                "https://a.example/api/articles?locale=*&sort=id",
                "https://a.example/api/articles",
            ),
            (
                "https://a.example/?rest_route=/wp/v2/posts&page=2",
                "https://a.example/?rest_route=/wp/v2/posts",
            ),
            ("https://a.example/a.png", "https://a.example/a.png"),
        ] {
            assert_eq!(named(address), name);
        }
        assert_eq!(asked_for(Some(Duration::from_secs(60))), "");
        assert!(asked_for(Some(Duration::from_secs(3_600))).contains("3600 seconds"));
    }

    #[test]
    fn only_the_cms_gets_the_token() {
        let client = Client::new("https://cms.example/base", None, Timeouts::of(60));
        for (address, is_own) in [
            ("https://cms.example/base/api", true),
            ("https://cms.example/base", true),
            ("https://cms.example/based", false),
            ("https://cms.example/", false),
            ("https://cms.example.evil.example/base/", false),
            ("http://cms.example/base/", false),
        ] {
            assert_eq!(client.is_own(address), is_own, "{address}");
        }
        assert_eq!(
            client.whole("/uploads/a.png"),
            "https://cms.example/base/uploads/a.png"
        );
        assert_eq!(
            client.whole("https://x.example/a.png"),
            "https://x.example/a.png"
        );
        assert_eq!(client.whole("//x.example/a.png"), "//x.example/a.png");
    }
}
