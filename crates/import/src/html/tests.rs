//! Tests of what HTML becomes: nothing is dropped without a loss, and nothing hostile gets in.

use super::*;
use crate::marks;
use model::{Address, Inline};
use model::{Link, plain_text};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;
use std::fmt::Write;
use std::fs;

/// The folder of hostile payloads, next to the repository. Where it is missing, its test is
/// skipped.
const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora");

fn read(html: &str) -> Body {
    fragment(html, &|address| Address::new(address).ok())
}

/// The blocks in one line each, as editors write them.
fn shown(html: &str) -> Vec<String> {
    read(html).blocks.iter().map(show).collect()
}

fn show(block: &Block) -> String {
    let text = |runs: &Vec<Inline>| marks::write(runs).expect("normalised runs can be written");
    let all = |lines: &[Vec<Inline>]| lines.iter().map(text).collect::<Vec<_>>().join(" | ");
    match block {
        Block::Paragraph(runs) => text(runs),
        Block::Heading(words) => format!("## {words}"),
        Block::Subheading(words) => format!("### {words}"),
        Block::Picture(picture) => format!(
            "![{}]({}) {}",
            picture.alternative, picture.source, picture.caption
        ),
        Block::Gallery(pictures, title) => {
            let pictures: Vec<String> = pictures
                .iter()
                .map(|picture| format!("{} {}", picture.source, picture.caption))
                .collect();
            format!("gallery {title}: {}", pictures.join(", "))
        }
        Block::Player(player) => {
            format!("{} {} {}", player.element, player.title, player.to.as_str())
        }
        Block::List(entries) => format!("- {}", all(entries)),
        Block::Numbered(entries) => format!("1. {}", all(entries)),
        Block::Quote(runs, source) => {
            format!("> {} — {}", text(runs), source.clone().unwrap_or_default())
        }
        Block::Table(table) => {
            let rows = table
                .rows
                .iter()
                .map(|row| all(row))
                .collect::<Vec<_>>()
                .join(" / ");
            format!("[{}] {} / {rows}", table.caption, table.header.join(" | "))
        }
    }
}

fn losses(html: &str) -> Vec<String> {
    read(html)
        .losses
        .into_iter()
        .map(|loss| loss.what)
        .collect()
}

#[test]
fn a_gallery_as_wordpress_shows_it_loses_nothing() {
    let html = "<style type='text/css'>#gallery-1 { margin: auto }</style><div class='gallery'><dl class='gallery-item'><dt class='gallery-icon'><a href='https://a.example/1/'><img src=1.jpg></a></dt></dl><br style='clear: both'></div>";
    assert_eq!(read(html).losses, []);
    let other = "<style>p { margin: auto }</style><p><a href='https://a.example/1/'><img src=1.jpg></a></p>";
    assert_eq!(read(other).losses.len(), 2);
}

