//! The fingerprint that is recorded is the parser's, whatever a page holds.

use super::*;

/// The fingerprints of a page when its nesting is new, and when it is known.
fn recorded(inside: &str) -> [Fingerprint; 2] {
    let fingerprints = Fingerprints::default();
    [(); 2].map(|()| fingerprints.of(inside))
}

#[test]
fn whatever_stands_in_a_page_what_a_parser_says_is_recorded() {
    for inside in [
        "",
        "words",
        "<p>words &lt;b&gt;</p><!---->",
        "<p title=\"a > b\">x</p><img alt=\">\"><br>y",
        "<ul><li>a</li><li><a href=\"/\">b</a>c<!-- d --></li></ul>",
        "<table><caption>a</caption><thead><tr><th>b</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>",
        // A parser adds what is left out, closes what cannot stand in another, and moves what
        // cannot stand in a table.
        "<table><tr><td>c</td></tr></table>",
        "<table> <tbody><tr><td>c</td></tr></tbody></table>",
        "<table>words<tbody><tr><td>c</td></tr></tbody></table>",
        "<p><div>a</div></p>",
        "<p>a<p>b</p></p>",
        "<a href=\"/\"><b><a href=\"/\">c</a></b></a>",
        "<ul><li>a<li>b</ul>",
        "<b><i>a</b></i>",
        "<pre>\n</pre><pre>\na</pre>",
        "<script>if (a < b) {}</script><p>c</p>",
        "<textarea><p></textarea><svg viewBox=\"0 0 1 1\"><path d=\"\"/></svg>",
        "<select><option>a</option><div>b</div></select>",
        "<image><p>a</p>",
        "<frameset></frameset><body><p>a</p>",
        "a<!doctype html>b",
        "<p>a</p></div><p>b</p>",
    ] {
        let expected = parsed(inside);
        assert_eq!(recorded(inside), [expected.clone(), expected], "{inside}");
    }
}

#[test]
fn a_nesting_that_a_parser_changes_is_never_known() {
    let fingerprints = Fingerprints::default();
    let wrong = "<p><div>a</div></p>";
    let right = "<div><p>a</p></div>";
    for _ in 0..2 {
        assert_eq!(fingerprints.of(wrong), parsed(wrong));
        assert_eq!(fingerprints.of(right), parsed(right));
    }
    assert_ne!(Scan::of(wrong).unwrap().fingerprint, parsed(wrong));
    let known = fingerprints.known.read().unwrap();
    assert!(
        Scan::of(right)
            .unwrap()
            .ancestor_paths
            .iter()
            .all(|path| known.contains(path))
    );
    assert!(
        !Scan::of(wrong)
            .unwrap()
            .ancestor_paths
            .iter()
            .all(|path| known.contains(path))
    );
}
