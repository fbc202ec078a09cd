//! A connection that hyper writes to. Requests that hyper cannot parse are refused by hyper itself,
//! without the policy, which is inserted on the way out. A client that reads nothing runs into a
//! timeout.

use crate::hosting::policy;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_io_timeout::TimeoutStream;

/// A connection on which every response carries the policy.
pub(crate) struct Wire<S: AsyncRead + AsyncWrite> {
    stream: Pin<Box<TimeoutStream<S>>>,
    /// The unsent rest of a head with the policy inserted.
    head: Vec<u8>,
}

impl<S: AsyncRead + AsyncWrite> Wire<S> {
    /// A connection with a timeout for each write.
    pub(crate) fn new(stream: S, patience: Duration) -> Self {
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(patience));
        Self {
            stream: Box::pin(stream),
            head: Vec::new(),
        }
    }

    fn send_head(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.head.is_empty() {
            let sent = ready!(self.stream.as_mut().poll_write(context, &self.head))?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.head.drain(..sent);
        }
        Poll::Ready(Ok(()))
    }
}

/// A refusal by hyper with the policy inserted; `None` for our own responses.
fn with_policy(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = std::str::from_utf8(bytes).ok()?;
    let is_refusal = head.starts_with("HTTP/1.1 4") || head.starts_with("HTTP/1.0 4");
    let end = head
        .find("\r\n\r\n")
        .filter(|end| is_refusal && end + 4 == head.len())?;
    let lines = head[..end].to_ascii_lowercase();
    if lines.contains("\r\nx-content-type-options:") {
        return None;
    }
    let policy: String = policy::headers("")
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    Some(format!("{}\r\n{policy}\r\n", &head[..end]).into_bytes())
}

impl<S: AsyncRead + AsyncWrite> AsyncWrite for Wire<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.send_head(context))?;
        match with_policy(bytes) {
            Some(head) => {
                self.head = head;
                Poll::Ready(Ok(bytes.len()))
            }
            None => self.stream.as_mut().poll_write(context, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.send_head(context))?;
        self.stream.as_mut().poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.send_head(context))?;
        self.stream.as_mut().poll_shutdown(context)
    }
}

impl<S: AsyncRead + AsyncWrite> AsyncRead for Wire<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream.as_mut().poll_read(context, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[test]
    fn only_a_refusal_without_the_policy_is_changed() {
        let refusal = "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
        let changed = String::from_utf8(with_policy(refusal.as_bytes()).unwrap()).unwrap();
        assert!(changed.starts_with(
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nContent-Security-Policy: "
        ));
        assert!(changed.ends_with("\r\n\r\n") && changed.matches("\r\n\r\n").count() == 1);
        for ours in [
            changed.as_str(),
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\nx-content-type-options: nosniff\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\n\r\nbody",
            "a page that says HTTP/1.1 400 Bad Request\r\n\r\n",
            "",
        ] {
            assert_eq!(with_policy(ours.as_bytes()), None, "{ours}");
        }
        assert_eq!(with_policy(b"HTTP/1.1 4\xff\r\n\r\n"), None);
    }

    #[tokio::test]
    async fn a_changed_refusal_goes_out_whole_through_a_narrow_wire() {
        let (near, mut far) = tokio::io::duplex(7);
        let sending = tokio::spawn(async move {
            let mut wire = Wire::new(near, Duration::from_secs(30));
            wire.write_all(b"HTTP/1.1 431 Too Large\r\ncontent-length: 0\r\n\r\n")
                .await
                .unwrap();
            wire.shutdown().await.unwrap();
        });
        let mut got = String::new();
        far.read_to_string(&mut got).await.unwrap();
        sending.await.unwrap();
        assert!(
            got.contains("\r\nX-Content-Type-Options: nosniff\r\n") && got.ends_with("\r\n\r\n"),
            "{got}"
        );
    }

    #[tokio::test]
    async fn a_reader_who_takes_nothing_is_given_up() {
        let (near, _far) = tokio::io::duplex(7);
        tokio::time::pause();
        let mut wire = Wire::new(near, Duration::from_secs(30));
        let error = wire.write_all(&[b'a'; 100]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }
}
