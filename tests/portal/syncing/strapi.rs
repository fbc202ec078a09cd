//! A real Strapi: written through its API, brought over, built, and read.

use super::{configure, empty_portal, read, sync};
use crate::browser::environment;
use crate::build::{build, write_bundle};
use crate::folder::copy;
use crate::importing::assert_checks;
use serde_json::{Value, json};
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a Strapi may take until it answers, on a machine under load.
const PATIENCE: Duration = Duration::from_secs(180);

/// A running Strapi; it is killed on drop.
struct Strapi {
    folder: TempDir,
    program: Option<Child>,
    port: u16,
    token: String,
}

impl Strapi {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(
            &Path::new(crate::ROOT).join("tests/sources/strapi"),
            folder.path(),
        );
        let modules = environment::file("PORTAL_STRAPI");
        std::os::unix::fs::symlink(modules, folder.path().join("node_modules")).unwrap();
        let port = free_port();
        let mut strapi = Self {
            folder,
            program: None,
            port,
            token: String::new(),
        };
        strapi.go_on();
        strapi
    }

    /// Starts it, again with what it had before.
    fn go_on(&mut self) {
        let folder = self.folder.path();
        let token = folder.join("token");
        let _ = fs::remove_file(&token);
        let program = Command::new("node")
            .args(["node_modules/@strapi/strapi/bin/strapi.js", "start"])
            .current_dir(folder)
            .env("NODE_ENV", "production")
            .env("STRAPI_TELEMETRY_DISABLED", "true")
            .env("STRAPI_PLUGIN_I18N_INIT_LOCALE_CODE", "vi")
            .env("PORT", self.port.to_string())
            .env("DATABASE_FILENAME", folder.join("data.db"))
            .env("TOKEN_FILE", &token)
            .stdout(fs::File::create(folder.join("log")).unwrap())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("node starts");
        self.program = Some(program);
        let start = Instant::now();
        while !token.exists() || ureq::get(&self.address("/_health")).call().is_err() {
            assert!(
                start.elapsed() < PATIENCE,
                "Strapi does not start: {}",
                fs::read_to_string(folder.join("log")).unwrap()
            );
            thread::sleep(Duration::from_millis(100));
        }
        self.token = fs::read_to_string(token).unwrap();
    }

    fn stop(&mut self) {
        if let Some(mut program) = self.program.take() {
            let _ = program.kill();
            let _ = program.wait();
        }
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Writes through the API. Returns what is there then.
    fn write(&self, method: &str, path: &str, data: &Value) -> Value {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(self.address(path))
            .header("Authorization", format!("Bearer {}", self.token))
            .header("Content-Type", "application/json")
            .body(json!({ "data": data }).to_string())
            .unwrap();
        let text = ureq::run(request)
            .unwrap_or_else(|error| panic!("{method} {path}: {error}"))
            .body_mut()
            .read_to_string()
            .unwrap();
        serde_json::from_str::<Value>(&text).map_or(Value::Null, |mut answer| answer["data"].take())
    }

    /// Puts a picture into the library. Returns its number.
    fn upload(&self, name: &str, width: u32, alternative: &str) -> Value {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(width, 400, image::Rgb([20, 80, 120]))
            .write_to(&mut bytes, image::ImageFormat::Jpeg)
            .unwrap();
        let about = json!({"alternativeText": alternative, "caption": ""}).to_string();
        let mut body = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"fileInfo\"\r\n\r\n{about}\r\n--cut\r\n\
             Content-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n"
        )
        .into_bytes();
        body.extend(bytes.into_inner());
        body.extend(b"\r\n--cut--\r\n");
        let request = ureq::http::Request::post(self.address("/api/upload"))
            .header("Authorization", format!("Bearer {}", self.token))
            .header("Content-Type", "multipart/form-data; boundary=cut")
            .body(body)
            .unwrap();
        let text = ureq::run(request)
            .unwrap()
            .body_mut()
            .read_to_string()
            .unwrap();
        serde_json::from_str::<Value>(&text).unwrap()[0]["id"].clone()
    }
}

