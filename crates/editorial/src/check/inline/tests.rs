//! Tests of marks, of words that stay as they were written, and of refused texts.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::Config;

fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

fn clean(source: &str) -> Vec<Inline> {
    let read = read(source);
    assert_eq!(read.flaws, [], "{source}");
    read.runs
}

fn help(flaw: &Flaw) -> &str {
    flaw.help.as_deref().unwrap_or_default()
}

fn flaws(source: &str) -> Vec<(usize, String)> {
    read(source)
        .flaws
        .into_iter()
        .map(|flaw| (flaw.at, flaw.message.into()))
        .collect()
}

#[test]
fn marks_become_runs() {
    assert_eq!(
        clean("a **b *c*** [d](https://e.example/) <https://f.example/>"),
        [
            text("a "),
            Inline::Strong(vec![text("b "), Inline::Emphasis(vec![text("c")])]),
            text(" "),
            Inline::Link(Link {
                to: Address::new("https://e.example/").unwrap(),
                text: vec![text("d")],
                lang: None
            }),
            text(" "),
            Inline::Link(Link {
                to: Address::new("https://f.example/").unwrap(),
                text: vec![text("https://f.example/")],
                lang: None
            }),
        ]
    );
}

#[test]
fn marks_at_the_very_beginning_are_marks() {
    assert_eq!(
        clean("**ハイフォン**の街"),
        [Inline::Strong(vec![text("ハイフォン")]), text("の街")]
    );
    assert_eq!(clean("*“Chào”*"), [Inline::Emphasis(vec![text("“Chào”")])]);
    assert_eq!(clean("_a_"), [Inline::Emphasis(vec![text("a")])]);
}

#[test]
fn words_that_look_like_the_beginning_of_a_block_stay_words() {
    for source in [
        "1. tháng 1",
        "1) x",
        "- x",
        "-",
        "+ 5 %",
        "* x",
        "# 1",
        "> 5",
        "---",
        "***",
        "===",
        "```",
        "~~~",
        "    four",
        "[a]: b",
        "| a | b |",
        "[1]",
        "5 * 3 * 2",
        "a < b > c",
        "R&D",
        "AT&T; x",
        "C:\\dir",
        "snake_case_word",
        "2 ** 3",
    ] {
        let read = read(source);
        if read.flaws.is_empty() {
            assert_eq!(plain_text(&read.runs), source.trim(), "{source}");
            assert_eq!(read.runs.len(), 1, "{source}: {:?}", read.runs);
        } else {
            assert!(source.contains("**"), "{source}: {:?}", read.flaws);
        }
    }
}

#[test]
fn a_mark_can_be_written_as_the_character_that_it_is() {
    assert_eq!(clean(r"\*a\* \[b\](c) \<d> \`"), [text("*a* [b](c) <d> `")]);
}

#[test]
fn white_space_around_a_text_is_dropped_and_a_line_break_is_a_space() {
    assert_eq!(clean(" \u{3000}a\nb "), [text("a b")]);
    assert_eq!(clean("a  \n# b"), [text("a   # b")]);
    assert_eq!(
        flaws(" a\n\nb"),
        [(2, "an empty line stands in a text".to_owned())]
    );
}

#[test]
fn html_is_refused_with_what_to_write_instead() {
    let read = read("x <b>y</b>");
    assert_eq!(read.flaws.len(), 1);
    assert_eq!(
        (read.flaws[0].at, help(&read.flaws[0])),
        (
            2,
            "write **words** for strong words; for the character < itself write \\\\<"
        )
    );
    for source in [
        "<div>x",
        "<script>alert(1)</script>",
        "<!-- x -->",
        "<img src=x onerror=alert(1)>",
        "a<br/>b",
    ] {
        assert!(
            flaws(source)
                .iter()
                .any(|(_, message)| message.contains("is HTML")),
            "{source}"
        );
    }
    assert_eq!(
        flaws("a&nbsp;b"),
        [(1, "&nbsp; is HTML's way to write a character".to_owned())]
    );
}