#[test]
fn each_kind_of_block_is_carried_over() {
    for (html, blocks) in [
        (
            "<p>a <b>b</b> <i>c</i> <a href='https://d.example/'>d</a></p>",
            vec!["a **b** *c* [d](https://d.example/)"],
        ),
        ("a<div>b</div>c", vec!["a", "b", "c"]),
        ("a.<br>b<br/>C<br><br>d<br>", vec!["a.", "b", "C", "d"]),
        ("a,<br><b>b</b><br> c", vec!["a, **b** c"]),
        ("<h2><b>One</b></h2><h3>Two</h3>", vec!["## One", "### Two"]),
        (
            "<ul><li>a<li><p>b</p></ul><ol><li>c</ol>",
            vec!["- a | b", "1. c"],
        ),
        (
            "<blockquote><p>a</p><cite>b</cite></blockquote>",
            vec!["> a — b"],
        ),
        (
            "<blockquote>a<br>b<footer>— c</footer></blockquote>",
            vec!["> a b — ", "> — c — "],
        ),
        (
            "<figure><a href='x.jpg'><img src='x.jpg' alt='A'></a><figcaption>B <i>c</i></figcaption></figure>",
            vec!["![A](x.jpg) B c"],
        ),
        ("<p>a <img src=x.jpg> b</p>", vec!["a", "![](x.jpg) ", "b"]),
        (
            "<table><caption>T</caption><tr><th>a<th>b<tr><td>1<td><b>2</b><tr><td>3</table>",
            vec!["[T] a | b / 1 | **2** / 3 | "],
        ),
        (
            "<figure><table><thead><tr><td></td><td>b</td></tr></thead><tr><td rowspan=2>1<td>2<tr><td>3</table><figcaption>F</figcaption></figure>",
            vec!["[F] – | b / 1 | 2 / 1 | 3"],
        ),
        (
            "<table><tr><td colspan=2>a</td></tr><tr><td>b<td>c</tr></table>",
            vec!["[a, –] a | – / b | c"],
        ),
        (
            "<table><tr><td>a</td><td><p>b</p><p>c</p></td></tr></table>",
            vec!["a", "b", "c"],
        ),
        (
            "CO<sub>2</sub> m<sup>2</sup> 漢<ruby>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby>",
            vec!["CO₂ m² 漢字（じ）"],
        ),
        ("<q>a</q>&nbsp;b &lt;c&gt;", vec!["“a” b \\<c>"]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", vec!["- **a** | b"]),
        (
            "<ul class=blocks-gallery-grid><li><figure><img src=1.jpg><figcaption>x</figcaption></figure><li><figure><img src=2.jpg></figure></ul>",
            vec!["gallery : 1.jpg x, 2.jpg "],
        ),
        (
            "<figure class='wp-block-gallery columns-2'><figure><img src=1.jpg></figure><figure><img src=2.jpg></figure><figcaption>Two</figcaption></figure>",
            vec!["gallery Two: 1.jpg , 2.jpg "],
        ),
        (
            "<div class=gallery><img src=1.jpg></div>a<div class=gallery><img src=2.jpg>b<img src=3.jpg></div>",
            vec!["![](1.jpg) ", "a", "![](2.jpg) ", "b", "![](3.jpg) "],
        ),
        (
            "<div class='wp-caption alignnone'><img src=1.jpg><p class='wp-caption-text'>x</p></div>",
            vec!["![](1.jpg) x"],
        ),
        (
            "<style>#gallery-1 { margin: auto }</style><div class='gallery'><dl class='gallery-item'><dt class='gallery-icon'><a href='https://a.example/1/'><img src=1.jpg></a></dt><dd class='wp-caption-text gallery-caption'>x</dd></dl><dl class='gallery-item'><dt class='gallery-icon'><img src=2.jpg></dt></dl><br></div>",
            vec!["gallery : 1.jpg x, 2.jpg "],
        ),
        (
            "<iframe title=T src='https://www.youtube.com/embed/Ab-1?rel=0'></iframe>",
            vec!["iframe T https://www.youtube.com/watch?v=Ab-1"],
        ),
        (
            "<video><source src='https://a.example/v.mp4'></video>",
            vec!["video  https://a.example/v.mp4"],
        ),
        (
            "<audio aria-label=T src='https://a.example/a.mp3'></audio>",
            vec!["audio T https://a.example/a.mp3"],
        ),
        (
            "<img class=emoji alt='😀' src=https://s.example/x.svg>",
            vec!["😀"],
        ),
        (
            "<img src='data:image/gif;base64,x' data-src=a.jpg><noscript><img src=a.jpg></noscript>",
            vec!["![](a.jpg) "],
        ),
        (
            "<b style='font-weight:normal'>a <span style='font-weight: 700'>b</span></b>",
            vec!["a **b**"],
        ),
    ] {
        assert_eq!(shown(html), blocks, "{html}");
    }
}

#[test]
fn words_that_a_page_hid_stay_and_are_named() {
    for (html, words) in [
        ("<p style='color:red; DISPLAY: none'>a</p>", "a"),
        ("<p hidden>a</p>", "a"),
        ("a <span class='x screen-reader-text'>b</span>", "a b"),
    ] {
        assert_eq!(shown(html), [words], "{html}");
        let losses = read(html).losses;
        let named = losses
            .iter()
            .any(|loss| loss.what.starts_with("words that the page hid"));
        assert!(named, "{html}: {losses:?}");
    }
}

#[test]
fn what_readers_saw_of_an_element_that_is_left_out_is_named() {
    for (html, what, excerpt) in [
        (
            "<map name=m>a<area href='/cang' alt='Cảng'></map>",
            "a link within a picture was left out",
            "<area> Cảng /cang",
        ),
        (
            "a<input name=n value='Gửi' placeholder='Tên'>",
            "a part of a form was left out",
            "<input> Gửi Tên n",
        ),
        (
            "a <abbr title='Ủy ban nhân dân'>UBND</abbr>",
            "what is shown where the pointer rests on a word was left out",
            "UBND: Ủy ban nhân dân",
        ),
    ] {
        let losses = read(html).losses;
        let found = losses.iter().find(|loss| loss.what == what);
        let found = found.unwrap_or_else(|| panic!("{html}: {losses:?}"));
        assert_eq!(found.excerpt, excerpt);
    }
}

#[test]
fn what_cannot_be_carried_over_is_listed_and_its_words_stay() {
    for (html, blocks, loss) in [
        (
            "a<script>alert(1)</script>b",
            vec!["ab"],
            "a script was left out",
        ),
        (
            "<style>a{}</style>b",
            vec!["b"],
            "a style sheet was left out",
        ),
        (
            "<h1>a</h1>",
            vec!["## a"],
            "a heading of level 1 became one of level 2",
        ),
        (
            "<h5>a</h5>",
            vec!["### a"],
            "a heading of level 5 became one of level 3",
        ),
        (
            "<ul><li>a<ul><li>b</ul>c</ul>",
            vec!["- a | b | c"],
            "a list within a list became a part of it",
        ),
        (
            "<ul><li>a<table><tr><td>b<td>c</table></ul>",
            vec!["- a b c"],
            "a table within a list, a heading or another table became its words",
        ),
        (
            "<iframe src='https://maps.example/embed?at=1'></iframe>",
            vec!["<https://maps.example/embed?at=1>"],
            "<iframe> became a link",
        ),
        (
            "<ul><li>a <video src='https://a.example/v.mp4'></video></ul>",
            vec!["- a <https://a.example/v.mp4>"],
            "<video> became a link",
        ),
        (
            "<iframe src='javascript:alert(1)'></iframe>",
            vec![],
            "<iframe> without a usable address was left out",
        ),
        (
            "<a href='javascript:alert(1)'>a</a>",
            vec!["a"],
            "a link became words alone, it led to javascript:alert(1)",
        ),
        (
            "<img src='https://t.example/p.gif' width=1 height=1>a",
            vec!["a"],
            "a picture of one pixel, which counts readers, was left out",
        ),
        (
            "<form>a<input value=b></form>",
            vec!["a"],
            "a part of a form was left out",
        ),
        (
            "<del>a</del>",
            vec!["a"],
            "words that were struck through are words like others now",
        ),
        ("a<hr>b", vec!["a", "b"], "a dividing line was left out"),
        ("<blink>a</blink>", vec!["a"], "<blink> became its words"),
        (
            "x<svg><text>a</text></svg>",
            vec!["x"],
            "a drawing within the text was left out",
        ),
        (
            "a\u{200b}b",
            vec!["ab"],
            "characters that nobody sees were left out: U+200B (1)",
        ),
        (
            "<!-- wp:latest-posts {\"n\":3} /-->a",
            vec!["a"],
            "a block that WordPress fills when it shows it was left out: latest-posts",
        ),
        (
            "<table><tr><td>a<td>b<tr><td>c<td>d</table>",
            vec!["[a, b] a | b / c | d"],
            "a table had no names of columns: its first row names them now",
        ),
    ] {
        assert_eq!(shown(html), blocks, "{html}");
        let losses = losses(html);
        assert!(losses.iter().any(|what| what == loss), "{html}: {losses:?}");
    }
}

#[test]
fn harmless_html_loses_nothing() {
    for html in [
        "<!-- wp:paragraph --><p>a <em>b</em></p><!-- /wp:paragraph -->",
        "<h2>a *b* &lt;c> [d](e)</h2><p>x</p>",
        "<h2>a</h2><p>b</p><h3>c</h3><ul><li>d</ul>",
        "<figure><img src=x.jpg alt=x><figcaption>y</figcaption></figure>",
        "<table><caption>T</caption><thead><tr><th>a<th>b</thead><tr><td>1<td>2</table>",
    ] {
        assert_eq!(losses(html), Vec::<String>::new(), "{html}");
    }
}

#[test]
fn a_page_is_read_from_its_main_part() {
    let html = "<!DOCTYPE html><title>T – Site</title><meta property=article:published_time content=2014-09-03T16:10:00+07:00><meta name=author content=A><link rel=canonical href=https://a.example/x/><nav>n</nav><main><h1>T</h1><p>a</p><footer>f</footer></main><aside>s</aside>";
    let page = page(html, &|_| None);
    assert_eq!(
        (page.title.as_str(), page.author.as_deref()),
        ("T", Some("A"))
    );
    assert_eq!(page.published.as_deref(), Some("2014-09-03T16:10:00+07:00"));
    assert_eq!(page.address.as_deref(), Some("https://a.example/x/"));
    assert_eq!(
        page.body.blocks,
        [Block::Paragraph(vec![Inline::Text("a".to_owned())])]
    );
    assert_eq!(page.body.losses.len(), 1);
}

/// The plainest HTML of blocks, which reads back as the same blocks.
fn render(blocks: &[Block]) -> String {
    let mut html = String::new();
    let text = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;")
    };
    for block in blocks {
        let _ = match block {
            Block::Paragraph(runs) => write!(html, "<p>{}</p>", inline(runs)),
            Block::Heading(words) => write!(html, "<h2>{}</h2>", text(words)),
            Block::Subheading(words) => write!(html, "<h3>{}</h3>", text(words)),
            Block::Picture(picture) => {
                let class = picture
                    .media
                    .map(|media| format!(" class=\"wp-image-{media}\""))
                    .unwrap_or_default();
                let caption = Some(&picture.caption).filter(|caption| !caption.is_empty());
                let caption = caption
                    .map(|caption| format!("<figcaption>{}</figcaption>", text(caption)))
                    .unwrap_or_default();
                let (source, alternative) = (text(&picture.source), text(&picture.alternative));
                write!(
                    html,
                    "<figure><img src=\"{source}\" alt=\"{alternative}\"{class}>{caption}</figure>"
                )
            }
            Block::Gallery(pictures, title) => {
                let pictures: Vec<Block> = pictures.iter().cloned().map(Block::Picture).collect();
                let title = Some(title).filter(|title| !title.is_empty());
                let title = title
                    .map(|title| format!("<figcaption>{}</figcaption>", text(title)))
                    .unwrap_or_default();
                write!(
                    html,
                    "<figure class=\"gallery\">{}{title}</figure>",
                    render(&pictures)
                )
            }
            Block::Player(player) => {
                let (element, title, source) =
                    (&player.element, text(&player.title), text(&player.source));
                write!(
                    html,
                    "<{element} title=\"{title}\" src=\"{source}\"></{element}>"
                )
            }
            Block::List(entries) => write!(html, "<ul>{}</ul>", list(entries)),
            Block::Numbered(entries) => write!(html, "<ol>{}</ol>", list(entries)),
            Block::Quote(runs, source) => {
                let source = source
                    .as_ref()
                    .map(|source| format!("<cite>{}</cite>", text(source)))
                    .unwrap_or_default();
                write!(
                    html,
                    "<blockquote><p>{}</p>{source}</blockquote>",
                    inline(runs)
                )
            }
            Block::Table(table) => {
                let header: String = table
                    .header
                    .iter()
                    .map(|name| format!("<th>{}</th>", text(name)))
                    .collect();
                let cells = |row: &Vec<Vec<Inline>>| {
                    row.iter()
                        .map(|cell| format!("<td>{}</td>", inline(cell)))
                        .collect::<String>()
                };
                let rows: String = table
                    .rows
                    .iter()
                    .map(|row| format!("<tr>{}</tr>", cells(row)))
                    .collect();
                let caption = text(&table.caption);
                write!(
                    html,
                    "<table><caption>{caption}</caption><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
                )
            }
        };
    }
    html
}

