//! Texts and addresses from a content file to the published files: text that `site check` accepts
//! reads back unchanged, from pages and from machine-readable files.

use crate::build::{build, project, text};
use crate::tree::{Element, page};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Headlines that are plain text, although they look like markup or code.
const HEADLINES: [&str; 14] = [
    "The <script> tag",
    "<b>, </b> and <!-- x -->",
    "</title><script>window.broken=1</script>",
    "a **b** [c](https://d.example/) `e`",
    "The \\<script> tag",
    "__init__ & &amp; &nbsp; 2 ** 3",
    "\"a\" 'b' “c”",
    "👨‍👩‍👧‍👦 👩🏽‍🚀 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} 1️⃣",
    "葛\u{e0100}飾区 می\u{200c}خواهم",
    "C:\\dir ¯\\_(ツ)_/¯",
    "]]> <![CDATA[ x ]]>",
    "{{x}} ${y} %00 \\u0000",
    "Cảng\u{a0}Đình Vũ – 5 < 6 > 4",
    "javascript:alert(1)",
];

fn site(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_site"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn change(file: &Path, change: impl FnOnce(&mut Value)) {
    let mut value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    change(&mut value);
    fs::write(file, serde_json::to_string_pretty(&value).unwrap()).unwrap();
}

/// The problems of `site check` in a folder, from its JSON report.
fn problems(folder: &Path) -> Vec<Value> {
    let report: Value = serde_json::from_slice(&site(folder, &["check", "--json"]).stdout).unwrap();
    report["problems"].as_array().unwrap().clone()
}

fn article(folder: &Path, slug: &str) -> std::path::PathBuf {
    let articles = folder.join("content/articles/port");
    let made = articles.join(slug);
    if !made.exists() {
        crate::folder::copy(&articles.join("deep-water-port"), &made);
    }
    made
}

fn read_page(folder: &Path, path: &str) -> Element {
    page(&fs::read_to_string(folder.join("site").join(path)).unwrap())
}

#[test]
fn a_headline_comes_back_as_it_was_written_from_everything_that_is_published() {
    let folder = project();
    let folder = folder.path();
    for (number, headline) in HEADLINES.iter().enumerate() {
        let made = article(folder, &format!("row-{number}"));
        change(&made.join("en.json"), |version| {
            version["headline"] = json!(headline);
            version["pictures"]["harbour"]["alternative"] = json!(headline);
        });
    }
    let found = problems(folder);
    assert!(
        found.iter().all(|problem| problem["severity"] == "warning"),
        "{found:?}"
    );
    let built = build(folder, &["--no-cards", "--no-compression"]);
    assert_eq!(
        built.status.code(),
        Some(0),
        "{}{}",
        text(&built.stdout),
        text(&built.stderr)
    );
    let atom = fs::read_to_string(folder.join("site/en/feed.xml")).unwrap();
    let atom = roxmltree::Document::parse(&atom).unwrap();
    let titles: Vec<&str> = atom
        .descendants()
        .filter(|node| node.has_tag_name("title"))
        .map(|node| node.text().unwrap_or_default())
        .collect();
    let feed: Value =
        serde_json::from_slice(&fs::read(folder.join("site/en/feed.json")).unwrap()).unwrap();
    for (number, headline) in HEADLINES.iter().enumerate() {
        let path = format!("en/port/row-{number}/index");
        let page = read_page(folder, &format!("{path}.html"));
        let first = |name: &str| {
            page.named(name)
                .first()
                .map(Element::text)
                .unwrap_or_default()
        };
        assert_eq!(first("h1"), *headline);
        assert_eq!(first("title"), format!("{headline} – Portal"));
        let shown = page
            .named("img")
            .into_iter()
            .any(|image| image.attribute("alt").as_deref() == Some(*headline));
        assert!(shown, "no picture has the text {headline}");
        let is_data =
            |script: &Element| script.attribute("type").as_deref() == Some("application/ld+json");
        let data = page
            .named("script")
            .into_iter()
            .find(is_data)
            .unwrap()
            .text();
        let data: Value = serde_json::from_str(&data).unwrap();
        assert_eq!(data["@graph"][0]["headline"], *headline);
        let document = fs::read(folder.join("site").join(format!("{path}.json"))).unwrap();
        assert!(portal::content::read(&document).is_ok());
        assert!(titles.contains(headline), "{headline} is not in {titles:?}");
        let items = feed["items"].as_array().unwrap();
        assert!(
            items.iter().any(|item| item["title"] == *headline),
            "{headline}"
        );
    }
}

