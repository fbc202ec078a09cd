//! The sites under test, shared by all tests.

use super::child_process::ManagedChild;
use super::response::Response;
use super::{environment, larger_site};
use std::ffi::OsStr;
use std::fs;
use std::io::{Error, Read, Result, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// A served site.
pub(super) struct Upstream {
    /// Its base path.
    pub(super) base: String,
    /// The folder of its files.
    pub(super) folder: PathBuf,
    /// `site serve` and its port; `None` for a plain host.
    server: Option<(ManagedChild, u16)>,
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

/// Builds a site from the kept bundle. A site without a mark, from an earlier version of the tool,
/// is removed first.
fn build(arguments: &[&OsStr], out: &Path) {
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
    fn serve(base: &str, folder: PathBuf) -> Self {
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
            server: Some((server, port)),
        }
    }

    /// Forwards a request's head and reads the whole response.
    pub(super) fn ask(&self, head: &[&str]) -> Result<Response> {
        let Some((_, port)) = &self.server else {
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
