//! A real WordPress: written through its REST interface, brought over, built, and read.

use super::strapi::{free_port, read_site};
use super::{Newsroom, configure, empty_portal, read, sync};
use crate::browser::environment;
use crate::importing::{assert_checks, files};
use base64::Engine;
use serde_json::{Value, json};
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a WordPress may take until it answers, on a machine under load.
const PATIENCE: Duration = Duration::from_secs(180);

/// The variable with the token.
const TOKEN: &str = "WORDPRESS_TOKEN_OF_TESTS";

/// A running WordPress with its database; both are killed on drop.
pub(crate) struct WordPress {
    folder: TempDir,
    program: Option<Child>,
    port: u16,
    token: String,
}

impl WordPress {
    fn start() -> Self {
        let mut wordpress = Self {
            folder: tempfile::tempdir().unwrap(),
            program: None,
            port: free_port(),
            token: String::new(),
        };
        wordpress.go_on();
        wordpress
    }

    /// Starts it, again with what it had before.
    fn go_on(&mut self) {
        let log = self.file("log");
        let output = fs::File::create(&log).unwrap();
        let program = Command::new("sh")
            .arg(Path::new(crate::ROOT).join("tests/sources/wordpress/serve"))
            .arg(self.folder.path())
            .arg(self.port.to_string())
            .arg(environment::file("PORTAL_WORDPRESS").parent().unwrap())
            // It ends with the test, even one that is killed.
            .stdin(Stdio::piped())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .process_group(0)
            .spawn()
            .expect("sh starts");
        self.program = Some(program);
        let token = self.file("token");
        wait(
            || token.exists() && ureq::get(&self.address("/wp-json/")).call().is_ok(),
            || {
                format!(
                    "WordPress does not start: {}",
                    fs::read_to_string(&log).unwrap()
                )
            },
        );
        self.token = fs::read_to_string(token).unwrap();
    }

