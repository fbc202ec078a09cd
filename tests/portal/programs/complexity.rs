//! Four times the text costs about four times the work, for every parser of the tool. Valgrind
//! counts instructions: unlike times, they are the same on every machine and under every load.

use crate::browser::environment;
use crate::importing::{MAPPING, export, portal, post};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

/// The maximum factor by which the cost may grow for four times the text. Sorting and maps grow
/// slightly faster than linearly.
const MAX_FACTOR: f64 = 5.5;

/// The least cost that counts for the small text, in millions of instructions, so that the start of
/// the program has no weight.
const MIN_COST: f64 = 2.0;

/// The file that a text is put into, and the command that reads it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Input {
    /// The content of a post, with `site import wordpress`.
    Post,
    /// Everything in the channel of an export, likewise.
    Channel,
    /// A page, with `site import html`.
    Page,
    /// A version of an article, with `site check`.
    Version,
    /// A drawing of an article, with `site check`.
    Drawing,
}

/// Writes a text to its file. Returns the arguments of the command that reads it.
fn put(input: Input, text: &str, folder: &Path) -> Vec<&'static str> {
    let (file, whole): (&str, String) = match input {
        Input::Post => ("e.xml", export(&post(1, "T", text))),
        Input::Channel => ("e.xml", export(text)),
        Input::Page => ("p.html", format!("<title>T</title><p>x</p>{text}")),
        Input::Version => (
            "content/articles/port/deep-water-port/en.json",
            text.to_owned(),
        ),
        Input::Drawing => (
            "content/articles/port/deep-water-port/harbour.svg",
            text.to_owned(),
        ),
    };
    fs::write(folder.join(file), whole).unwrap();
    match input {
        Input::Post | Input::Channel => {
            fs::write(folder.join("m.json"), MAPPING).unwrap();
            vec![
                "import",
                "wordpress",
                "e.xml",
                "--mapping",
                "m.json",
                "--dry-run",
                "--uploads",
                "uploads",
            ]
        }
        Input::Page => vec![
            "import",
            "html",
            "p.html",
            "--section",
            "port",
            "--slug",
            "x",
            "--lang",
            "en",
            "--published",
            "2014-09-03T16:10Z",
            "--dry-run",
        ],
        Input::Version | Input::Drawing => vec!["check"],
    }
}

/// The tool without debug information, which Valgrind would read for many seconds first.
fn tool() -> &'static Path {
    static TOOL: LazyLock<PathBuf> = LazyLock::new(|| {
        let tool = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site-to-be-counted");
        let mut strip = Command::new("strip");
        strip.arg("-o").arg(&tool).arg(env!("CARGO_BIN_EXE_site"));
        assert!(
            strip
                .status()
                .expect("strip comes with the compiler")
                .success()
        );
        tool
    });
    &TOOL
}

/// The cost of reading a text, in millions of instructions.
fn cost(input: Input, text: &str) -> f64 {
    let folder: TempDir = portal();
    let arguments = put(input, text, folder.path());
    let mut command = Command::new(environment::file("PORTAL_VALGRIND"));
    command.args([
        "--tool=cachegrind",
        "--cache-sim=no",
        "--cachegrind-out-file=/dev/null",
    ]);
    let output = command
        .arg(tool())
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.code().is_some_and(|code| code < 3),
        "{input:?}: {said}"
    );
    let count = said
        .lines()
        .find_map(|line| line.split_once("refs:"))
        .map(|(_, count)| count.trim().replace(',', ""));
    let count: u32 = count
        .unwrap_or_else(|| panic!("valgrind counts nothing: {said}"))
        .parse::<u64>()
        .unwrap()
        .div_ceil(1_000)
        .try_into()
        .unwrap();
    f64::from(count) / 1_000.0
}

/// The name of a kind of text, its text for a number of parts, and the smaller of the two numbers.
type Case<'a> = (&'a str, &'a dyn Fn(usize) -> String, usize);

