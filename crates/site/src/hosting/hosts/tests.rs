//! The configuration of hosts agrees with `site serve`. The hosts themselves are tested in
//! `tests/portal/programs/`.

use super::*;
use crate::hosting::own_address;
use crate::hosting::policy;
use model::{Moment, Slug};

fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

/// An article in one language that stood elsewhere before.
fn moved() -> Item {
    let published = Moment::new("2014-09-03T16:10+07:00").unwrap();
    let aliases = vec![(slug("culture"), slug("old"))];
    Item {
        aliases,
        ..Item::bare(slug("port"), slug("new"), published, &[Lang::Ko])
    }
}

/// Whether a rule of the file matches a path, by the rules of Netlify and Cloudflare Pages: `*` is
/// anything at the end, and a segment that begins with a colon is any segment.
fn matches(rule: &str, path: &str) -> bool {
    let (mut rule, mut path) = (rule.split('/'), path.split('/'));
    loop {
        match (rule.next(), path.next()) {
            (Some("*"), Some(_)) | (None, None) => return true,
            (Some(of_rule), Some(of_path)) if of_rule == of_path || of_rule.starts_with(':') => {}
            _ => return false,
        }
    }
}

/// The rules of a file of headers.
fn rules(text: &str) -> Vec<(&str, Vec<(&str, &str)>)> {
    let mut rules: Vec<(&str, Vec<(&str, &str)>)> = Vec::new();
    for line in text.lines() {
        match line
            .strip_prefix("  ")
            .and_then(|header| header.split_once(": "))
        {
            Some(header) => rules.last_mut().unwrap().1.push(header),
            None => rules.push((line, Vec::new())),
        }
    }
    rules
}

#[test]
fn the_file_of_headers_says_what_the_policy_says_and_no_header_twice() {
    let text = Host::new("/portal/", "", &Lang::ALL, std::iter::empty())
        .config(Format::Headers)
        .unwrap();
    let rules = rules(&text);
    assert!(rules.len() <= 100, "Cloudflare Pages reads 100 rules");
    assert!(
        text.lines().all(|line| line.len() <= 2000),
        "and lines of 2,000 characters"
    );
    for file in [
        "vi/index.html",
        "vi/feed.xml",
        "ko/port/feed.json",
        "assets/app-1a2b3c4d5e.wasm",
        "cards/vi/portal.png",
        "sitemap.xml",
        "zh-Hans/port/x/index.json",
    ] {
        let path = format!("/portal/{file}");
        let set: Vec<_> = rules
            .iter()
            .filter(|(rule, _)| matches(rule, &path))
            .flat_map(|(_, set)| set)
            .collect();
        let policy = policy::headers(file);
        for (name, value) in &set {
            let said = if *name == "Content-Type" {
                policy::content_type(file)
            } else {
                policy
                    .iter()
                    .find(|(known, _)| known == name)
                    .map(|(_, value)| value.as_str())
                    .unwrap()
            };
            if *name == policy::CONTENT_SECURITY {
                // Browsers follow all policies; the strictest is there.
                continue;
            }
            assert_eq!(*value, said, "{file}");
            assert_eq!(
                set.iter().filter(|(other, _)| other == name).count(),
                1,
                "{file}: {name} is there twice"
            );
        }
        let content = (
            policy::CONTENT_SECURITY,
            policy::content_security_header(file),
        );
        assert!(
            set.iter()
                .any(|(name, value)| (*name, *value) == (content.0, content.1.as_str())),
            "{file} comes without its policy"
        );
        // Only what hosts do by default may be left out.
        let left = policy
            .iter()
            .filter(|(name, _)| !set.iter().any(|(other, _)| other == name));
        for (name, value) in left {
            let harmless = [
                (policy::CACHE_CONTROL, policy::NO_CACHE),
                (policy::RESOURCE_POLICY, policy::SAME_ORIGIN),
            ];
            assert!(
                harmless.contains(&(*name, value.as_str())),
                "{file} comes without {name}"
            );
        }
    }
}

