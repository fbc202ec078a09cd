//! Nothing on a page moves by itself: no text scrolls or blinks, and nothing shifts because a later
//! part of the page loads.

use std::fs;
use std::path::{Path, PathBuf};

/// All animations and transitions, each with the reason why it moves no text. A new one must be
/// reviewed and added here.
const KNOWN_MOTION: [(&str, &str, &str); 6] = [
    (
        "components/viewer.css",
        "animation: viewer 0.15s ease-out",
        "a viewer that a reader opened; it fades in, nothing moves",
    ),
    ("components/viewer.css", "@keyframes viewer", "the same"),
    (
        "components/search.css",
        "animation: search-needs 4s step-end backwards",
        "a line that is hidden for four seconds",
    ),
    (
        "components/search.css",
        "@keyframes search-needs",
        "the same",
    ),
    (
        "base/links.css",
        "transition: 0.12s",
        "only those below, and only where motion is welcome",
    ),
    (
        "base/links.css",
        "transition-property: background-color, border-color, color",
        "colours, no places",
    ),
];

/// All selectors that depend on later elements, each with the reason why it moves nothing.
const KNOWN_FORWARD_SELECTORS: [(&str, &str, &str); 18] = [
    (
        "components/article.css",
        ":has(",
        "a second language comes by a click, and the page is laid out anew for it",
    ),
    ("components/parallel.css", ":has(", "the same"),
    ("layout/article.css", ":has(", "the same"),
    ("layout/article.css", ":has(", "the same"),
    ("layout/article.css", ":has(", "the same"),
    ("layout/article.css", ":has(", "the same"),
    ("layout/article.css", ":has(", "the same"),
    ("layout/article.css", ":has(", "the same"),
    (
        "components/search.css",
        ":empty",
        "it keeps room for what the script makes",
    ),
    ("components/share.css", ":has(>", "a reader opens the code"),
    ("components/status.css", ":empty", "it stands over the page"),
    (
        "components/steps.css",
        ":has(>",
        "it looks at its own child",
    ),
    (
        "components/teaser.css",
        ":has(",
        "it looks at its own first child",
    ),
    ("components/teaser.css", ":has(", "the same"),
    (
        "layout/frame.css",
        ":has(",
        "what the keyboard comes to stands above the line: nothing moves by itself",
    ),
    (
        "layout/frame.css",
        ":has(",
        "room at the page's end, for as long as the lower edge of the window has buttons",
    ),
    ("layout/frame.css", ":has(", "the same"),
    (
        "layout/frame.css",
        ":has(",
        "where the edge itself stands in a low window",
    ),
];

