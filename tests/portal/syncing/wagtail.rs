//! A real Wagtail: written as an editor writes in it, brought over, built, and read.

use super::strapi::free_port;
use super::{Newsroom, configure, empty_portal, read, sync};
use crate::browser::environment;
use crate::build::{build, write_bundle};
use crate::folder::copy;
use crate::importing::{assert_checks, files};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a Wagtail may take until it answers, on a machine under load.
const PATIENCE: Duration = Duration::from_secs(180);

/// What the editor's requests are let in with.
const EDITOR: &str = "an-editor-of-tests";

/// The page at the root of the site, which the project makes.
const FRONT: u64 = 2;

/// The rubric of culture, which the project makes.
const RUBRIC: u64 = 1;

/// A running Wagtail; it is killed on drop.
pub(crate) struct Wagtail {
    folder: TempDir,
    program: Option<Child>,
    port: u16,
}

impl Wagtail {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let project = Path::new(crate::ROOT).join("tests/sources/wagtail");
        copy(&project, &folder.path().join("project"));
        let mut wagtail = Self {
            folder,
            program: None,
            port: free_port(),
        };
        wagtail.go_on();
        wagtail
    }

    /// Starts it, again with what it had before.
    fn go_on(&mut self) {
        let folder = self.folder.path();
        let log = folder.join("log");
        let program = Command::new("python3")
            .args(["manage.py", "newsroom", &self.port.to_string()])
            .current_dir(folder.join("project"))
            .env("PYTHONPATH", environment::file("PORTAL_WAGTAIL"))
            .env("WAGTAIL_FOLDER", folder)
            .env("EDITOR_TOKEN", EDITOR)
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log).unwrap())
            .spawn()
            .expect("python3 starts");
        self.program = Some(program);
        let start = Instant::now();
        while ureq::get(&self.address("/api/v2/pages/")).call().is_err() {
            let ended = self.program.as_mut().unwrap().try_wait().unwrap();
            assert!(
                ended.is_none() && start.elapsed() < PATIENCE,
                "Wagtail does not start: {}",
                fs::read_to_string(&log).unwrap()
            );
            thread::sleep(Duration::from_millis(100));
        }
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

    fn send(&self, path: &str, body: Vec<u8>) -> u64 {
        let request = ureq::http::Request::post(self.address(path))
            .header("Authorization", format!("Bearer {EDITOR}"))
            .body(body)
            .unwrap();
        let text = ureq::run(request)
            .unwrap_or_else(|error| {
                let log = fs::read_to_string(self.folder.path().join("log")).unwrap();
                panic!("{path}: {error}\n{log}")
            })
            .body_mut()
            .read_to_string()
            .unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["id"]
            .as_u64()
            .unwrap()
    }

    /// Does what an editor does. Returns the number of the page.
    fn edit(&self, action: &str, wish: &Value) -> u64 {
        self.send(&format!("/editor/{action}/"), wish.to_string().into_bytes())
    }

    /// Publishes a page below another one.
    fn create(&self, parent: u64, kind: &str, fields: &Value) -> u64 {
        let wish = json!({"parent": parent, "type": kind, "fields": fields});
        self.edit("create", &wish)
    }

    /// Publishes a change of a page.
    fn change(&self, id: u64, fields: &Value) {
        self.edit("change", &json!({"id": id, "fields": fields}));
    }

    /// Publishes a change of a page, and its translation again: one that is a minute older than its
    /// original is named in reports.
    fn change_original(&self, published: &Published, fields: &Value) {
        self.change(published.article, fields);
        self.change(published.english, &json!({}));
    }

    /// Publishes a translation of a page.
    fn translate(&self, id: u64, locale: &str, fields: &Value) -> u64 {
        let wish = json!({"id": id, "locale": locale, "fields": fields});
        self.edit("translate", &wish)
    }

    /// Puts a picture into the library. Returns its number.
    fn upload(&self, name: &str, width: u32, title: &str) -> u64 {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(width, 400, image::Rgb([20, 80, 120]))
            .write_to(&mut bytes, image::ImageFormat::Jpeg)
            .unwrap();
        let path = format!("/editor/image/?name={name}&title={title}");
        self.send(&path, bytes.into_inner())
    }
}

impl Drop for Wagtail {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Newsroom for Wagtail {
    type Article = Published;
    const HEADLINE: &'static str = "Bến mới mở cửa";

    fn open() -> Self {
        Self::start()
    }

