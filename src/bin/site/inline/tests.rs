//! What marks mean, what stays as it was written, and what is refused.

use super::*;

fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

fn clean(source: &str) -> Vec<Inline> {
    let read = read(source);
    assert_eq!(read.flaws, [], "{source}");
    read.runs
}

fn flaws(source: &str) -> Vec<(usize, String)> {
    read(source).flaws.into_iter().map(|flaw| (flaw.at, flaw.message)).collect()
}

#[test]
fn marks_become_runs() {
    assert_eq!(
        clean("a **b *c*** [d](https://e.example/) <https://f.example/>"),
        [
            text("a "),
            Inline::Strong(vec![text("b "), Inline::Emphasis(vec![text("c")])]),
            text(" "),
            Inline::Link(Link { to: Address::new("https://e.example/").unwrap(), text: vec![text("d")], lang: None }),
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
    assert_eq!(clean("**ハイフォン**の街"), [Inline::Strong(vec![text("ハイフォン")]), text("の街")]);
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
    assert_eq!(flaws(" a\n\nb"), [(2, "an empty line stands in a text".to_owned())]);
}

#[test]
fn html_is_refused_with_what_to_write_instead() {
    let read = read("x <b>y</b>");
    assert_eq!(read.flaws.len(), 1);
    assert_eq!((read.flaws[0].at, read.flaws[0].remedy.as_str()), (2, "write **words** for strong words"));
    for source in ["<div>x", "<script>alert(1)</script>", "<!-- x -->", "<img src=x onerror=alert(1)>", "a<br/>b"] {
        assert!(flaws(source).iter().any(|(_, message)| message.contains("is HTML")), "{source}");
    }
    assert_eq!(flaws("a&nbsp;b"), [(1, "&nbsp; is HTML's way to write a character".to_owned())]);
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
        ("a [b](https://c.example/ \"d\")", 2, "no title"),
        ("đ [b](https://c.example/ d)", 5, "not complete"),
        ("**「港」**の", 0, "mark nothing"),
        ("a ** b", 2, "mark nothing"),
    ] {
        let found = flaws(source);
        assert!(found.iter().any(|(place, message)| *place == at && message.contains(part)), "{source}: {found:?}");
    }
}

#[test]
fn links_to_our_own_pages_are_collected_with_their_places() {
    let read = read(" a [b](/port/deep-water-port/) [c](https://d.example/)");
    assert_eq!(read.local_links, [(3, Address::new("/port/deep-water-port/").unwrap())]);
}

#[test]
fn a_mailbox_and_a_telephone_can_be_linked() {
    assert!(matches!(&clean("<a@b.example>")[..], [Inline::Link(link)] if link.to.as_str() == "mailto:a@b.example"));
    assert!(matches!(&clean("[call](tel:+842253)")[..], [Inline::Link(_)]));
}

#[test]
fn a_plain_text_has_no_marks() {
    assert_eq!(read_plain(" 5 * 3 "), ("5 * 3".to_owned(), Vec::new()));
    let (_, flaws) = read_plain("a **b**");
    assert_eq!((flaws[0].at, flaws[0].remedy.as_str()), (2, "write the words alone: a b"));
    assert_eq!(read_plain("a <b>b</b>").1.len(), 1);
    assert_eq!(read_plain("5 < 6 & 7"), ("5 < 6 & 7".to_owned(), Vec::new()));
}

#[test]
fn no_text_makes_it_panic() {
    for source in [
        "", " ", "\u{a0}", "*", "[", "](", "&", "&#0;", "\\", "<", "\u{feff}", "a\r\nb", "[a](<b", "**", "[[[](((",
        "\n\n",
    ] {
        let _ = read(source);
    }
    let _ = read(&"[".repeat(20_000));
    let _ = read(&"*a ".repeat(20_000));
    let _ = read(&"**a*".repeat(2_000));
}
