//! Exports of sites in several languages: each plug-in writes them in its own way. A language that
//! nothing says is asked for.

use super::{assert_checks, portal, site, text};
use std::fs;
use std::path::Path;

const MAPPING: &str = r#"{ "source": { "name": "Cũ", "address": "https://cu.example/" }, "language": "vi", "others": "port" }"#;

/// A post: number, path, title, text, and further elements.
type Post<'a> = (u64, &'a str, &'a str, &'a str, &'a str);

fn export(address: &str, language: &str, posts: &[Post<'_>]) -> String {
    let item = |(number, path, title, words, further): &Post<'_>| {
        let name = path
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        format!(
            "<item><title>{title}</title><link>{address}{path}</link><wp:post_id>{number}</wp:post_id>\
            <wp:post_name>{name}</wp:post_name><wp:post_date>2021-03-04 08:00:00</wp:post_date>\
            <wp:post_date_gmt>2021-03-04 01:00:00</wp:post_date_gmt><wp:status>publish</wp:status>\
            <wp:post_type>post</wp:post_type>{further}<content:encoded><![CDATA[{words}]]></content:encoded></item>\n"
        )
    };
    let items: String = posts.iter().map(item).collect();
    format!(
        "<rss xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
        xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><link>{address}</link><language>{language}</language>\
        <wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>{address}</wp:base_blog_url>\n{items}</channel></rss>"
    )
}

fn import(
    folder: &Path,
    files: &[String],
    mapping: &str,
    further: &[&str],
) -> (Option<i32>, String) {
    fs::write(folder.join("m.json"), mapping).unwrap();
    let names: Vec<String> = (0..files.len())
        .map(|number| format!("{number}.xml"))
        .collect();
    for (name, file) in names.iter().zip(files) {
        fs::write(folder.join(name), file).unwrap();
    }
    let mut arguments = vec!["import", "wordpress", "--mapping", "m.json"];
    arguments.extend(names.iter().map(String::as_str));
    let output = site(folder, &[&arguments[..], further].concat());
    let said = text(&output.stdout) + text(&output.stderr).as_str();
    (output.status.code(), said)
}

/// The imported articles, each with its files of languages.
fn articles(folder: &Path) -> Vec<String> {
    let port = folder.join("content/articles/port");
    let mut found = Vec::new();
    for article in fs::read_dir(port)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        let name = article.file_name().unwrap().to_str().unwrap().to_owned();
        let mut langs: Vec<String> = fs::read_dir(&article)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| Some(name.strip_suffix(".json")?.to_owned()))
            .filter(|name| name != "article")
            .collect();
        langs.sort();
        if name != "deep-water-port" {
            found.push(format!("{name}: {}", langs.join(" ")));
        }
    }
    found.sort();
    found
}

fn meta(key: &str, value: &str) -> String {
    format!(
        "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
    )
}

const SITE: &str = "https://cu.example";

/// One text in four languages, with what a plug-in says of each.
fn four(says: impl Fn(&str, u64) -> String) -> String {
    let further: Vec<String> = ["vi", "en", "ko", "zh-hant"]
        .iter()
        .zip(31..)
        .map(|(code, number)| says(code, number))
        .collect();
    export(
        SITE,
        "vi",
        &[
            (31, "/ben-moi/", "Bến mới", "Bến mới đã mở.", &further[0]),
            (
                32,
                "/en/ben-moi/",
                "New berth",
                "A new berth is open.",
                &further[1],
            ),
            (
                33,
                "/ko/ben-moi/",
                "새 선석",
                "새 선석이 열렸다.",
                &further[2],
            ),
            (
                34,
                "/zh-hant/ben-moi/",
                "新泊位",
                "新泊位啟用了。",
                &further[3],
            ),
        ],
    )
}

#[test]
fn the_languages_of_every_plug_in_become_one_article() {
    let icl = four(|code, _| [meta("_icl_lang_code", code), meta("_icl_trid", "7")].concat());
    let plugin = four(|code, _| {
        [
            meta("_wpml_import_language_code", code),
            meta("_wpml_import_translation_group", "7"),
        ]
        .concat()
    });
    let bogo = four(|code, number| {
        let original = if number == 31 {
            String::new()
        } else {
            meta("_original_post", "31")
        };
        let locale = format!("{code}_XX").replace("zh-hant_XX", "zh_TW");
        [meta("_locale", &locale), original].concat()
    });
    let addresses = four(|_, _| String::new());
    for file in [icl, plugin, bogo, addresses] {
        let folder = portal();
        let (code, report) = import(folder.path(), &[file], MAPPING, &[]);
        assert_eq!(code, Some(1), "{report}");
        assert_eq!(articles(folder.path()), ["ben-moi: en ko vi"], "{report}");
        assert!(
            report.contains("this portal has no language \"zh"),
            "{report}"
        );
        assert!(!report.contains("everything was carried over"), "{report}");
        assert_checks(folder.path());
    }
}

#[test]
fn translations_that_name_each_other_become_one_article() {
    let folder = portal();
    let file = export(
        SITE,
        "vi",
        &[
            (
                41,
                "/ben/",
                "Bến",
                "Bến mới.",
                "<wp:translation lang=\"en\" post_id=\"42\"/>",
            ),
            (
                42,
                "/berth/",
                "Berth",
                "A berth.",
                "<wp:translation lang=\"vi\" post_id=\"41\"/><wp:translation lang=\"ko\" post_id=\"43\"/>",
            ),
            (43, "/x/", "선석", "새 선석이다.", ""),
        ],
    );
    let (code, report) = import(folder.path(), &[file], MAPPING, &[]);
    assert_eq!(
        (code, articles(folder.path())),
        (Some(0), vec!["ben: en ko vi".to_owned()]),
        "{report}"
    );
}