fn list(entries: &[Vec<Inline>]) -> String {
    entries
        .iter()
        .map(|entry| format!("<li>{}</li>", inline(entry)))
        .collect()
}

fn inline(runs: &[Inline]) -> String {
    let one = |run: &Inline| match run {
        Inline::Text(text) => text.replace('&', "&amp;").replace('<', "&lt;"),
        Inline::Strong(inner) => format!("<strong>{}</strong>", inline(inner)),
        Inline::Emphasis(inner) => format!("<em>{}</em>", inline(inner)),
        Inline::Link(Link { to, text, .. }) => {
            format!(
                "<a href=\"{}\">{}</a>",
                to.as_str().replace('&', "&amp;").replace('"', "&quot;"),
                inline(text)
            )
        }
    };
    runs.iter().map(one).collect()
}

/// Checks that reading the rendered blocks gives the same blocks and no loss.
fn is_stable(html: &str) -> Result<(), String> {
    let first = read(html);
    let again = read(&render(&first.blocks));
    if again.blocks != first.blocks {
        return Err(format!(
            "{html:?}\nfirst {:?}\nagain {:?}",
            first.blocks, again.blocks
        ));
    }
    if !again.losses.is_empty() {
        return Err(format!(
            "{html:?} loses {:?} when it is read again",
            again.losses
        ));
    }
    Ok(())
}

