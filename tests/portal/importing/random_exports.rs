//! Imports of random exports: every post is written or named in the report, and `site check`
//! accepts all written content.

use super::{portal, site, text};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// A random post.
#[derive(Clone, Debug)]
struct Post {
    site: usize,
    file: usize,
    number: &'static str,
    name: String,
    title: &'static str,
    kind: &'static str,
    status: &'static str,
    language: Option<&'static str>,
    dates: [&'static str; 4],
    excerpt: &'static str,
    further: Vec<&'static str>,
    meta: Vec<(&'static str, &'static str)>,
    /// Whether the next file repeats it.
    is_repeated: bool,
}

const SITES: [&str; 3] = [
    "https://a.example",
    "https://b.example",
    "https://a.example/blog",
];

const NUMBERS: [&str; 9] = [
    "",
    "0",
    "1",
    "2",
    "3",
    "5",
    "-1",
    "x",
    "18446744073709551616",
];

const DATES: [&str; 10] = [
    "2019-05-06 08:00:00",
    "2019-05-06 01:00:00",
    "2020-02-29 23:59:59",
    "9999-12-31 23:59:59",
    "0001-01-01 00:00:00",
    "10000-01-01 00:00:00",
    "0000-00-00 00:00:00",
    "2019-02-30 08:00:00",
    "-0001-11-30 00:00:00",
    "",
];

/// Markup that may follow the text of a post.
///
/// `@@` becomes a word of its own each time, which has to be in the content or in the report.
const FURTHER: [&str; 55] = [
    "[gallery]",
    "[gallery ids=\"1,2,2,x\"]",
    "[caption id=\"a\"]<img src=\"/wp-content/uploads/IMG_2.png\">Words[/caption]",
    "[caption][caption]",
    "[[a]] [[b [/c] [/c",
    "[box a=\"b] c",
    "[embed]https://youtu.be/x[/embed]",
    "<table><tr><td rowspan=99 colspan=99>a<td>b<tr><td>c</table>",
    "<table><tr><th>a<th>b<tr><td>c<td rowspan=3>d<tr><td>e<tr><td>f</table>",
    "<ul><li>a<ul><li>b<ol><li>c</ul>",
    "<blockquote>a<cite>b</cite><blockquote>c</blockquote></blockquote>",
    "<h1>a *b*</h1><h2></h2><h6>c</h6>",
    "<b>「a」</b>b<i> c</i><b><i>d</b>e</i>*f* _g_ `h` &amp;lt; \\ <",
    "<b>\u{3000}\u{3000}a\u{3000}</b>b",
    "<a href='/?p=1'>a</a> <a href='?p=2'>b</a> <a href='https://b.example/?p=3&amp;x=[y](z)'>c</a>",
    "<a href='javascript:x'>a</a> <a href='//'>b</a> <a href='mailto:a@b'>c</a> <a href='https://x.example/ \"'>d</a>",
    "<img src='/wp-content/uploads/IMG_2.png' class='wp-image-1' alt='a [b](c)'>",
    "<img src='/wp-content/uploads/IMG_3.png' alt=''><img src='/wp-content/uploads/IMG_3.png' alt='b'>",
    "<img src='/wp-content/uploads/con.png'><img src='/wp-content/uploads/../x.png'><img src='data:image/png;base64,AA'>",
    "<iframe src='https://www.youtube.com/embed/a_b'></iframe><video src='/wp-content/uploads/a.mp4'></video>",
    "<p><a href='/wp-content/uploads/a.pdf'>A *file*</a></p>",
    "<svg><style><p a=b></style><script>x</script></svg><math>a</math>",
    "<form><select><option>a</select><textarea>b</textarea></form>",
    "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --><!-- wp:latest-posts /-->",
    "e\u{301}\u{338}\u{200b}\u{202e}a\u{fffd}",
    "<sup>a2</sup><sub>3</sub><del>b</del><ruby>c<rt>d</ruby><q>e</q>",
    "<dl><dt>a<dd>b</dl><hr><details><summary>a</summary>b</details>",
    "<figure class='gallery'><img src='/wp-content/uploads/IMG_2.png'><img src='/wp-content/uploads/IMG_3.png'><figcaption>c</figcaption></figure>",
    "</p></div><p>a<br><br>b<br>c",
    "\n\n1. a\n\n> b\n# c\n    d\n***\n",
    "<form>@@ <button>@@</button><select><option>@@<option>@@</select><textarea>@@</textarea></form>",
    "<svg><text>@@</text></svg><math><mi>@@</mi></math><map><area>@@</map>",
    "<table><caption>@@</caption><tr><td>@@<table><tr><td>@@<td>@@</table><td>@@<tr><td>@@<td><ul><li>@@</ul></table>",
    "<ul>@@<li>@@<p>@@</p><ol><li>@@</ol>@@</li>@@</ul>@@",
    "<details><summary>@@</summary>@@</details><fieldset><legend>@@</legend>@@</fieldset>",
    "<figure><img src='/wp-content/uploads/IMG_2.png'><figcaption>@@ <a href='#x'>@@</a></figcaption></figure>",
    "<figure><blockquote>@@<cite>@@</cite></blockquote><figcaption>@@</figcaption></figure>",
    "<a href='https://a.example/gone/'>@@</a> <a href='/wp-content/uploads/x.doc'>@@</a><b>@@<i>@@</b>@@</i>@@<u>@@</u>",
    "<ruby>@@<rp>(</rp><rt>@@</rt></ruby><dl><dt>@@<dd>@@</dl><address>@@</address><x-y>@@</x-y>",
    "[vc_row][vc_column_text]@@[/vc_column_text][vc_message]@@[/vc_message][/vc_row][toggle title=\"x\"]@@[/toggle]",
    "[et_pb_section][et_pb_text admin_label=\"x\"]<h2>@@</h2><p>@@</p>[/et_pb_text][/et_pb_section]",
    "<!-- wp:freeform -->@@\n\n@@<!-- /wp:freeform --><!-- wp:block {\"ref\":1} /--><!-- wp:verse --><pre>@@\n@@</pre><!-- /wp:verse -->",
    "<h2>@@ <b>@@</b></h2><h4>@@<br>@@</h4><p>@@<br>@@<br><br>@@</p>",
    "<div class='wp-block-cover' style='background-image:url(/wp-content/uploads/IMG_2.png)'><p>@@</p></div><center>@@</center>",
    "<iframe src='https://maps.example/'>x</iframe><p>@@</p><marquee>@@</marquee><blink>@@</blink><dialog>@@</dialog>",
    "<!-- wp:details --><details><summary>@@</summary><p>@@</p></details><!-- /wp:details --><!-- wp:pullquote --><figure class='wp-block-pullquote'><blockquote><p>@@</p><cite>@@</cite></blockquote></figure><!-- /wp:pullquote -->",
    "<!-- wp:media-text --><div class='wp-block-media-text'><figure><img src='/wp-content/uploads/IMG_2.png'></figure><div><p>@@</p></div></div><!-- /wp:media-text --><!-- wp:columns --><div><!-- wp:column --><div>@@<p>@@</p></div><!-- /wp:column --></div><!-- /wp:columns -->",
    "[su_spoiler title=\"x\"]@@[/su_spoiler][accordion][accordion-item title=\"x\"]@@[/accordion-item][/accordion][tabs]@@[tab title=\"y\"]@@[/tab][/tabs]",
    "<a href='/cdn-cgi/l/email-protection#422302206c273a232f322e27'>@@</a><span data-cfemail='zz'>@@</span> @@",
    "<p>@@&nbsp;@@&amp;@@&lt;@@&#8203;@@&shy;@@</p><pre>@@\n  @@</pre><code>@@</code>",
    "<h3><a href='/x.pdf'>@@</a></h3><p><small>@@</small> <sup>@@</sup> <sub>@@</sub></p><noscript>@@</noscript>",
    "<table><tr><td>@@<br>@@<td><img src='/wp-content/uploads/IMG_2.png'>@@<tr><td colspan=2><p>@@</p><p>@@</p></table>",
    "<ol start=3><li value=7>@@<p>@@<li><blockquote>@@</blockquote><li><h2>@@</h2></ol>",
    "[caption]<img src='/wp-content/uploads/IMG_2.png'> @@[/caption][pdf-embedder url='/wp-content/uploads/a.pdf'] @@ [gview file='https://a.example/x.pdf']@@",
    "<p>@@</div>@@<td>@@<li>@@</p></ul>@@<table>@@<tr>@@<td>@@</table>",
];

const METAS: [(&str, &str); 9] = [
    ("_thumbnail_id", "1"),
    ("_thumbnail_id", "2"),
    ("_thumbnail_id", "x"),
    ("_thumbnail_id", "0"),
    ("views", "18446744073709551615"),
    ("hits", "-1"),
    ("plug-in", "a"),
    ("_wp_attached_file", "IMG_2.png"),
    ("_wp_attachment_image_alt", "A [picture] *of* <it>"),
];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["news", "con", "NUL", "a--b", "news-2", "", "%e6%b8%af", "c%E1%BA%A3ng", "../x", "index", "vi"])
            .prop_map(str::to_owned),
        1 => Just("n".repeat(200)),
        1 => "[a-c]{1,2}",
        1 => "\\PC{1,8}",
    ]
}

