//! Lists of sentences that `TranslatePress` and Weglot keep outside of the posts: what is translated as a
//! whole is published, what is not is a draft, and nothing goes without a word.

use super::{assert_checks, export, portal, post, site, text};
use serde_json::Value;
use std::fs;
use std::path::Path;

const MAPPING: &str = r#"{ "source": { "name": "Cũ", "address": "https://old.example/" }, "language": "vi", "sections": { "tin": "port" }, "tags": {} }"#;

/// A row of the table of `TranslatePress`: original, translation, status.
fn row(number: usize, (original, translated, status): (&str, &str, u8)) -> String {
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('\'', "\\'");
    format!(
        "({number}, '{}', '{}', {status}, 0, {number})",
        quoted(original),
        quoted(translated)
    )
}

/// A copy of the table with these rows.
fn table(languages: &str, rows: &[(&str, &str, u8)]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .zip(1..)
        .map(|(one, number)| row(number, *one))
        .collect();
    format!(
        "-- a copy\nINSERT INTO `wp_trp_dictionary_{languages}` (`id`, `original`, `translated`, `status`, `block_type`, `original_id`) VALUES\n{};\n",
        rows.join(",\n")
    )
}

fn import(folder: &Path, items: &str, further: &[&str]) -> (Option<i32>, String) {
    fs::write(folder.join("m.json"), MAPPING).unwrap();
    fs::write(folder.join("export.xml"), export(items)).unwrap();
    let arguments = ["import", "wordpress", "export.xml", "--mapping", "m.json"];
    let output = site(folder, &[&arguments[..], further].concat());
    (
        output.status.code(),
        text(&output.stdout) + text(&output.stderr).as_str(),
    )
}

