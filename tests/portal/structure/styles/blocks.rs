//! A block of CSS is a component and a file: what begins with the name of a component is styled in
//! the file of that name.

use super::{each, parse, sheets};
use crate::structure::modules::Modules;
use crate::structure::source;
use lightningcss::rules::CssRule;
use lightningcss::selector::{Component, Selector};
use lightningcss::stylesheet::PrinterOptions;
use lightningcss::traits::ToCss;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The files of `style/shared/`: looks that several blocks have in common. `style/layout/` and
/// `style/print.css` name blocks of all components too, because they place them and leave them out.
const SHARED: [(&str, &str); 5] = [
    (
        "button",
        "what is pressed in the share row, below a citation, and where a bar asks something",
    ),
    (
        "emblem",
        "the portal's sign, before its name in masthead, footer and chooser",
    ),
    (
        "living",
        "what needs scripts or the program, and is not seen where these do not come",
    ),
    (
        "terms",
        "names and what belongs to them, in key facts, contacts and events",
    ),
    ("title", "the titles of pages"),
];

/// Blocks with a file of their own that have the name of no component in `src/components/` and
/// `src/pages/`, and why.
const NO_COMPONENT: [(&str, &str); 8] = [
    (
        "aloud",
        "the states of reading aloud, between which `src/lazy/aloud.js` changes",
    ),
    (
        "choice",
        "the display settings, which `src/lazy/controls.js` makes",
    ),
    (
        "chooser",
        "the site's root, which `src/app/shell.rs` writes",
    ),
    (
        "header",
        "a part of the frame, which is `src/app/portal.rs`",
    ),
    ("lost", "a host's 404.html, which `src/app/shell.rs` writes"),
    (
        "saved",
        "what `src/lazy/save.js` adds to a file that it saves",
    ),
    (
        "section",
        "the frame that all pages of lists have, and the page that searches",
    ),
    ("viewer", "what `src/lazy/gallery.js` makes"),
];

/// Selectors of components without a class, and why.
const NO_CLASS: [(&str, &str, &str); 1] = [(
    "aloud",
    "[data-reading]",
    "what is read has no class for it: `src/lazy/aloud.js` marks it",
)];

/// What stands at the beginning of class names, with the file that it is styled in. A component
/// that has several of something has their name in the singular too: a `notice` stands in
/// `notices.css`.
struct Blocks(BTreeMap<String, String>);

impl Blocks {
    fn of(components: &BTreeSet<String>) -> Self {
        let others = NO_COMPONENT.iter().map(|(name, _)| (*name).to_owned());
        let all: Vec<String> = components.iter().cloned().chain(others).collect();
        let one_of = all
            .iter()
            .filter_map(|name| Some((name.strip_suffix('s')?.to_owned(), name.clone())));
        let mut blocks: BTreeMap<String, String> = one_of.collect();
        blocks.extend(all.iter().map(|name| (name.clone(), name.clone())));
        Self(blocks)
    }

    /// The file of a class: that of the longest name that it begins with.
    fn file(&self, class: &str) -> Option<&str> {
        let begins = |name: &str| {
            class
                .strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let names = self.0.iter().filter(|(name, _)| begins(name));
        names
            .max_by_key(|(name, _)| name.len())
            .map(|(_, file)| file.as_str())
    }

    /// What a component's style sheet styles that is not its own.
    fn strays(&self, file: &str, css: &str) -> Vec<String> {
        let mut strays = Vec::new();
        for (selector, classes) in styled(css) {
            let is_known = NO_CLASS
                .iter()
                .any(|(known, without, _)| (*known, *without) == (file, selector.as_str()));
            if classes.is_empty() && !is_known {
                strays.push(format!("{file}.css: {selector} has no class"));
            }
            for class in classes {
                match self.file(&class) {
                    Some(own) if own == file => {}
                    Some(other) => {
                        strays.push(format!("{file}.css: {selector} belongs in {other}.css"));
                    }
                    None => {
                        strays.push(format!("{file}.css: {class} has the name of no component"));
                    }
                }
            }
        }
        strays
    }
}

/// The components in a file's code, as classes have their names: `VideoBlock` is `video`,
/// `NotFoundPage` is `not-found`.
fn components(code: &str) -> Vec<String> {
    let words = source::words(code);
    let mut rest = words.iter();
    let mut found = Vec::new();
    while rest.any(|word| word == "component") {
        let name = rest
            .by_ref()
            .skip_while(|word| *word != "fn")
            .nth(1)
            .expect("a component is a function");
        let name = ["Block", "Page"].iter().fold(name.as_str(), |name, end| {
            name.strip_suffix(end).unwrap_or(name)
        });
        let words = name
            .chars()
            .fold(String::new(), |words, letter| match letter {
                'A'..='Z' if !words.is_empty() => {
                    format!("{words}-{}", letter.to_ascii_lowercase())
                }
                _ => format!("{words}{}", letter.to_ascii_lowercase()),
            });
        found.push(words);
    }
    found
}

/// The components of the front end.
fn all_components() -> BTreeSet<String> {
    let modules = Modules::of(&Path::new(crate::ROOT).join("src"));
    let rooms = modules.files().filter(|(module, _)| {
        module
            .first()
            .is_some_and(|room| ["components", "pages"].contains(&room.as_str()))
    });
    let found: BTreeSet<String> = rooms
        .flat_map(|(_, file)| components(&fs::read_to_string(file).unwrap()))
        .collect();
    assert!(
        found.len() > 40,
        "only {} components were found",
        found.len()
    );
    found
}

/// Every selector of a style sheet, with the classes of what it styles.
fn styled(css: &str) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    each(&parse(css).rules, &mut |rule| {
        if let CssRule::Style(style) = rule {
            let written =
                |selector: &Selector| selector.to_css_string(PrinterOptions::default()).unwrap();
            found.extend(
                style
                    .selectors
                    .0
                    .iter()
                    .map(|selector| (written(selector), classes(selector))),
            );
        }
    });
    found
}

