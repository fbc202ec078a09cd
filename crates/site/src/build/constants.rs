//! Puts the values of custom properties that never change in their places. A browser works out every
//! `var()` anew for every element: with them, styles of a page cost several times what they do
//! without. What the style sheets name once, as `--space-4`, is a plain length in the site.

use std::collections::BTreeMap;
use std::ops::Range;

/// The selector of the rule whose custom properties may be constants.
const ROOT: &str = ":root";

/// A declaration of a custom property.
struct Declaration<'a> {
    name: &'a str,
    value: &'a str,
    /// Where it stands, with the semicolon after it.
    place: Range<usize>,
    /// Whether it stands in a rule for the root, and in nothing else but layers.
    is_at_root: bool,
}

/// A minified style sheet without the custom properties that are declared once, for the root, and do
/// not depend on others that may change.
pub(crate) fn settle(sheet: &str) -> String {
    let declarations = declarations(sheet);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for declaration in &declarations {
        *counts.entry(declaration.name).or_default() += 1;
    }
    let is_single = |declaration: &&Declaration<'_>| {
        declaration.is_at_root
            && counts.get(declaration.name) == Some(&1)
            && !sheet.contains(&format!("var({},", declaration.name))
    };
    let mut open: BTreeMap<&str, String> = declarations
        .iter()
        .filter(is_single)
        .map(|declaration| (declaration.name, declaration.value.to_owned()))
        .collect();
    let mut settled: BTreeMap<&str, String> = BTreeMap::new();
    // Each round settles those that name only what was settled before.
    loop {
        let ready: Vec<&str> = open
            .iter()
            .filter(|(_, value)| !value.contains("var("))
            .map(|(name, _)| *name)
            .collect();
        if ready.is_empty() {
            break;
        }
        for name in ready {
            if let Some(value) = open.remove(name) {
                for other in open.values_mut() {
                    *other = with(other, name, &value);
                }
                settled.insert(name, value);
            }
        }
    }
    let mut text = String::with_capacity(sheet.len());
    let mut end = 0;
    for declaration in &declarations {
        if settled.contains_key(declaration.name) {
            text.push_str(&sheet[end..declaration.place.start]);
            end = declaration.place.end;
        }
    }
    text.push_str(&sheet[end..]);
    for (name, value) in &settled {
        text = with(&text, name, value);
    }
    text
}

/// A text with a value in the place of a custom property.
fn with(text: &str, name: &str, value: &str) -> String {
    text.replace(&format!("var({name})"), value)
}

/// All declarations of custom properties in a minified style sheet.
fn declarations(sheet: &str) -> Vec<Declaration<'_>> {
    let mut found = Vec::new();
    let mut preludes: Vec<&str> = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0_usize, None);
    let mut characters = sheet.char_indices();
    while let Some((at, c)) = characters.next() {
        match (quote, c) {
            (_, '\\') => drop(characters.next()),
            (Some(open), _) => quote = Some(open).filter(|open| c != *open),
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, '{') if depth == 0 => {
                preludes.push(sheet[start..at].trim());
                start = at + 1;
            }
            (None, ';' | '}') if depth == 0 => {
                let end = if c == ';' { at + 1 } else { at };
                if let Some((name, value)) = custom_property(&sheet[start..at]) {
                    found.push(Declaration {
                        name,
                        value,
                        place: start..end,
                        is_at_root: preludes
                            .iter()
                            .filter(|prelude| !prelude.starts_with("@layer"))
                            .eq([&ROOT]),
                    });
                }
                if c == '}' {
                    preludes.pop();
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// The name and the value of a declaration, where it is one of a custom property.
fn custom_property(statement: &str) -> Option<(&str, &str)> {
    let (name, value) = statement.split_once(':')?;
    let name = name.trim();
    name.starts_with("--").then_some((name, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_declared_once_for_the_root_stands_in_its_places() {
        let sheet = ":root{--a:1px;--b:calc(2*var(--a));--raw:#fff;--paper:var(--raw)}\
            @media print{:root{--paper:#000}}p{margin:var(--b) var(--a);background:var(--paper)}";
        assert_eq!(
            settle(sheet),
            ":root{--paper:#fff}@media print{:root{--paper:#000}}p{margin:calc(2*1px) 1px;background:var(--paper)}"
        );
    }

    #[test]
    fn what_may_change_stays_as_it_is() {
        for sheet in [
            ":root{--a:1px}p{--a:2px;margin:var(--a)}",
            "p{--a:1px;margin:var(--a)}",
            "@media print{:root{--a:1px}}p{margin:var(--a)}",
            ":root{--a:1px}p{margin:var(--a,2px)}",
            ":root{--a:var(--b)}p{margin:var(--a)}",
            ":root{--a:var(--b);--b:var(--a)}p{margin:var(--a)}",
            ":root[data-theme=dark]{--a:1px}p{margin:var(--a)}",
            "p:after{content:\"--a:1;}\"}",
        ] {
            assert_eq!(settle(sheet), sheet);
        }
    }

    #[test]
    fn names_that_begin_alike_are_told_apart() {
        assert_eq!(
            settle("@layer x{:root{--a:1px;--ab:2px}}p{margin:var(--ab) var(--a)}"),
            "@layer x{:root{}}p{margin:2px 1px}"
        );
    }
}