#[test]
fn what_a_text_cannot_hold_is_refused() {
    for (source, at, part) in [
        ("a `b`", 2, "code"),
        ("a ![b](c.svg)", 2, "a picture cannot stand"),
        ("a [b](javascript:alert(1))", 2, "not an address"),
        ("a <javascript:alert(1)>", 2, "not an address"),
        ("a [b](c.html)", 2, "not an address"),
        ("a [](https://b.example/)", 2, "has no words"),
        ("a [b](https://c.example/x_(y).", 4, "a bracket is open"),
        ("a [b](https://c.example/x.", 4, "has no end"),
        ("a [b](tel:0225 3 842 000).", 4, "has no spaces"),
        ("a [b](https://c.example/x y.pdf).", 4, "not complete"),
        (
            "a <https://c.example/x y>.",
            2,
            "a space stands in this address",
        ),
        ("a [b](https://c.example/ \"d\")", 2, "no title"),
        ("đ [b](https://c.example/ d)", 5, "not complete"),
        ("**「港」**の", 0, "mark nothing"),
        ("a ** b", 2, "mark nothing"),
    ] {
        let found = flaws(source);
        assert!(
            found
                .iter()
                .any(|(place, message)| *place == at && message.contains(part)),
            "{source}: {found:?}"
        );
    }
}

#[test]
fn links_are_collected_with_their_places() {
    let read = read(" a [b](/port/deep-water-port/) [c](https://d.example/)");
    let web = Address::new("https://d.example/").unwrap();
    assert_eq!(
        read.links,
        [
            (3, Address::new("/port/deep-water-port/").unwrap()),
            (31, web)
        ]
    );
}

#[test]
fn a_mailbox_and_a_telephone_can_be_linked() {
    assert!(
        matches!(&clean("<a@b.example>")[..], [Inline::Link(link)] if link.to.as_str() == "mailto:a@b.example")
    );
    assert!(matches!(
        &clean("[call](tel:+842253)")[..],
        [Inline::Link(_)]
    ));
}

#[test]
fn a_plain_text_has_no_marks() {
    for text in [
        "5 * 3",
        "5 < 6 & 7",
        "The <script> tag",
        "<b>, <i> and <!>",
        "2 ** 3",
        "a_b __init__ _c_",
        "`cargo` and ``",
        "¯\\_(ツ)_/¯ C:\\dir \\\\host",
        "[1] (2) ](",
        "AT&T; R&D",
        "# 1",
    ] {
        assert_eq!(
            read_plain(&format!(" {text}\u{3000}")),
            (text.to_owned(), Vec::new()),
            "{text}"
        );
    }
}

#[test]
fn what_looks_like_more_than_words_in_a_plain_text_is_a_warning_with_the_words_alone() {
    for (text, at, part, words) in [
        ("a **b**", 2, "marks and links", "a b"),
        (" *a* b", 1, "marks and links", "a b"),
        ("a_b *c*", 4, "marks and links", "a_b c"),
        ("a [b](https://c.example/)", 2, "marks and links", "a b"),
        ("a ![b](c.svg)", 2, "marks and links", "a b"),
        (
            "<https://c.example/>",
            0,
            "marks and links",
            "https://c.example/",
        ),
        ("a <i x=\"y\">b</i>", 2, "HTML", "a b"),
        ("<b>b</b> <script>", 0, "HTML", "b <script>"),
        ("a<br>b", 1, "HTML", "ab"),
        ("<!-- a -->b", 0, "HTML", "b"),
        ("a&nbsp;b", 1, "&nbsp;", "a b"),
        ("a &lt;b&gt;", 2, "&lt;", "a <b>"),
        ("a&zwj;b", 1, "&zwj;", "ab"),
        ("The \\<script> tag", 4, "a backslash", "The <script> tag"),
        ("\\*a\\* \\_b", 0, "a backslash", "*a* \\_b"),
    ] {
        let (read, flaws) = read_plain(text);
        assert_eq!(
            (read.as_str(), flaws.len()),
            (text.trim(), 1),
            "{text}: {flaws:?}"
        );
        let Flaw {
            at: place,
            message,
            help,
            severity,
        } = &flaws[0];
        assert_eq!(
            (*place, *severity),
            (at, Severity::Warning),
            "{text}: {message}"
        );
        assert!(message.contains(part), "{text}: {message}");
        assert_eq!(
            help.as_deref()
                .unwrap()
                .split_once("the words alone: ")
                .unwrap()
                .1,
            words,
            "{text}"
        );
    }
    assert!(help(&read_plain("<br></br>").1[0]).ends_with("otherwise write words in its place"));
    let long = format!("**{}**", "a".repeat(300));
    assert!(help(&read_plain(&long).1[0]).ends_with("otherwise write the words alone"));
    let (read, flaws) = read_plain("a\n\nb");
    assert_eq!(
        (read.as_str(), flaws[0].severity, flaws[0].at),
        ("a  b", Severity::Error, 1)
    );
}

