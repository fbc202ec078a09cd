//! The contrast of all themes, by WCAG's formula and from the style sheets as they are. In every
//! theme text has at least 7:1, and a sign without words has at least 3:1.

use model::Choice;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const SHEET: &str = include_str!("../../style/tokens/colour.css");

/// Every pair of tokens in which components set text: the text's colour and its background.
const TEXTS: [(&str, &str); 17] = [
    ("ink", "paper"),
    ("ink", "paper-quiet"),
    ("ink-quiet", "paper"),
    ("ink-quiet", "paper-quiet"),
    ("link", "paper"),
    ("link", "paper-quiet"),
    ("accent", "paper"),
    ("accent", "paper-quiet"),
    // Filled elements: a button, the checked choice.
    ("paper", "link"),
    ("band-ink", "band"),
    ("band-quiet", "band"),
    // The tab of the page's own language.
    ("band", "band-ink"),
    // Notices: text, links and level; the icon has the paper's colour on the level's.
    ("ink", "warning"),
    ("warning-mark", "warning"),
    ("paper", "warning-mark"),
    ("alarm-ink", "alarm"),
    ("alarm", "alarm-ink"),
];

/// Every pair in which a line, a mark or the focus carries information.
const MARKS: [(&str, &str); 15] = [
    ("edge", "paper"),
    ("edge", "paper-quiet"),
    ("mark", "paper"),
    ("mark", "paper-quiet"),
    ("rule", "paper"),
    ("focus", "paper"),
    ("focus", "paper-quiet"),
    ("link", "paper"),
    ("link", "paper-quiet"),
    ("band-edge", "band"),
    ("band-mark", "band"),
    ("band-focus", "band"),
    ("warning-mark", "warning"),
    ("alarm-ink", "alarm"),
    ("focus", "warning"),
];

/// Colours that carry no information: dividers and ornaments, such as the ground of a film or the
/// petals of the sign.
const ORNAMENTS: [&str; 3] = ["hairline", "black", "flower"];

type Tokens = BTreeMap<String, String>;

/// The blocks of the sheet: media condition, selector and declarations.
fn blocks() -> Vec<(String, String, Tokens)> {
    let mut sheet = String::new();
    let mut rest = SHEET;
    while let Some((before, after)) = rest.split_once("/*") {
        sheet.push_str(before);
        rest = after.split_once("*/").expect("a comment ends").1;
    }
    sheet.push_str(rest);
    let (mut blocks, mut condition, mut rest) = (Vec::new(), String::new(), sheet.as_str());
    while let Some(at) = rest.find(['{', '}']) {
        let head = rest[..at].trim();
        let closes = rest[at..].starts_with('}');
        rest = &rest[at + 1..];
        if closes {
            condition.clear();
        } else if let Some(query) = head.strip_prefix("@media ") {
            query.clone_into(&mut condition);
        } else {
            let (body, after) = rest.split_once('}').expect("a block ends");
            let lines = body.split(';').filter_map(|line| line.split_once(':'));
            let tokens = lines
                .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
                .collect();
            blocks.push((condition.clone(), head.to_owned(), tokens));
            rest = after;
        }
    }
    blocks
}

/// The tokens for a device and a reader's choice. The later block wins, as in the cascade: `:root`
/// comes first, and all other selectors have the same specificity.
fn theme(dark: bool, more: bool, chosen: Option<&str>) -> Tokens {
    let mut theme = Tokens::new();
    for (condition, selector, tokens) in blocks() {
        let fits = condition.split(" and ").all(|query| match query.trim() {
            "" => true,
            "(prefers-color-scheme: dark)" => dark,
            "(prefers-contrast: more)" => more,
            other => panic!("the test does not know the condition {other}"),
        });
        let applies = match (selector.as_str(), chosen) {
            (":root", _) | (":root:not([data-theme])", None) => true,
            (":root:not([data-theme])", Some(_)) => false,
            (selector, chosen) => {
                let own = selector
                    .strip_prefix(":root[data-theme=\"")
                    .and_then(|rest| rest.strip_suffix("\"]"));
                chosen
                    == Some(own.unwrap_or_else(|| {
                        panic!("the test does not know the selector {selector}")
                    }))
            }
        };
        if fits && applies {
            theme.extend(tokens);
        }
    }
    theme
}

/// All themes that readers can get: by the device's preferences, and by a choice on any device.
fn themes() -> Vec<(String, Tokens)> {
    let chosen = Choice::Theme
        .values()
        .iter()
        .skip(1)
        .map(|name| Some(*name));
    let mut themes = Vec::new();
    for choice in std::iter::once(None).chain(chosen) {
        for (dark, more) in [(false, false), (true, false), (false, true), (true, true)] {
            let name = format!(
                "{} on a device with dark: {dark}, more contrast: {more}",
                choice.unwrap_or("system")
            );
            themes.push((name, theme(dark, more, choice)));
        }
    }
    themes
}