/// The texts and addresses of blocks.
fn everything(blocks: &[Block]) -> (Vec<String>, Vec<Address>) {
    let (mut texts, mut addresses) = (Vec::new(), Vec::new());
    let mut open: Vec<Inline> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(runs) => open.extend(runs.clone()),
            Block::Quote(runs, source) => {
                open.extend(runs.clone());
                texts.extend(source.clone());
            }
            Block::Heading(text) | Block::Subheading(text) => texts.push(text.clone()),
            Block::Picture(picture) => {
                texts.extend([picture.alternative.clone(), picture.caption.clone()]);
            }
            Block::Gallery(pictures, title) => {
                let said = pictures
                    .iter()
                    .flat_map(|picture| [picture.alternative.clone(), picture.caption.clone()]);
                texts.extend(said.chain([title.clone()]));
            }
            Block::Player(player) => {
                texts.push(player.title.clone());
                addresses.push(player.to.clone());
            }
            Block::List(entries) | Block::Numbered(entries) => {
                open.extend(entries.iter().flatten().cloned());
            }
            Block::Table(table) => {
                texts.push(table.caption.clone());
                texts.extend(table.header.clone());
                open.extend(table.rows.iter().flatten().flatten().cloned());
            }
        }
    }
    while let Some(run) = open.pop() {
        match run {
            Inline::Text(text) => texts.push(text),
            Inline::Strong(inner) | Inline::Emphasis(inner) => open.extend(inner),
            Inline::Link(link) => {
                addresses.push(link.to);
                open.extend(link.text);
            }
        }
    }
    (texts, addresses)
}

