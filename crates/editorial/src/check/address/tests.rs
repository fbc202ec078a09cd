//! Tests: browsers open every published address, on the host that a person reads.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::Config;

#[test]
fn an_address_is_published_as_a_browser_writes_it() {
    for (written, published) in [
        ("https://haiphong.gov.vn/", "https://haiphong.gov.vn/"),
        ("https://haiphong.gov.vn", "https://haiphong.gov.vn/"),
        (
            "http://a.example:8080/b?c=1#d",
            "http://a.example:8080/b?c=1#d",
        ),
        ("https://a.example:443/", "https://a.example/"),
        ("https://A.Example/B", "https://a.example/B"),
        ("https://a.example/Cảng", "https://a.example/C%E1%BA%A3ng"),
        ("https://cổng.vn/tin", "https://xn--cng-qmz.vn/tin"),
        ("https://한국.한국/항만?쿼리=값#조각", ""),
        ("http://例え.テスト/港（新）", ""),
        ("https://xn--cng-qmz.vn/", "https://xn--cng-qmz.vn/"),
        (
            "https://a.example//b//c/../d?x=[1]&y={2}|3",
            "https://a.example//b//d?x=[1]&y={2}|3",
        ),
        (
            "https://a.example/b#:~:text=c%C3%A1%20c,-d",
            "https://a.example/b#:~:text=c%C3%A1%20c,-d",
        ),
        ("https://vi.wikipedia.org/wiki/Hải_Phòng_(thành_phố)", ""),
        ("https://a_b.example/", "https://a_b.example/"),
        ("https://192.0.2.1/", "https://192.0.2.1/"),
        ("https://[2001:db8:0::1]/", "https://[2001:db8::1]/"),
        ("/port/deep-water-port/", "/port/deep-water-port/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        (
            "mailto:a@b.example,c@d.example?subject=H%E1%BB%8Fi",
            "mailto:a@b.example,c@d.example?subject=H%E1%BB%8Fi",
        ),
        (
            "mailto:a@cổng.vn?subject=Hỏi",
            "mailto:a@xn--cng-qmz.vn?subject=H%E1%BB%8Fi",
        ),
        ("tel:+842253", "tel:+842253"),
        ("tel:113", "tel:113"),
        ("tel:+84-225-384-2000", "tel:+84-225-384-2000"),
    ] {
        let read = read(written).unwrap_or_else(|refused| panic!("{written}: {refused:?}"));
        if !published.is_empty() {
            assert_eq!(read.as_str(), published);
        }
        assert_eq!(super::read(read.as_str()).as_ref(), Ok(&read), "{written}");
        assert!(read.as_str().is_ascii(), "{written}");
    }
}