#[test]
fn a_character_that_no_text_may_hold_is_named_wherever_it_stands() {
    let folder = project();
    let folder = folder.path();
    crate::folder::copy(
        &Path::new(crate::ROOT).join("locales"),
        &folder.join("locales"),
    );
    let made = article(folder, "deep-water-port");
    change(&made.join("en.json"), |version| {
        version["headline"] = json!("a\u{fffe}b");
        version["body"] =
            json!([{ "paragraph": "[c](https://d.example/\u{e000})" }, { "list": ["e\u{2028}f"] }]);
        version["pictures"]["harbour\u{fdd0}"] = json!({ "alternative": "x" });
    });
    change(&folder.join("content/site.json"), |site| {
        site["names"]["vi"] = json!("Cổng\u{ad}");
    });
    change(&folder.join("content/pages/about/ja.json"), |page| {
        page["title"] = json!("\u{10ffff}");
    });
    let words = fs::read_to_string(folder.join("locales/ko.json"))
        .unwrap()
        .replacen(": \"", ": \"\u{3164}", 1);
    fs::write(folder.join("locales/ko.json"), words).unwrap();
    let found = problems(folder);
    for (file, name) in [
        (
            "content/articles/port/deep-water-port/en.json",
            "U+FFFE, a noncharacter",
        ),
        (
            "content/articles/port/deep-water-port/en.json",
            "U+E000, a private-use character",
        ),
        (
            "content/articles/port/deep-water-port/en.json",
            "U+2028, a line separator",
        ),
        (
            "content/articles/port/deep-water-port/en.json",
            "U+FDD0, a noncharacter",
        ),
        ("content/site.json", "U+00AD, a soft hyphen"),
        ("content/pages/about/ja.json", "U+10FFFF, a noncharacter"),
        ("locales/ko.json", "U+3164, a filler of Korean letters"),
    ] {
        let is_it = |problem: &&Value| {
            problem["file"] == file
                && problem["message"]
                    .as_str()
                    .is_some_and(|message| message.ends_with(name))
        };
        let problem = found
            .iter()
            .find(is_it)
            .unwrap_or_else(|| panic!("{name} is not in {found:?}"));
        assert!(
            problem["line"].is_u64()
                && problem["column"].is_u64()
                && problem["severity"] == "error",
            "{problem}"
        );
    }
}

#[test]
fn a_link_is_published_as_browsers_write_it_and_the_words_as_they_are() {
    let folder = project();
    let folder = folder.path();
    let made = article(folder, "deep-water-port");
    change(&made.join("en.json"), |version| {
        version["body"] = json!([
            { "paragraph": "[one](https://cổng.vn/tin?a=Cảng) <https://한국.한국/항만> [two](<https://a.example/b c>)" },
            { "contact": { "name": "Office", "web": "https://cổng.vn/" } },
        ]);
    });
    assert_eq!(problems(folder), Vec::<Value>::new());
    let built = build(folder, &["--no-cards", "--no-compression"]);
    assert_eq!(
        built.status.code(),
        Some(0),
        "{}{}",
        text(&built.stdout),
        text(&built.stderr)
    );
    let page = read_page(folder, "en/port/deep-water-port/index.html");
    let links: Vec<(String, String)> = page
        .named("a")
        .iter()
        .filter_map(|link| Some((link.text(), link.attribute("href")?)))
        .collect();
    for (words, to) in [
        ("one", "https://xn--cng-qmz.vn/tin?a=C%E1%BA%A3ng"),
        (
            "https://한국.한국/항만",
            "https://xn--3e0b707e.xn--3e0b707e/%ED%95%AD%EB%A7%8C",
        ),
        ("two", "https://a.example/b%20c"),
        ("cổng.vn", "https://xn--cng-qmz.vn/"),
    ] {
        assert!(
            links.contains(&(words.to_owned(), to.to_owned())),
            "{words} is not in {links:?}"
        );
    }
}

#[test]
fn what_no_browser_can_open_is_refused_wherever_an_address_stands() {
    let folder = project();
    let folder = folder.path();
    let made = article(folder, "deep-water-port");
    let bad = "https://good.example@evil.example/";
    change(&made.join("article.json"), |facts| {
        facts["source"]["address"] = json!(bad);
    });
    change(&made.join("en.json"), |version| {
        version["lead"] = json!(format!("[a]({bad})"));
        version["body"] = json!([
            { "quote": { "text": "a", "source": "b", "link": bad } },
            { "contact": { "name": "a", "web": bad } },
            { "video": { "title": "a", "address": bad } },
            { "table": { "caption": "a", "header": ["b"], "rows": [[format!("<{bad}>")]] } },
        ]);
    });
    change(&folder.join("content/site.json"), |site| {
        let names = site["names"].clone();
        site["agencies"] = json!([{ "names": names, "address": bad }]);
        let place = json!({ "former": names, "present": names, "since": "2025-07-01T00:00+07:00", "link": bad });
        site["places"] = json!([place]);
        let texts: serde_json::Map<String, Value> = names
            .as_object()
            .unwrap()
            .keys()
            .map(|lang| (lang.clone(), json!(format!("[a]({bad})"))))
            .collect();
        let notice = json!({ "slug": "a", "level": "warning", "texts": texts, "published": "2026-01-01T00:00+07:00" });
        site["notices"] = json!([notice]);
    });
    change(&folder.join("content/pages/about/ko.json"), |page| {
        page["lead"] = json!(format!("[a]({bad})"));
    });
    let found = problems(folder);
    let said = found.iter().filter(|problem| {
        problem["message"]
            .as_str()
            .unwrap()
            .contains("leads to evil.example")
    });
    assert_eq!(said.count(), 1 + 5 + 1 + 1 + 5 + 1, "{found:?}");
    assert!(
        found
            .iter()
            .all(|problem| problem["line"].is_u64() && problem["help"].is_string()),
        "{found:?}"
    );
}