/// A port that stays free while a CMS is stopped: no connection gets one below 32768 by itself, and
/// no other test gets the same.
pub(super) fn free_port() -> u16 {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 5_000).unwrap();
    loop {
        let port = first + GIVEN.fetch_add(1, Ordering::Relaxed) % 5_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

impl Drop for Strapi {
    fn drop(&mut self) {
        self.stop();
    }
}

fn paragraph(text: &str) -> Value {
    json!([{"type": "paragraph", "children": [{"type": "text", "text": text}]}])
}

/// Publishes an article in two languages, with a cover, and leaves a draft beside it. Returns its
/// name.
fn publish(strapi: &Strapi) -> String {
    let section = strapi.write(
        "POST",
        "/api/sections",
        &json!({"name": "Cảng", "slug": "port"}),
    );
    let cover = strapi.upload("cang.jpg", 900, "Cảng nước sâu");
    let vi = json!({
        "title": "Bến mới mở cửa", "slug": "ben-moi", "lead": "Một bến **mới**.", "body": paragraph("Tàu vào bến."),
        "published": "2026-10-01T03:00:00.000Z", "views": 12, "author": "An", "cover": cover,
        "section": section["documentId"],
    });
    let made = strapi.write("POST", "/api/articles?locale=vi&status=published", &vi);
    let id = made["documentId"].as_str().unwrap().to_owned();
    let en = json!({"title": "New berth opens", "slug": "new-berth", "lead": "A new berth.", "body": paragraph("Ships come in.")});
    strapi.write(
        "PUT",
        &format!("/api/articles/{id}?locale=en&status=published"),
        &en,
    );
    strapi.write(
        "POST",
        "/api/articles?locale=vi&status=draft",
        &json!({"title": "Nháp", "slug": "nhap"}),
    );
    id
}

/// Builds the site, and finds these words in these files.
pub(super) fn read_site(folder: &Path, expected: &[(&str, &str)]) {
    write_bundle(&folder.join("bundle"));
    let built = build(
        folder,
        &["--no-cards", "--no-search", "--no-compression", "--quiet"],
    );
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stdout)
    );
    for (file, words) in expected {
        let page = fs::read_to_string(folder.join("site").join(file)).unwrap();
        assert!(page.contains(*words), "{words} is not in {file}");
    }
}

#[test]
fn what_an_editor_does_in_strapi_is_what_readers_get() {
    let mut strapi = Strapi::start();
    let newsroom = empty_portal();
    let folder = newsroom.path();
    let articles = folder.join("content/articles");
    configure(
        folder,
        &strapi.address(""),
        json!({"token": "STRAPI_TOKEN_OF_TESTS"}),
    );
    let token = strapi.token.clone();
    let run = |code: i32| sync(folder, code, &[], &[("STRAPI_TOKEN_OF_TESTS", &token)]);

    let id = publish(&strapi);
    let said = run(0);
    assert!(said.contains("1 new"), "{said}");
    assert_eq!(
        read(folder, "port/new-berth/vi.json")["headline"],
        "Bến mới mở cửa"
    );
    assert_eq!(
        read(folder, "port/new-berth/vi.json")["lead"],
        "Một bến **mới**."
    );
    assert_eq!(
        read(folder, "port/new-berth/en.json")["body"],
        json!([{"paragraph": "Ships come in."}])
    );
    let facts = read(folder, "port/new-berth/article.json");
    assert_eq!(
        (facts["published"].as_str(), facts["views"].as_u64()),
        (Some("2026-10-01T10:00+07:00"), Some(12))
    );
    assert_eq!(facts["cover"], "cang");
    let expected = [
        ("vi/port/new-berth/index.html", "Bến mới mở cửa"),
        ("en/port/new-berth/index.html", "Ships come in."),
        ("en/port/new-berth/index.html", "/assets/cang-"),
        ("vi/index.html", "Bến mới mở cửa"),
    ];
    read_site(folder, &expected);
    assert_checks(folder);

    // A title in one language, a new name, another picture.
    strapi.write(
        "PUT",
        &format!("/api/articles/{id}?locale=vi&status=published"),
        &json!({"title": "Bến mới đón tàu"}),
    );
    run(0);
    assert_eq!(
        read(folder, "port/new-berth/vi.json")["headline"],
        "Bến mới đón tàu"
    );
    assert_eq!(
        read(folder, "port/new-berth/en.json")["headline"],
        "New berth opens"
    );
    let other = strapi.upload("khac.jpg", 700, "Bến khác");
    strapi.write(
        "PUT",
        &format!("/api/articles/{id}?locale=en&status=published"),
        &json!({"slug": "deep-berth", "cover": other}),
    );
    run(0);
    let facts = read(folder, "port/deep-berth/article.json");
    assert_eq!(
        (&facts["aliases"], &facts["cover"]),
        (&json!(["port/new-berth"]), &json!("khac"))
    );

    // Strapi is gone for a while.
    let before = crate::importing::files(&folder.join("content"));
    strapi.stop();
    let said = run(2);
    assert!(said.contains("nothing was changed"), "{said}");
    assert!(before == crate::importing::files(&folder.join("content")));
    strapi.go_on();

    // One language is unpublished, then the article is deleted.
    strapi.write(
        "DELETE",
        &format!("/api/articles/{id}?locale=en"),
        &json!({}),
    );
    run(0);
    assert!(!articles.join("port/deep-berth/en.json").exists());
    assert!(articles.join("port/deep-berth/vi.json").exists());
    strapi.write(
        "DELETE",
        &format!("/api/articles/{id}?locale=vi"),
        &json!({}),
    );
    let said = sync(
        folder,
        0,
        &["--allow-empty"],
        &[("STRAPI_TOKEN_OF_TESTS", &token)],
    );
    assert!(said.contains("1 removed"), "{said}");
}