fn any_post() -> impl Strategy<Value = Post> {
    let of = |values: &'static [&'static str]| prop::sample::select(values);
    let date = || of(&DATES);
    let head = (
        0..SITES.len(),
        0_usize..3,
        of(&NUMBERS),
        name(),
        of(&["", "News", "con", "*A* [b](c) <d>", "港"]),
    );
    let kind = of(&[
        "post",
        "post",
        "post",
        "post",
        "page",
        "attachment",
        "revision",
        "nav_menu_item",
        "product",
        "",
    ]);
    let status = of(&[
        "publish",
        "publish",
        "publish",
        "draft",
        "private",
        "trash",
        "auto-draft",
        "inherit",
        "future",
    ]);
    let language = prop::option::of(of(&["vi", "en", "ko", "fr", "zh-cn"]));
    let body = (
        of(&["", "", "An excerpt.", "<b>x"]),
        prop::collection::vec(of(&FURTHER), 0..5),
    );
    let meta = prop::collection::vec(prop::sample::select(&METAS[..]), 0..3);
    let dates = [date(), date(), date(), date()];
    (
        head,
        kind,
        status,
        language,
        dates,
        body,
        meta,
        prop::bool::weighted(0.2),
    )
        .prop_map(
            |(
                (site, file, number, name, title),
                kind,
                status,
                language,
                dates,
                (excerpt, further),
                meta,
                is_repeated,
            )| {
                Post {
                    site,
                    file,
                    number,
                    name,
                    title,
                    kind,
                    status,
                    language,
                    dates,
                    excerpt,
                    further,
                    meta,
                    is_repeated,
                }
            },
        )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The XML item of a post. `at` makes its text unique.