    /// Kills it as a power cut does.
    fn stop(&mut self) {
        if let Some(mut program) = self.program.take() {
            let group = rustix::process::Pid::from_child(&program);
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
            let _ = program.wait();
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Asks the REST interface as the editor. Returns what is there then.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Value {
        let login = base64::engine::general_purpose::STANDARD.encode(&self.token);
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(self.address(&format!("/wp-json/wp/v2/{path}")))
            .header("Authorization", format!("Basic {login}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let text = ureq::run(request.body(body).unwrap())
            .unwrap_or_else(|error| panic!("{method} {path}: {error}"))
            .body_mut()
            .read_to_string()
            .unwrap();
        serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{method} {path}: {error}: {text}"))
    }

    /// Writes something. Returns its number.
    fn write(&self, path: &str, data: &Value) -> u64 {
        let headers = [("Content-Type", "application/json")];
        let made = self.ask("POST", path, &headers, data.to_string().into_bytes());
        made["id"].as_u64().unwrap()
    }

    fn delete(&self, path: &str) {
        self.ask("DELETE", &format!("{path}?force=true"), &[], Vec::new());
    }

    /// Puts a picture into the library.
    fn upload(&self, name: &str, width: u32, alternative: &str) -> Value {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(width, 400, image::Rgb([20, 80, 120]))
            .write_to(&mut bytes, image::ImageFormat::Jpeg)
            .unwrap();
        let disposition = format!("attachment; filename=\"{name}\"");
        let headers = [
            ("Content-Type", "image/jpeg"),
            ("Content-Disposition", disposition.as_str()),
        ];
        let made = self.ask("POST", "media", &headers, bytes.into_inner());
        self.write(
            &format!("media/{}", made["id"]),
            &json!({"alt_text": alternative}),
        );
        made
    }

    /// The number of a language.
    fn language(&self, slug: &str) -> u64 {
        self.ask("GET", &format!("languages?slug={slug}"), &[], Vec::new())[0]["id"]
            .as_u64()
            .unwrap()
    }
}

impl Drop for WordPress {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Newsroom for WordPress {
    type Article = Published;
    const HEADLINE: &'static str = "Bến “mới” & tàu";

    fn open() -> Self {
        Self::start()
    }

    fn configure(&self, folder: &Path) {
        configure(folder, &self.address(""), settings(true));
    }

    fn variables(&self) -> Vec<(&'static str, &str)> {
        vec![(TOKEN, &self.token)]
    }

    fn publish(&self) -> Published {
        publish(self)
    }

    fn retitle(&self, posts: &Published, headline: &str) {
        self.write(
            &format!("posts/{}", posts.vi),
            &json!({ "title": headline }),
        );
    }

    fn withdraw(&self, posts: &Published) {
        self.write(&format!("posts/{}", posts.en), &json!({"status": "draft"}));
    }
}

/// Waits until something is so.
fn wait(is_so: impl Fn() -> bool, failed: impl Fn() -> String) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "{}", failed());
        thread::sleep(Duration::from_millis(50));
    }
}

/// What is published: an article in two languages.
pub(crate) struct Published {
    vi: u64,
    en: u64,
    scheduled: u64,
}

/// Publishes an article in two languages, with a cover that is also in the text. Leaves beside it
/// what readers may not see.
fn publish(wordpress: &WordPress) -> Published {
    let port = wordpress.write("categories", &json!({"name": "Cảng", "slug": "port"}));
    let [vi, en] = ["vi", "en"].map(|slug| wordpress.language(slug));
    // Larger than what WordPress shows: it makes smaller ones of it.
    let cover = wordpress.upload("cang.jpg", 2_700, "Cảng nước sâu");
    let (number, small) = (
        &cover["id"],
        &cover["media_details"]["sizes"]["medium"]["source_url"],
    );
    let small = small.as_str().unwrap();
    let post = |changes: Value| {
        let mut post = json!({
            "status": "publish", "date_gmt": "2026-10-01T03:00:00", "categories": [port], "featured_media": number,
            "languages": [vi], "meta": {"translation_group": "berth", "views": 12},
        });
        for (key, value) in changes.as_object().unwrap() {
            post[key] = value.clone();
        }
        wordpress.write("posts", &post)
    };
    let picture = |alternative: &str, caption: &str| {
        format!(
            "<!-- wp:image {{\"id\":{number},\"sizeSlug\":\"medium\"}} --><figure class=\"wp-block-image size-medium\"><img src=\"{small}\" alt=\"{alternative}\" class=\"wp-image-{number}\"/><figcaption>{caption}</figcaption></figure><!-- /wp:image -->"
        )
    };
    let vi_post = post(json!({
        "title": "Bến \"mới\" & tàu", "slug": "ben-moi",
        "content": format!("<!-- wp:paragraph --><p>Tàu vào <strong>bến</strong>.</p><!-- /wp:paragraph -->{}", picture("Bến", "Bến mới")),
        "excerpt": "Một bến mới.",
    }));
    let en_post = post(
        json!({"title": "New berth opens", "slug": "new-berth", "content": format!("<p>Ships come in.</p><p>They leave again.</p>{}", picture("Berth", "The berth")), "languages": [en]}),
    );
    post(json!({"title": "Nháp", "status": "draft", "meta": {}}));
    let scheduled = post(
        json!({"title": "Mai sau", "slug": "mai-sau", "content": "<p>Ngày mai.</p>", "status": "future", "date_gmt": "2999-01-01T00:00:00", "meta": {}}),
    );
    post(json!({"title": "Riêng", "status": "private", "meta": {}}));
    Published {
        vi: vi_post,
        en: en_post,
        scheduled,
    }
}

fn settings(token: bool) -> Value {
    let mut settings = json!({
        "system": "wordpress",
        "fields": {"language": "languages", "translation_group": "translation_group"},
    });
    if token {
        settings["token"] = json!(TOKEN);
    }
    settings
}

/// What came with the first sync, with the token or without it.
fn assert_first(folder: &Path) {
    let vi = read(folder, "port/new-berth/vi.json");
    assert_eq!(vi["headline"], "Bến “mới” & tàu");
    assert_eq!(vi["lead"], "Một bến mới.");
    assert_eq!(vi["body"][0], json!({"paragraph": "Tàu vào **bến**."}));
    let picture = &vi["body"][1]["picture"];
    assert_eq!(
        vi["pictures"][picture.as_str().unwrap()]["caption"],
        "Bến mới"
    );
    let en = read(folder, "port/new-berth/en.json");
    // WordPress made its excerpt of the whole text; the lead is the first paragraph alone.
    assert_eq!(en["lead"], "Ships come in.");
    assert_eq!(en["body"][0], json!({"paragraph": "They leave again."}));
    let facts = read(folder, "port/new-berth/article.json");
    assert_eq!(
        (
            facts["published"].as_str(),
            facts["views"].as_u64(),
            facts["author"].as_str()
        ),
        (Some("2026-10-01T10:00+07:00"), Some(12), Some("An"))
    );
    assert_eq!(facts["cover"], "cang");
    // One file, in full size, though the text shows a small one.
    let names = files(&folder.join("content/articles/port/new-berth"));
    let pictures: Vec<_> = names
        .iter()
        .map(|(name, _)| name.to_string_lossy())
        .filter(|name| name.ends_with(".jpg"))
        .collect();
    assert_eq!(pictures.len(), 1, "{pictures:?}");
    let (width, _) =
        image::image_dimensions(folder.join("content/articles/port/new-berth/cang.jpg")).unwrap();
    assert_eq!(width, 2_560);
}

#[test]
#[cfg_attr(
    not(target_os = "linux"),
    ignore = "WordPress comes from Debian's packages"
)]
fn what_an_editor_does_in_wordpress_is_what_readers_get() {
    let mut wordpress = WordPress::start();
    let newsroom = empty_portal();
    let folder = newsroom.path();
    configure(folder, &wordpress.address(""), settings(true));
    let token = wordpress.token.clone();
    let run = |code: i32, further: &[&str]| sync(folder, code, further, &[(TOKEN, &token)]);

    let posts = publish(&wordpress);
    let said = run(0, &[]);
    assert!(
        said.contains("1 new") && !said.contains("left out"),
        "{said}"
    );
    assert_first(folder);
    assert_checks(folder);
    let expected = [
        ("vi/port/new-berth/index.html", "Bến “mới” &amp; tàu"),
        ("en/port/new-berth/index.html", "Ships come in."),
        ("en/port/new-berth/index.html", "/assets/cang-"),
        ("vi/index.html", "Bến “mới” &amp; tàu"),
    ];
    read_site(folder, &expected);

    // A wrong password is noticed, though the list is there for everybody.
    let said = sync(folder, 2, &["--all"], &[(TOKEN, "an:abcd efgh ijkl")]);
    assert!(
        said.contains("does not accept the token") && !said.contains("efgh"),
        "{said}"
    );
    // Everybody may read the same, at either address of the interface.
    let other = empty_portal();
    configure(other.path(), &wordpress.address(""), settings(false));
    fs::write(wordpress.file("plain-permalinks"), "").unwrap();
    sync(other.path(), 0, &[], &[]);
    assert_first(other.path());
    fs::remove_file(wordpress.file("plain-permalinks")).unwrap();
    // What has just changed is looked at twice, and then no more.
    wait(
        || run(0, &[]).contains("1 as before"),
        || "it is never as before".to_owned(),
    );

    changes(&wordpress, folder, &posts, &run);
    wordpress_dies_while_it_is_read(&mut wordpress, folder, &posts, &run);

    // One language becomes a draft, then the article is deleted.
    wordpress.write(&format!("posts/{}", posts.en), &json!({"status": "draft"}));
    run(0, &[]);
    let article = folder.join("content/articles/port/deep-berth");
    assert!(!article.join("en.json").exists() && article.join("vi.json").exists());
    wordpress.delete(&format!("posts/{}", posts.vi));
    let said = run(0, &["--allow-empty"]);
    assert!(said.contains("1 removed"), "{said}");
    assert!(!article.exists());
}

