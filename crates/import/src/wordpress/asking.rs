//! What an import has to be told before it begins: the sections, and the languages that nothing says.

use super::plan::Missing;
use super::subjects::subject;
use crate::loss::excerpt;
use crate::mapping::{self, Asked, Mapping};
use crate::portal::Portal;
use editorial::diagnostics::Failure;
use std::fmt::Write;

/// The most texts of doubtful language that are named.
const MOST_NAMED: usize = 20;

/// The failure that lists what the mapping lacks, with a template to fill in.
pub(super) fn ask(missing: &Missing<'_>, mapping: Option<&Mapping>, portal: &Portal) -> Failure {
    let mut text = categories(missing);
    text.push_str(&languages(missing));
    if let Some(site) = &portal.site {
        let sections: Vec<&str> = site
            .sections
            .iter()
            .map(|section| section.slug.as_str())
            .collect();
        let _ = writeln!(text, "the sections of site.json: {}", sections.join(", "));
    }
    text.push_str("a mapping to complete; save it, and give it with --mapping:\n\n");
    let numbers = missing.doubts.iter().filter_map(|(item, _)| item.number);
    let asked = Asked {
        texts: numbers
            .take(MOST_NAMED)
            .map(|number| number.to_string())
            .collect(),
        sites: missing.sites.iter().map(|(site, _)| site.clone()).collect(),
    };
    let site = portal.site.as_ref();
    let template = mapping::template(mapping, &missing.categories, &asked, site);
    let _ = writeln!(text, "{template}\n");
    Failure::new("the mapping is missing or not complete: nothing was imported").details(text)
}

fn categories(missing: &Missing<'_>) -> String {
    let mut text = String::new();
    if missing.categories.is_empty() {
        return text;
    }
    text.push_str("these categories have no section:\n");
    for (category, name) in &missing.categories {
        let shown = if category.is_empty() {
            "(texts without a category: give \"others\" a section)"
        } else {
            category
        };
        let _ = writeln!(text, "  {shown}  {}", excerpt(name));
    }
    text
}

fn languages(missing: &Missing<'_>) -> String {
    let mut text = String::new();
    if missing.language {
        text.push_str(
            "some texts do not say their language: give --lang, or \"language\" in the mapping\n",
        );
    }
    if !missing.sites.is_empty() {
        text.push_str(
            "these sites say different languages: give that of each, with --site-language ADDRESS=LANG, or as \"sites\" in the mapping:\n",
        );
        for (site, language) in &missing.sites {
            let _ = writeln!(text, "  {}  it says {}", excerpt(site), excerpt(language));
        }
    }
    if !missing.doubts.is_empty() {
        text.push_str(
            "these texts say no language, and their letters are not those of the one that was given: name their language as \"languages\" in the mapping, by the number of the text or by the slug of its category:\n",
        );
        for (item, why) in missing.doubts.iter().take(MOST_NAMED) {
            let _ = writeln!(text, "  {}: {why}", subject(None, item));
        }
        if let Some(more) = missing
            .doubts
            .len()
            .checked_sub(MOST_NAMED)
            .filter(|more| *more > 0)
        {
            let _ = writeln!(text, "  and {more} more");
        }
    }
    text
}