#[test]
fn no_payload_gets_anything_in() {
    let Ok(files) = fs::read_dir(CORPORA) else {
        println!("{CORPORA} is not there: only the tests of this file are tried");
        return;
    };
    let mut tried = 0;
    for file in files.filter_map(Result::ok).map(|entry| entry.path()) {
        if !file
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("xss-"))
        {
            continue;
        }
        for line in fs::read_to_string(&file).unwrap().lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let Some(payload) = row["payload"].as_str() else {
                continue;
            };
            tried += 1;
            let body = read(&format!("<p>before</p>{payload}"));
            assert_eq!(
                body.blocks.first().map(show).unwrap_or_default(),
                "before",
                "{payload}"
            );
            let (texts, addresses) = everything(&body.blocks);
            for address in addresses {
                assert!(
                    Address::SCHEMES
                        .iter()
                        .any(|scheme| address.as_str().starts_with(scheme))
                        || address.local_path().is_some()
                );
            }
            assert!(
                texts
                    .iter()
                    .all(|text| !text.contains(['\0', '\u{fffd}', '\u{200b}'])),
                "{payload}"
            );
            // Rendered and parsed by a browser's rules, it holds only what the renderer writes.
            is_stable(payload).unwrap();
        }
    }
    assert!(tried > 8_000, "only {tried} payloads were tried");
}

#[test]
fn no_depth_ends_the_stack_or_the_patience() {
    for tag in [
        "<div>",
        "<b>",
        "<ul><li>",
        "<blockquote>",
        "<table><tr><td>",
        "<figure>",
        "<svg>",
        "<a href=x>",
    ] {
        for times in [240, 200_000] {
            let body = read(&format!("{}x", tag.repeat(times)));
            assert!(body.blocks.len() <= 1, "{tag}: {}", body.blocks.len());
            let deep = body
                .losses
                .iter()
                .any(|loss| loss.what.starts_with("the markup is nested too deep"));
            // A link ends where the next one begins.
            assert_eq!(deep, times > 1_000 && tag != "<a href=x>", "{tag}");
        }
    }
}

