//! What public bodies owe to the public besides news: the pages that the build makes of the register
//! of documents, the questions, the events, the view counts and the assessment of accessibility.

use crate::build::{build, files, project, text};
use crate::live::change;
use crate::tree::{Element, page};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

const LANGUAGES: [&str; 5] = ["vi", "en", "ko", "ja", "zh-Hans"];

/// The moment for which the sites are built.
const AS_OF: &str = "2026-11-30T12:00+07:00";

fn write(folder: &Path, file: &str, value: &Value) {
    let path = folder.join("content").join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, value.to_string()).unwrap();
}

fn site(folder: &Path, key: &str, value: Value) {
    change(&folder.join("content/site.json"), |site| site[key] = value);
}

fn built(folder: &Path) {
    let output = build(
        folder,
        &["--as-of", AS_OF, "--no-compression", "--no-cards"],
    );
    assert!(
        output.status.success(),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
}

fn html(folder: &Path, path: &str) -> String {
    let file = folder.join("site").join(path).join("index.html");
    fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} is not there", file.display()))
}

fn read(folder: &Path, path: &str) -> Element {
    page(&html(folder, path))
}

/// The links within a page's main part: where they lead, and their words.
fn links(page: &Element) -> Vec<(String, String)> {
    let main = page.named("main").pop().unwrap();
    let links = main.named("a").into_iter();
    links
        .map(|link| (link.attribute("href").unwrap(), link.text()))
        .collect()
}

fn leads_to(page: &Element, href: &str) -> bool {
    links(page).iter().any(|(to, _)| to == href)
}

/// What machines read of a page: the part of its JSON-LD with this type.
fn data(page: &Element, kind: &str) -> Value {
    let scripts = page.named("script").into_iter();
    let found = scripts
        .filter(|script| script.attribute("type").as_deref() == Some("application/ld+json"))
        .flat_map(|script| {
            let data: Value = serde_json::from_str(&script.text()).unwrap();
            data["@graph"].as_array().unwrap().clone()
        })
        .find(|part| part["@type"] == kind);
    found.unwrap_or_else(|| panic!("the page has no {kind}"))
}

fn names(english: &str) -> Value {
    let mut names = json!({ "en": english });
    for lang in LANGUAGES.into_iter().filter(|lang| *lang != "en") {
        names[lang] = json!(format!("{english} {lang}"));
    }
    names
}

/// A register with more documents than one page lists.
fn with_register(folder: &Path) {
    let group = |slug: &str, name: &str| json!({ "slug": slug, "names": names(name) });
    let register = json!({
        "leads": names("All documents of the city."),
        "issuers": [group("city", "City"), group("harbour", "Harbour authority"), group("idle", "Idle")],
        "kinds": [group("decision", "Decision"), group("plan", "Plan")],
    });
    write(folder, "documents/register.json", &register);
    with_decisions(folder, 120);
    let plan = json!({
        "number": "7/KH",
        "issued": "2026-02-03",
        "issuer": "harbour",
        "kind": "plan",
        "subjects": { "vi": "Về đê <biển>" },
        "from": "2026-03-01",
        "until": "2026-12-31",
        "replaces": ["d120"],
        "files": [
            { "file": "plan.pdf", "lang": "vi" },
            { "file": "map.csv", "titles": names("Map") }
        ],
    });
    write(folder, "documents/plan/document.json", &plan);
    let files = folder.join("content/documents/plan");
    fs::write(files.join("plan.pdf"), "%PDF-1.4 plan").unwrap();
    fs::write(files.join("map.csv"), "a,b\n").unwrap();
    let draft = json!({
        "number": "8/KH", "issued": "2026-02-04", "issuer": "harbour", "kind": "plan",
        "subjects": { "vi": "Chưa xong" }, "draft": true,
    });
    write(folder, "documents/draft/document.json", &draft);
}

