//! Posts with the same id: of several sites, of overlapping exports, of damaged exports.

use super::{MAPPING, assert_checks, portal, site, text};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A post of an export.
struct Post<'a> {
    number: &'a str,
    name: &'a str,
    words: &'a str,
    further: &'a str,
}

fn post<'a>(number: &'a str, name: &'a str, words: &'a str) -> Post<'a> {
    Post {
        number,
        name,
        words,
        further: "",
    }
}

/// An export of a site.
fn export(site: &str, posts: &[Post<'_>], further: &str) -> String {
    let item = |Post {
                    number,
                    name,
                    words,
                    further,
                }: &Post<'_>| {
        format!(
            "<item><title>{name}</title><link>https://{site}/{name}/</link>{number}<wp:post_name>{name}</wp:post_name>\
            <wp:post_date>2019-05-06 08:00:00</wp:post_date><wp:post_date_gmt>2019-05-06 01:00:00</wp:post_date_gmt>\
            <wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\
            <category domain=\"category\" nicename=\"tin\">Tin</category>{further}\
            <content:encoded><![CDATA[<p>{words}</p>]]></content:encoded></item>\n"
        )
    };
    let items: String = posts.iter().map(item).collect();
    format!(
        "<rss xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" \
        xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>\
        <link>https://{site}</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://{site}</wp:base_blog_url>\
        \n{items}{further}</channel></rss>"
    )
}

fn id(number: u64) -> String {
    format!("<wp:post_id>{number}</wp:post_id>")
}

/// Imports these files. Returns the exit code and the report.
fn import(folder: &Path, files: &[String], further: &[&str]) -> (Option<i32>, String) {
    fs::write(folder.join("m.json"), MAPPING).unwrap();
    let names: Vec<String> = (0..files.len())
        .map(|number| format!("{number}.xml"))
        .collect();
    for (name, file) in names.iter().zip(files) {
        fs::write(folder.join(name), file).unwrap();
    }
    let mut arguments = vec!["import", "wordpress", "--mapping", "m.json"];
    arguments.extend(names.iter().map(String::as_str));
    let output = site(folder, &[&arguments[..], further].concat());
    (
        output.status.code(),
        text(&output.stdout) + text(&output.stderr).as_str(),
    )
}

/// The imported articles of the section `port` with their texts.
fn articles(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder.join("content/articles/port"))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let article = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (
            name,
            fs::read_to_string(path.join("en.json")).unwrap_or_default(),
        )
    };
    let mut found: Vec<_> = entries
        .map(article)
        .filter(|(name, _)| name != "deep-water-port")
        .collect();
    found.sort();
    found
}