/// Markup of every kind that the list knows, whole and broken.
fn markup() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-zđế港가 ]{1,8}",
        1 => "[*_`<>&;!#()\\[\\]\\\\.,「」“ -]{1,5}",
        1 => Just("&nbsp;&amp;&lt;x&gt;".to_owned()),
        1 => Just("e\u{301} \u{200b}\u{ad}".to_owned()),
        1 => Just("<br>".to_owned()),
        1 => Just("<img src=a.jpg alt='a *b*'>".to_owned()),
        1 => Just("<iframe src=https://v.example/1></iframe>".to_owned()),
        1 => Just("<script>x</script>".to_owned()),
    ];
    let names = "b|i|em|strong|a href=https://a.example/?b&amp;c|a href=x|span|del|sub|q|cite|p|div|h1|h2|h4|ul|ol|li|dl|dt|dd|blockquote|figure|figcaption|table|caption|thead|tr|td|th|td colspan=2 rowspan=2|form|noscript|details|ruby|rt|footer|template|svg|math|select|pre";
    let names: Vec<String> = names.split('|').map(str::to_owned).collect();
    nested(word.boxed(), names)
}

/// Markup in which no word is left out and none is repeated.
fn speaking() -> impl Strategy<Value = String> {
    let names = "b|i|em|strong|a href=https://a.example/|a href=x|span|del|sub|q|cite|p|div|h1|h2|h4|ul|ol|li|dl|dt|dd|blockquote|figure|figcaption|table|caption|thead|tbody|tr|td|th|form|details|ruby|footer|pre|section|blink";
    let word =
        prop_oneof![4 => Just("港".to_owned()), 1 => "[a-z ]{1,3}", 1 => Just("<br>".to_owned())];
    nested(word.boxed(), names.split('|').map(str::to_owned).collect())
}

fn nested(word: BoxedStrategy<String>, names: Vec<String>) -> impl Strategy<Value = String> {
    word.prop_recursive(4, 24, 5, move |inner| {
        let names = names.clone();
        (
            proptest::collection::vec(inner, 0..5),
            proptest::sample::select(names),
            0u8..8,
        )
            .prop_map(|(inner, tag, broken)| {
                let inner = inner.concat();
                let name = tag.split(' ').next().unwrap_or_default();
                match broken {
                    0 => format!("<{tag}>{inner}"),
                    1 => format!("{inner}</{name}>"),
                    _ => format!("<{tag}>{inner}</{name}>"),
                }
            })
    })
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(10_000) })]

    #[test]
    fn reading_what_was_read_changes_nothing(html in markup()) {
        is_stable(&html).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn no_word_is_lost_whatever_stands_around_it(html in speaking()) {
        let body = read(&html);
        let (mut texts, _) = everything(&body.blocks);
        // A table without a caption is named after its columns, which repeats their names.
        let named = |table: &Table| table.caption == marks::plain(&table.header.join(", ")).0;
        let twice = body.blocks.iter().filter_map(|block| match block {
            Block::Table(table) if named(table) => Some(table.caption.clone()),
            _ => None,
        });
        let twice: String = twice.collect();
        texts.retain(|text| !text.is_empty());
        let count = |text: &str| text.matches('港').count();
        prop_assert_eq!(count(&texts.concat()) - count(&twice), count(&html), "{:?}", body.blocks);
    }

    #[test]
    fn the_words_of_paragraphs_are_kept(words in proptest::collection::vec("[a-zđế港가<&*_\\[\\]()]{1,8}", 1..6)) {
        let html: String = words.iter().map(|word| format!("<p><b>{}</b></p>", word.replace('&', "&amp;").replace('<', "&lt;"))).collect();
        let body = read(&html);
        let kept: Vec<String> = body.blocks.iter().map(|block| match block {
            Block::Paragraph(runs) => plain_text(runs),
            other => format!("{other:?}"),
        }).collect();
        prop_assert_eq!(kept, words);
    }
}
