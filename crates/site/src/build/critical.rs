//! The styles that stand in a page itself (critical CSS): of the style sheet, what can match an
//! element of that page. So nothing but the page stands before its first paint, and the style sheet
//! may come later without changing anything ([decision 27]).
//!
//! [decision 27]: ../../../../docs/decisions/0027-a-page-has-its-styles.md

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use editorial::diagnostics::Failure;
use lightningcss::printer::PrinterOptions;
use lightningcss::rules::{CssRule, CssRuleList};
use lightningcss::selector::{Component, PseudoClass, Selector};
use lightningcss::stylesheet::{ParserOptions, StyleSheet};
use portal::app::{NO_STYLE, STYLE_HASH};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

/// The style sheet, and what pages were given of it.
pub(crate) struct Critical {
    /// The whole style sheet, minified. Its addresses are those from the host's root.
    sheet: String,
    /// What each selector needs, in the order of the style sheet.
    needs: Vec<Vec<Need>>,
    /// Every name in `needs`.
    names: Names,
    /// The texts by the selectors that they have.
    texts: RwLock<HashMap<Vec<bool>, Arc<Text>>>,
}

/// The styles of a page.
pub(crate) struct Text {
    /// Minified CSS.
    pub(crate) css: String,
    /// Its hash, as a policy names it: `sha256-…`.
    pub(crate) hash: String,
}

/// The names of elements, classes and attributes, each with its number.
#[derive(Default)]
struct Names {
    elements: Numbers,
    classes: Numbers,
    attributes: Numbers,
}

/// Names of the style sheet, each with its number. Every tag of every page is looked up in it.
type Numbers = HashMap<String, usize, BuildHasherDefault<NameHasher>>;

/// Hashes short names (FNV-1a). They are our own: nobody chooses them to be slow.
struct NameHasher(u64);

impl Default for NameHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for NameHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// What a page must have for a selector to match. What a selector excludes, states but those of the
/// pointer, and `data-` attributes are taken for given: scripts set them before the style sheet
/// comes.
#[derive(Debug, PartialEq, Eq)]
enum Need {
    /// An element of this type, a class, or an attribute, whatever its value: its number.
    Name(usize),
    /// What one of these alternatives needs: `:is(…)`.
    OneOf(Vec<Vec<Need>>),
    /// The pointer: the style sheet comes before a reader has moved it there.
    Pointer,
}

impl Critical {
    /// Reads a style sheet as [`crate::build::assets`] publishes it. `addresses` maps the files that
    /// it names, relative to itself, to their addresses from the host's root.
    ///
    /// # Errors
    /// Where it is no CSS.
    pub(crate) fn new(
        sheet: &str,
        addresses: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Failure> {
        let mut sheet = sheet.to_owned();
        for (relative, address) in addresses {
            sheet = sheet.replace(&format!("url({relative})"), &format!("url({address})"));
        }
        let (mut needs, mut names) = (Vec::new(), Names::default());
        each_selector(&mut parse(&sheet)?.rules, &mut |selector| {
            needs.push(names.needs_of(selector));
            true
        });
        Ok(Self {
            sheet,
            needs,
            names,
            texts: RwLock::default(),
        })
    }

    /// Puts the styles of a page into it, and their hash into its policy.
    ///
    /// # Errors
    /// Where the styles cannot be written as CSS.
    pub(crate) fn fill(&self, html: &str) -> Result<String, Failure> {
        let text = self.of([html])?;
        // Content cannot contain either, because `<` is escaped in it and the policy comes first.
        Ok(html.replacen(STYLE_HASH, &text.hash, 1).replacen(
            NO_STYLE,
            &format!("<style>{}</style>", text.css),
            1,
        ))
    }

    /// The styles of a page that has these parts. No part begins or ends within a tag, but where its
    /// last attribute has its value.
    ///
    /// # Errors
    /// Where the styles cannot be written as CSS.
    pub(crate) fn of<'a>(
        &self,
        parts: impl IntoIterator<Item = &'a str>,
    ) -> Result<Arc<Text>, Failure> {
        let mut present = vec![false; self.names.count()];
        for part in parts {
            self.names.add_present(part, &mut present);
        }
        let kept: Vec<bool> = self
            .needs
            .iter()
            .map(|needs| is_met(needs, &present))
            .collect();
        let known = {
            let texts = self.texts.read().unwrap_or_else(PoisonError::into_inner);
            texts.get(&kept).cloned()
        };
        if let Some(text) = known {
            return Ok(text);
        }
        let css = self.print(&kept)?;
        let hash = format!("sha256-{}", STANDARD.encode(Sha256::digest(&css)));
        let text = Arc::new(Text { css, hash });
        let mut texts = self.texts.write().unwrap_or_else(PoisonError::into_inner);
        texts.insert(kept, Arc::clone(&text));
        Ok(text)
    }