fn item(post: &Post, at: usize) -> String {
    let [date, utc, modified, modified_utc] = post.dates;
    let mut item = format!(
        "<item><title>title{at}x {}</title><link>{}/{}/</link><wp:post_id>{}</wp:post_id><wp:post_name>{}</wp:post_name>\
        <wp:post_type>{}</wp:post_type><wp:status>{}</wp:status><wp:post_date>{date}</wp:post_date>\
        <wp:post_date_gmt>{utc}</wp:post_date_gmt><wp:post_modified>{modified}</wp:post_modified>\
        <wp:post_modified_gmt>{modified_utc}</wp:post_modified_gmt><excerpt:encoded>{}</excerpt:encoded>\
        <wp:attachment_url>{}/wp-content/uploads/IMG_{}.png</wp:attachment_url>",
        escaped(post.title),
        SITES[post.site],
        escaped(&post.name),
        post.number,
        escaped(&post.name),
        post.kind,
        post.status,
        escaped(post.excerpt),
        SITES[post.site],
        2 + at % 2,
    );
    let mut content = format!("<p>body{at}x</p>");
    for (number, piece) in post.further.concat().split("@@").enumerate() {
        if number > 0 {
            let _ = write!(content, "seen{at}n{number}x");
        }
        content.push_str(piece);
    }
    let _ = write!(
        item,
        "<content:encoded>{}</content:encoded>",
        escaped(&content)
    );
    for (key, value) in &post.meta {
        let value = escaped(value);
        let _ = write!(
            item,
            "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
        );
    }
    if let Some(language) = post.language {
        let _ = write!(
            item,
            "<category domain=\"language\" nicename=\"{language}\"/>"
        );
        let group = at / 3;
        let _ = write!(
            item,
            "<category domain=\"post_translations\" nicename=\"pll_{group}\"/>"
        );
    }
    item + "</item>\n"
}

/// The export files: three for each site.
fn files(posts: &[Post]) -> Vec<String> {
    let mut files = Vec::new();
    for (number, address) in
        (0..3).flat_map(|number| SITES.iter().enumerate().map(move |site| (number, site)))
    {
        let is_here = |post: &Post| {
            post.site == address.0
                && (post.file == number || (post.is_repeated && (post.file + 1) % 3 == number))
        };
        let items: String = posts
            .iter()
            .enumerate()
            .filter(|(_, post)| is_here(post))
            .map(|(at, post)| item(post, at))
            .collect();
        let address = address.1;
        files.push(format!(
            "<rss xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" \
            xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\
            <channel><link>{address}</link><wp:wxr_version>1.2</wp:wxr_version>\
            <wp:base_blog_url>{address}</wp:base_blog_url>\n{items}</channel></rss>"
        ));
    }
    files
}