/// So many decisions of the city from 2025, of which the last was issued last.
fn with_decisions(folder: &Path, count: usize) {
    for number in 1..=count {
        let document = json!({
            "number": format!("{number}/QĐ"),
            "issued": format!("2025-{:02}-{:02}", 1 + number / 28, 1 + number % 28),
            "issuer": "city",
            "kind": "decision",
            "subjects": { "vi": "Về bến cảng", "en": format!("On quay {number}") },
        });
        write(
            folder,
            &format!("documents/d{number}/document.json"),
            &document,
        );
    }
}

#[test]
fn the_register_is_listed_in_parts_and_chosen_by_links() {
    let project = project();
    let folder = project.path();
    with_register(folder);
    built(folder);
    let front = read(folder, "en/pages/documents");
    let rows = |page: &Element| page.named("tr").len() - 1;
    assert_eq!(rows(&front), 100);
    let numbers: Vec<String> = front
        .named("tr")
        .iter()
        .skip(1)
        .map(|row| row.named("th")[0].text())
        .collect();
    assert_eq!(numbers[..2], ["7/KH", "120/QĐ"], "the newest is not first");
    for (href, words) in [
        ("/en/pages/documents-2026/", "2026"),
        ("/en/pages/documents-2025/", "2025"),
        ("/en/pages/documents-by-city/", "City"),
        ("/en/pages/documents-by-harbour/", "Harbour authority"),
        ("/en/pages/documents-kind-plan/", "Plan"),
        ("/en/pages/documents-part-2/", "Older documents"),
    ] {
        let link = (href.to_owned(), words.to_owned());
        assert!(links(&front).contains(&link), "{link:?}");
        read(folder, href.trim_matches('/'));
    }
    assert!(!folder.join("site/en/pages/documents-by-idle").exists());
    assert!(!html(folder, "en/pages/documents").contains("8/KH"));
    let second = read(folder, "en/pages/documents-part-2");
    assert_eq!(rows(&second), 21);
    assert!(leads_to(&second, "/en/pages/documents/"));
    let of_harbour = read(folder, "en/pages/documents-by-harbour");
    assert_eq!(rows(&of_harbour), 1);
    assert_eq!(rows(&read(folder, "en/pages/documents-part-2-2025")), 20);
    // A year that a reader looks through offers no more choices.
    assert!(!folder.join("site/en/pages/documents-2025-by-city").exists());
}

#[test]
fn a_year_with_many_documents_offers_two_choices_at_once_and_what_all_share_is_none() {
    let project = project();
    let folder = project.path();
    with_register(folder);
    // 10 of 310 are of another kind; there is one issuer, and one year.
    with_decisions(folder, 310);
    fs::remove_dir_all(folder.join("content/documents/plan")).unwrap();
    for number in 1..=310 {
        let file = folder.join(format!("content/documents/d{number}/document.json"));
        change(&file, |document| {
            document["issued"] = json!(format!(
                "2025-{:02}-{:02}",
                1 + number / 28,
                1 + number % 28
            ));
            if number <= 10 {
                document["kind"] = json!("plan");
            }
        });
    }
    built(folder);
    let front = read(folder, "en/pages/documents");
    assert!(leads_to(&front, "/en/pages/documents-kind-plan/"));
    for gone in ["documents-by-city", "documents-2025"] {
        assert!(!leads_to(&front, &format!("/en/pages/{gone}/")), "{gone}");
        for lang in LANGUAGES {
            let moved = html(folder, &format!("{lang}/pages/{gone}"));
            assert!(
                moved.contains(&format!("/{lang}/pages/documents/")),
                "{moved}"
            );
        }
    }
    // With a second year and a second issuer, all are there, and the year with many has its own.
    let other = json!({
        "number": "1/QĐ", "issued": "2024-05-06", "issuer": "harbour", "kind": "decision", "subjects": { "vi": "Khác" },
    });
    write(folder, "documents/other/document.json", &other);
    change(
        &folder.join("content/documents/d310/document.json"),
        |document| {
            document["issuer"] = json!("harbour");
        },
    );
    built(folder);
    let year = read(folder, "en/pages/documents-2025");
    for (href, words) in [
        ("/en/pages/documents-2025-by-city/", "City"),
        ("/en/pages/documents-2025-by-harbour/", "Harbour authority"),
        ("/en/pages/documents-2025-kind-plan/", "Plan"),
    ] {
        let link = (href.to_owned(), words.to_owned());
        assert!(links(&year).contains(&link), "{link:?}");
    }
    let both = read(folder, "en/pages/documents-2025-kind-plan");
    assert_eq!(both.named("tr").len() - 1, 10);
    assert!(leads_to(&both, "/en/pages/documents-2025/"));
    let heading = both.named("main")[0].named("h1")[0].text();
    assert!(
        heading.contains("2025") && heading.contains("Plan"),
        "{heading}"
    );
    assert!(
        read(folder, "en/pages/documents-part-4-2025-by-city")
            .named("tr")
            .len()
            > 1
    );
    assert!(
        !folder
            .join("site/en/pages/documents-2024-by-harbour")
            .exists()
    );
}