#[test]
fn a_host_that_looks_like_the_portals_own_is_warned_of_until_the_portal_has_it() {
    let folder = project();
    let folder = folder.path();
    let made = article(folder, "deep-water-port");
    change(&made.join("en.json"), |version| {
        version["lead"] = json!("[a](https://p0rtal.example/)");
    });
    let found = problems(folder);
    assert!(
        found[0]["message"]
            .as_str()
            .unwrap()
            .contains("looks like this portal's own"),
        "{found:?}"
    );
    assert_eq!((found.len(), &found[0]["severity"]), (1, &json!("warning")));
    change(&folder.join("content/site.json"), |site| {
        site["origin"] = json!("https://p0rtal.example");
    });
    assert_eq!(problems(folder), Vec::<Value>::new());
}

#[test]
fn a_portal_under_an_international_name_has_it_everywhere_in_one_form() {
    let folder = project();
    let folder = folder.path();
    let site_file = folder.join("content/site.json");
    change(&site_file, |site| site["origin"] = json!("https://cổng.vn"));
    let found = problems(folder);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0]["help"]
            .as_str()
            .unwrap()
            .starts_with("write https://xn--cng-qmz.vn: "),
        "{found:?}"
    );
    let origin = "https://xn--cng-qmz.vn";
    change(&site_file, |site| site["origin"] = json!(origin));
    assert_eq!(problems(folder), Vec::<Value>::new());
    let built = build(folder, &["--no-compression"]);
    assert_eq!(
        built.status.code(),
        Some(0),
        "{}{}",
        text(&built.stdout),
        text(&built.stderr)
    );
    let page = read_page(folder, "vi/port/deep-water-port/index.html");
    let own = format!("{origin}/vi/port/deep-water-port/");
    let canonical = page
        .named("link")
        .into_iter()
        .find(|link| link.attribute("rel").as_deref() == Some("canonical"));
    assert_eq!(
        canonical.unwrap().attribute("href").as_deref(),
        Some(own.as_str())
    );
    let shared = page
        .named("a")
        .into_iter()
        .filter_map(|link| link.attribute("href"));
    let encoded = own.replace(':', "%3A").replace('/', "%2F");
    assert!(shared.filter(|href| href.contains(&encoded)).count() > 2);
    for (file, part) in [
        ("sitemap.xml", format!("{origin}/")),
        ("robots.txt", format!("Sitemap: {origin}/sitemap.xml")),
        (
            "vi/feed.xml",
            format!("<id>tag:{},", origin.trim_start_matches("https://")),
        ),
        ("vi/feed.json", format!("\"url\":\"{own}\"")),
        ("vi/port/deep-water-port/index.html", format!("\"{own}\"")),
    ] {
        let written = fs::read_to_string(folder.join("site").join(file)).unwrap();
        assert!(written.contains(&part), "{file} has no {part}");
    }
    for (path, bytes) in crate::build::files(&folder.join("site")) {
        let holds = bytes
            .windows("portal.example".len())
            .any(|part| part == b"portal.example");
        assert!(!holds, "{} has another origin", path.display());
    }
}

