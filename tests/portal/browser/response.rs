//! Parses and serialises HTTP responses.

/// Status line, header lines and body.
pub(super) struct Response {
    head: Vec<String>,
    pub(super) body: Vec<u8>,
}

impl Response {
    /// A text response of the tests' own, which is not cached.
    pub(super) fn new(status: u16, kind: &str, body: &str) -> Self {
        let kind = format!("{kind}; charset=utf-8\r\nCache-Control: no-store");
        Self::of(status, &kind, body.as_bytes().to_vec())
    }

    /// A response with a file's bytes.
    pub(super) fn of(status: u16, kind: &str, body: Vec<u8>) -> Self {
        let head = [
            format!("HTTP/1.1 {status} Said"),
            format!("Content-Type: {kind}"),
            format!("Content-Length: {}", body.len()),
            "Connection: close".to_owned(),
        ];
        Self {
            head: head.into(),
            body,
        }
    }

    /// Parses all bytes that a server sent on a connection.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = str::from_utf8(&bytes[..end])
            .ok()?
            .split("\r\n")
            .map(str::to_owned)
            .collect();
        Some(Self {
            head,
            body: bytes[end + 4..].to_vec(),
        })
    }

    /// Whether the body is of this media type.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.head.iter().any(|line| {
            line.to_ascii_lowercase()
                .starts_with(&format!("content-type: {kind}"))
        })
    }

    /// Changes the text of the body, corrects its length and drops its `ETag`.
    pub(super) fn change(&mut self, change: impl FnOnce(String) -> String) {
        if self.body.is_empty() {
            return;
        }
        self.body = change(String::from_utf8(self.body.clone()).expect("it is text")).into_bytes();
        let of_the_old = |line: &str| {
            ["content-length:", "etag:"]
                .iter()
                .any(|name| line.starts_with(name))
        };
        self.head
            .retain(|line| !of_the_old(&line.to_ascii_lowercase()));
        self.head
            .push(format!("Content-Length: {}", self.body.len()));
    }

    /// The response as sent.
    pub(super) fn bytes(&self) -> Vec<u8> {
        [self.head.join("\r\n").as_bytes(), b"\r\n\r\n", &self.body].concat()
    }
}
