//! What hosts are told is what `site serve` does. nginx itself is asked in `tests/portal/hosting.rs`.

use super::*;
use crate::policy;
use portal::model::{Moment, Slug};

fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

/// An article in one language that stood elsewhere before.
fn moved() -> Item {
    let version = crate::catalogue::ItemVersion {
        title: String::new(),
        summary: String::new(),
        cover: None,
        author: None,
        stamp: String::new(),
        translated_from: None,
        draft: false,
        hash: 0,
    };
    Item {
        section: slug("port"),
        slug: slug("new"),
        published: Moment::new("2014-09-03T16:10+07:00").unwrap(),
        minutes: Moment::new("2014-09-03T16:10+07:00").unwrap().minutes(),
        updated: None,
        views: 0,
        tags: Vec::new(),
        aliases: vec![(slug("culture"), slug("old"))],
        draft: false,
        hash: 0,
        original: Lang::Ko,
        versions: vec![(Lang::Ko, version)],
    }
}

/// Whether a rule of the file matches a path, as Netlify and Cloudflare Pages say: `*` is anything at the end, and a
/// segment that begins with a colon is any segment.
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
        match line.strip_prefix("  ").and_then(|header| header.split_once(": ")) {
            Some(header) => rules.last_mut().unwrap().1.push(header),
            None => rules.push((line, Vec::new())),
        }
    }
    rules
}

#[test]
fn the_file_of_headers_says_what_the_policy_says_and_no_header_twice() {
    let text = Host::new("/portal/", "", &Lang::ALL, std::iter::empty()).told(Format::Headers);
    let rules = rules(&text);
    assert!(rules.len() <= 100, "Cloudflare Pages reads 100 rules");
    assert!(text.lines().all(|line| line.len() <= 2000), "and lines of 2,000 characters");
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
        let set: Vec<_> = rules.iter().filter(|(rule, _)| matches(rule, &path)).flat_map(|(_, set)| set).collect();
        let policy = policy::headers(file);
        for (name, value) in &set {
            let said = if *name == "Content-Type" {
                policy::content_type(file)
            } else {
                policy.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap()
            };
            assert_eq!(*value, said, "{file}");
            assert_eq!(set.iter().filter(|(other, _)| other == name).count(), 1, "{file}: {name} is there twice");
        }
        // What is left to the host: that pages may be kept if it asks, and that feeds are ours to share.
        let left = policy.iter().filter(|(name, _)| !set.iter().any(|(other, _)| other == name));
        for (name, value) in left {
            let harmless = [(policy::CACHE, policy::ASK), (policy::SHARING, policy::OURS)];
            assert!(harmless.contains(&(*name, value.as_str())), "{file} comes without {name}");
        }
    }
}

#[test]
fn every_host_knows_every_moved_address() {
    let host = Host::new("/portal/", "/srv/www", &Lang::ALL, std::iter::once(&moved()));
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
                "location ~ \"^/portal/kr(?:/([A-Za-z0-9/._-]*))?$\" { return 308 /portal/ko/$1$is_args$args; }",
                "\"~^/portal/vi/\" \"/portal/vi/404.html\";",
            ],
        ),
        (
            Format::Apache,
            [
                "RewriteRule ^ko/culture/old/$ /portal/ko/port/new/ [R=308,L]",
                "RewriteRule ^kr(?:/([A-Za-z0-9/._-]*))?$ /portal/ko/$1 [R=308,L]",
                "ErrorDocument 404 /portal/vi/404.html",
            ],
        ),
        (
            Format::Caddy,
            [
                "redir /portal/ko/culture/old/ /portal/ko/port/new/ 308",
                "redir @guess_kr /portal/ko/{re.kr.1} 308",
                "rewrite * /portal/vi/404.html",
            ],
        ),
    ] {
        let told = host.told(format);
        for line in lines {
            assert!(told.lines().any(|other| other.trim() == line), "{format:?} has no line {line}\n{told}");
        }
    }
}

#[test]
fn an_article_moves_in_the_languages_that_it_has() {
    let moves: Vec<_> = redirects::moves(&moved()).map(|moved| (moved.from.path(), moved.to.path())).collect();
    assert_eq!(moves, [("ko/culture/old/".to_owned(), "ko/port/new/".to_owned())]);
}
