//! The sites under test, shared by all tests.

use super::child_process::ManagedChild;
use super::response::Response;
use super::{environment, larger_site};
use crate::folder::copy;
use model::Lang;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;
use std::io::{Error, Read, Result, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

/// What serves a site as long as it is kept.
type Server = Box<dyn Send>;

/// A served site.
pub(super) struct Upstream {
    /// Its base path.
    pub(super) base: String,
    /// The folder of its files.
    pub(super) folder: PathBuf,
    /// The port of a server, and the server, which ends with this; `None` for a plain host.
    server: Option<(u16, Mutex<Option<Server>>)>,
}

/// The site as it was built, at the root.
pub(super) fn at_root() -> Arc<Upstream> {
    static SITE: LazyLock<Arc<Upstream>> =
        LazyLock::new(|| Arc::new(Upstream::serve("/", environment::file("PORTAL_DIST"))));
    Arc::clone(&SITE)
}

/// The same bundle and content built for `/portal/`.
pub(super) fn below_a_path() -> Arc<Upstream> {
    static SITE: LazyLock<Arc<Upstream>> = LazyLock::new(|| {
        // In the target folder, where the next run replaces it: a static is never dropped, so
        // nothing would remove a temporary folder.
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("below-a-path");
        build(&["--public-url", "/portal/"].map(OsStr::new), &out);
        Arc::new(Upstream::serve("/portal/", out))
    });
    Arc::clone(&SITE)
}

/// The same bundle at the root with the larger content of [`larger_site::content`].
pub(super) fn with_more_articles() -> Arc<Upstream> {
    static SITE: LazyLock<Arc<Upstream>> = LazyLock::new(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (content, out) = (target.join("larger-content"), target.join("larger"));
        larger_site::content(&content);
        build(&["--content".as_ref(), content.as_os_str()], &out);
        Arc::new(Upstream::serve("/", out))
    });
    Arc::clone(&SITE)
}

/// The same bundle with lists of several parts in every language, for screenshots.
pub(super) fn in_parts() -> Arc<Upstream> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (content, out) = (target.join("content-in-parts"), target.join("in-parts"));
    larger_site::content_in_every_language(&content);
    let quick = ["--no-cards", "--no-compression", "--content"].map(OsStr::new);
    build(&[&quick[..], &[content.as_os_str()]].concat(), &out);
    Arc::new(Upstream::serve("/", out))
}

/// The site below a path on a plain host: it serves files and a page for unknown addresses, with no
/// headers of its own and no redirects.
pub(super) fn on_a_plain_host() -> Arc<Upstream> {
    let site = below_a_path();
    Arc::new(Upstream {
        base: site.base.clone(),
        folder: site.folder.clone(),
        server: None,
    })
}

/// The site in a web archive, which keeps pages below an address that ends with theirs, and rewrites
/// the addresses in them.
pub(super) fn in_an_archive() -> Arc<Upstream> {
    static SITE: LazyLock<Arc<Upstream>> = LazyLock::new(|| {
        let base = "/web/20261120093000/https://portal.example/";
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("in-an-archive");
        let _ = fs::remove_dir_all(&folder);
        copy(&at_root().folder, &folder);
        let mut folders = vec![folder.clone()];
        while let Some(one) = folders.pop() {
            for entry in fs::read_dir(one).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension() == Some("html".as_ref()) {
                    let page = fs::read_to_string(&path).unwrap();
                    let kept =
                        ["href", "src", "action", "srcset"]
                            .iter()
                            .fold(page, |page, name| {
                                page.replace(&format!(" {name}=\"/"), &format!(" {name}=\"{base}"))
                            });
                    fs::write(&path, kept).unwrap();
                }
            }
        }
        Arc::new(Upstream {
            base: base.to_owned(),
            folder,
            server: None,
        })
    });
    Arc::clone(&SITE)
}

/// An article that the API of [`before_an_api`] has and the static site does not.
pub(super) const NEW_ARTICLE: &str = "port/quay-of-tomorrow/";

/// How its headline begins, in each language.
pub(super) const NEW_HEADLINE: &str = "Bến mới: ";

/// The static site, whose pages ask a `site live` first. That has an article more and an emergency.
pub(super) fn before_an_api() -> Arc<Upstream> {
    static SITE: LazyLock<(Arc<Upstream>, ManagedChild)> = LazyLock::new(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("before-an-api");
        let _ = fs::remove_dir_all(&target);
        let [newer, older] = ["newer", "older"].map(|name| target.join(name));
        for folder in [&newer, &older] {
            copy(&Path::new(crate::ROOT).join("content"), folder);
        }
        publish_more(&newer);
        name_api(&newer, "https://api.example/");
        let arguments = ["live", "--listen", "127.0.0.1:0", "--content"].map(OsStr::new);
        let state = target.join("state");
        let rest = [
            newer.as_os_str(),
            "--state".as_ref(),
            state.as_os_str(),
            "--bundle".as_ref(),
        ];
        let bundle = Path::new(crate::ROOT).join("target/bundle");
        let live = ManagedChild::start(
            env!("CARGO_BIN_EXE_site").as_ref(),
            &[&arguments[..], &rest, &[bundle.as_os_str()]].concat(),
            &[],
        );
        let line = live.wait_for_line("serving at ");
        let address = line.split(' ').nth(2).unwrap_or_default();
        name_api(&older, &format!("{address}/"));
        let out = target.join("site");
        let quick = ["--no-cards", "--no-compression", "--content"].map(OsStr::new);
        build(&[&quick[..], &[older.as_os_str()]].concat(), &out);
        (Arc::new(Upstream::serve("/", out)), live)
    });
    Arc::clone(&SITE.0)
}