/// The classes in the last part of a selector that has any. What is negated or looked for elsewhere
/// is not styled.
fn classes(selector: &Selector) -> Vec<String> {
    fn of(part: &Component) -> Vec<String> {
        match part {
            Component::Class(name) => vec![name.0.to_string()],
            Component::Is(inner) | Component::Where(inner) | Component::Any(_, inner) => {
                inner.iter().flat_map(classes).collect()
            }
            _ => Vec::new(),
        }
    }
    // From the last part to the first.
    let parts: Vec<&Component> = selector.iter_raw_match_order().collect();
    let mut compounds = parts
        .split(|part| matches!(part, Component::Combinator(_)))
        .map(|compound| {
            compound
                .iter()
                .flat_map(|part| of(part))
                .collect::<Vec<_>>()
        });
    compounds
        .find(|classes| !classes.is_empty())
        .unwrap_or_default()
}

#[test]
fn every_block_is_a_component_and_a_file() {
    let components = all_components();
    let blocks = Blocks::of(&components);
    let (mut wrong, mut files, mut shared) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for (file, css) in sheets() {
        if let Some(file) = file
            .strip_prefix("components/")
            .and_then(|file| file.strip_suffix(".css"))
        {
            wrong.extend(blocks.strays(file, &css));
            files.insert(file.to_owned());
        } else if let Some(file) = file
            .strip_prefix("shared/")
            .and_then(|file| file.strip_suffix(".css"))
        {
            let classes = styled(&css).into_iter().flat_map(|(_, classes)| classes);
            let strange = classes.filter(|class| class != file && blocks.file(class).is_none());
            wrong.extend(
                strange.map(|class| {
                    format!("shared/{file}.css: {class} has the name of no component")
                }),
            );
            shared.insert(file.to_owned());
        } else if file.starts_with("base/") || file.starts_with("tokens/") {
            let classes = styled(&css).into_iter().flat_map(|(_, classes)| classes);
            let strange = classes.filter(|class| class != "visually-hidden");
            wrong.extend(strange.map(|class| format!("{file}: {class} belongs to a component")));
        }
    }
    assert!(wrong.is_empty(), "in style/:\n{}", wrong.join("\n"));
    let needless: Vec<&str> = NO_COMPONENT
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !files.contains(*name) || components.contains(*name))
        .collect();
    assert!(
        needless.is_empty(),
        "{needless:?} are no exceptions any more"
    );
    let known: BTreeSet<String> = SHARED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(shared, known, "style/shared/ has what is said here");
}

/// The order of layers decides what wins, so that each file has to stand in its own.
#[test]
fn every_style_sheet_stands_in_the_layer_of_its_folder() {
    let sheets = sheets();
    let (_, main) = sheets.iter().find(|(file, _)| file == "main.css").unwrap();
    let mut imported = Vec::new();
    each(&parse(main).rules, &mut |rule| {
        if let CssRule::Import(import) = rule {
            let layer = import
                .layer
                .as_ref()
                .and_then(Option::as_ref)
                .map(|layer| layer.0[0].to_string());
            imported.push((import.url.to_string(), layer));
        }
    });
    let expected = sheets
        .iter()
        .filter(|(file, _)| file != "main.css")
        .map(|(file, _)| {
            let folder = file.split(['/', '.']).next().unwrap();
            let layer = match folder {
                _ if file == super::MEDIA => None,
                "shared" => Some("components".to_owned()),
                folder => Some(folder.to_owned()),
            };
            (file.clone(), layer)
        });
    imported.sort();
    assert_eq!(imported, expected.collect::<Vec<_>>());
}

#[test]
fn a_block_in_the_wrong_file_is_noticed() {
    let code = "#[component] pub(super) fn NoticesBlock() {} mod a { /* #[component] fn B() {} */ } fn no() {} \
                #[component]\nfn SiteMapPage() {}";
    let components: BTreeSet<String> = components(code).into_iter().collect();
    assert_eq!(
        components,
        BTreeSet::from(["notices", "site-map"].map(str::to_owned))
    );
    let blocks = Blocks::of(&components);
    let own = "@layer a { @media print { .notices p::before, .notice-text > :not(.other) { color: red } } } \
               .site-map:hover :is(.notices, .notice > a) { color: red } [lang] .notice:has(.site-map) + * { color: red }";
    assert_eq!(blocks.strays("notices", own), Vec::<String>::new());
    let wrong =
        ".notices .site-map-link {} .noticeable {} .notice :is(a, .site-map) {} body a {} .site {}";
    assert_eq!(
        blocks.strays("notices", wrong),
        [
            "notices.css: .notices .site-map-link belongs in site-map.css",
            "notices.css: noticeable has the name of no component",
            "notices.css: .notice :is(a, .site-map) belongs in site-map.css",
            "notices.css: body a has no class",
            "notices.css: site has the name of no component",
        ]
    );
}