    /// The style sheet with these selectors alone.
    fn print(&self, kept: &[bool]) -> Result<String, Failure> {
        let mut sheet = parse(&self.sheet)?;
        let mut kept = kept.iter();
        each_selector(&mut sheet.rules, &mut |_| {
            kept.next().copied().unwrap_or_default()
        });
        let printed = sheet.to_css(PrinterOptions {
            minify: true,
            ..PrinterOptions::default()
        });
        printed
            .map(|printed| printed.code)
            .map_err(|error| failure(&error.to_string()))
    }
}

fn failure(error: &str) -> Failure {
    Failure::new(format!("the styles of a page cannot be made: {error}"))
}

fn parse(sheet: &str) -> Result<StyleSheet<'_>, Failure> {
    StyleSheet::parse(sheet, ParserOptions::default()).map_err(|error| failure(&error.to_string()))
}

/// Calls `keeps` with every selector in order, and removes those for which it returns false. Rules
/// without selectors go, and so does what is for print alone.
fn each_selector(rules: &mut CssRuleList<'_>, keeps: &mut impl FnMut(&Selector<'_>) -> bool) {
    rules.0.retain_mut(|rule| match rule {
        CssRule::Style(style) => {
            style.selectors.0.retain(|selector| keeps(selector));
            !style.selectors.0.is_empty()
        }
        CssRule::Media(media) if is_print(&media.query) => false,
        CssRule::Media(media) => has_rules(&mut media.rules, keeps),
        CssRule::Supports(supports) => has_rules(&mut supports.rules, keeps),
        CssRule::Container(container) => has_rules(&mut container.rules, keeps),
        CssRule::LayerBlock(layer) => has_rules(&mut layer.rules, keeps),
        _ => true,
    });
}

fn has_rules(rules: &mut CssRuleList<'_>, keeps: &mut impl FnMut(&Selector<'_>) -> bool) -> bool {
    each_selector(rules, keeps);
    !rules.0.is_empty()
}

/// Whether these media are paper alone.
fn is_print(list: &lightningcss::media_query::MediaList<'_>) -> bool {
    use lightningcss::media_query::{MediaType, Qualifier};
    list.media_queries.iter().all(|query| {
        query.media_type == MediaType::Print && query.qualifier != Some(Qualifier::Not)
    })
}

impl Names {
    fn needs_of(&mut self, selector: &Selector<'_>) -> Vec<Need> {
        let components = selector.iter_raw_match_order();
        components
            .filter_map(|component| match component {
                Component::LocalName(name) => Some(self.element(&name.lower_name.0)),
                Component::Class(name) => Some(self.class(&name.0)),
                Component::Is(list) | Component::Where(list) | Component::Has(list) => Some(
                    Need::OneOf(list.iter().map(|one| self.needs_of(one)).collect()),
                ),
                Component::AttributeInNoNamespaceExists { local_name, .. }
                | Component::AttributeInNoNamespace { local_name, .. }
                    if !local_name.0.starts_with("data-") =>
                {
                    Some(self.attribute(&local_name.0))
                }
                Component::NonTSPseudoClass(PseudoClass::Hover | PseudoClass::Active) => {
                    Some(Need::Pointer)
                }
                _ => None,
            })
            .collect()
    }

    fn count(&self) -> usize {
        self.elements.len() + self.classes.len() + self.attributes.len()
    }

    fn element(&mut self, name: &str) -> Need {
        let next = self.count();
        Need::Name(number(&mut self.elements, name, next))
    }

    fn class(&mut self, name: &str) -> Need {
        let next = self.count();
        Need::Name(number(&mut self.classes, name, next))
    }

    fn attribute(&mut self, name: &str) -> Need {
        let next = self.count();
        Need::Name(number(&mut self.attributes, name, next))
    }