/// Compares the cost of each text with that of one of four times its size.
fn grows_evenly(input: Input, cases: &[Case<'_>]) {
    let nothing = cost(input, if input == Input::Version { "{}" } else { "" });
    let mut wrong = Vec::new();
    for (name, text, size) in cases {
        let [small, large] = [*size, 4 * size].map(|size| cost(input, &text(size)) - nothing);
        println!(
            "{input:?} {name}: {small:.1} and {large:.1} million instructions, {:.2} times",
            large / small
        );
        if large > MAX_FACTOR * small.max(MIN_COST) {
            wrong.push(format!(
                "{name}: {small:.1} and {large:.1} million instructions"
            ));
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{input:?}");
}

/// Concatenates `times` texts, each made from its number.
fn many(times: usize, one: impl Fn(usize) -> String) -> String {
    (0..times).map(one).collect()
}

#[test]
fn shortcodes_cost_what_they_are_long() {
    grows_evenly(
        Input::Post,
        &[
            ("one that is never closed", &|n| "[caption]".repeat(n), 100),
            (
                "one that is closed at the end",
                &|n| "[caption]".repeat(n) + "[/caption]",
                100,
            ),
            ("brackets", &|n| "[".repeat(n), 800),
            ("values without an end", &|n| "[a/b=".repeat(n), 200),
            (
                "marks of values without an end",
                &|n| "[a b=\"[c d='".repeat(n),
                100,
            ),
            (
                "lists that are never closed",
                &|n| "<ul>".repeat(900) + "</ol>".repeat(n).as_str(),
                2_000,
            ),
        ],
    );
}

#[test]
fn markup_costs_what_it_is_long() {
    grows_evenly(
        Input::Page,
        &[
            (
                "attributes",
                &|n| format!("<p{}>a", many(n, |number| format!(" a{number}=b"))),
                3_000,
            ),
            ("nesting", &|n| "<div>".repeat(n), 1_500),
            (
                "nesting with ends that match nothing",
                &|n| "<div></x>".repeat(n),
                1_500,
            ),
            (
                "marks that are never closed",
                &|n| many(n, |number| format!("<p><b a{number}>c")),
                1_000,
            ),
            (
                "marks that are closed across each other",
                &|n| "<b><i>a</b></i>".repeat(n),
                400,
            ),
            (
                "what stands in a table and not in its cells",
                &|n| "<table><tr>".to_owned() + "<i>a</i><p>b".repeat(n).as_str(),
                200,
            ),
            (
                "bodies",
                &|n| many(n, |number| format!("<body a{number}=b>c")),
                400,
            ),
            (
                "characters by their names",
                &|n| "&amp;&nbsp;&#273;&x".repeat(n),
                150,
            ),
        ],
    );
}

#[test]
fn words_and_marks_cost_what_they_are_long() {
    grows_evenly(
        Input::Page,
        &[
            (
                "spaces that stay, in marks",
                &|n| format!("a<b>{}b</b>", "\u{3000}".repeat(n)),
                2_000,
            ),
            (
                "marks beside each other",
                &|n| "<b>a</b><i>b</i>".repeat(n),
                300,
            ),
            (
                "links to many places",
                &|n| {
                    many(n, |number| {
                        format!("<a href='https://a.example/{number}'>b</a> ")
                    })
                },
                60,
            ),
            (
                "an address full of marks",
                &|n| {
                    format!(
                        "<a href='https://a.example/?{}'>b</a>",
                        "&amp;*_(".repeat(n)
                    )
                },
                500,
            ),
            (
                "loose marks",
                &|n| format!("a{}", "\u{301}\u{323}".repeat(n)),
                500,
            ),
            (
                "signs that could be marks",
                &|n| "*_`<[!&\\](".repeat(n),
                150,
            ),
        ],
    );
}

#[test]
fn tables_cost_what_they_are_long() {
    let long = |rows: usize| "<tr><td>a".repeat(rows);
    grows_evenly(
        Input::Page,
        &[
            (
                "rows",
                &|n| format!("<table>{}</table>", "<tr><td>a<td>b".repeat(n)),
                150,
            ),
            (
                "one long row and many short ones",
                &|n| format!("<table><tr>{}{}</table>", "<td>a".repeat(n), long(n)),
                150,
            ),
            (
                "a long cell over many rows",
                &|n| {
                    format!(
                        "<table><tr><td rowspan=50>{}<td>b{}</table>",
                        "a ".repeat(n),
                        long(49)
                    )
                },
                300,
            ),
        ],
    );
}

#[test]
fn exports_cost_what_they_are_long() {
    let item = |number: usize, name: &str| {
        post(number, "T", "<p>a</p>").replace(&format!("post-{number}"), name)
    };
    grows_evenly(
        Input::Channel,
        &[
            (
                "posts of one name",
                &|n| many(n, |number| item(number, "a")),
                20,
            ),
            (
                "names that begin alike",
                &|n| {
                    many(n, |number| {
                        item(number, &format!("{}{}", "a".repeat(77), number % 9))
                    })
                },
                20,
            ),
            (
                "attributes",
                &|n| format!("<x{}/>", many(n, |number| format!(" a{number}='b'"))),
                4_000,
            ),
            (
                "namespaces",
                &|n| {
                    format!(
                        "<x{}/>",
                        many(n, |number| format!(" xmlns:a{number}='b{number}'"))
                    )
                },
                4_000,
            ),
            (
                "values of plug-ins",
                &|n| {
                    item(1, "a").replace("</item>", &(many(n, |number| format!("<wp:postmeta><wp:meta_key>a{number}</wp:meta_key><wp:meta_value>b</wp:meta_value></wp:postmeta>")) + "</item>"))
                },
                300,
            ),
            (
                "a base for many links",
                &|n| {
                    let links = post(1, "T", &"<a href='c'>b</a> ".repeat(n));
                    links.replace(
                        "<wp:post_id>",
                        &format!(
                            "<link>https://a.example/{}</link><wp:post_id>",
                            "b/".repeat(1_000)
                        ),
                    )
                },
                5,
            ),
        ],
    );
}

#[test]
fn json_with_many_mistakes_costs_what_it_is_long() {
    let version = |body: String| {
        format!("{{ \"lead\": \"a\", \"body\": [{body} {{ \"paragraph\": \"b\" }}] }}")
    };
    let paragraphs =
        |n: usize, text: &str| version(many(n, |_| format!("{{ \"paragraph\": \"{text}\" }}, ")));
    grows_evenly(
        Input::Version,
        &[
            (
                "texts with characters that nobody sees",
                &|n| paragraphs(n, "a\u{200b}e\u{301}"),
                40,
            ),
            (
                "keys that are there twice",
                &|n| format!("{{ {} \"lead\": \"a\" }}", "\"lead\": \"b\", ".repeat(n)),
                100,
            ),
            (
                "unknown keys",
                &|n| {
                    format!(
                        "{{ {} \"lead\": \"a\" }}",
                        many(n, |number| format!("\"b{number}\": 1, "))
                    )
                },
                400,
            ),
            (
                "marks within each other",
                &|n| version(format!("{{ \"paragraph\": \"{}b\" }}, ", "*a **".repeat(n))),
                500,
            ),
            (
                "brackets",
                &|n| version(format!("{{ \"paragraph\": \"{}\" }}, ", "[".repeat(n))),
                2_000,
            ),
            (
                "signs of code",
                &|n| {
                    version(format!(
                        "{{ \"paragraph\": \"{}\" }}, ",
                        many(n, |number| "`".repeat(1 + number % 40) + "a")
                    ))
                },
                400,
            ),
        ],
    );
}

#[test]
fn drawings_cost_what_they_are_long() {
    let drawing = |inside: String| {
        format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 40'>{inside}</svg>")
    };
    grows_evenly(
        Input::Drawing,
        &[
            (
                "shapes",
                &|n| drawing("<rect width='1' height='1'/>".repeat(n)),
                600,
            ),
            (
                "attributes",
                &|n| {
                    drawing(format!(
                        "<rect{}/>",
                        many(n, |number| format!(" a{number}='b'"))
                    ))
                },
                3_000,
            ),
            ("mistakes", &|n| drawing("<script/>".repeat(n)), 600),
        ],
    );
}

/// Texts of 100, 200 and 400 thousand characters are read with memory in proportion to their size:
/// the limit is 48 MiB and [`MAX_BYTES_OF_MEMORY`] for each byte.
#[test]
fn memory_grows_with_the_text() {
    let folder = portal();
    for (text, size) in [
        ("Lorem ipsum. ", 8_000),
        ("<b>a</b><i>b</i>", 6_000),
        ("[caption]", 11_000),
        ("<div></x>", 11_000),
        ("<p><b a>c", 11_000),
        ("<table><tr><td rowspan=99>a<td>b", 3_000),
        ("*_`<[!&\\](", 10_000),
    ] {
        for times in [1, 2, 4] {
            let whole = text.repeat(size * times);
            let arguments = put(Input::Page, &whole, folder.path());
            let kibibytes = 48 * 1_024 + whole.len() * MAX_BYTES_OF_MEMORY / 1_024;
            let limit = format!("ulimit -d {kibibytes}; exec \"$0\" \"$@\"");
            let mut command = Command::new("sh");
            command
                .args(["-c", &limit, env!("CARGO_BIN_EXE_site")])
                .args(arguments)
                .current_dir(folder.path());
            let output = command.output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.code().is_some_and(|code| code < 2),
                "{text}: {times} times: {said}"
            );
        }
    }
}

/// The bytes of memory that the tool may need for each byte of a text.
const MAX_BYTES_OF_MEMORY: usize = 600;