/// Names the API in `site.json`.
fn name_api(content: &Path, api: &str) {
    change(&content.join("site.json"), |site| site["api"] = api.into());
}

/// Adds an article with a picture of its own, and an emergency.
fn publish_more(content: &Path) {
    let articles = content.join("articles");
    let folder = articles.join(NEW_ARTICLE);
    copy(&articles.join("port/deep-water-port"), &folder);
    let picture = folder.join("cranes.svg");
    let drawing = fs::read_to_string(&picture).unwrap();
    let other = drawing.replacen(
        "</svg>",
        "<rect width=\"9\" height=\"9\" fill=\"#123\"/></svg>",
        1,
    );
    fs::write(&picture, other).unwrap();
    for lang in Lang::ALL {
        change(&folder.join(format!("{}.json", lang.tag())), |version| {
            version["headline"] = format!("{NEW_HEADLINE}{}", lang.tag()).into();
        });
    }
    change(&content.join("site.json"), |site| {
        let texts: Value = Lang::ALL
            .iter()
            .map(|lang| (lang.tag().to_owned(), json!("Bão số 3.")))
            .collect();
        site["notices"] = json!([{
            "slug": "storm", "level": "emergency", "texts": texts, "published": "2026-05-13T08:30+07:00"
        }]);
    });
}

/// Changes a file of JSON.
fn change(file: &Path, change: impl FnOnce(&mut Value)) {
    let mut value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    change(&mut value);
    fs::write(file, value.to_string()).unwrap();
}

/// Builds a site from the kept bundle. A site without a mark, from an earlier version of the tool,
/// is removed first.
pub(super) fn build(arguments: &[&OsStr], out: &Path) {
    if !out.join(".portal-site").exists() {
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let _ = std::fs::remove_dir_all(out);
        let _ = std::fs::remove_dir_all(out.with_file_name(format!(".{name}.state")));
    }
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .arg("build")
        .args(arguments)
        .arg("--out")
        .arg(out)
        .current_dir(crate::ROOT)
        .output()
        .expect("the tool starts");
    assert!(
        output.status.success(),
        "site build: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

impl Upstream {
    /// A portal at the root, by a server that listens on a port.
    pub(super) fn by(server: impl Send + 'static, port: u16, folder: PathBuf) -> Self {
        Self {
            base: "/".to_owned(),
            folder,
            server: Some((port, Mutex::new(Some(Box::new(server))))),
        }
    }

    /// Serves a built site.
    pub(super) fn serve(base: &str, folder: PathBuf) -> Self {
        let arguments = ["serve".as_ref(), "--dir".as_ref(), folder.as_os_str()];
        let rest = ["--port", "0", "--public-url", base].map(OsStr::new);
        let server = ManagedChild::start(
            env!("CARGO_BIN_EXE_site").as_ref(),
            &[&arguments[..], &rest].concat(),
            &[],
        );
        let line = server.wait_for_line("at http://localhost:");
        let port = line
            .split("localhost:")
            .nth(1)
            .and_then(|rest| rest.split('/').next()?.parse().ok());
        let port = port.unwrap_or_else(|| panic!("no port in: {line}"));
        Self {
            base: base.to_owned(),
            folder,
            server: Some((port, Mutex::new(Some(Box::new(server))))),
        }
    }

    /// Ends the server, which would do its work until all tests are over.
    pub(super) fn stop(&self) {
        if let Some((_, server)) = &self.server {
            server.lock().unwrap().take();
        }
    }

    /// Forwards a request's head and reads the whole response.
    pub(super) fn ask(&self, head: &[&str]) -> Result<Response> {
        let Some((port, _)) = &self.server else {
            return Ok(self.file(head[0]));
        };
        let mut lines = head.to_vec();
        lines.retain(|line| !line.to_ascii_lowercase().starts_with("connection:"));
        let mut server = TcpStream::connect(("127.0.0.1", *port))?;
        server.set_read_timeout(Some(Duration::from_secs(60)))?;
        server
            .write_all(format!("{}\r\nConnection: close\r\n\r\n", lines.join("\r\n")).as_bytes())?;
        let mut bytes = Vec::new();
        server.read_to_end(&mut bytes)?;
        Response::read(&bytes).ok_or_else(|| Error::other("the server's response cannot be parsed"))
    }

    /// A plain host's response to a request line.
    fn file(&self, request: &str) -> Response {
        let path = request.split([' ', '?']).nth(1).unwrap_or_default();
        let below = path.strip_prefix(&self.base);
        let file = below.map(|below| {
            if below.is_empty() || below.ends_with('/') {
                format!("{below}index.html")
            } else {
                below.to_owned()
            }
        });
        let found =
            file.and_then(|file| Some((200, fs::read(self.folder.join(&file)).ok()?, file)));
        let not_found = || {
            (
                404,
                fs::read(self.folder.join("404.html")).unwrap_or_default(),
                "404.html".to_owned(),
            )
        };
        let (status, body, file) = found.unwrap_or_else(not_found);
        let kind = match file.rsplit('.').next().unwrap_or_default() {
            "html" => "text/html",
            "js" => "text/javascript",
            "css" => "text/css",
            "json" => "application/json",
            "svg" => "image/svg+xml",
            "wasm" => "application/wasm",
            _ => "application/octet-stream",
        };
        Response::of(status, kind, body)
    }
}