fn names(folder: &Path) -> Vec<String> {
    articles(folder).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn posts_of_two_sites_with_one_number_are_two_articles_with_covers_and_links_of_their_own() {
    let folder = portal();
    let library = |site: &str, file: &str| {
        format!(
            "<item><title>x</title><wp:post_id>30</wp:post_id><wp:post_type>attachment</wp:post_type>\
            <wp:attachment_url>https://{site}/wp-content/uploads/{file}</wp:attachment_url>\
            <wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>Of {site}</wp:meta_value></wp:postmeta>\
            </item>"
        )
    };
    let cover = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>30</wp:meta_value></wp:postmeta>";
    let (one, two) = (id(11), id(12));
    let posts = |first: &'static str, second: &'static str| {
        let link =
            "See <a href=\"/?p=11\">that</a> and <a href=\"https://b.example/?p=11\">there</a>.";
        [
            post(&one, first, "First."),
            Post {
                number: &two,
                name: second,
                words: link,
                further: cover,
            },
        ]
    };
    let files = [
        export(
            "a.example",
            &posts("harbour", "ships"),
            &library("a.example", "IMG_2.png"),
        ),
        export(
            "b.example",
            &posts("flowers", "boats"),
            &library("b.example", "IMG_3.png"),
        ),
    ];
    let (code, report) = import(folder.path(), &files, &["--uploads", "uploads"]);
    assert_eq!(code, Some(0), "{report}");
    assert!(
        report.starts_with("imported 4 articles (4 texts, 2 pictures)"),
        "{report}"
    );
    assert_eq!(
        names(folder.path()),
        ["boats", "flowers", "harbour", "ships"]
    );
    let read = |name: &str, file: &str| -> Value {
        let path = folder
            .path()
            .join("content/articles/port")
            .join(name)
            .join(file);
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    for (name, picture, lead, alternative) in [
        (
            "ships",
            "img-2",
            "See [that](/port/harbour/) and [there](/port/flowers/).",
            "Of a.example",
        ),
        (
            "boats",
            "img-3",
            "See [that](/port/flowers/) and [there](/port/flowers/).",
            "Of b.example",
        ),
    ] {
        assert_eq!(read(name, "article.json")["cover"], picture);
        assert_eq!(read(name, "en.json")["lead"], lead);
        assert_eq!(
            read(name, "en.json")["pictures"][picture]["alternative"],
            alternative
        );
    }
    assert_checks(folder.path());
}

#[test]
fn the_same_post_in_two_files_that_overlap_is_one_and_it_is_said() {
    let folder = portal();
    let (one, two, three) = (id(1), id(2), id(3));
    let files = [
        export(
            "a.example",
            &[post(&one, "a", "A."), post(&two, "b", "B.")],
            "",
        ),
        export(
            "a.example",
            &[post(&two, "b", "B."), post(&three, "c", "C.")],
            "",
        ),
    ];
    let (code, report) = import(folder.path(), &files, &[]);
    assert_eq!(
        (code, names(folder.path())),
        (
            Some(1),
            vec!["a".to_owned(), "b".to_owned(), "c".to_owned()]
        )
    );
    assert!(
        report.contains(
            "post 2 “b”\n  - it is there twice, at 0.xml:3 and at 1.xml:2: it was taken once\n"
        ),
        "{report}"
    );
    assert!(!report.contains("everything"), "{report}");
    assert_checks(folder.path());
}

#[test]
fn a_number_that_is_missing_or_damaged_or_there_twice_costs_nobody_a_text() {
    for number in [
        "",
        "<wp:post_id/>",
        "<wp:post_id>0</wp:post_id>",
        "<wp:post_id>-1</wp:post_id>",
        "<wp:post_id>x</wp:post_id>",
    ] {
        let folder = portal();
        let posts = [
            post(number, "a", "One."),
            post(number, "b", "Two."),
            post(number, "b", "Three."),
        ];
        let (code, report) = import(
            folder.path(),
            &[export("a.example", &posts, "").replace('\n', "")],
            &[],
        );
        assert_eq!(code, Some(0), "{number}: {report}");
        assert_eq!(
            names(folder.path()),
            ["a", "b", "b-2"],
            "{number}: {report}"
        );
        assert_checks(folder.path());
    }
    let folder = portal();
    let (one, two) = (id(5), id(6));
    let posts = [
        post(&one, "a", "One."),
        post(&one, "b", "Two."),
        post(&two, "c", "<a href=\"/?p=5\">x</a> y"),
    ];
    let (code, report) = import(folder.path(), &[export("a.example", &posts, "")], &[]);
    assert_eq!((code, names(folder.path()).len()), (Some(1), 3), "{report}");
    assert!(
        report.contains("several texts have this number"),
        "{report}"
    );
    assert!(
        report.contains("0.xml:2: a") && report.contains("0.xml:3: b"),
        "{report}"
    );
    assert!(
        articles(folder.path())[2]
            .1
            .contains("https://a.example/?p=5"),
        "a link that means two leads to neither"
    );
    assert_checks(folder.path());
}

#[test]
fn another_article_of_the_same_name_is_told_apart_in_every_later_import() {
    let folder = portal();
    let (one, two) = (id(1), id(2));
    let first = export("a.example", &[post(&one, "news", "Harbour.")], "");
    let second = export("b.example", &[post(&two, "news", "Festival.")], "")
        .replace("2019-05-06", "2020-01-02");
    let second = second.replace("<title>news", "<title>Festival");
    assert_eq!(
        import(folder.path(), std::slice::from_ref(&first), &[]).0,
        Some(0)
    );
    for round in 0..2 {
        let (code, report) = import(folder.path(), std::slice::from_ref(&second), &[]);
        assert_eq!(code, Some(1));
        let said = if round == 0 {
            "another article has the address port/news: this one is news-2"
        } else {
            "port/news-2 is there already"
        };
        assert!(report.contains(said), "{report}");
        let (_, report) = import(folder.path(), std::slice::from_ref(&first), &[]);
        assert!(report.contains("port/news is there already"), "{report}");
    }
    let (_, report) = import(folder.path(), std::slice::from_ref(&second), &["--replace"]);
    assert!(report.contains("port/news-2 (replaced)"), "{report}");
    let found = articles(folder.path());
    assert_eq!(found.len(), 2);
    assert!(
        found[0].1.contains("Harbour.") && found[1].1.contains("Festival."),
        "{found:?}"
    );
    assert_checks(folder.path());
    // Within one import the two get different names as well.
    let folder = portal();
    import(folder.path(), &[first, second], &[]);
    assert_eq!(names(folder.path()), ["news", "news-2"]);
    assert_checks(folder.path());
}

#[test]
fn an_address_that_an_article_had_before_is_given_to_no_other() {
    let folder = portal();
    let path = folder
        .path()
        .join("content/articles/port/deep-water-port/article.json");
    let mut facts: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    facts["aliases"] = serde_json::json!(["port/news"]);
    fs::write(&path, facts.to_string()).unwrap();
    let one = id(1);
    let (code, report) = import(
        folder.path(),
        &[export("a.example", &[post(&one, "news", "A.")], "")],
        &[],
    );
    assert_eq!(
        (code, names(folder.path())),
        (Some(1), vec!["news-2".to_owned()]),
        "{report}"
    );
    fs::write(folder.path().join("p.html"), "<title>T</title><p>A</p>").unwrap();
    let page = [
        "import",
        "html",
        "p.html",
        "--section",
        "port",
        "--slug",
        "news",
        "--lang",
        "en",
    ];
    let output = site(
        folder.path(),
        &[&page[..], &["--published", "2014-09-03T16:10+07:00"]].concat(),
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("another article had the address port/news before"));
    assert_checks(folder.path());
}

#[test]
fn a_page_that_replaces_an_article_takes_no_other_language_from_it() {
    let folder = portal();
    fs::write(folder.path().join("p.html"), "<title>T</title><p>A</p>").unwrap();
    let page = [
        "import",
        "html",
        "p.html",
        "--section",
        "port",
        "--slug",
        "deep-water-port",
        "--lang",
        "en",
    ];
    let output = site(
        folder.path(),
        &[
            &page[..],
            &["--replace", "--published", "2014-09-03T16:10+07:00"],
        ]
        .concat(),
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stdout).contains("also has vi.json, which would be lost"),
        "{}",
        text(&output.stdout)
    );
    assert!(
        folder
            .path()
            .join("content/articles/port/deep-water-port/vi.json")
            .is_file()
    );
}