/// The red, green and blue of a token, each from 0 to 1.
fn colour(tokens: &Tokens, name: &str) -> [f64; 3] {
    let value = tokens
        .get(&format!("--{name}"))
        .unwrap_or_else(|| panic!("there is no token --{name}"));
    if let Some(other) = value
        .strip_prefix("var(--")
        .and_then(|rest| rest.strip_suffix(')'))
    {
        return colour(tokens, other);
    }
    let digits = value
        .strip_prefix('#')
        .unwrap_or_else(|| panic!("--{name} is no colour: {value}"));
    let wide: String = if digits.len() == 3 {
        digits.chars().flat_map(|digit| [digit, digit]).collect()
    } else {
        digits.to_owned()
    };
    [0, 2, 4].map(|at| {
        f64::from(u8::from_str_radix(&wide[at..at + 2], 16).expect("colours are hexadecimal"))
            / 255.0
    })
}

/// Contrast as WCAG 2 defines it.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let [red, green, blue] = colour.map(|part| {
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn short_of(least: f64, pairs: &[(&str, &str)], themes: &[(String, Tokens)]) -> Vec<String> {
    let mut short = Vec::new();
    for (name, tokens) in themes {
        for (ink, ground) in pairs {
            let found = contrast(colour(tokens, ink), colour(tokens, ground));
            if found < least {
                short.push(format!(
                    "{ink} on {ground} has {found:.2}:1 instead of {least}:1 in {name}"
                ));
            }
        }
    }
    short
}

#[test]
fn the_formula_is_that_of_wcag() {
    let (black, white) = ([0.0; 3], [1.0; 3]);
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    let grey = [f64::from(0x77_u8) / 255.0; 3];
    assert!(
        (contrast(grey, white) - 4.48).abs() < 0.005,
        "#777 on white is known to have 4.48:1"
    );
}

#[test]
fn text_has_a_contrast_of_seven_to_one_in_every_theme() {
    let short = short_of(7.0, &TEXTS, &themes());
    assert!(short.is_empty(), "{}", short.join("\n"));
}

#[test]
fn what_tells_something_without_words_has_a_contrast_of_three_to_one_in_every_theme() {
    let short = short_of(3.0, &MARKS, &themes());
    assert!(short.is_empty(), "{}", short.join("\n"));
}

#[test]
fn the_theme_of_high_contrast_has_more_than_any_other() {
    let high = [("contrast".to_owned(), theme(false, false, Some("contrast")))];
    let short = [short_of(12.0, &TEXTS, &high), short_of(7.0, &MARKS, &high)].concat();
    assert!(short.is_empty(), "{}", short.join("\n"));
}

#[test]
fn a_chosen_theme_is_the_same_on_every_device_and_the_same_as_where_the_device_chooses_it() {
    for name in ["light", "dark", "contrast"] {
        let chosen = [(false, false), (true, false), (false, true), (true, true)];
        let chosen = chosen.map(|(dark, more)| theme(dark, more, Some(name)));
        assert!(chosen.iter().all(|theme| *theme == chosen[0]), "{name}");
    }
    let without_scheme = |mut tokens: Tokens| {
        tokens.remove("color-scheme");
        tokens
    };
    let pairs = [
        ("light", false, false),
        ("dark", true, false),
        ("contrast", true, true),
    ];
    for (name, dark, more) in pairs {
        let (chosen, device) = (theme(false, false, Some(name)), theme(dark, more, None));
        assert_eq!(without_scheme(chosen), without_scheme(device), "{name}");
    }
}

#[test]
fn every_colour_that_components_use_stands_in_the_tables() {
    let known: BTreeSet<&str> = TEXTS
        .iter()
        .chain(&MARKS)
        .flat_map(|&(ink, ground)| [ink, ground])
        .chain(ORNAMENTS)
        .collect();
    let declared = theme(false, false, None);
    let mut unknown = BTreeSet::new();
    let style = Path::new(crate::ROOT).join("style");
    for folder in ["base", "layout", "shared", "components"] {
        for file in fs::read_dir(style.join(folder))
            .unwrap()
            .map(|file| file.unwrap().path())
        {
            let text = fs::read_to_string(&file).unwrap();
            let used = text
                .split("var(--")
                .skip(1)
                .filter_map(|rest| rest.split([')', ',']).next());
            let colours = used.filter(|name| declared.contains_key(&format!("--{name}")));
            let strange = colours.filter(|name| !known.contains(name));
            unknown.extend(strange.map(|name| format!("{name} in {}", file.display())));
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn what_is_read_before_the_first_paint_is_what_can_be_chosen() {
    let script = include_str!("../../src/early.js");
    let line = script
        .lines()
        .find(|line| line.trim_start().starts_with("const known ="))
        .unwrap();
    let choice = |choice: &Choice| {
        let values = choice
            .values()
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != choice.default_index());
        let values: Vec<String> = values.map(|(_, value)| format!("\"{value}\"")).collect();
        format!("{}: [{}]", choice.name(), values.join(", "))
    };
    let expected: Vec<String> = Choice::ALL.iter().map(choice).collect();
    assert_eq!(
        line.trim(),
        format!("const known = {{ {} }};", expected.join(", "))
    );
    for choice in Choice::ALL {
        let sheets = [
            SHEET,
            include_str!("../../style/base/document.css"),
            include_str!("../../style/tokens/type.css"),
        ];
        for (at, value) in choice
            .values()
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != choice.default_index())
        {
            let attribute = format!("[data-{}=\"{value}\"]", choice.name());
            assert!(
                sheets.iter().any(|sheet| sheet.contains(&attribute)),
                "no style sheet knows {attribute}, {at}"
            );
        }
    }
}