const MAPPING: &str = r#"{ "source": { "name": "Old", "address": "https://old.example/" }, "language": "en", "offset": "+07:00", "others": "port", "pages": "culture" }"#;

/// All JSON of the articles in the content folder, concatenated.
fn written(folder: &Path) -> String {
    let texts = super::files(&folder.join("content/articles")).into_iter();
    texts
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "json"))
        .map(|(_, bytes)| text(&bytes))
        .collect()
}

fn assert_imported(posts: &[Post]) -> Result<(), TestCaseError> {
    let folder = portal();
    let mut arguments = vec!["import".to_owned(), "wordpress".to_owned()];
    for (number, file) in files(posts).into_iter().enumerate() {
        arguments.push(format!("{number}.xml"));
        fs::write(folder.path().join(format!("{number}.xml")), file).unwrap();
    }
    fs::write(folder.path().join("m.json"), MAPPING).unwrap();
    arguments.extend(["--mapping", "m.json", "--uploads", "uploads", "--prove"].map(str::to_owned));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let output = site(folder.path(), &arguments);
    let report = text(&output.stdout);
    prop_assert!(
        output.status.code().is_some_and(|code| code < 2),
        "{}{}",
        report,
        text(&output.stderr)
    );
    prop_assert_eq!(
        output.status.code() == Some(0),
        report.contains("everything was carried over")
    );
    prop_assert!(!report.contains("a fault of the tool"), "{}", report);
    prop_assert!(
        !report.contains("these words are not in the article"),
        "{}",
        report
    );
    let written = written(folder.path());
    for (at, post) in posts
        .iter()
        .enumerate()
        .filter(|(_, post)| post.kind != "attachment")
    {
        let is_there =
            written.contains(&format!("body{at}x")) || report.contains(&format!("title{at}x"));
        let is_counted = report.contains(&format!(
            "what WordPress keeps for itself was left out: {} (",
            post.kind
        ));
        prop_assert!(
            is_there || is_counted,
            "post {} is lost: {:?}\n{}",
            at,
            post,
            report
        );
        let words = post.further.concat().matches("@@").count();
        for word in (1..=words).map(|number| format!("seen{at}n{number}x")) {
            let is_imported = written.contains(&format!("body{at}x"));
            let is_kept = written.contains(&word) || report.contains(&word);
            prop_assert!(
                !is_imported || is_kept,
                "{} is lost: {:?}\n{}\n{}",
                word,
                post,
                report,
                written
            );
        }
    }
    let check = site(folder.path(), &["check"]);
    prop_assert_eq!(
        check.status.code(),
        Some(0),
        "{}{}",
        text(&check.stdout),
        written
    );
    // A second import writes nothing.
    let again = site(folder.path(), &arguments);
    prop_assert!(
        text(&again.stdout).contains("imported 0 articles"),
        "{}",
        text(&again.stdout)
    );
    Ok(())
}

#[test]
fn every_post_is_written_or_named_and_what_is_written_is_sound() {
    let config = Config {
        failure_persistence: None,
        max_shrink_iters: 60,
        ..Config::with_cases(120)
    };
    TestRunner::new(config)
        .run(&prop::collection::vec(any_post(), 1..12), |posts| {
            assert_imported(&posts)
        })
        .unwrap();
}

#[test]
fn no_link_leads_readers_to_an_article_that_is_held_back() {
    let post = |number, status, further: &[&'static str]| Post {
        site: 0,
        file: 0,
        number,
        name: "news".to_owned(),
        title: "",
        kind: "post",
        status,
        language: None,
        dates: ["2019-05-06 08:00:00"; 4],
        excerpt: "",
        further: further.to_vec(),
        meta: Vec::new(),
        is_repeated: false,
    };
    let picture = "<img src='/wp-content/uploads/IMG_3.png' alt=''>";
    // One lacks the alternative text of its picture, the other was never published.
    for first in [post("1", "publish", &[picture]), post("1", "draft", &[])] {
        let links = post(
            "2",
            "publish",
            &["<p><a href='/?p=1'>the first</a> <a href='?p=2'>itself</a></p>"],
        );
        let further = post("3", "draft", &["<p><a href='/?p=1'>the first</a></p>"]);
        assert_imported(&[first, links, further]).unwrap();
    }
}