#[test]
fn several_languages_within_one_text_become_a_file_each() {
    for [begin, end, close] in [
        ["[:", "]", "[:]"],
        ["<!--:", "-->", "<!--:-->"],
        ["{:", "}", "{:}"],
    ] {
        let folder = portal();
        let text = |vi: &str, en: &str, fr: &str| {
            format!("{begin}vi{end}{vi}{close}{begin}en{end}{en}{close}{begin}fr{end}{fr}{close}")
        };
        let title = text("Bến", "Berth", "Quai")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let content = text("Bến mới.", "A berth.", "Un quai.");
        let file = export(SITE, "vi", &[(51, "/ben/", &title, &content, "")]);
        let (code, report) = import(folder.path(), &[file], MAPPING, &[]);
        assert_eq!(code, Some(1), "{report}");
        assert_eq!(articles(folder.path()), ["ben: en vi"], "{report}");
        assert!(report.contains("no language \"fr\""), "{report}");
        let vi =
            fs::read_to_string(folder.path().join("content/articles/port/ben/vi.json")).unwrap();
        assert!(vi.contains("Bến mới.") && !vi.contains("berth"), "{vi}");
    }
}

#[test]
fn texts_with_several_languages_stay_apart_on_one_line() {
    let folder = portal();
    let file = export(
        SITE,
        "vi",
        &[
            (
                51,
                "/ben/",
                "[:vi]Bến[:en]Berth[:]",
                "[:vi]Bến mới.[:en]A berth.[:]",
                "",
            ),
            (
                52,
                "/tau/",
                "[:vi]Tàu[:en]Ship[:]",
                "[:vi]Tàu lớn.[:en]A ship.[:]",
                "",
            ),
        ],
    );
    let (_, report) = import(folder.path(), &[file.replace('\n', "")], MAPPING, &[]);
    assert_eq!(
        articles(folder.path()),
        ["ben: en vi", "tau: en vi"],
        "{report}"
    );
}

#[test]
fn sites_with_a_language_each_are_joined_when_somebody_says_so() {
    let files = || {
        [
            ("https://cu.example", "vi", "Bến mới đã mở."),
            ("https://cu.example/en", "en-US", "A new berth."),
            ("https://ko.cu.example", "ko-KR", "새 선석이 열렸다."),
        ]
        .map(|(address, language, words)| {
            export(address, language, &[(1, "/ben/", "A", words, "")])
        })
    };
    let folder = portal();
    let (code, report) = import(folder.path(), &files(), MAPPING, &[]);
    assert_eq!(code, Some(2), "{report}");
    assert!(
        report.contains("--site-language") && report.contains("https://ko.cu.example"),
        "{report}"
    );
    let given = [
        "https://cu.example=vi",
        "https://cu.example/en=en",
        "https://ko.cu.example=ko",
    ];
    let given: Vec<&str> = given
        .iter()
        .flat_map(|site| ["--site-language", site])
        .collect();
    let (code, report) = import(folder.path(), &files(), MAPPING, &given);
    assert_eq!(code, Some(1), "{report}");
    assert_eq!(articles(folder.path()), ["ben: en ko vi"], "{report}");
    assert!(
        report.contains("see that they are translations"),
        "{report}"
    );
    assert_checks(folder.path());
}

#[test]
fn a_language_that_the_letters_contradict_is_asked_for() {
    let folder = portal();
    let posts: [Post<'_>; 2] = [
        (61, "/?p=61", "Bến", "Bến mới đã mở.", ""),
        (
            62,
            "/?p=62",
            "선석",
            "새 선석이 열렸다.",
            "<category domain=\"category\" nicename=\"han\">H</category>",
        ),
    ];
    let file = || [export(SITE, "vi", &posts)];
    let (code, report) = import(folder.path(), &file(), MAPPING, &[]);
    assert_eq!(
        (code, articles(folder.path()).len()),
        (Some(2), 0),
        "{report}"
    );
    for part in [
        "post 62 “선석”: it is in Korean letters",
        "\"languages\": {\n    \"62\": \"\"\n  }",
    ] {
        assert!(report.contains(part), "{part}: {report}");
    }
    for languages in ["\"62\": \"ko\"", "\"han\": \"ko\""] {
        let folder = portal();
        let mapping = MAPPING.replace(
            "\"others\"",
            &format!("\"languages\": {{ {languages} }}, \"others\""),
        );
        let (code, report) = import(folder.path(), &file(), &mapping, &[]);
        assert_eq!(code, Some(0), "{report}");
        assert_eq!(articles(folder.path()).len(), 2);
        assert!(
            articles(folder.path())
                .iter()
                .any(|article| article.ends_with(": ko"))
        );
    }
}

#[test]
fn translations_that_no_export_has_are_said_to_be_missing() {
    for (further, plugin) in [
        (meta("_trp_translated", "1"), "TranslatePress"),
        (meta("weglot_status", "1"), "Weglot"),
    ] {
        let folder = portal();
        let posts: [Post<'_>; 1] = [(71, "/ben/", "Bến", "Bến mới đã mở.", &further)];
        let (code, report) = import(folder.path(), &[export(SITE, "vi", &posts)], MAPPING, &[]);
        assert_eq!(code, Some(1), "{report}");
        assert!(
            report.contains(&format!("{plugin} keeps its translations")),
            "{report}"
        );
    }
}