    fn configure(&self, folder: &Path) {
        configure_for(folder, self, "news.ArticlePage");
    }

    fn variables(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }

    fn publish(&self) -> Published {
        publish(self)
    }

    fn retitle(&self, published: &Published, headline: &str) {
        self.change(published.article, &json!({ "title": headline }));
    }

    fn withdraw(&self, published: &Published) {
        self.edit("unpublish", &json!({ "id": published.english }));
    }
}

fn configure_for(folder: &Path, wagtail: &Wagtail, articles: &str) {
    let config = json!({
        "system": "wagtail", "articles": articles,
        "fields": {"lead": "intro", "published": "date"}, "tags": {"Đối tác": "partners"},
    });
    configure(folder, &wagtail.address(""), config);
}

fn paragraph(text: &str) -> Value {
    json!([{"type": "paragraph", "value": format!("<p>{text}</p>")}])
}

/// The pages of the journey.
pub(crate) struct Published {
    section: u64,
    article: u64,
    english: u64,
    cover: u64,
}

/// Publishes an article in two languages, with a cover. A draft is left beside it, and a page that
/// waits for its translation.
fn publish(wagtail: &Wagtail) -> Published {
    let front = json!({"title": "Cảng", "slug": "port"});
    let section = wagtail.create(FRONT, "SectionPage", &front);
    let cover = wagtail.upload(
        "cang.jpg",
        900,
        "C%E1%BA%A3ng%20n%C6%B0%E1%BB%9Bc%20s%C3%A2u",
    );
    let vi = json!({
        "title": "Bến mới mở cửa", "slug": "ben-moi", "intro": "<p>Một bến <b>mới</b>.</p>",
        "body": paragraph("Tàu vào bến."), "date": "2026-10-01T10:00:00+07:00", "author": "An", "cover": cover,
        "tags": ["port", "Đối tác"],
    });
    let article = wagtail.create(section, "ArticlePage", &vi);
    let en = json!({
        "title": "New berth opens", "slug": "new-berth", "intro": "<p>A new berth.</p>",
        "body": paragraph("Ships come in."),
    });
    let english = wagtail.translate(article, "en", &en);
    let waiting = json!({"id": article, "locale": "ko", "fields": {}, "alias": true});
    wagtail.edit("translate", &waiting);
    let draft = json!({"title": "Nháp", "slug": "nhap", "body": paragraph("Nháp.")});
    let draft = json!({"parent": section, "type": "ArticlePage", "fields": draft, "live": false});
    wagtail.edit("create", &draft);
    Published {
        section,
        article,
        english,
        cover,
    }
}

/// A stream with a block of every kind.
fn every_block(wagtail: &Wagtail, published: &Published) -> Value {
    let crane = wagtail.upload("IMG_7.jpg", 600, "IMG_7.jpg");
    let plan = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n".to_vec();
    let plan = wagtail.send("/editor/document/?name=plan.pdf&title=Plan", plan);
    let rich = format!(
        "<p>Tàu <b>vào</b> <a linktype=\"page\" id=\"{}\">bến</a>.</p><ul><li>một</li></ul>\
         <embed embedtype=\"image\" id=\"{crane}\" alt=\"Cần cẩu\" format=\"left\"/>",
        published.section
    );
    json!([
        {"type": "paragraph", "value": rich},
        {"type": "heading", "value": {"text": "Bến", "size": "h2"}},
        {"type": "heading", "value": {"text": "Cầu", "size": "h3"}},
        {"type": "image", "value": {"image": crane, "decorative": false, "alt_text": "Cần cẩu"}},
        {"type": "picture", "value": published.cover},
        {"type": "quote", "value": {"text": "Đẹp.", "attribution": "An"}},
        {"type": "list", "value": ["một", "hai"]},
        {"type": "table", "value": {
            "data": [["Bến", "Sâu"], ["A", "14 m"]], "first_row_is_table_header": true,
            "first_col_is_header": false, "table_header_choice": "row", "table_caption": "Độ sâu"}},
        {"type": "figures", "value": {
            "columns": [{"type": "text", "heading": "Năm"}, {"type": "number", "heading": "Tàu"}],
            "rows": [{"values": ["2026", 7]}], "caption": "Số tàu"}},
        {"type": "embed", "value": "https://www.youtube.com/watch?v=abcdefghijk"},
        {"type": "document", "value": plan},
        {"type": "page", "value": published.section},
        {"type": "raw_html", "value": "<p>Thô</p>"},
        {"type": "weather", "value": {"degrees": 31}},
    ])
}

/// Finds every block in the text, and the others in the report.
fn assert_every_block(folder: &Path, said: &str, section: &str) {
    let body = read(folder, "port/deep-berth/vi.json")["body"].clone();
    let row = |cells: [&str; 2]| json!([cells]);
    let expected = json!([
        {"paragraph": format!("Tàu **vào** [bến]({section}).")},
        {"list": ["một"]},
        {"picture": "img-7"},
        {"heading": "Bến"},
        {"subheading": "Cầu"},
        {"picture": "img-7"},
        {"picture": "cang"},
        {"quote": {"text": "Đẹp.", "source": "An"}},
        {"list": ["một", "hai"]},
        {"table": {"caption": "Độ sâu", "header": ["Bến", "Sâu"], "rows": row(["A", "14 m"])}},
        {"table": {"caption": "Số tàu", "header": ["Năm", "Tàu"], "rows": row(["2026", "7"])}},
        {"video": {
            "title": "www.youtube.com/watch?v=abcdefghijk",
            "address": "https://www.youtube.com/watch?v=abcdefghijk"}},
        {"attachment": {"title": "Plan", "file": "plan"}},
        {"paragraph": format!("[Cảng]({section})")},
        {"paragraph": "Thô"},
    ]);
    assert_eq!(
        body,
        expected,
        "{}",
        serde_json::to_string_pretty(&body).unwrap()
    );
    for part in [
        "weather.degrees",
        "<iframe> has no title",
        "a link leads to Wagtail, because its page is no article",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    let attached = folder.join("content/articles/port/deep-berth/plan.pdf");
    assert!(fs::read(attached).unwrap().starts_with(b"%PDF"));
}

/// Builds the site, and finds words on its pages.
fn assert_site(folder: &Path, expected: &[(&str, &str)]) {
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
        assert!(page.contains(words), "{words} is not in {file}");
    }
}

#[test]
fn what_an_editor_does_in_wagtail_is_what_readers_get() {
    let mut wagtail = Wagtail::start();
    let newsroom = empty_portal();
    let folder = newsroom.path();
    let articles = folder.join("content/articles");
    configure_for(folder, &wagtail, "news.ArticlePage");
    let published = publish(&wagtail);
    let run = |code: i32| sync(folder, code, &[], &[]);

    let said = run(0);
    assert!(said.contains("1 new"), "{said}");
    let vi = read(folder, "port/new-berth/vi.json");
    assert_eq!(
        (&vi["headline"], &vi["lead"]),
        (&json!("Bến mới mở cửa"), &json!("Một bến **mới**."))
    );
    let facts = read(folder, "port/new-berth/article.json");
    assert_eq!(
        (&facts["published"], &facts["cover"], &facts["author"]),
        (
            &json!("2026-10-01T10:00+07:00"),
            &json!("cang"),
            &json!("An")
        )
    );
    assert_eq!(facts["tags"], json!(["port", "partners"]));
    assert!(!articles.join("port/new-berth/ko.json").exists());
    assert!(!articles.join("port/nhap").exists());
    assert_site(
        folder,
        &[
            ("vi/port/new-berth/index.html", "Bến mới mở cửa"),
            ("en/port/new-berth/index.html", "Ships come in."),
            ("en/port/new-berth/index.html", "/assets/cang-"),
            ("vi/index.html", "Bến mới mở cửa"),
        ],
    );
    assert_checks(folder);
    let said = run(0);
    assert!(said.contains("1 as before"), "{said}");

    // A title in one language, a new name, another picture.
    wagtail.change_original(&published, &json!({"title": "Bến mới đón tàu"}));
    run(0);
    let headline = |language: &str| {
        read(folder, &format!("port/new-berth/{language}.json"))["headline"].clone()
    };
    assert_eq!(
        (headline("vi"), headline("en")),
        (json!("Bến mới đón tàu"), json!("New berth opens"))
    );
    let other = wagtail.upload("khac.jpg", 700, "B%E1%BA%BFn%20kh%C3%A1c");
    wagtail.change(published.article, &json!({ "cover": other }));
    wagtail.change(
        published.english,
        &json!({"slug": "deep-berth", "cover": other}),
    );
    run(0);
    let facts = read(folder, "port/deep-berth/article.json");
    assert_eq!(
        (&facts["aliases"], &facts["cover"]),
        (&json!(["port/new-berth"]), &json!("khac"))
    );

    // Wagtail is gone for a while, and goes away while it is asked.
    let before = files(&folder.join("content"));
    wagtail.stop();
    let said = run(2);
    assert!(said.contains("nothing was changed"), "{said}");
    assert!(before == files(&folder.join("content")));
    wagtail.go_on();
    wagtail.change(
        published.english,
        &json!({"body": paragraph("Many ships.")}),
    );
    let many = 1_000;
    wagtail.edit("crash_after", &json!({ "answers": many }));
    sync(folder, 0, &["--dry-run"], &[]);
    let asked = many - wagtail.edit("crash_never", &json!({}));
    for answers in [1, asked - 1] {
        wagtail.edit("crash_after", &json!({ "answers": answers }));
        let said = run(2);
        assert!(said.contains("nothing was changed"), "{said}");
        assert!(before == files(&folder.join("content")));
        wagtail.stop();
        wagtail.go_on();
    }
    run(0);
    assert_site(folder, &[("en/port/deep-berth/index.html", "Many ships.")]);

    // Every block that Wagtail has; what cannot be carried over is named.
    let body = every_block(&wagtail, &published);
    wagtail.change(published.article, &json!({ "body": body }));
    assert_every_block(folder, &run(1), &wagtail.address("/vi/port/"));
    assert_checks(folder);

    wagtail.change_original(&published, &json!({"body": paragraph("Tàu vào bến.")}));
    run(0);

    // One language is unpublished, then the article is deleted.
    wagtail.edit("unpublish", &json!({"id": published.english}));
    run(0);
    assert!(!articles.join("port/deep-berth/en.json").exists());
    assert!(articles.join("port/deep-berth/vi.json").exists());
    wagtail.edit("delete", &json!({"id": published.article}));
    let said = sync(folder, 0, &["--allow-empty"], &[]);
    assert!(said.contains("1 removed"), "{said}");
}

#[test]
fn links_between_articles_follow_them() {
    let wagtail = Wagtail::start();
    let newsroom = empty_portal();
    let folder = newsroom.path();
    configure_for(folder, &wagtail, "news.ArticlePage");
    let section = wagtail.create(
        FRONT,
        "SectionPage",
        &json!({"title": "Cảng", "slug": "port"}),
    );
    let article = |slug: &str, body: &str| {
        let intro = "<p>Một bến mới.</p>";
        json!({"title": slug, "slug": slug, "intro": intro, "body": paragraph(body)})
    };
    // Each of the two links to the other one, so that one of them comes first.
    let berth = wagtail.create(section, "ArticlePage", &article("berth", "Tàu."));
    let link = format!("Xem <a linktype=\"page\" id=\"{berth}\">bến</a>.");
    let tide = wagtail.create(section, "ArticlePage", &article("tide", &link));
    let typed = wagtail.address("/vi/port/tide/#top");
    let body =
        format!("<a href=\"{typed}\">Triều</a> và <a linktype=\"page\" id=\"{berth}\">đây</a>.");
    wagtail.change(berth, &json!({"body": paragraph(&body)}));
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("2 new"), "{said}");
    let body = |place: &str| {
        read(folder, &format!("port/{place}/vi.json"))["body"][0]["paragraph"].clone()
    };
    assert_eq!(body("tide"), "Xem [bến](/port/berth/).");
    assert_eq!(
        body("berth"),
        "[Triều](/port/tide/) và [đây](/port/berth/)."
    );
    assert_checks(folder);