/// All files below a folder with one of these endings: the relative path and the text of each.
fn files(folder: &Path, endings: &[&str]) -> Vec<(String, String)> {
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if endings
            .iter()
            .any(|ending| path.to_string_lossy().ends_with(ending))
        {
            let below = path
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            found.push((below, fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

/// CSS without comments, in pieces: selectors, preludes of at-rules, declarations.
fn pieces(css: &str) -> Vec<String> {
    let mut bare = String::new();
    for (number, part) in css.split("/*").enumerate() {
        bare.push_str(if number == 0 {
            part
        } else {
            part.split_once("*/").map_or("", |(_, rest)| rest)
        });
    }
    let pieces = bare
        .split(['{', '}', ';'])
        .map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(" "));
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// The pieces of a style sheet that can cause motion.
fn motion(css: &str) -> Vec<String> {
    const MOVING: [&str; 7] = [
        "@keyframes",
        "animation",
        "transition",
        "offset-path",
        "scroll-behavior",
        "view-transition",
        "marquee",
    ];
    let is_moving = |piece: &String| {
        let piece = piece.to_lowercase();
        let piece = piece.trim_start_matches('-');
        let piece = ["webkit-", "moz-"].iter().fold(piece, |piece, prefix| {
            piece.strip_prefix(prefix).unwrap_or(piece)
        });
        MOVING.iter().any(|property| piece.starts_with(property)) || piece.ends_with(": blink")
    };
    pieces(css).into_iter().filter(is_moving).collect()
}

/// The parts of selectors that depend on later elements: while a page loads, they change what is
/// painted already.
fn forward_selectors(css: &str) -> Vec<&'static str> {
    const AHEAD: [&str; 8] = [
        ":nth-last-",
        ":last-child",
        ":last-of-type",
        ":only-child",
        ":only-of-type",
        ":has(>",
        ":has(",
        ":empty",
    ];
    let selectors = pieces(css)
        .into_iter()
        .filter(|piece| piece.contains(':') && !piece.starts_with("--"));
    selectors
        .flat_map(|selector| {
            let compact = selector.replace("( >", "(>");
            let is_named = move |&&part: &&&'static str| {
                compact.contains(part) && (part != ":has(" || !compact.contains(":has(>"))
            };
            AHEAD.iter().filter(is_named).copied().collect::<Vec<_>>()
        })
        .collect()
}

/// Returns what was found but is not known, and what is known but was not found.
fn compare(found: &[(String, String)], known: &[(&str, &str, &str)]) -> Vec<String> {
    let mut left: Vec<(&str, &str)> = known.iter().map(|(file, what, _)| (*file, *what)).collect();
    let mut wrong = Vec::new();
    for (file, what) in found {
        match left
            .iter()
            .position(|known| *known == (file.as_str(), what.as_str()))
        {
            Some(at) => _ = left.remove(at),
            None => wrong.push(format!("style/{file}: {what} is not known here")),
        }
    }
    wrong.extend(
        left.iter().map(|(file, what)| {
            format!("style/{file}: {what} is known here and not there any more")
        }),
    );
    wrong
}

fn in_styles<T: Into<String>>(look: impl Fn(&str) -> Vec<T>) -> Vec<(String, String)> {
    let styles = files(&Path::new(crate::ROOT).join("style"), &[".css"]);
    assert!(
        styles.len() > 30,
        "only {} style sheets were found",
        styles.len()
    );
    let found = |(file, css): (String, String)| {
        look(&css)
            .into_iter()
            .map(move |what| (file.clone(), what.into()))
            .collect::<Vec<_>>()
    };
    styles.into_iter().flat_map(found).collect()
}

#[test]
fn nothing_moves_but_what_is_known_to_move_no_text() {
    let wrong = compare(&in_styles(motion), &KNOWN_MOTION);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_script_and_no_component_sets_anything_in_motion() {
    let sources = files(&Path::new(crate::ROOT).join("src"), &[".rs", ".js"]);
    assert!(
        sources.len() > 90,
        "only {} files were found",
        sources.len()
    );
    for (file, text) in sources {
        for mark in ["<marquee", "<blink", ".animate(", "setInterval("] {
            assert!(!text.contains(mark), "src/{file} has {mark}");
        }
    }
}

/// Sections of the home page once moved while the page loaded.
#[test]
fn no_style_moves_what_has_come_in_already() {
    let wrong = compare(&in_styles(forward_selectors), &KNOWN_FORWARD_SELECTORS);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_moves_is_noticed() {
    let css = "/* animation: no */ @media print { p { color: red; -webkit-animation: run 3s infinite } } \
               @keyframes run { to { inset-inline-start: 0 } } b { text-decoration: blink; Transition: all 1s }";
    let expected = [
        "-webkit-animation: run 3s infinite",
        "@keyframes run",
        "text-decoration: blink",
        "Transition: all 1s",
    ];
    assert_eq!(motion(css), expected);
    let css = ".a:nth-last-child(2) { color: red } li:last-child a, li:only-child { a: b } p:has(> b) {} q:has(b) {}";
    assert_eq!(
        forward_selectors(css),
        [
            ":nth-last-",
            ":last-child",
            ":only-child",
            ":has(>",
            ":has("
        ]
    );
    assert_eq!(
        forward_selectors("a:first-child { color: red } li + li {}"),
        Vec::<&str>::new()
    );
    let known = [("a.css", "x", "why"), ("b.css", "y", "why")];
    let found = [
        ("a.css".to_owned(), "x".to_owned()),
        ("a.css".to_owned(), "x".to_owned()),
    ];
    assert_eq!(compare(&found, &known).len(), 2);
}