#[test]
fn every_host_knows_every_moved_address() {
    let host = Host::new(
        "/portal/",
        "/srv/www",
        &Lang::ALL,
        std::iter::once(&moved()),
    );
    let below = own_address::below();
    let guess = |before: &str, after: &str| format!("{before}(?:/({below}))?{after}");
    let (nginx, apache, caddy) = (
        guess(
            "location ~ \"^/portal/kr",
            "$\" { return 308 /portal/ko/$1$is_args$args; }",
        ),
        guess("RewriteRule ^kr", "$ /portal/ko/$1 [R=308,L]"),
        guess("@guess_kr path_regexp kr `^/portal/kr", "$`"),
    );
    for (format, lines) in [
        (
            Format::Redirects,
            [
                "/portal/ko/culture/old/ /portal/ko/port/new/ 301",
                "/portal/kr/* /portal/ko/:splat 301",
                "/portal/vi/* /portal/vi/404.html 404",
            ],
        ),
        (
            Format::Nginx,
            [
                "location = /portal/ko/culture/old/ { return 308 /portal/ko/port/new/$is_args$args; }",
                &nginx,
                "\"~^/portal/vi/\" \"/portal/vi/404.html\";",
            ],
        ),
        (
            Format::Apache,
            [
                "RewriteRule ^ko/culture/old/$ /portal/ko/port/new/ [R=308,L]",
                &apache,
                "ErrorDocument 404 /portal/vi/404.html",
            ],
        ),
        (
            Format::Caddy,
            [
                "redir /portal/ko/culture/old/ /portal/ko/port/new/{portal_query} 308",
                &caddy,
                "rewrite * /portal/vi/404.html",
            ],
        ),
    ] {
        let told = host.config(format).unwrap();
        for line in lines {
            assert!(
                told.lines().any(|other| other.trim() == line),
                "{format:?} has no line {line}\n{told}"
            );
        }
    }
}

#[test]
fn an_article_moves_in_the_languages_that_it_has() {
    let moves: Vec<_> = redirects::redirects(&moved())
        .map(|moved| (moved.from.path(), moved.to.path()))
        .collect();
    assert_eq!(
        moves,
        [("ko/culture/old/".to_owned(), "ko/port/new/".to_owned())]
    );
}

/// The targets of redirects for guessed addresses with `rest` behind them. By the rules of Netlify
/// and Cloudflare Pages, `*` stands for anything.
fn splat(text: &str, rest: &str) -> Vec<String> {
    let moved = text.lines().filter(|line| line.ends_with(":splat 301"));
    moved
        .map(|line| line.split(' ').nth(1).unwrap().replace(":splat", rest))
        .collect()
}

#[test]
fn whatever_stands_behind_a_guessed_address_the_files_for_services_lead_to_the_same_host() {
    let official = url::Url::parse("https://portal.example/kr/").unwrap();
    for base in ["/", "/portal/"] {
        let text = Host::new(base, "", &Lang::ALL, std::iter::empty())
            .config(Format::Redirects)
            .unwrap();
        for rest in [
            "/evil.example",
            "//evil.example",
            "\\evil.example",
            "../..//evil.example",
            "@evil.example",
            "\t/evil",
            ":80",
            "",
        ] {
            let leads = splat(&text, rest);
            assert_eq!(leads.len(), redirects::GUESSED_SEGMENTS.len());
            for to in leads {
                let read = official.join(&to).unwrap();
                assert_eq!(read.origin(), official.origin(), "{to} is read as {read}");
            }
        }
    }
}

#[test]
fn every_rule_that_leads_on_begins_and_ends_with_our_own_segments() {
    let host = Host::new(
        "/portal/",
        "/srv/www",
        &Lang::ALL,
        std::iter::once(&moved()),
    );
    for format in [Format::Nginx, Format::Apache, Format::Caddy] {
        let told = host.config(format).unwrap();
        for (number, line) in told.lines().enumerate() {
            // No address may take a pattern that matches a slash, a backslash or anything at all.
            for loose in ["(.+", "(.*/", "[^?]+", "[^? ]+", "[A-Za-z0-9/._-]*", ".+/)"] {
                let compressed = line == "RewriteRule ^(.+)$ $1.br [L]"
                    || line == "RewriteRule ^(.+)$ $1.gz [L]";
                assert!(
                    compressed || !line.contains(loose),
                    "{format:?}, line {number}: {line}"
                );
            }
        }
    }
}