#[test]
fn a_document_has_a_page_with_its_files_that_machines_read_as_legislation() {
    let project = project();
    let folder = project.path();
    with_register(folder);
    built(folder);
    let vi = read(folder, "vi/pages/document-plan");
    let law = data(&vi, "Legislation");
    assert_eq!(law["name"], "Về đê <biển>");
    assert_eq!(law["legislationIdentifier"], "7/KH");
    assert_eq!(law["legislationDate"], "2026-02-03");
    assert_eq!(law["temporalCoverage"], "2026-03-01/2026-12-31");
    assert_eq!(
        law["legislationRepeals"],
        json!(["https://portal.example/vi/pages/document-d120/"])
    );
    let file = law["encoding"][0]["contentUrl"].as_str().unwrap();
    let below = file.strip_prefix("https://portal.example/").unwrap();
    assert_eq!(
        fs::read(folder.join("site").join(below)).unwrap(),
        b"%PDF-1.4 plan"
    );
    assert!(leads_to(&vi, &format!("/{below}")));
    assert!(leads_to(&vi, "/vi/pages/document-d120/"));
    assert!(leads_to(
        &read(folder, "vi/pages/document-d120"),
        "/vi/pages/document-plan/"
    ));
    // What is written in Vietnamese alone is named as such, and led to.
    let en = read(folder, "en/pages/document-plan");
    let main = en.named("main").pop().unwrap();
    assert_eq!(main.named("h1")[0].text(), "Plan 7/KH");
    let there = main
        .named("a")
        .into_iter()
        .find(|link| link.text() == "Vietnamese");
    let there = there.expect("no link to the subject");
    assert_eq!(there.attribute("href").unwrap(), "/vi/pages/document-plan/");
    assert_eq!(there.attribute("hreflang").as_deref(), Some("vi"));
    assert!(main.text().contains("7/KH (Vietnamese)") && main.text().contains("Map"));
}

#[test]
fn each_question_has_an_anchor_that_is_the_same_in_every_language() {
    let project = project();
    let folder = project.path();
    for lang in LANGUAGES {
        let question = |name: &str| {
            json!({ "question": format!("{name} {lang}?"),
                "answer": [{ "paragraph": "Ask **us**." }, { "list": ["one", "two"] }] })
        };
        let section = |name: &str| json!({ "title": format!("{name} {lang}"), "questions": [question("Who"), question("How")] });
        write(
            folder,
            &format!("questions/{lang}.json"),
            &json!({ "title": "Q & A", "lead": "Asked.", "sections": [section("First"), section("Second")] }),
        );
    }
    built(folder);
    for lang in LANGUAGES {
        let page = read(folder, &format!("{lang}/pages/questions"));
        let headings: Vec<String> = ["h2", "h3"]
            .into_iter()
            .flat_map(|name| page.named("main")[0].named(name))
            .filter_map(|heading| heading.attribute("id"))
            .collect();
        let ids = [
            "part-1", "part-2", "part-1-1", "part-1-2", "part-2-1", "part-2-2",
        ];
        assert_eq!(headings, ids);
        let faq = data(&page, "FAQPage");
        assert_eq!(faq["mainEntity"].as_array().unwrap().len(), 4);
        assert_eq!(faq["mainEntity"][3]["name"], format!("How {lang}?"));
        assert_eq!(
            faq["mainEntity"][3]["acceptedAnswer"]["text"],
            "Ask us.\none\ntwo"
        );
    }
}