#[test]
fn what_no_browser_opens_or_opens_elsewhere_is_refused_with_its_reason() {
    for (written, part) in [
        ("https://[", "no number that hosts have"),
        ("https://[::g]/", "no number that hosts have"),
        ("https://[::1", "no number that hosts have"),
        ("https://%", "no browser can open"),
        ("https://a:99999/", "its port is no number up to 65535"),
        ("https://a:b/", "its port is no number up to 65535"),
        ("https://#", "it names no host"),
        ("https://?x", "it names no host"),
        ("https:///a.example/", "it names no host"),
        ("https://:80/", "it names no host"),
        (
            "https://good.example@evil.example/",
            "leads to evil.example, whatever stands before the @",
        ),
        (
            "https://good.example:pass@evil.example/",
            "leads to evil.example",
        ),
        ("https://@evil.example/", "leads to evil.example"),
        ("https://a.example:0/", "port 0 is not one"),
        ("https://a.example:25/", "port 25 is not one"),
        ("https://a.example./", "ends with a dot"),
        ("https://a..example/", "two dots"),
        ("https://.example/", "two dots"),
        ("https://ｅvil.example/", "as evil.example"),
        ("https://evil。example/", "as evil.example"),
        ("https://%65vil.example/", "as evil.example"),
        ("https://evil%2eexample/", "as evil.example"),
        ("https://0x7f.1/", "as 127.0.0.1"),
        ("https://2130706433/", "as 127.0.0.1"),
        ("https://127.1/", "as 127.0.0.1"),
        ("https://1.2.3.256/", "no number that hosts have"),
        ("https://xn--a/", "no browser can open"),
        ("https://a<b.example/", "no browser can open"),
        ("https://a|b.example/", "no browser can open"),
        ("https://a^b/", "no browser can open"),
        ("mailto:", "not the address of a mailbox"),
        ("mailto:?subject=x", "not the address of a mailbox"),
        ("mailto:a", "not the address of a mailbox"),
        ("mailto:a@b", "not the address of a mailbox"),
        ("mailto:a@@b.example", ""),
        ("mailto:a b@c.example", "not the address of a mailbox"),
        ("mailto:a@b.example/c", "not the address of a mailbox"),
        ("mailto:a@b.example?x", "not the address of a mailbox"),
        ("mailto://a@b.example", "not the address of a mailbox"),
        ("tel:", "not a telephone's number"),
        ("tel:abc", "not a telephone's number"),
        ("tel:+", "not a telephone's number"),
        ("tel:1234567890123456", "not a telephone's number"),
        ("tel://113", "not a telephone's number"),
    ] {
        let Err(Refused { message, help }) = read(written) else {
            panic!("{written} was taken for an address")
        };
        assert!(
            message.contains(part) && !help.is_empty(),
            "{written}: {message}; {help}"
        );
    }
    let long = format!("https://{}.example/", "a".repeat(64));
    assert!(read(&long).unwrap_err().message.contains("longer name"));
    let longer = format!("https://{}example/", "a".repeat(20_000));
    assert!(read(&longer).unwrap_err().message.len() < 400);
}

#[test]
fn a_help_names_the_address_that_can_be_written() {
    for (written, help) in [
        (
            "https://good.example@evil.example/x",
            "write https://evil.example/x if that is meant",
        ),
        (
            "https://ｅvil.example/x",
            "write https://evil.example/x if that is meant",
        ),
        (
            "https://127.1/",
            "write https://127.0.0.1/ if that is meant",
        ),
    ] {
        assert_eq!(read(written).unwrap_err().help, help);
        let written = help
            .trim_start_matches("write ")
            .trim_end_matches(" if that is meant");
        assert_eq!(read(written).unwrap().as_str(), written);
    }
    for (written, right) in [
        (
            "https://a.example/van ban.pdf",
            Some("https://a.example/van%20ban.pdf"),
        ),
        (" https://a.example/ ", Some("https://a.example/")),
        ("https://a.example\\b", Some("https://a.example/b")),
        ("https://a.example/\tb", Some("https://a.example/b")),
        ("HTTPS://A.example/", Some("https://a.example/")),
        ("http://a.example/", None),
        ("a.example", None),
        ("javascript:alert(1)", None),
        ("", None),
    ] {
        assert_eq!(meant(written).as_deref(), right, "{written}");
    }
}

#[test]
fn hosts_that_may_not_be_what_they_seem_are_doubtful() {
    let doubt = |address: &str| {
        doubt(&read(address).unwrap(), Some("portal.example")).map(|(message, _)| message)
    };
    for (address, part) in [
        ("https://аррӏе.example/", "letters of Cyrillic"),
        ("https://xn--80ak6aa92e.com/", "letters of Cyrillic"),
        ("https://раypal.example/", "letters of Cyrillic and Latin"),
        ("https://ελλάδα.example/", "letters of Greek"),
        ("https://ɡoogle.example/", "phonetic"),
        ("https://p0rtal.example/", "looks like this portal's own"),
        ("https://portaI.example/", ""),
        ("https://роrtаl.example/", "looks like this portal's own"),
        ("https://pọrtal.example/", "looks like this portal's own"),
        (
            "https://portal.example.evil.example/",
            "begins like this portal's own",
        ),
    ] {
        let said = doubt(address);
        // Browsers turn a capital I into a small one, which looks like no l.
        assert_eq!(said.is_none(), part.is_empty(), "{address}: {said:?}");
        assert!(
            said.as_deref().unwrap_or_default().contains(part),
            "{address}"
        );
    }
    for address in [
        "https://portal.example/",
        "https://www.portal.example/",
        "https://haiphong.gov.vn/",
        "https://cổng.vn/",
        "https://한국.한국/",
        "https://東京タワー.jp/",
        "https://nhật-日本.example/",
        "https://192.0.2.1/",
        "mailto:a@b.example",
        "/port/",
    ] {
        assert_eq!(doubt(address), None, "{address}");
    }
}