    /// Marks which of the names a part of a page has, by their numbers. A name that merely stands in a
    /// text may be among them.
    fn add_present(&self, html: &str, present: &mut [bool]) {
        let mut add = |known: &Numbers, name: &str| {
            if let Some(number) = known.get(name) {
                present[*number] = true;
            }
        };
        for tag in html.split('<').skip(1) {
            let end = tag
                .bytes()
                .position(|byte| !byte.is_ascii_alphanumeric())
                .unwrap_or(tag.len());
            add(&self.elements, &tag[..end]);
            // Of an end tag, and of one without attributes, that was all.
            let Some((_, attributes)) = tag.split('>').next().and_then(|tag| tag.split_once(' '))
            else {
                continue;
            };
            for attribute in attributes.split_ascii_whitespace() {
                let name = attribute.split('=').next().unwrap_or_default();
                add(&self.attributes, name);
            }
            let Some((_, classes)) = tag.split_once(" class=\"") else {
                continue;
            };
            let classes = classes.split('"').next().unwrap_or_default();
            for class in classes.split_ascii_whitespace() {
                add(&self.classes, class);
            }
        }
    }
}

/// The number of a name, which is `next` where it has none yet.
fn number(known: &mut Numbers, name: &str, next: usize) -> usize {
    *known.entry(name.to_owned()).or_insert(next)
}

fn is_met(needs: &[Need], present: &[bool]) -> bool {
    needs.iter().all(|need| match need {
        Need::Name(number) => present[*number],
        Need::OneOf(alternatives) => alternatives.iter().any(|needs| is_met(needs, present)),
        Need::Pointer => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What of a style sheet a page with this body has.
    fn styles(sheet: &str, body: &str) -> String {
        let critical = Critical::new(sheet, []).unwrap();
        let page = format!("<html lang=\"vi\"><head>{NO_STYLE}</head><body>{body}</body></html>");
        let filled = critical.fill(&page).unwrap();
        let (_, rest) = filled.split_once("<style>").unwrap();
        rest.split_once("</style>").unwrap().0.to_owned()
    }

    #[test]
    fn a_page_has_what_can_match_its_elements_and_nothing_else() {
        let body = r#"<table class="wide table"><tr><td>1</td></tr></table>"#;
        for (sheet, expected) in [
            (".table{color:red}", true),
            (".tab{color:red}", false),
            ("td,th{color:red}", true),
            ("th{color:red}", false),
            (".table td:focus{color:red}", true),
            (".table th:focus{color:red}", false),
            (".table td:hover{color:red}", false),
            (".table td:not(:hover){color:red}", true),
            ("html[data-theme=dark] .table{color:red}", true),
            ("[lang] .table{color:red}", true),
            ("[open] .table{color:red}", false),
            ("[aria-current=true] .table{color:red}", false),
            (":is(.gallery,.wide){color:red}", true),
            (":is(.gallery,.video) td{color:red}", false),
            ("body:has(.gallery){color:red}", false),
            ("td:not(.gallery){color:red}", true),
            (":root{color:red}", true),
            ("@media (width>=40rem){.table{color:red}}", true),
            ("@media (width>=40rem){.gallery{color:red}}", false),
            ("@media print{.table{color:red}}", false),
            ("@media not print{.table{color:red}}", true),
            ("@supports (width:1px){.gallery{color:red}}", false),
        ] {
            let styles = styles(sheet, body);
            assert_eq!(styles.contains("red"), expected, "{sheet} gives {styles}");
            assert_eq!(styles.is_empty(), !expected, "{sheet} gives {styles}");
        }
    }

    #[test]
    fn of_several_selectors_those_stay_that_can_match_and_layers_keep_their_order() {
        let sheet = "@layer base,components;@layer components{.a,.b,.c{color:red}}@layer base{.a{color:#00f}}";
        assert_eq!(
            styles(sheet, r#"<p class="c a"></p>"#),
            "@layer base,components;@layer components{.a,.c{color:red}}@layer base{.a{color:#00f}}"
        );
    }

    #[test]
    fn a_drawing_has_its_address_from_the_root_and_the_hash_is_that_of_the_text() {
        let sheet = "p{background:url(sign-1a2b.svg)}";
        let address = (
            "sign-1a2b.svg".to_owned(),
            "/portal/assets/sign-1a2b.svg".to_owned(),
        );
        let critical = Critical::new(sheet, [address]).unwrap();
        let page = critical
            .fill(&format!(
                "<meta content=\"style-src '{STYLE_HASH}'\">{NO_STYLE}<p>"
            ))
            .unwrap();
        let css = "p{background:url(/portal/assets/sign-1a2b.svg)}";
        let hash = STANDARD.encode(Sha256::digest(css));
        assert_eq!(
            page,
            format!("<meta content=\"style-src 'sha256-{hash}'\"><style>{css}</style><p>")
        );
    }
}