/// Two events in the article, one of which is over.
fn with_events(folder: &Path) {
    site(folder, "calendar", json!(true));
    let article = folder.join("content/articles/port/deep-water-port");
    for lang in ["vi", "en"] {
        change(&article.join(format!("{lang}.json")), |version| {
            let body = version["body"].as_array_mut().unwrap();
            body.push(
                json!({ "event": { "name": format!("Opening {lang}"), "begin": "2014-10-01" } }),
            );
            body.push(json!({ "event": {
                "name": format!("Ngày hội cảng biển, với tên rất dài để dòng phải gấp lại {lang}"),
                "begin": "2026-12-30T20:00+07:00", "end": "2027-01-02T22:00+07:00", "place": "Quay; north",
            } }));
        });
    }
}

/// The lines of a calendar file, unfolded.
fn lines(calendar: &[u8]) -> Vec<String> {
    let calendar = std::str::from_utf8(calendar).unwrap();
    assert!(calendar.ends_with("\r\n") && !calendar.replace("\r\n", "").contains(['\r', '\n']));
    let long = calendar.split("\r\n").find(|line| line.len() > 75);
    assert_eq!(long, None, "a line is not folded");
    let unfolded = calendar.replace("\r\n ", "");
    unfolded
        .split_terminator("\r\n")
        .map(str::to_owned)
        .collect()
}

fn uids(calendar: &[u8]) -> Vec<String> {
    let lines = lines(calendar).into_iter();
    lines.filter(|line| line.starts_with("UID:")).collect()
}

#[test]
fn what_is_coming_stands_in_the_calendar_and_what_is_over_in_its_archive() {
    let project = project();
    let folder = project.path();
    with_events(folder);
    built(folder);
    let text_of = |path: &str| read(folder, path).named("main")[0].text();
    let coming = text_of("en/pages/events");
    assert!(
        coming.contains("Ngày hội") && !coming.contains("Opening"),
        "{coming}"
    );
    let over = text_of("en/pages/events-past");
    assert!(
        over.contains("Opening en") && !over.contains("Ngày hội"),
        "{over}"
    );
    let front = read(folder, "en/pages/events");
    for month in ["2014-10", "2026-12", "2027-01"] {
        assert!(leads_to(&front, &format!("/en/pages/events-{month}/")));
    }
    // An event stands in each month of its days, and leads to its article.
    for month in ["2026-12", "2027-01"] {
        let page = read(folder, &format!("en/pages/events-{month}"));
        assert!(page.named("main")[0].text().contains("Ngày hội"));
        assert!(leads_to(&page, "/en/port/deep-water-port/"));
        assert!(leads_to(&page, "/en/port/deep-water-port/event-2.ics"));
    }
    let empty = text_of("ko/pages/events-2026-12");
    assert!(!empty.contains("Ngày hội"), "{empty}");
    // Its end is when the calendar is another one.
    let output = build(
        folder,
        &[
            "--as-of",
            "2027-01-02T22:00+07:00",
            "--no-compression",
            "--no-cards",
        ],
    );
    assert!(output.status.success());
    assert!(!text_of("en/pages/events").contains("Ngày hội"));
    assert!(text_of("en/pages/events-past").contains("Ngày hội"));
}