/// Runs a sync that ends with this exit code. Returns what it says.
type Run<'a> = &'a (dyn Fn(i32, &[&str]) -> String + Sync);

/// A title in one language, another picture, a new name; a password; a scheduled post whose time has
/// come.
fn changes(wordpress: &WordPress, folder: &Path, posts: &Published, run: Run<'_>) {
    let (vi, en) = (format!("posts/{}", posts.vi), format!("posts/{}", posts.en));
    // The translation is saved last: one that is older than its original is named.
    wordpress.write(&vi, &json!({"title": "Bến mới đón tàu"}));
    wordpress.write(&en, &json!({"title": "New berth opens"}));
    run(0, &[]);
    let headline =
        |lang: &str| read(folder, &format!("port/new-berth/{lang}.json"))["headline"].clone();
    assert_eq!(
        (headline("vi"), headline("en")),
        (json!("Bến mới đón tàu"), json!("New berth opens"))
    );
    let other = wordpress.upload("khac.jpg", 700, "Bến khác");
    for post in [&vi, &en] {
        wordpress.write(post, &json!({"featured_media": other["id"]}));
    }
    wordpress.write(&en, &json!({"slug": "deep-berth"}));
    run(0, &[]);
    let facts = read(folder, "port/deep-berth/article.json");
    assert_eq!(
        (&facts["aliases"], &facts["cover"]),
        (&json!(["port/new-berth"]), &json!("khac"))
    );
    assert_checks(folder);

    // Nothing that has a password stays, and it is named until the password is gone.
    wordpress.write(&en, &json!({"password": "x"}));
    let said = run(1, &[]);
    assert!(
        said.contains("a password protects it") && said.contains("New berth opens"),
        "{said}"
    );
    let english = folder.join("content/articles/port/deep-berth/en.json");
    assert!(!english.exists());
    wordpress.write(&en, &json!({"password": ""}));
    run(0, &[]);
    assert!(english.exists());

    let scheduled = format!("posts/{}", posts.scheduled);
    let place = folder.join("content/articles/port/mai-sau");
    assert!(!place.exists());
    wordpress.write(
        &scheduled,
        &json!({"status": "publish", "date_gmt": "2026-10-02T00:00:00"}),
    );
    let said = run(0, &[]);
    assert!(said.contains("1 new") && place.exists(), "{said}");
    wordpress.delete(&scheduled);
    run(0, &[]);
    assert!(!place.exists());
}

/// WordPress is killed between the list and the posts.
fn wordpress_dies_while_it_is_read(
    wordpress: &mut WordPress,
    folder: &Path,
    posts: &Published,
    run: Run<'_>,
) {
    wordpress.write(
        &format!("posts/{}", posts.vi),
        &json!({"title": "Bến đóng cửa"}),
    );
    wordpress.write(
        &format!("posts/{}", posts.en),
        &json!({"title": "Berth closes"}),
    );
    let before = files(&folder.join("content"));
    fs::write(wordpress.file("hold"), "").unwrap();
    let said = thread::scope(|scope| {
        let syncing = scope.spawn(|| run(2, &[]));
        let held = wordpress.file("held");
        wait(|| held.exists(), || "no post was asked for".to_owned());
        wordpress.stop();
        syncing.join().unwrap()
    });
    assert!(said.contains("nothing was changed"), "{said}");
    assert!(before == files(&folder.join("content")));
    fs::remove_file(wordpress.file("hold")).unwrap();
    wordpress.go_on();
    run(0, &[]);
    let headline = read(folder, "port/deep-berth/vi.json")["headline"].clone();
    assert_eq!(headline, "Bến đóng cửa");
}
