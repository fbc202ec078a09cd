//! Stands between `site sync` and a CMS, and counts what is asked.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::failure::Failure;

/// Passes connections on, and counts the requests in them.
pub(super) struct Counter {
    pub(super) port: u16,
    pub(super) requests: Arc<AtomicUsize>,
}

impl Counter {
    pub(super) fn start(behind: u16) -> Result<Self, Failure> {
        let refused = |error: std::io::Error| Failure::broken(format!("cannot listen: {error}"));
        let listener = TcpListener::bind("127.0.0.1:0").map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&requests);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", behind)) else {
                    continue;
                };
                let _ = (client.set_nodelay(true), server.set_nodelay(true));
                let (Ok(answers), Ok(back)) = (server.try_clone(), client.try_clone()) else {
                    continue;
                };
                let counted = Arc::clone(&counted);
                thread::spawn(move || pass_on(client, server, Some(&counted)));
                thread::spawn(move || pass_on(answers, back, None));
            }
        });
        Ok(Self { port, requests })
    }
}

/// Passes bytes on until they end. A request without a body ends with an empty line.
fn pass_on(mut from: TcpStream, mut to: TcpStream, counted: Option<&AtomicUsize>) {
    let mut buffer = vec![0; 1 << 16];
    let mut end = Vec::new();
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if let Some(counted) = counted {
            // An empty line can be cut in two.
            end.extend_from_slice(&buffer[..length]);
            let found = end.windows(4).filter(|bytes| bytes == b"\r\n\r\n").count();
            counted.fetch_add(found, Ordering::Relaxed);
            end = end.split_off(end.len().saturating_sub(if found > 0 { 0 } else { 3 }));
        }
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_however_they_are_cut() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let counter = Counter::start(listener.local_addr().unwrap().port()).unwrap();
        let mut client = TcpStream::connect(("127.0.0.1", counter.port)).unwrap();
        let (mut server, _) = listener.accept().unwrap();
        let mut got = [0; 100];
        for part in ["GET / HTTP/1.1\r\nA: b\r", "\n\r\nGET /a HTTP/1.1\r\n\r\n"] {
            client.write_all(part.as_bytes()).unwrap();
            server.read_exact(&mut got[..part.len()]).unwrap();
        }
        assert_eq!(counter.requests.load(Ordering::Relaxed), 2);
    }
}