#[test]
fn an_event_keeps_its_name_in_every_file_language_place_and_host() {
    let project = project();
    let folder = project.path();
    with_events(folder);
    built(folder);
    let file = |path: &str| fs::read(folder.join("site").join(path)).unwrap();
    let all = file("en/pages/events/events.ics");
    let right = [
        "UID:20140903T091000Z/event-1@portal.example",
        "UID:20140903T091000Z/event-2@portal.example",
    ];
    assert_eq!(uids(&all), right);
    assert_eq!(uids(&file("vi/pages/events/events.ics")), right);
    assert_eq!(
        uids(&file("vi/port/deep-water-port/event-2.ics")),
        right[1..]
    );
    let all = lines(&all);
    for line in [
        "DTSTART:20261230T130000Z",
        "DTEND:20270102T150000Z",
        "DTSTART;VALUE=DATE:20141001",
        "DTEND;VALUE=DATE:20141002",
        "LOCATION;LANGUAGE=en:Quay\\; north",
        "URL:https://portal.example/en/port/deep-water-port/",
    ] {
        assert!(
            all.iter().any(|known| known == line),
            "{line} is not in {all:#?}"
        );
    }
    // The article moves, and the portal has another host.
    let articles = folder.join("content/articles/port");
    fs::rename(articles.join("deep-water-port"), articles.join("new-port")).unwrap();
    change(&articles.join("new-port/article.json"), |facts| {
        facts["aliases"] = json!(["port/deep-water-port"]);
    });
    site(folder, "lead", json!("port/new-port"));
    site(folder, "origin", json!("https://new.example"));
    site(folder, "former_origins", json!(["https://portal.example"]));
    built(folder);
    assert_eq!(uids(&file("en/pages/events/events.ics")), right);
    assert_eq!(uids(&file("en/port/new-port/event-1.ics")), right[..1]);
}

#[test]
fn an_event_with_an_id_keeps_its_name_where_its_place_in_the_text_changes() {
    let project = project();
    let folder = project.path();
    with_events(folder);
    let file = |path: &str| fs::read(folder.join("site").join(path)).unwrap();
    let version =
        |lang: &str| folder.join(format!("content/articles/port/deep-water-port/{lang}.json"));
    for lang in ["vi", "en"] {
        change(&version(lang), |version| {
            let body = version["body"].as_array_mut().unwrap();
            body.last_mut().unwrap()["event"]["id"] = json!("quay");
        });
    }
    let quay = "UID:20140903T091000Z/event-quay@portal.example".to_owned();
    for moves in [false, true] {
        if moves {
            change(&version("vi"), |version| {
                let body = version["body"].as_array_mut().unwrap();
                let last = body.pop().unwrap();
                body.insert(0, last);
            });
        }
        built(folder);
        for lang in ["vi", "en"] {
            assert!(uids(&file(&format!("{lang}/pages/events/events.ics"))).contains(&quay));
            let own = file(&format!("{lang}/port/deep-water-port/event-quay.ics"));
            assert_eq!(uids(&own), std::slice::from_ref(&quay));
        }
    }
}

#[test]
fn the_site_map_leads_to_every_section_page_and_month() {
    let project = project();
    let folder = project.path();
    with_register(folder);
    with_events(folder);
    site(folder, "site_map", json!(true));
    site(folder, "statistics", json!(true));
    site(folder, "pages", json!(["about", "site-map"]));
    built(folder);
    for lang in LANGUAGES {
        let map = read(folder, &format!("{lang}/pages/site-map"));
        for below in [
            "",
            "port/",
            "tags/",
            "search/",
            "pages/about/",
            "pages/documents/",
            "pages/events/",
            "pages/statistics/",
        ] {
            assert!(
                leads_to(&map, &format!("/{lang}/{below}")),
                "{lang}/{below}"
            );
        }
        assert!(!leads_to(&map, &format!("/{lang}/pages/document-plan/")));
        let footer = map.with_class("footer");
        let to_map = format!("/{lang}/pages/site-map/");
        let in_footer = footer
            .named("a")
            .iter()
            .any(|link| link.attribute("href").as_deref() == Some(to_map.as_str()));
        assert!(in_footer, "site.json lists the map for the footer");
    }
    let map = read(folder, "en/pages/site-map");
    assert!(leads_to(&map, "/en/archive/2014/09/") && leads_to(&map, "/en/archive/2014/"));
}