#[test]
fn a_folder_in_the_place_of_a_file_and_a_file_in_that_of_a_folder_are_named_once() {
    let port = "content/articles/port/deep-water-port";
    for (path, is_folder) in [
        ("content/site.json".to_owned(), true),
        (format!("{port}/article.json"), true),
        (format!("{port}/en.json"), true),
        ("content/pages/about/ko.json".to_owned(), true),
        ("locales/ja.json".to_owned(), true),
        ("content/pages".to_owned(), false),
        ("content/articles".to_owned(), false),
        ("content/banners".to_owned(), false),
    ] {
        let folder = project();
        let folder = folder.path();
        crate::folder::copy(
            &Path::new(crate::ROOT).join("locales"),
            &folder.join("locales"),
        );
        let place = folder.join(&path);
        if is_folder {
            fs::remove_file(&place).unwrap();
            fs::create_dir(&place).unwrap();
        } else {
            fs::remove_dir_all(&place).unwrap();
            fs::write(&place, "x").unwrap();
        }
        let name = place.file_name().unwrap().to_str().unwrap();
        let expected = format!(
            "\"{name}\" is a {}",
            if is_folder { "folder" } else { "file" }
        );
        let found = problems(folder);
        let about: Vec<&Value> = found
            .iter()
            .filter(|problem| problem["file"] == path)
            .collect();
        assert_eq!(about.len(), 1, "{path}: {found:?}");
        assert_eq!(about[0]["message"], expected, "{path}");
        let all = format!("{found:?}");
        assert!(
            !all.contains(&format!("called \\\"{name}\\\"")) && !all.contains("file is missing"),
            "{path}: {all}"
        );
    }
    let folder = project();
    let picture = folder.path().join(port).join("harbour.svg");
    fs::remove_file(&picture).unwrap();
    fs::create_dir(&picture).unwrap();
    let found = problems(folder.path());
    assert!(
        found
            .iter()
            .all(|problem| problem["message"] == "\"harbour.svg\" is a folder"),
        "{found:?}"
    );
    // Paths that the command line names.
    fs::create_dir(folder.path().join("budgets.json")).unwrap();
    fs::write(folder.path().join("plain"), "").unwrap();
    let folder = folder.path();
    let said = text(&build(folder, &["--content", "plain"]).stderr);
    assert!(
        said.contains("a file is there, and a folder has to be"),
        "{said}"
    );
    let project = project();
    fs::create_dir(project.path().join("limits")).unwrap();
    let said = text(&build(project.path(), &["--budgets", "limits"]).stderr);
    assert!(
        said.contains("it is a folder, and a file has to be there"),
        "{said}"
    );
}

#[test]
fn no_message_repeats_a_text_without_end() {
    // Mistakes of form are reported first, and mistakes of meaning only if there are none of form.
    for of_another_form in [true, false] {
        let folder = project();
        let folder = folder.path();
        let long = "á\"".repeat(5_000);
        let made = article(folder, "deep-water-port");
        change(&made.join("article.json"), |facts| {
            facts["cover"] = json!(long);
            facts["aliases"] = json!([long]);
            facts["source"]["address"] = json!(long);
            facts["pictures"][long.as_str()] = json!({ "file": long });
            facts["files"] = json!({ long.as_str(): long });
            if of_another_form {
                facts["published"] = json!(long);
                facts["tags"] = json!([long]);
                facts[long.as_str()] = json!(1);
            }
        });
        change(&made.join("en.json"), |version| {
            version["headline"] = json!(format!("**{long}**"));
            version["lead"] = json!(format!(
                "[a](https://{}@b.example/) [b]({})",
                "c".repeat(9_000),
                "d".repeat(9_000)
            ));
            version["translated_from"] = json!(long);
            version["pictures"][long.as_str()] = json!({ "alternative": "a" });
            version["body"] = json!([
                { "picture": long },
                { "contact": { "name": "a", "telephone": long, "email": long, "web": long } },
                { "event": { "name": "a", "begin": long } },
                { "video": { "title": "a", "address": long, "poster": long } },
                { "quote": { "text": "a", "source": "b", "link": long } },
                { "attachment": { "title": "a", "file": long } },
                { "paragraph": format!("[a](/{}/) &{};", "e".repeat(9_000), "f".repeat(9_000)) },
            ]);
            if of_another_form {
                version["body"] = json!([{ long.as_str(): "a" }, { "timeline": [{ "date": long, "text": "a" }] }]);
            }
        });
        change(&folder.join("content/site.json"), |site| {
            site["origin"] = json!(long);
            site["lead"] = json!(long);
            site["share"] = json!({ "vi": [long] });
            site["banners"][0]["wide"] = json!(long);
            if of_another_form {
                site["pages"] = json!([long]);
                site["languages"] = json!([long]);
            }
        });
        let views = format!("\"views\": {}", "1".repeat(9_000));
        let facts = fs::read_to_string(made.join("article.json"))
            .unwrap()
            .replace("\"views\": 12810", &views);
        if of_another_form {
            fs::write(made.join("article.json"), facts).unwrap();
        }
        let report = text(&site(folder, &["check"]).stdout);
        let longest = report
            .lines()
            .max_by_key(|line| line.chars().count())
            .unwrap_or_default();
        assert!(longest.chars().count() < 700, "{longest}");
        assert!(report.matches(" characters)").count() > 6, "{report}");
    }
}