    // An article moves: what links to it is made again, although nobody touched it.
    wagtail.change(berth, &json!({"slug": "quay"}));
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("0 new, 2 changed"), "{said}");
    assert_eq!(body("tide"), "Xem [bến](/port/quay/).");
    assert_checks(folder);

    // It goes: the words stay, and the link is named. It comes again: the link too.
    wagtail.edit("unpublish", &json!({"id": berth}));
    let said = sync(folder, 1, &[], &[]);
    assert!(said.contains("a link became words alone"), "{said}");
    assert_eq!(body("tide"), "Xem bến.");
    assert_checks(folder);
    wagtail.change(berth, &json!({}));
    wagtail.change(tide, &json!({}));
    sync(folder, 0, &[], &[]);
    assert_eq!(body("tide"), "Xem [bến](/port/quay/).");
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("2 as before"), "{said}");
}

#[test]
fn a_page_type_that_says_nothing_about_changes_and_translations_is_read_whole() {
    let wagtail = Wagtail::start();
    let newsroom = empty_portal();
    let folder = newsroom.path();
    let config = json!({
        "system": "wagtail", "articles": "news.NotePage", "fields": {"section": "rubric", "cover": "photo"},
    });
    configure(folder, &wagtail.address(""), config);
    let section = |title: &str, slug: &str| {
        wagtail.create(FRONT, "SectionPage", &json!({"title": title, "slug": slug}))
    };
    let (port, culture) = (section("Cảng", "port"), section("Văn hóa", "culture"));
    let note =
        |title: &str, slug: &str| json!({"title": title, "slug": slug, "body": "<p>Một.</p>"});
    // More than Wagtail shows at once.
    let mut ids = Vec::new();
    for number in 1..=23 {
        let slug = format!("note-{number}");
        ids.push(wagtail.create(port, "NotePage", &note(&slug, &slug)));
    }
    wagtail.translate(ids[0], "en", &note("Note", "note"));
    let cover = wagtail.upload(
        "cang.jpg",
        900,
        "C%E1%BA%A3ng%20n%C6%B0%E1%BB%9Bc%20s%C3%A2u",
    );
    wagtail.change(ids[4], &json!({"cover": cover, "rubric": RUBRIC}));
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("23 new"), "{said}");
    assert_eq!(read(folder, "port/note/vi.json")["headline"], "note-1");
    assert_eq!(read(folder, "port/note/en.json")["headline"], "Note");
    let facts = read(folder, "culture/note-5/article.json");
    let cover = facts["cover"].as_str().unwrap();
    assert_eq!(
        read(folder, "culture/note-5/vi.json")["pictures"][cover]["alternative"],
        "Cảng nước sâu"
    );
    let said = sync(folder, 0, &[], &[]);
    assert!(
        said.contains("0 new, 0 changed, 0 removed, 23 as before"),
        "{said}"
    );

    wagtail.change(ids[1], &json!({"body": "<p>Hai.</p>"}));
    wagtail.edit("move", &json!({"id": ids[2], "to": culture}));
    wagtail.edit("draft", &json!({"id": ids[3], "fields": {"title": "Nháp"}}));
    wagtail.edit("restrict", &json!({"id": ids[5]}));
    let said = sync(folder, 0, &[], &[]);
    assert!(
        said.contains("0 new, 2 changed, 1 removed, 20 as before"),
        "{said}"
    );
    assert_eq!(read(folder, "port/note-2/vi.json")["lead"], "Hai.");
    let moved = read(folder, "culture/note-3/article.json");
    assert_eq!(moved["aliases"], json!(["port/note-3"]));
    assert_eq!(read(folder, "port/note-4/vi.json")["headline"], "note-4");
    assert!(!folder.join("content/articles/port/note-6").exists());
    assert_checks(folder);
}