#[test]
fn an_origin_is_scheme_and_host_in_the_form_that_every_place_can_have() {
    for (written, host) in [
        ("https://portal.example", "portal.example"),
        ("https://portal.example:8443", "portal.example"),
        ("https://xn--cng-qmz.vn", "xn--cng-qmz.vn"),
        ("https://a--b.example", "a--b.example"),
        ("https://127.0.0.1:8080", "127.0.0.1"),
        ("https://localhost", "localhost"),
    ] {
        assert_eq!(origin::read(written), Ok(host.to_owned()), "{written}");
    }
    let form = "scheme and host alone, in lower case and without a slash at the end";
    for (written, right) in [
        ("https://cổng.vn", "https://xn--cng-qmz.vn"),
        ("https://Portal.example", "https://portal.example"),
        ("https://portal.example/", "https://portal.example"),
        ("https://portal.example/portal", "https://portal.example"),
        ("https://portal.example?x", "https://portal.example"),
        (" https://portal.example", "https://portal.example"),
        ("https://portal.example:443", "https://portal.example"),
        (
            "https://portal.example:08443",
            "https://portal.example:8443",
        ),
    ] {
        assert_eq!(
            origin::read(written).map_err(String::from),
            Err(format!("write {right}: {form}")),
            "{written}"
        );
        assert!(origin::read(right).is_ok(), "{right}");
    }
    for written in [
        "",
        "portal.example",
        "http://portal.example",
        "https://",
        "https://portal.example:0",
        "https://portal.example:99999",
        "https://portal.example:25",
        "https://portal.example.",
        "https://a..b",
        "https://a@portal.example",
        "https://[::1]",
        "https://a_b.example",
        "https://-a.example",
        "https://a-.example",
        "https://xn--a.example",
        "javascript:alert(1)",
    ] {
        assert_eq!(
            origin::read(written).map_err(String::from),
            Err(format!("write {form}: https://portal.example")),
            "{written}"
        );
    }
}

/// Addresses, nearly addresses, and anything at all behind the schemes.
fn nearly_addresses() -> impl Strategy<Value = String> {
    let host = prop_oneof![
        "[a-z0-9-]{1,6}(\\.[a-zA-Z0-9_-]{1,6}){0,3}",
        "[a-zа-яα-ω가港ｅ。.%@:\\[\\]0-9xX-]{0,10}",
        "\\PC{0,8}",
    ];
    let rest = prop_oneof![
        Just(String::new()),
        "[/?#:@\\\\][a-z/?#&=%. đ港|{}^`'\"<>\\[\\]\\\\-]{0,12}",
        "\\PC{0,8}"
    ];
    let scheme = prop::sample::select(vec![
        "https://",
        "http://",
        "mailto:",
        "tel:",
        "https:",
        "/",
        "//",
        "https:///",
    ]);
    (scheme, host, rest).prop_map(|(scheme, host, rest)| format!("{scheme}{host}{rest}"))
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(20_000) })]

    #[test]
    fn what_is_published_is_what_every_browser_writes(text in nearly_addresses()) {
        let Some(address) = Address::new(&text).ok().and_then(|address| read(address.as_str()).ok()) else { return Ok(()) };
        prop_assert_eq!(read(address.as_str()), Ok(address.clone()));
        if address.local_path().is_some() {
            return Ok(());
        }
        let url = Url::parse(address.as_str()).unwrap();
        prop_assert_eq!(url.as_str(), address.as_str());
        if url.scheme().starts_with("http") {
            prop_assert_eq!(Url::parse(&text).unwrap(), url.clone(), "{} leads elsewhere", text);
        }
        prop_assert!(url.username().is_empty() && url.password().is_none() && url.port() != Some(0));
        // A person can read the host in the written text.
        if let Some(Host::Domain(host)) = url.host() {
            let lower: String = text.to_lowercase().nfc().collect();
            prop_assert!(lower.contains(host) || lower.contains(&idna::domain_to_unicode(host).0), "{} leads to {}", text, host);
        }
    }
}
