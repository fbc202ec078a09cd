//! Exports as they arrive, and what real portals bring along: links to the old site, shared blocks,
//! encoded names, several authors.

use super::{MAPPING, assert_checks, export, portal, post, site, text};
use std::fs;
use std::path::Path;

/// Imports a file. Returns the exit code and what was said.
fn import(folder: &Path, bytes: &[u8], further: &[&str]) -> (Option<i32>, String) {
    fs::write(folder.join("e.xml"), bytes).unwrap();
    fs::write(folder.join("m.json"), MAPPING).unwrap();
    let arguments = [
        "import",
        "wordpress",
        "e.xml",
        "--mapping",
        "m.json",
        "--uploads",
        "uploads",
    ];
    let output = site(folder, &[&arguments[..], further].concat());
    let said = text(&output.stdout) + text(&output.stderr).as_str();
    (output.status.code(), said)
}

fn written(folder: &Path, slug: &str) -> String {
    let path = folder
        .join("content/articles/port")
        .join(slug)
        .join("en.json");
    fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn an_export_is_read_whatever_stands_around_it() {
    let whole = export(&post(1, "A", "<p>The text.</p>"));
    let body = whole.split_once("?>").unwrap().1;
    let utf16: Vec<u8> = format!("\u{feff}{whole}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let korean = whole
        .replace("?>", " encoding='euc-kr'?>")
        .replace("The text.", "@@")
        .into_bytes();
    let at = korean.windows(2).position(|pair| pair == b"@@").unwrap();
    let korean = [&korean[..at], &[0xc7, 0xd7][..], &korean[at + 2..]].concat();
    for (bytes, note, words) in [
        (format!("\n\n \r\n{whole}").into_bytes(), "", "The text."),
        (
            format!("\u{feff}\u{feff}\n{whole}").into_bytes(),
            "",
            "The text.",
        ),
        (
            format!("<br />\n<b>Warning</b>: x in <b>/a.php</b> on line <b>3</b>\n{whole}")
                .into_bytes(),
            "an error message into the file, before",
            "The text.",
        ),
        (
            format!("<!DOCTYPE html><html><body>Log in</body></html>{whole}").into_bytes(),
            "a page stands before",
            "The text.",
        ),
        (
            format!("{whole}\n<!-- 0.2 s -->\n<p>cached</p>").into_bytes(),
            "stand behind",
            "The text.",
        ),
        (utf16, "", "The text."),
        (korean, "EUC-KR", "항"),
        (
            body.replace("The text.", "The &amp;#8; text.")
                .replace("A</title>", "A&#8;</title>")
                .into_bytes(),
            "read as spaces",
            "text.",
        ),
        (
            body.replace(
                "The text.",
                "Ha\u{fb}i Pho\u{f8}ng, tha\u{f8}nh pho\u{e1} ca\u{fb}ng",
            )
            .into_bytes(),
            "VNI",
            "Hải Phòng, thành phố cảng",
        ),
    ] {
        let folder = portal();
        let (code, said) = import(folder.path(), &bytes, &[]);
        assert!(code.is_some_and(|code| code < 2), "{note}: {said}");
        assert!(said.contains(note), "{note}: {said}");
        assert_eq!(
            code == Some(0),
            said.contains("everything was carried over"),
            "{said}"
        );
        assert!(
            written(folder.path(), "post-1").contains(words),
            "{note}: {}",
            written(folder.path(), "post-1")
        );
    }
}

#[test]
fn what_is_no_export_is_named_and_nothing_is_imported() {
    let whole = export(&post(1, "A", "<p>The text.</p>"));
    for (bytes, words) in [
        (b"PK\x03\x04 broken".to_vec(), "packed (ZIP)"),
        (b"\x1f\x8b broken".to_vec(), "packed (gzip)"),
        (
            b"<!DOCTYPE html><html><head><title>Log in &lsaquo; Old</title></head></html>".to_vec(),
            "this is a page “Log in ‹ Old”",
        ),
        (
            b"-- MySQL dump 10\nCREATE TABLE a".to_vec(),
            "a copy of a database",
        ),
        (b"%PDF-1.7".to_vec(), "a PDF"),
        (
            whole.as_bytes()[..whole.len() - 30].to_vec(),
            "ends too early",
        ),
        (
            [
                b"\xbc\xbc\xbc\xae \xb5\xce \xb0\xf7\xc0\xcc ".as_slice(),
                whole.as_bytes(),
            ]
            .concat(),
            "EUC-KR",
        ),
    ] {
        let folder = portal();
        let (code, said) = import(folder.path(), &bytes, &[]);
        assert_eq!(code, Some(2), "{words}: {said}");
        assert!(
            said.contains(words) && said.contains("nothing was imported"),
            "{words}: {said}"
        );
    }
    let folder = portal();
    let (code, said) = import(folder.path(), export("").as_bytes(), &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("there was nothing to import") && !said.contains("everything"),
        "{said}"
    );
}

#[test]
fn every_link_to_the_old_site_leads_to_its_new_place_or_is_listed() {
    let folder = portal();
    fs::write(folder.path().join("uploads/plan.pdf"), b"%PDF-1.4\n").unwrap();
    let links = "See <a href='http://www.old.example/post-2/?utm_source=zalo#part'>two</a>, <a href='../post-2/'>again</a>, \
        <a href='/?p=2'>number</a>, <a href='/category/tin/'>section</a>, <a href='/tag/partners/'>tag</a>, \
        <a href='https://old.example/'>home</a>, <a href='/tag/other/'>other</a>, <a href='/feed/'>feed</a>, \
        <a href='/gone/'>gone</a>, <a href='/wp-content/uploads/plan.pdf'>the plan</a>, \
        <a href='/wp-content/uploads/plan.doc'>the draft</a>, <a href='/wp-content/uploads/lost.pdf'>lost</a>, \
        <a href='/?attachment_id=9'>the file</a>, <a href='https://elsewhere.example/'>elsewhere</a>.";
    let link = |number: usize| format!("<link>https://old.example/post-{number}/</link>");
    let with_link =
        |number: usize, item: String| item.replace("<item>", &format!("<item>{}", link(number)));
    let file = "<item><title>F</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type>\
        <wp:attachment_url>https://old.example/wp-content/uploads/plan.pdf</wp:attachment_url></item>";
    let whole = export(
        &[
            with_link(1, post(1, "One", links)),
            with_link(2, post(2, "Two", "<p>b</p>")),
            file.to_owned(),
        ]
        .concat(),
    );
    let (code, said) = import(folder.path(), whole.as_bytes(), &[]);
    assert_eq!(code, Some(1), "{said}");
    let one = written(folder.path(), "post-1");
    for right in [
        "[two](/port/post-2/)",
        "[again](/port/post-2/)",
        "[number](/port/post-2/)",
        "[section](/port/)",
        "[tag](/tags/partners/)",
        "[home](/)",
        "\"title\": \"the plan\"",
        "elsewhere.example",
    ] {
        assert!(one.contains(right), "{right}: {one}");
    }
    assert_eq!(one.matches("\"attachment\"").count(), 1, "{one}");
    for left in ["tag/other/", "feed/", "gone/", "plan.doc", "lost.pdf"] {
        assert!(
            said.contains(&format!(
                "https://old.example/{}",
                if left.contains('.') {
                    format!("wp-content/uploads/{left}")
                } else {
                    left.to_owned()
                }
            )),
            "{left}: {said}"
        );
    }
    assert!(
        said.contains("a part of a page, #part") && said.contains("save it as .docx"),
        "{said}"
    );
    assert_eq!(
        said.matches("still leads to the old site").count(),
        5,
        "{said}"
    );
    assert_checks(folder.path());
}

#[test]
fn shared_blocks_are_shown_where_they_stand_and_what_is_missing_is_listed() {
    let folder = portal();
    let block = |number, words: &str| post(number, "Shared", words).replace(">post<", ">wp_block<");
    let items = [
        block(
            5,
            "<!-- wp:paragraph --><p>Call 0225.</p><!-- /wp:paragraph -->",
        ),
        block(6, "<!-- wp:block {\"ref\":6} /-->"),
        post(
            1,
            "One",
            "<!-- wp:paragraph --><p>First.</p><!-- /wp:paragraph --><!-- wp:block {\"ref\":5} /--><!-- wp:block {\"ref\":6} /--><!-- wp:block {\"ref\":77} /-->",
        ),
    ];
    let whole = export(&items.concat());
    let (code, said) = import(folder.path(), whole.as_bytes(), &["--prove"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        written(folder.path(), "post-1").contains("Call 0225."),
        "{said}"
    );
    assert!(
        said.contains("none of the number 77") && said.contains("stands in itself"),
        "{said}"
    );
    assert!(
        said.contains("words of the source were looked for"),
        "{said}"
    );
}

#[test]
fn old_addresses_are_written_for_the_host_in_every_spelling() {
    let folder = portal();
    let link = "https://old.example/%ed%95%ad%eb%a7%8c/";
    let item = post(1, "항만", "<p>a <a href='https://old.example/항만/'>b</a> <a href='https://old.example/%ED%95%AD%EB%A7%8C'>c</a></p>")
        .replace("<item>", &format!("<item><link>{link}</link>"));
    let twice = post(2, "Two", "<p>a</p>").replace("post-2<", "xin%2520ch%25c3%25a0o<");
    let (_, said) = import(
        folder.path(),
        export(&[item, twice].concat()).as_bytes(),
        &["--redirects", "old.csv"],
    );
    assert_eq!(
        written(folder.path(), "post-1")
            .matches("](/port/post-1/)")
            .count(),
        2,
        "{said}"
    );
    assert!(
        folder
            .path()
            .join("content/articles/port/xin-chao")
            .is_dir(),
        "{said}"
    );
    let table = fs::read_to_string(folder.path().join("old.csv")).unwrap();
    assert_eq!(
        table,
        "from,to\n\"/%ed%95%ad%eb%a7%8c/\",/en/port/post-1/\n"
    );
}

#[test]
fn the_byline_names_the_authors_that_readers_saw_and_no_address() {
    let folder = portal();
    let with = |number, further: &str| {
        post(number, "A", "<p>a</p>").replace("<wp:status>", &format!("<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>desk</dc:creator>{further}<wp:status>"))
    };
    let author = |slug: &str, name: &str| {
        format!("<category domain=\"author\" nicename=\"{slug}\">{name}</category>")
    };
    let meta = |key: &str, value: &str| {
        format!(
            "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
        )
    };
    let guest = format!(
        "<item><title>g</title><wp:post_id>8</wp:post_id><wp:post_name>cap-khach</wp:post_name><wp:post_type>guest-author</wp:post_type>{}{}</item>",
        meta("cap-display_name", "Trần Khách"),
        meta("cap-user_email", "x@mail.example")
    );
    let users = "<wp:author><wp:author_id>3</wp:author_id><wp:author_login>desk</wp:author_login><wp:author_display_name>desk@mail.example</wp:author_display_name></wp:author>\
        <wp:author><wp:author_id>4</wp:author_id><wp:author_login>minh</wp:author_login><wp:author_display_name>Minh Hảo</wp:author_display_name></wp:author>";
    let two = [author("cap-minh", "minh"), author("cap-khach", "khach")].concat();
    let plugin = [
        meta("_molongui_author", "user-4"),
        meta("_molongui_author", "guest-8"),
    ]
    .concat();
    let items = [with(1, &two), with(2, &plugin), with(3, "")].concat();
    let (_, said) = import(
        folder.path(),
        export(&format!("{users}{items}{guest}")).as_bytes(),
        &[],
    );
    let of = |number: u8| {
        fs::read_to_string(
            folder
                .path()
                .join(format!("content/articles/port/post-{number}/article.json")),
        )
        .unwrap()
    };
    for number in [1, 2] {
        assert!(
            of(number).contains("\"author\": \"Minh Hảo, Trần Khách\""),
            "{}{said}",
            of(number)
        );
    }
    assert!(
        !of(3).contains("author\"") && said.contains("by an e-mail address alone"),
        "{said}"
    );
    assert!(
        !said.contains('@') && !said.contains("guest-author"),
        "{said}"
    );
}
