//! The host name of a request. A page of the web can have its own name resolve to this machine and
//! then read the responses (DNS rebinding). Its requests still carry its name, so only this
//! machine's own names are answered.

use hyper::header::HOST;
use hyper::http::uri::Authority;
use hyper::{Request, Version};
use std::net::{Ipv4Addr, Ipv6Addr};

/// The owner of the host name in a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum HostCheck {
    /// This machine's own.
    Ours,
    /// Somebody else's.
    Others,
    /// None, or more than one (RFC 9112, section 3.2, has such a request refused).
    Unclear,
}

/// The owner of the host name in a request: in its address, where that is absolute, and in its
/// `Host` header.
pub(crate) fn check_host<B>(request: &Request<B>) -> HostCheck {
    let uri = request.uri();
    let whole = uri.authority().map(Authority::as_str);
    if uri.scheme_str().is_some_and(|scheme| scheme != "http")
        || whole.is_some_and(|name| !is_this_machine(name))
    {
        return HostCheck::Others;
    }
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if host.to_str().is_ok_and(is_this_machine) => HostCheck::Ours,
        (Some(_), None) => HostCheck::Others,
        // HTTP before 1.1 has no such header, and no browser speaks it.
        (None, _) if request.version() == Version::HTTP_10 => HostCheck::Ours,
        _ => HostCheck::Unclear,
    }
}

/// Whether a name, with or without a port, can only be this machine's.
fn is_this_machine(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (host, ""),
    };
    let is_number = port.is_empty()
        || (port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok());
    let in_brackets = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    let is_loopback = name
        .parse::<Ipv4Addr>()
        .is_ok_and(|address| address.is_loopback())
        || in_brackets.is_some_and(|name| {
            name.parse::<Ipv6Addr>()
                .is_ok_and(|address| address.is_loopback())
        });
    is_number && (name.eq_ignore_ascii_case("localhost") || is_loopback)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(target: &str, version: Version, hosts: &[&str]) -> HostCheck {
        let mut request = Request::builder().uri(target).version(version);
        for host in hosts {
            request = request.header(HOST, *host);
        }
        check_host(&request.body(()).unwrap())
    }

    #[test]
    fn only_this_machines_names_are_its_own() {
        for ours in [
            "localhost",
            "LocalHost:8080",
            "localhost:",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.255.3.4:9",
            "[::1]",
            "[::1]:8080",
            "[0:0:0:0:0:0:0:1]:1",
        ] {
            assert_eq!(
                ask("/", Version::HTTP_11, &[ours]),
                HostCheck::Ours,
                "{ours}"
            );
        }
        for other in [
            "",
            "evil.example",
            "evil.example:8080",
            "localhost.evil.example",
            "evil.localhost",
            "localhost.",
            "localhost@evil.example",
            "evil.example@localhost",
            "localhost:80:80",
            "localhost:+80",
            "localhost:99999",
            "localhost:80a",
            "localhost/",
            "127.0.0.1.evil.example",
            "127.1",
            "0127.0.0.1",
            "2130706433",
            "0.0.0.0",
            "192.168.0.1",
            "::1",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::1",
            "[::1]x",
            "local host",
        ] {
            assert_eq!(
                ask("/", Version::HTTP_11, &[other]),
                HostCheck::Others,
                "{other}"
            );
        }
    }

    #[test]
    fn a_whole_address_counts_as_its_header_does() {
        let (new, old) = (Version::HTTP_11, Version::HTTP_10);
        for (target, version, hosts, named) in [
            (
                "http://localhost:1/vi/",
                new,
                &["localhost"][..],
                HostCheck::Ours,
            ),
            (
                "http://evil.example/",
                new,
                &["localhost"],
                HostCheck::Others,
            ),
            (
                "http://localhost/",
                new,
                &["evil.example"],
                HostCheck::Others,
            ),
            (
                "http://evil.example@localhost/",
                new,
                &["localhost"],
                HostCheck::Others,
            ),
            ("https://localhost/", new, &["localhost"], HostCheck::Others),
            ("ftp://localhost/", new, &["localhost"], HostCheck::Others),
            ("http://localhost/", new, &[], HostCheck::Unclear),
            ("/", new, &[], HostCheck::Unclear),
            ("/", new, &["localhost", "localhost"], HostCheck::Unclear),
            ("/", new, &["localhost", "evil.example"], HostCheck::Unclear),
            ("/", old, &[], HostCheck::Ours),
            ("/", old, &["evil.example"], HostCheck::Others),
            ("/", old, &["localhost", "evil.example"], HostCheck::Unclear),
        ] {
            assert_eq!(ask(target, version, hosts), named, "{target} {hosts:?}");
        }
    }
}
