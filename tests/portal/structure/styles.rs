//! The style sheets, read as the build reads them: where lengths of media queries stand, and where
//! blocks are styled.

mod blocks;

use lightningcss::media_query::{
    MediaCondition, MediaFeatureName, MediaFeatureValue, MediaList, QueryFeature,
};
use lightningcss::rules::{CssRule, CssRuleList};
use lightningcss::stylesheet::{ParserFlags, ParserOptions, StyleSheet};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The one style sheet with lengths in its media queries.
const MEDIA: &str = "tokens/media.css";

/// Every style sheet: its path below `style/`, and its text.
fn sheets() -> Vec<(String, String)> {
    let style = Path::new(crate::ROOT).join("style");
    let mut open = vec![style.clone()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "css") {
                let below = path
                    .strip_prefix(&style)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push((below, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(
        found.len() > 30,
        "only {} style sheets were found",
        found.len()
    );
    found
}

/// A style sheet as rules.
fn parse(css: &str) -> StyleSheet<'_> {
    let options = ParserOptions {
        flags: ParserFlags::CUSTOM_MEDIA,
        ..ParserOptions::default()
    };
    StyleSheet::parse(css, options).unwrap_or_else(|error| panic!("{error} in {css}"))
}

/// Looks at every rule, also at those within others.
fn each<'a, 'i>(rules: &'a CssRuleList<'i>, look: &mut impl FnMut(&'a CssRule<'i>)) {
    for rule in &rules.0 {
        look(rule);
        match rule {
            CssRule::Media(media) => each(&media.rules, look),
            CssRule::Container(container) => each(&container.rules, look),
            CssRule::Supports(supports) => each(&supports.rules, look),
            CssRule::LayerBlock(layer) => each(&layer.rules, look),
            CssRule::Style(style) => each(&style.rules, look),
            _ => {}
        }
    }
}

/// What a style sheet has of media queries.
#[derive(Debug, Default, PartialEq, Eq)]
struct Queries {
    /// Whether one of them has a length of its own.
    has_length: bool,
    /// The names that they use.
    used: BTreeSet<String>,
    /// The names that they are given.
    given: BTreeSet<String>,
}

impl Queries {
    fn of(css: &str) -> Self {
        let mut found = Self::default();
        each(&parse(css).rules, &mut |rule| match rule {
            CssRule::Media(media) => found.list(&media.query),
            CssRule::Import(import) => found.list(&import.media),
            CssRule::CustomMedia(custom) => {
                found.given.insert(custom.name.0.to_string());
                found.list(&custom.query);
            }
            _ => {}
        });
        found
    }

    fn list(&mut self, list: &MediaList) {
        for condition in list
            .media_queries
            .iter()
            .filter_map(|query| query.condition.as_ref())
        {
            self.condition(condition);
        }
    }

    fn condition(&mut self, condition: &MediaCondition) {
        match condition {
            MediaCondition::Not(inner) => self.condition(inner),
            MediaCondition::Operation { conditions, .. } => {
                for inner in conditions {
                    self.condition(inner);
                }
            }
            MediaCondition::Feature(QueryFeature::Boolean {
                name: MediaFeatureName::Custom(name),
            }) => {
                self.used.insert(name.0.to_string());
            }
            MediaCondition::Feature(
                QueryFeature::Plain {
                    value: MediaFeatureValue::Length(_),
                    ..
                }
                | QueryFeature::Range {
                    value: MediaFeatureValue::Length(_),
                    ..
                }
                | QueryFeature::Interval { .. },
            )
            | MediaCondition::Unknown(_) => self.has_length = true,
            MediaCondition::Feature(_) => {}
        }
    }
}

#[test]
fn media_queries_have_their_lengths_in_one_style_sheet() {
    let mut wrong = Vec::new();
    let (mut used, mut given) = (BTreeSet::new(), BTreeSet::new());
    for (file, css) in sheets() {
        let queries = Queries::of(&css);
        if file == MEDIA {
            given = queries.given;
        } else if queries.has_length || !queries.given.is_empty() {
            wrong.push(format!(
                "style/{file} has a length or a name of its own for a media query"
            ));
        }
        used.extend(queries.used);
    }
    assert!(
        wrong.is_empty(),
        "{}; they stand in style/{MEDIA}",
        wrong.join("\n")
    );
    assert_eq!(
        used, given,
        "every name of style/{MEDIA} is used, and no other"
    );
}

#[test]
fn a_length_in_a_media_query_is_noticed() {
    for query in [
        "(min-width: 48em)",
        "(48em <= width)",
        "print and (height < 20px)",
        "(forced-colors: active) and (not (20em < width < 30em))",
        "(--wide) or (max-width: calc(1em + 2px))",
    ] {
        assert!(
            Queries::of(&format!(
                "@layer a {{ @media {query} {{ a {{ color: red }} }} }}"
            ))
            .has_length,
            "{query}"
        );
        assert!(
            Queries::of(&format!("@import 'a.css' {query};")).has_length,
            "{query}"
        );
    }
    let css = "@custom-media --a (scripting); @media (--b) and (not (--c)) { a { color: red } } @media print { }";
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(
        Queries::of(css),
        Queries {
            has_length: false,
            used: names(&["--b", "--c"]),
            given: names(&["--a"])
        }
    );
}

/// The lengths in the width queries of a text, without their units.
fn widths(text: &str) -> BTreeSet<&str> {
    text.split("-width: ")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(length, _)| length.trim_end_matches("em").trim_end_matches('r'))
        .collect()
}

#[test]
fn pictures_change_where_pages_do() {
    let root = Path::new(crate::ROOT);
    let read = |file: &str| fs::read_to_string(root.join(file)).unwrap();
    let (media, space) = (
        read("style/tokens/media.css"),
        read("style/tokens/space.css"),
    );
    let mut known = widths(&media);
    // From there on, a page has one width.
    let (_, page) = space.split_once("--page: ").unwrap();
    known.insert(page.split_once("rem;").unwrap().0);
    for file in ["src/components/banners.rs", "src/components/image.rs"] {
        let text = read(file);
        let widths = widths(&text);
        assert!(!widths.is_empty(), "{file} has no width");
        let strange: Vec<_> = widths.difference(&known).collect();
        assert!(
            strange.is_empty(),
            "{file} has widths at which no page changes: {strange:?}"
        );
    }
}