/// A file of an imported article; `None` where it is not there.
fn version(folder: &Path, article: &str, lang: &str) -> Option<Value> {
    let file = folder.join(format!("content/articles/port/{article}/{lang}.json"));
    let text = fs::read_to_string(file).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

fn three_posts() -> String {
    [
        post(
            11,
            "Cảng mới",
            "<p>Cảng nước sâu “lớn”.</p><p>Đọc <a href=\"https://a.example/\">thêm</a> ở đây.</p>",
        ),
        post(12, "Tàu lớn", "<p>Tàu đã đến. Tàu sẽ đi.</p>"),
        post(13, "Chợ hoa", "<p>Chợ hoa mở cửa.</p>"),
    ]
    .concat()
}

#[test]
fn a_text_that_a_list_has_as_a_whole_is_published_and_any_other_is_a_draft() {
    let folder = portal();
    let folder = folder.path();
    let rows = [
        ("Cảng mới", "New port", 2),
        (
            "Cảng nước sâu &#8220;lớn&#8221;.",
            "A “large” deep-water port.",
            2,
        ),
        ("Đọc", "Read", 2),
        ("thêm", "more", 2),
        ("ở đây.", "here.", 2),
        ("Tàu lớn", "A large ship", 2),
        ("Tàu đã đến.", "The ship has arrived.", 2),
    ];
    fs::write(folder.join("en.sql"), table("vi_en_us", &rows)).unwrap();
    let given = ["--translations", "en=en.sql", "--prove"];
    let (code, report) = import(folder, &three_posts(), &given);
    assert_eq!(code, Some(1), "{report}");
    let whole = version(folder, "post-11", "en").expect("no version in English");
    assert_eq!(whole["headline"], "New port");
    assert_eq!(whole["lead"], "A “large” deep-water port.");
    assert_eq!(
        whole["body"][0]["paragraph"],
        "Read [more](https://a.example/) here."
    );
    assert_eq!(whole["draft"], Value::Null);
    assert!(whole["translated_from"].is_string());
    assert!(version(folder, "post-11", "vi").unwrap()["headline"] == "Cảng mới");
    let half = version(folder, "post-12", "en").expect("no draft in English");
    assert_eq!(half["draft"], true);
    assert_eq!(half["lead"], "The ship has arrived. Tàu sẽ đi.");
    assert_eq!(version(folder, "post-13", "en"), None);
    for words in [
        "this sentence is in no list",
        "Tàu sẽ đi.",
        "it has no version in en: the list has 0 of its 2 sentences",
        "post 13 “Chợ hoa”",
        "translations into en: 7 sentences of the list in 2 texts; drafts, because sentences are missing: 1; without a version: 1",
    ] {
        assert!(report.contains(words), "{words}: {report}");
    }
    assert!(
        !report.contains("these words are not in the article"),
        "{report}"
    );
    assert!(!report.contains("fault of the tool"), "{report}");
    assert_checks(folder);
}

#[test]
fn what_a_machine_translated_is_kept_back_and_weglots_files_are_read() {
    let folder = portal();
    let folder = folder.path();
    let weglot = "word_from;word_to;quality;type;url\nCảng mới;새 항만;Manual;Text;/\n\"Cảng nước sâu \"\"lớn\"\".\";\"큰 심수항.\";Automatic;Text;/\n\"Đọc <a wg-1=\"\"\"\">thêm</a> ở đây.\";\"여기서 <a wg-1=\"\"\"\">더</a> 읽기.\";Manual;Text;/\n";
    fs::write(folder.join("ko.csv"), weglot).unwrap();
    let (code, report) = import(folder, &three_posts(), &["--translations", "ko=ko.csv"]);
    assert_eq!(code, Some(1), "{report}");
    let ko = version(folder, "post-11", "ko").expect("no version in Korean");
    assert_eq!(
        (&ko["machine"], &ko["draft"]),
        (&Value::Bool(true), &Value::Null)
    );
    assert_eq!(
        ko["body"][0]["paragraph"],
        "여기서 [더](https://a.example/) 읽기."
    );
    assert!(
        report.contains("a machine translated 1 of its sentences"),
        "{report}"
    );
    assert!(
        report.contains("looks at what a machine wrote: 1"),
        "{report}"
    );
    assert_checks(folder);
}

#[test]
fn lists_of_two_languages_shared_blocks_pictures_and_texts_of_their_own_go_together() {
    let folder = portal();
    let folder = folder.path();
    let block = "<item><title>Hộp</title><wp:post_id>90</wp:post_id><wp:status>publish</wp:status><wp:post_type>wp_block</wp:post_type><content:encoded><![CDATA[<!-- wp:paragraph --><p>Liên hệ ban biên tập.</p><!-- /wp:paragraph -->]]></content:encoded></item>";
    let picture = "<item><title>IMG_1</title><wp:post_id>91</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://old.example/wp-content/uploads/IMG_1.jpg</wp:attachment_url><wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>Cầu cảng</wp:meta_value></wp:postmeta></item>";
    let content = "<!-- wp:paragraph --><p>Cảng nước sâu.</p><!-- /wp:paragraph --><!-- wp:image {\"id\":91} --><figure><img src=\"https://old.example/wp-content/uploads/IMG_1.jpg\" alt=\"\" class=\"wp-image-91\"/></figure><!-- /wp:image --><!-- wp:block {\"ref\":90} /-->";
    let items = [
        post(11, "Cảng mới", content),
        block.to_owned(),
        picture.to_owned(),
    ]
    .concat();
    let both = [
        table(
            "vi_en_us",
            &[
                ("Cảng mới", "New port", 2),
                ("Cảng nước sâu.", "A deep port.", 2),
                ("Liên hệ ban biên tập.", "Write to the editors.", 2),
                ("Cầu cảng", "A quay", 2),
            ],
        ),
        table(
            "vi_ja",
            &[
                ("Cảng mới", "新しい港", 2),
                ("Cảng nước sâu.", "大水深の港。", 2),
            ],
        ),
    ]
    .concat();
    fs::write(folder.join("all.sql"), both).unwrap();
    let given = [
        "--uploads",
        "uploads",
        "--translations",
        "en=all.sql",
        "--translations",
        "ja=all.sql",
    ];
    let (_, report) = import(folder, &items, &given);
    let en = version(folder, "post-11", "en").unwrap_or_else(|| panic!("{report}"));
    assert_eq!(en["draft"], Value::Null, "{report}");
    assert!(
        en.to_string().contains("Write to the editors.") && en.to_string().contains("A quay"),
        "{en}"
    );
    // What the list for Japanese lacks of the block and of the picture makes it a draft.
    let ja = version(folder, "post-11", "ja").unwrap_or_else(|| panic!("{report}"));
    assert_eq!(ja["draft"], true, "{report}");
    assert!(!ja.to_string().contains("Cầu cảng"), "{ja}");
    assert!(
        version(folder, "post-11", "vi")
            .unwrap()
            .to_string()
            .contains("Cầu cảng")
    );
    assert_checks(folder);
}

#[test]
fn a_list_that_is_none_stops_the_import_before_anything_is_written() {
    let folder = portal();
    let folder = folder.path();
    fs::write(folder.join("login.csv"), "<html><title>Log in</title>").unwrap();
    fs::write(
        folder.join("en.sql"),
        table("vi_en_us", &[("Cảng mới", "New port", 2)]),
    )
    .unwrap();
    fs::write(folder.join("cut.csv"), "original,translated\n\"Cảng,Port\n").unwrap();
    for (given, words) in [
        (
            "en=login.csv",
            "the file is a page, not a list of sentences",
        ),
        (
            "ko=en.sql",
            "no table with translations into ko: it has wp_trp_dictionary_vi_en_us",
        ),
        (
            "en=cut.csv",
            "a value begins here with a quotation mark, and does not end",
        ),
        ("en=missing.csv", "missing.csv"),
        ("fr=en.sql", "the languages are vi, en, ko, ja, zh-Hans"),
        ("en.sql", "write the language and the list"),
    ] {
        let (code, report) = import(folder, &three_posts(), &["--translations", given]);
        assert_eq!(code, Some(2), "{given}: {report}");
        assert!(report.contains(words), "{given}: {report}");
        assert!(
            !folder.join("content/articles/port/post-11").exists(),
            "{given}"
        );
    }
}
