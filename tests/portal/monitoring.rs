//! The state's monitoring script: where it is off nothing of it is there, and where it is on the policy,
//! the hosts, the footer and the privacy notice say so together.

use crate::build::{build, project, text};
use crate::http::{Server, serve};
use crate::live::{change, start};
use crate::tree::{Element, page};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::process::Command;

const SCRIPT: &str = "https://f-emc.ngsp.gov.vn/embed/gov-tracking.min.js";
const TRACKER: &str = "https://f-emc.ngsp.gov.vn/tracking";

/// What the footer says in each language where it is off, and where it is on.
const FOOTERS: [(&str, &str, &str); 5] = [
    ("vi", "không theo dõi người đọc", "EMC"),
    ("en", "no tracking of readers", "EMC"),
    ("ko", "추적하지 않습니다", "EMC"),
    ("ja", "読者を追跡しません", "EMC"),
    ("zh-Hans", "不跟踪读者", "EMC"),
];

/// Headers and host files that name the policy for files of other hosts.
const FORMATS: [&str; 4] = ["headers", "nginx", "apache", "caddy"];

fn switched_on(folder: &Path) {
    change(&folder.join("content/site.json"), |site| {
        site["monitoring"] = json!({
            "script": SCRIPT, "integrity": format!("sha384-{}", "a".repeat(64)), "tracker": TRACKER,
            "site": "4064", "notice": "about",
        });
    });
}

fn built(folder: &Path) {
    let output = build(folder, &["--no-cards"]);
    assert!(
        output.status.success(),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
}

fn read(folder: &Path, path: &str) -> Element {
    page(&fs::read_to_string(folder.join("site").join(path).join("index.html")).unwrap())
}

/// The sources that a page's policy gives to a kind of request.
fn sources(page: &Element, kind: &str) -> Vec<String> {
    let metas = page.named("meta").into_iter();
    let mut policies = metas
        .filter(|meta| meta.attribute("http-equiv").is_some())
        .filter_map(|meta| meta.attribute("content"));
    let policy = policies.next().unwrap();
    let mut parts = policy.split("; ").map(|part| part.split(' '));
    let mut part = parts
        .find(|part| part.clone().next() == Some(kind))
        .unwrap_or_else(|| panic!("{policy} has no {kind}"));
    part.next();
    part.map(str::to_owned).collect()
}

fn host_file(folder: &Path, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .args(["headers", "--format", format])
        .current_dir(folder)
        .output()
        .unwrap();
    text(&output.stdout)
}

#[test]
fn off_there_is_nothing_of_it() {
    let folder = project();
    built(folder.path());
    for (lang, off, on) in FOOTERS {
        let page = read(folder.path(), lang);
        assert!(
            !page
                .named("script")
                .iter()
                .any(|script| script.text().contains("_govaq"))
        );
        for kind in ["script-src", "connect-src", "img-src"] {
            let sources = sources(&page, kind);
            assert!(
                !sources.iter().any(|source| source.contains("://")),
                "{sources:?}"
            );
        }
        let footer = page.with_class("footer-note").text();
        assert!(footer.contains(off) && !footer.contains(on), "{footer}");
    }
    for format in FORMATS {
        let text = host_file(folder.path(), format);
        assert!(
            text.contains("require-corp") && !text.contains("credentialless"),
            "{text}"
        );
    }
}

#[test]
fn on_policy_hosts_footer_and_notice_say_so_together() {
    let folder = project();
    switched_on(folder.path());
    built(folder.path());
    for (lang, _, on) in FOOTERS {
        for path in [lang.to_owned(), format!("{lang}/pages/about")] {
            let page = read(folder.path(), &path);
            let scripts = page.named("script");
            let call = scripts
                .iter()
                .find(|script| script.text().contains("_govaq"));
            let call = call
                .unwrap_or_else(|| panic!("{path} calls nothing"))
                .text();
            assert!(
                call.contains(&format!("[\"setTrackerUrl\", \"{TRACKER}\"]")),
                "{call}"
            );
            assert!(call.contains("[\"setSiteId\", \"4064\"]"), "{call}");
            let hash = format!("'sha256-{}'", STANDARD.encode(Sha256::digest(&call)));
            let allowed = sources(&page, "script-src");
            assert!(allowed.contains(&hash) && allowed.iter().any(|source| source == SCRIPT));
            for kind in ["connect-src", "img-src"] {
                assert!(
                    sources(&page, kind).iter().any(|source| source == TRACKER),
                    "{kind}"
                );
            }
            assert_eq!(sources(&page, "require-trusted-types-for"), ["'script'"]);
            let other = scripts
                .iter()
                .find(|script| script.attribute("src").as_deref() == Some(SCRIPT));
            let other = other.unwrap_or_else(|| panic!("{path} does not ask for the script"));
            assert!(
                other
                    .attribute("integrity")
                    .is_some_and(|hash| hash.starts_with("sha384-"))
            );
            assert_eq!(other.attribute("crossorigin").as_deref(), Some("anonymous"));
            let footer = page.with_class("footer-note").text();
            assert!(footer.contains(on), "{footer}");
        }
        let notice = read(folder.path(), &format!("{lang}/pages/about"))
            .named("main")
            .pop()
            .unwrap()
            .text();
        assert_eq!(notice.matches("f-emc.ngsp.gov.vn").count(), 2, "{notice}");
    }
    for format in FORMATS {
        let text = host_file(folder.path(), format);
        assert!(
            text.contains("credentialless") && !text.contains("require-corp"),
            "{text}"
        );
    }
}

#[test]
fn both_servers_send_what_the_hosts_are_told() {
    let embedding = "cross-origin-embedder-policy";
    let folder = project();
    for expected in ["require-corp", "credentialless"] {
        if expected == "credentialless" {
            switched_on(folder.path());
        }
        built(folder.path());
        let command = Command::new(env!("CARGO_BIN_EXE_site"));
        let served = serve(&folder.path().join("site"), "/", command);
        let live = start(folder.path(), &[]);
        for server in [&served, &live] {
            for path in ["/vi/", "/vi/nothing/", "/vi/pages/about/"] {
                assert_eq!(server.get(path, "").headers[embedding], expected, "{path}");
            }
        }
        let policy = |server: &Server| {
            let page = page(&text(&server.get("/vi/pages/about/", "").body));
            ["script-src", "connect-src", "img-src"].map(|kind| sources(&page, kind))
        };
        assert_eq!(policy(&served), policy(&live));
    }
}
