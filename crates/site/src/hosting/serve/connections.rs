//! Limits how many connections are open at once. Each takes descriptors for itself and for a file,
//! and the system limits those of a process. Further clients wait until a place is free.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;

/// The most connections at once, where the system allows that many.
const MOST_CONNECTIONS: usize = 256;

/// How many descriptors the process has open besides: its standard streams, the listener, and the
/// runtime's.
const RESERVED_DESCRIPTORS: usize = 16;

/// The pauses after the system could not accept a connection: the first and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));

/// How many connections the system has room for.
pub(crate) fn most() -> usize {
    allowed().map_or(MOST_CONNECTIONS, |files| {
        (files.saturating_sub(RESERVED_DESCRIPTORS) / 3).clamp(1, MOST_CONNECTIONS)
    })
}

/// How many descriptors the system allows this process.
#[cfg(unix)]
fn allowed() -> Option<usize> {
    use rustix::process::{Resource, getrlimit};
    getrlimit(Resource::Nofile)
        .current
        .and_then(|files| usize::try_from(files).ok())
}

#[cfg(not(unix))]
fn allowed() -> Option<usize> {
    None
}

/// A source of connections.
pub(crate) trait Listener {
    /// A connection.
    type Stream;

    /// Waits for the next one.
    async fn next(&self) -> io::Result<Self::Stream>;
}

impl Listener for TcpListener {
    type Stream = TcpStream;

    async fn next(&self) -> io::Result<TcpStream> {
        self.accept().await.map(|(stream, _)| stream)
    }
}

/// Hands every connection to `converse`, with a permit that frees its place when it is dropped.
/// Never returns.
pub(crate) async fn receive<L: Listener>(
    listener: &L,
    most: usize,
    converse: impl Fn(L::Stream, OwnedSemaphorePermit),
) -> Infallible {
    let places = Arc::new(Semaphore::new(most));
    let mut pause = PAUSES.0;
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            continue;
        };
        match listener.next().await {
            Ok(stream) => {
                pause = PAUSES.0;
                converse(stream, place);
            }
            Err(error) if is_the_readers(&error) => {}
            Err(_) => {
                sleep(pause).await;
                pause = (pause * 2).min(PAUSES.1);
            }
        }
    }
}

/// Whether a connection broke while it was accepted. Any other error, such as a lack of
/// descriptors, lasts for a while, and trying again at once would be a busy loop.
fn is_the_readers(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::{Cell, RefCell};
    use tokio::time::timeout;

    /// A source of connections that fails where `fails` returns an error.
    struct FakeListener<F> {
        calls: Cell<usize>,
        fails: F,
    }

    impl<F: Fn(usize) -> Option<io::Error>> Listener for FakeListener<F> {
        type Stream = usize;

        async fn next(&self) -> io::Result<usize> {
            let number = self.calls.replace(self.calls.get() + 1);
            (self.fails)(number).map_or(Ok(number), Err)
        }
    }

    /// Accepts connections for an hour of a paused clock, which jumps whenever nothing else is left
    /// to do.
    async fn an_hour<F: Fn(usize) -> Option<io::Error>>(
        listener: &FakeListener<F>,
        most: usize,
        converse: impl Fn(usize, OwnedSemaphorePermit),
    ) {
        tokio::time::pause();
        assert!(
            timeout(Duration::from_secs(3600), receive(listener, most, converse))
                .await
                .is_err()
        );
    }

    #[tokio::test]
    async fn a_listener_that_cannot_accept_is_tried_about_once_a_second() {
        let none_left = |_| Some(io::Error::other("too many open files"));
        let listener = FakeListener {
            calls: Cell::new(0),
            fails: none_left,
        };
        an_hour(&listener, 4, |_, _| panic!("nobody came in")).await;
        assert!(
            (3000..4000).contains(&listener.calls.get()),
            "{}",
            listener.calls.get()
        );
    }

    #[tokio::test]
    async fn readers_are_let_in_again_when_the_system_has_room_again() {
        let at_first = |number| (number < 10).then(|| io::Error::other("too many open files"));
        let listener = FakeListener {
            calls: Cell::new(0),
            fails: at_first,
        };
        let held = RefCell::new(Vec::new());
        an_hour(&listener, 4, |number, place| {
            held.borrow_mut().push((number, place));
        })
        .await;
        let numbers: Vec<usize> = held.borrow().iter().map(|(number, _)| *number).collect();
        assert_eq!(
            numbers,
            [10, 11, 12, 13],
            "and no more than there are places"
        );
    }

    #[tokio::test]
    async fn a_connection_that_broke_costs_nobody_a_pause() {
        let broken = |number| (number < 1000).then(|| io::ErrorKind::ConnectionAborted.into());
        let listener = FakeListener {
            calls: Cell::new(0),
            fails: broken,
        };
        let held = RefCell::new(Vec::new());
        an_hour(&listener, 1, |number, place| {
            held.borrow_mut().push((number, place));
        })
        .await;
        assert_eq!(held.borrow()[0].0, 1000);
    }

    #[test]
    fn there_is_always_a_place_and_never_more_than_the_system_allows() {
        assert!((1..=MOST_CONNECTIONS).contains(&most()));
    }
}