#[test]
fn statistics_show_the_views_of_each_month_that_was_counted() {
    let project = project();
    let folder = project.path();
    site(folder, "statistics", json!(true));
    site(folder, "views", json!({ "from": "counter" }));
    let import = |views: u32, day: &str| {
        let report = json!([{ "label": "/en/port/deep-water-port/", "url": "/en/port/deep-water-port/", "nb_hits": views }]);
        fs::write(folder.join("report.json"), report.to_string()).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_site"))
            .args([
                "views",
                "import",
                "--format",
                "matomo",
                "report.json",
                "--as-of",
                day,
            ])
            .current_dir(folder)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
    };
    import(100, "2026-09-30");
    import(400, "2026-10-10");
    import(1500, "2026-10-31");
    import(1720, "2026-11-29");
    built(folder);
    let page = read(folder, "en/pages/statistics");
    let main = page.named("main").pop().unwrap();
    let rows: Vec<Vec<String>> = main
        .named("tr")
        .iter()
        .map(|row| {
            let cells = row.all().into_iter();
            cells
                .filter(|cell| matches!(cell.name().as_str(), "th" | "td"))
                .map(|cell| cell.text())
                .collect()
        })
        .collect();
    assert_eq!(
        rows,
        [
            ["Month", "Views"],
            ["November 2026", "220"],
            ["October 2026", "1,400"],
            ["Article", "Views"],
            ["Deep-water port receives its largest ship", "1,720"],
        ]
    );
    let said = main.text();
    assert!(
        said.contains("1,720 views of all articles. Counted up to 29 November 2026."),
        "{said}"
    );
    assert!(said.contains("since October 2026"), "{said}");
    assert!(leads_to(&page, "/en/port/deep-water-port/"));
}

#[test]
fn an_assessment_says_when_by_what_and_what_is_known_to_be_wrong() {
    let project = project();
    let folder = project.path();
    write(
        folder,
        "accessibility.json",
        &json!({
            "assessed": "2026-11-25", "standards": ["WCAG 2.2 AA", "TCVN 1"], "conformance": "partial",
            "tests": [{ "day": "2026-11-24", "tool": "axe-core 4", "pages": 1250, "findings": 3 }],
            "problems": [{ "texts": names("No *captions*."), "until": "2027-02-01" }],
            "contact": "access@portal.example",
        }),
    );
    built(folder);
    let page = read(folder, "en/pages/accessibility-report");
    let said = page.named("main")[0].text();
    for words in [
        "assessed on 25 November 2026 against WCAG 2.2 AA, TCVN 1.",
        "axe-core 4",
        "1,250",
        "No captions. To be mended by 1 February 2027.",
    ] {
        assert!(said.contains(words), "{words} is not in {said}");
    }
    assert!(leads_to(&page, "mailto:access@portal.example"));
}

#[test]
fn what_programs_find_is_written_into_the_assessment_and_nothing_else_changes() {
    let project = project();
    let folder = project.path();
    let file = folder.join("content/accessibility.json");
    let results = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_site"))
            .arg("accessibility")
            .args(arguments)
            .current_dir(folder)
            .output()
            .unwrap();
        (
            output.status.code(),
            text(&output.stdout) + text(&output.stderr).as_str(),
        )
    };
    results(
        "axe.json",
        r#"[{ "testEngine": { "name": "axe-core", "version": "4.11.0" }, "timestamp": "2026-11-26T09:00:00Z", "url": "https://portal.example/vi/", "violations": [] },
        { "testEngine": { "name": "axe-core", "version": "4.11.0" }, "timestamp": "2026-11-26T09:01:00Z", "url": "https://portal.example/en/", "violations": [{ "nodes": [{}, {}] }] }]"#,
    );
    results(
        "vnu.json",
        r#"{ "messages": [{ "type": "error", "url": "https://portal.example/vi/" }] }"#,
    );
    results("login.json", "<html>");
    let (code, said) = run(&["--results", "axe.json"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("there is no content/accessibility.json"),
        "{said}"
    );
    let before = "{ \"assessed\": \"2026-11-25\",   \"standards\": [\"WCAG 2.2 AA\"],\n  \"conformance\": \"full\", \"contact\": \"access@portal.example\" }\n";
    fs::write(&file, before).unwrap();
    for (arguments, words) in [
        (
            &["--results", "login.json"][..],
            "login.json: it is not JSON",
        ),
        (
            &["--results", "content/site.json"],
            "it has no results of axe-core",
        ),
        (
            &["--results", "vnu.json"],
            "say how many it looked at, with --pages",
        ),
        (&["--results", "none.json"], "none.json"),
    ] {
        let (code, said) = run(arguments);
        assert!(code != Some(0) && said.contains(words), "{said}");
        assert_eq!(fs::read_to_string(&file).unwrap(), before);
    }
    let (code, said) = run(&[
        "--results",
        "axe.json",
        "vnu.json",
        "--pages",
        "40",
        "--day",
        "2026-11-27",
    ]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("2026-11-27 axe-core 4.11.0: findings: 2, pages: 2"),
        "{said}"
    );
    assert!(said.contains("write \"partial\""), "{said}");
    let (code, said) = run(&["--results", "axe.json"]);
    assert_eq!(code, Some(0), "{said}");
    let after = fs::read_to_string(&file).unwrap();
    assert!(
        after.contains("\"standards\": [\"WCAG 2.2 AA\"],\n  \"conformance\""),
        "{after}"
    );
    let assessment: Value = serde_json::from_str(&after).unwrap();
    assert_eq!(
        assessment["tests"],
        json!([
            { "day": "2026-11-26", "tool": "axe-core 4.11.0", "pages": 2, "findings": 2 },
            { "day": "2026-11-27", "tool": "Nu Html Checker", "pages": 40, "findings": 1 }
        ])
    );
    assert_eq!(assessment["assessed"], "2026-11-27");
    change(&file, |assessment| {
        assessment["conformance"] = json!("partial");
    });
    built(folder);
    assert!(
        read(folder, "en/pages/accessibility-report").named("main")[0]
            .text()
            .contains("axe-core 4.11.0")
    );
}