/// Decodes a text that is escaped as in JSON, which is how the helps write it.
fn json(text: &str) -> String {
    serde_json::from_str(&format!("\"{text}\"")).unwrap()
}

#[test]
fn whoever_follows_a_help_publishes_what_was_meant() {
    for (text, part, followed, published) in [
        (
            "The <script> tag",
            "write \\\\<",
            "The \\\\<script> tag",
            "The <script> tag",
        ),
        (
            "x <!-- y -->",
            "write \\\\<",
            "x \\\\<!-- y -->",
            "x <!-- y -->",
        ),
        ("x <b>y</b>", "write **words**", "x **y**", "x y"),
        ("x <em>y</em>", "write *words*", "x *y*", "x y"),
        ("x<br>y", "write a space", "x y", "x y"),
        ("x</b>", "leave it out", "x", "x"),
        ("<h2>x</h2>", "leave it out", "x", "x"),
        ("`x`", "write \\\\`", "\\\\`x\\\\`", "`x`"),
        ("2 ** 3", "write \\\\*\\\\*", "2 \\\\*\\\\* 3", "2 ** 3"),
        ("a [b](c d)", "%20", "a [b](https://c.example/%20d)", "a b"),
        ("a [b](c d)", "write \\\\](", "a [b\\\\](c d)", "a [b](c d)"),
        (
            "a![b](https://c.example/)",
            "put a space",
            "a! [b](https://c.example/)",
            "a! b",
        ),
        ("a&nbsp;b", "write a space", "a b", "a b"),
        ("a&lt;b>", "write \\\\<", "a\\\\<b>", "a<b>"),
        ("&amp;lt;", "write \\\\&", "\\\\&lt;", "&lt;"),
        ("&ast;a*", "write \\\\*", "\\\\*a*", "*a*"),
        ("&bsol;*", "write \\\\\\\\", "\\\\\\\\*", "\\*"),
        ("&quot;a&quot;", "write “…”", "“a”", "“a”"),
        ("&eacute;", "write é", "é", "é"),
        ("a&#8203;b", "delete it", "ab", "ab"),
        ("a\\n\\nb", "write it on one line", "a b", "a b"),
    ] {
        let flaws = read(&json(&text.replace('"', "\\\""))).flaws;
        assert!(
            flaws.iter().any(|flaw| help(flaw).contains(part)),
            "{text}: {flaws:?}"
        );
        let read = read(&json(followed));
        assert_eq!(read.flaws, [], "{followed}");
        assert_eq!(plain_text(&read.runs), published, "{followed}");
    }
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(10_000) })]

    #[test]
    fn a_plain_text_is_published_as_it_is_and_each_help_ends_the_warning(text in "\\PC{0,16}|([a-cđ *_`<>&;!\\[\\]()\\\\/=]|&lt;|<b>|</b>|&amp;|https://a.example/){0,12}") {
        let mut text = text.trim().to_owned();
        for _ in 0..100 {
            let (read, flaws) = read_plain(&text);
            prop_assert_eq!(&read, &text);
            let Some(flaw) = flaws.first() else { return Ok(()) };
            prop_assert_eq!(flaw.severity, Severity::Warning);
            prop_assert!(text.is_char_boundary(flaw.at) && flaw.at < text.len());
            let Some((_, words)) = help(flaw).split_once("the words alone: ") else { return Ok(()) };
            prop_assert!(words.len() < text.len(), "{} became {}", text, words);
            text = words.to_owned();
        }
        prop_assert!(false, "{} is still warned of", text);
    }
}

#[test]
fn no_text_makes_it_panic() {
    for source in [
        "", " ", "\u{a0}", "*", "[", "](", "&", "&#0;", "\\", "<", "\u{feff}", "a\r\nb", "[a](<b",
        "**", "[[[](((", "\n\n",
    ] {
        let _ = read(source);
    }
    let _ = read(&"[".repeat(20_000));
    let _ = read(&"*a ".repeat(20_000));
    let _ = read(&"**a*".repeat(2_000));
}
