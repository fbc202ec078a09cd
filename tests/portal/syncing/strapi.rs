//! A real Strapi: written through its API, brought over, built, and read.

use super::following::Following;
use super::{Newsroom, configure, empty_portal, read, sync};
use crate::browser::environment;
use crate::build::{build, write_bundle};
use crate::folder::copy;
use crate::importing::assert_checks;
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a Strapi may take until it answers, on a machine under load.
const PATIENCE: Duration = Duration::from_secs(180);

/// The variable with the token.
const TOKEN: &str = "STRAPI_TOKEN_OF_TESTS";

/// A running Strapi; it is killed on drop.
pub(crate) struct Strapi {
    folder: TempDir,
    program: Option<Child>,
    port: u16,
    pub(crate) token: String,
    /// Where it calls, and with which secret.
    hook: Option<(String, &'static str)>,
}

impl Strapi {
    pub(crate) fn start(hook: Option<(String, &'static str)>) -> Self {
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
            hook,
        };
        strapi.go_on();
        strapi
    }

    /// Starts it, again with what it had before.
    fn go_on(&mut self) {
        let folder = self.folder.path();
        let token = folder.join("token");
        let _ = fs::remove_file(&token);
        let hook = self.hook.iter();
        let hook = hook.flat_map(|(address, secret)| {
            [("HOOK_ADDRESS", address.as_str()), ("HOOK_SECRET", secret)]
        });
        let program = Command::new("node")
            .envs(hook)
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

    pub(crate) fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Writes through the API. Returns what is there then.
    pub(crate) fn write(&self, method: &str, path: &str, data: &Value) -> Value {
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

impl Newsroom for Strapi {
    type Article = String;
    const HEADLINE: &'static str = "Bến mới mở cửa";

    fn open() -> Self {
        Self::start(None)
    }

    fn configure(&self, folder: &Path) {
        configure(folder, &self.address(""), json!({ "token": TOKEN }));
    }

    fn variables(&self) -> Vec<(&'static str, &str)> {
        vec![(TOKEN, &self.token)]
    }

    fn publish(&self) -> String {
        publish(self)
    }

    fn retitle(&self, article: &String, headline: &str) {
        let path = format!("/api/articles/{article}?locale=vi&status=published");
        self.write("PUT", &path, &json!({ "title": headline }));
    }

    fn withdraw(&self, article: &String) {
        let path = format!("/api/articles/{article}?locale=en");
        self.write("DELETE", &path, &json!({}));
    }
}

fn paragraph(text: &str) -> Value {
    json!([{"type": "paragraph", "children": [{"type": "text", "text": text}]}])
}

/// Publishes an article in two languages, with a cover, and leaves a draft beside it. Returns its
/// name.
pub(crate) fn publish(strapi: &Strapi) -> String {
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

/// Proposes a configuration, and syncs with it.
fn propose(strapi: &Strapi) {
    let newsroom = empty_portal();
    let folder = newsroom.path();
    let variable = TOKEN;
    let address = strapi.address("");
    let arguments = [
        "--propose",
        "--system",
        "strapi",
        "--address",
        &address,
        "--token-variable",
        variable,
    ];
    let token = [(variable, strapi.token.as_str())];
    let said = sync(folder, 1, &arguments, &token);
    assert!(said.contains("- 1 text in the locale \"en\""), "{said}");
    let path = folder.join("content/source.json");
    let text = fs::read_to_string(&path).unwrap();
    let mut file: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&file["languages"], &file["sections"]),
        (&json!({"en": "en", "vi": "vi"}), &json!({"port": "port"})),
        "{text}"
    );
    assert_eq!(file["fields"], Value::Null, "{text}");
    file["source"] = json!({"name": "A", "address": "https://a.example/"});
    file["others"] = json!("port");
    fs::write(&path, file.to_string()).unwrap();
    sync(folder, 0, &[], &token);
    assert!(
        folder
            .join("content/articles/port/new-berth/en.json")
            .exists()
    );
}

#[test]
fn what_an_editor_does_in_strapi_is_what_readers_get() {
    let mut strapi = Strapi::start(None);
    let newsroom = empty_portal();
    let folder = newsroom.path();
    let articles = folder.join("content/articles");
    configure(folder, &strapi.address(""), json!({ "token": TOKEN }));
    let token = strapi.token.clone();
    let run = |code: i32| sync(folder, code, &[], &[(TOKEN, &token)]);

    let id = publish(&strapi);
    propose(&strapi);
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
    // The translation is written last: one that is a minute older than its original is named.
    strapi.retitle(&id, "Bến mới đón tàu");
    let english = format!("/api/articles/{id}?locale=en&status=published");
    strapi.write("PUT", &english, &json!({"title": "New berth opens"}));
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
    let said = sync(folder, 0, &["--allow-empty"], &[(TOKEN, &token)]);
    assert!(said.contains("1 removed"), "{said}");
}

#[test]
fn what_strapi_calls_for_is_there_without_a_wait() {
    let secret = "a secret that Strapi sends";
    let port = free_port();
    let hook = format!("http://127.0.0.1:{port}/sync");
    let strapi = Strapi::start(Some((hook, secret)));
    let newsroom = empty_portal();
    let folder = newsroom.path();
    configure(folder, &strapi.address(""), json!({ "token": TOKEN }));
    let variables = [(TOKEN, strapi.token.as_str()), ("SYNC_SECRET", secret)];
    let listen = format!("127.0.0.1:{port}");
    let mut following = Following::start(folder, &["--listen", &listen], &variables);
    following.wait_for("everything is as before");
    let id = publish(&strapi);
    following.wait_for("port/");
    strapi.write(
        "PUT",
        &format!("/api/articles/{id}?locale=vi&status=published"),
        &json!({"title": "Bến mới đón tàu"}),
    );
    let start = Instant::now();
    let places = ["port/new-berth", "port/ben-moi"];
    let is_there = || {
        places.iter().any(|place| {
            let text =
                fs::read_to_string(folder.join("content/articles").join(place).join("vi.json"));
            text.is_ok_and(|text| text.contains("Bến mới đón tàu"))
        })
    };
    while !is_there() {
        assert!(start.elapsed() < PATIENCE, "{:#?}", following.said);
        thread::sleep(Duration::from_millis(50));
    }
    following.stop();
}

/// Passes on what comes from Strapi. Once more bytes than `left` have passed in one answer, the
/// process is killed, and the rest passes of what it had sent until then.
fn proxy(to: u16, pid: u32, left: Arc<AtomicUsize>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for client in listener.incoming().filter_map(Result::ok) {
            let Ok(server) = TcpStream::connect(("127.0.0.1", to)) else {
                continue;
            };
            let (mut asking, mut asked) =
                (client.try_clone().unwrap(), server.try_clone().unwrap());
            thread::spawn(move || std::io::copy(&mut asking, &mut asked));
            let left = Arc::clone(&left);
            thread::spawn(move || pass_on(server, client, pid, &left));
        }
    });
    address
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, pid: u32, left: &AtomicUsize) {
    let (mut bytes, mut passed) = ([0; 4096], 0);
    while let Ok(read) = from.read(&mut bytes)
        && read > 0
    {
        passed += read;
        if passed > left.load(Ordering::SeqCst) {
            left.store(usize::MAX, Ordering::SeqCst);
            let pid = rustix::process::Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
            rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
        }
        if to.write_all(&bytes[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}

#[test]
fn a_strapi_that_is_killed_amid_an_answer_changes_nothing() {
    let mut strapi = Strapi::start(None);
    let newsroom = empty_portal();
    let folder = newsroom.path();
    let section = strapi.write(
        "POST",
        "/api/sections",
        &json!({"name": "Cảng", "slug": "port"}),
    );
    // More than the buffers between the two take at once.
    let text = paragraph(&"Tàu vào bến. ".repeat(40_000));
    for number in 0..18 {
        let article = json!({"title": format!("Bến {number}"), "slug": format!("ben-{number}"), "body": text, "section": section["documentId"]});
        strapi.write("POST", "/api/articles?locale=vi&status=published", &article);
    }
    let left = Arc::new(AtomicUsize::new(1_000_000));
    let pid = strapi.program.as_ref().unwrap().id();
    let address = proxy(strapi.port, pid, Arc::clone(&left));
    configure(folder, &address, json!({ "token": TOKEN }));
    let before = crate::importing::files(&folder.join("content"));
    let run = |strapi: &Strapi, code| sync(folder, code, &[], &[(TOKEN, strapi.token.as_str())]);
    let said = run(&strapi, 2);
    assert_eq!(
        left.load(Ordering::SeqCst),
        usize::MAX,
        "it was not killed: {said}"
    );
    assert!(
        said.contains("cannot be read") && said.contains("nothing was changed"),
        "{said}"
    );
    assert!(before == crate::importing::files(&folder.join("content")));
    strapi.stop();
    strapi.go_on();
    let said = run(&strapi, 0);
    assert!(said.contains("18 new"), "{said}");
}