#[test]
fn an_error_is_reported_by_a_mail_that_says_where_it_stands() {
    let project = project();
    let folder = project.path();
    site(folder, "report_errors", json!("editors@portal.example"));
    built(folder);
    let page = read(folder, "en/port/deep-water-port");
    let (to, _) = links(&page)
        .into_iter()
        .find(|(_, words)| words == "Report an error in this article")
        .expect("no link");
    assert!(
        to.starts_with("mailto:editors@portal.example?subject=Error%20in%20"),
        "{to}"
    );
    assert!(
        to.contains("https%3A%2F%2Fportal.example%2Fen%2Fport%2Fdeep-water-port%2F")
            && to.contains("English"),
        "{to}"
    );
    // Another mailbox changes the pages that are there.
    site(folder, "report_errors", json!("desk@portal.example"));
    built(folder);
    assert!(html(folder, "vi/port/deep-water-port").contains("mailto:desk@portal.example"));
}

#[test]
fn what_is_switched_off_leaves_no_byte_in_other_pages() {
    let project = project();
    let folder = project.path();
    let all = || -> BTreeMap<String, Vec<u8>> {
        built(folder);
        let site = folder.join("site");
        let named = files(&site).into_iter().map(|(path, bytes)| {
            let below = path.strip_prefix(&site).unwrap();
            (below.to_string_lossy().into_owned(), bytes)
        });
        named.collect()
    };
    let off = all();
    with_register(folder);
    site(folder, "site_map", json!(true));
    site(folder, "statistics", json!(true));
    site(folder, "calendar", json!(true));
    let on = all();
    let changed: BTreeSet<&str> = off
        .iter()
        .filter(|(path, bytes)| on.get(*path) != Some(*bytes))
        .map(|(path, _)| path.as_str())
        .filter(|path| !path.starts_with("search/") && !path.starts_with("sitemap"))
        .filter(|path| !path.starts_with('.'))
        .collect();
    assert!(changed.is_empty(), "{changed:?}");
    let new: Vec<&String> = on.keys().filter(|path| !off.contains_key(*path)).collect();
    let stray = new.iter().find(|path| {
        let own = path.contains("/pages/") || path.starts_with("assets/");
        !own && !path.starts_with("search/")
    });
    assert!(new.len() > 300 && stray.is_none(), "{stray:?}");
    let made = off.keys().find(|path| {
        let standing = path.contains("/pages/") && !path.starts_with("search/");
        standing && !path.contains("/pages/about/")
    });
    assert_eq!(made, None);
}