#[test]
fn what_is_wrong_in_source_json_is_said_in_wagtails_own_words() {
    let wagtail = Wagtail::start();
    let newsroom = empty_portal();
    let folder = newsroom.path();
    let section = json!({"title": "Cảng", "slug": "port"});
    let section = wagtail.create(FRONT, "SectionPage", &section);
    let article = json!({"title": "Bến", "slug": "ben", "body": paragraph("Tàu.")});
    wagtail.create(section, "ArticlePage", &article);
    let wrong = |changes: Value, code: i32, part: &str| {
        let mut config = json!({"system": "wagtail", "articles": "news.ArticlePage"});
        for (key, value) in changes.as_object().unwrap() {
            config[key] = value.clone();
        }
        configure(folder, &wagtail.address(""), config);
        let said = sync(folder, code, &[], &[]);
        assert!(said.contains(part), "{part} is not in {said}");
        assert!(!folder.join("content/articles/port/ben").exists());
    };
    for (changes, code, part) in [
        (json!({"articles": "news.Nothing"}), 2, "type doesn't exist"),
        (
            json!({"articles": "articles"}),
            2,
            "is the type of the pages",
        ),
        (json!({"api": "/nowhere"}), 2, "there is nothing at"),
        (json!({"api": "/vi/port"}), 2, "there is nothing at"),
        (
            json!({"fields": {"body": "text"}}),
            1,
            "add it to api_fields",
        ),
    ] {
        wrong(changes, code, part);
    }
    let config = json!({"system": "wagtail", "articles": "news.ArticlePage", "api": "/api/v2"});
    configure(folder, &wagtail.address(""), config);
    sync(folder, 0, &[], &[]);
    assert!(folder.join("content/articles/port/ben/vi.json").exists());
}
