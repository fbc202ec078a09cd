//! Summaries: the beginning of a lead.

use model::{Inline, Lang, plain_text};

/// The lead without marks, cut at the end of a word where it is longer than 160 characters (80 in
/// Korean, Japanese and Chinese), with an ellipsis where words were left out.
pub fn summary(lead: &[Inline], lang: Lang) -> String {
    let most = if lang.is_wide() { 80 } else { 160 };
    let lead = plain_text(lead);
    let lead = lead.trim();
    let Some((end, next)) = lead.char_indices().nth(most) else {
        return lead.to_owned();
    };
    let fitting = &lead[..end];
    let whole_word = next.is_whitespace();
    let word = fitting
        .rfind([' ', '、', '。', '，', '；', '\u{3000}'])
        .filter(|&at| !whole_word && at >= end / 2);
    let kept = word.map_or(fitting, |at| &fitting[..at]);
    format!(
        "{}…",
        kept.trim_end_matches([' ', ',', ';', ':', '.', '、', '，', '；', '。', '\u{3000}'])
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, lang: Lang) -> String {
        summary(&[Inline::Text(text.to_owned())], lang)
    }

    #[test]
    fn a_short_lead_is_its_own_summary() {
        assert_eq!(of(" The port grows. ", Lang::En), "The port grows.");
        assert_eq!(of(&"a".repeat(160), Lang::En), "a".repeat(160));
        assert_eq!(of("", Lang::Vi), "");
    }

    #[test]
    fn a_long_lead_is_cut_at_a_word() {
        let words = "mười hai chữ ".repeat(20);
        let cut = of(&words, Lang::Vi);
        assert!(cut.chars().count() <= 161 && cut.ends_with('…'));
        assert!(
            words
                .split(' ')
                .any(|word| cut.trim_end_matches('…').ends_with(word) && !word.is_empty()),
            "{cut}"
        );
        let exact = format!("{} {}", "b".repeat(160), "c");
        assert_eq!(of(&exact, Lang::En), format!("{}…", "b".repeat(160)));
    }

    #[test]
    fn a_script_without_spaces_is_cut_at_a_clause_or_anywhere() {
        assert_eq!(
            of(&"海".repeat(100), Lang::ZhHans),
            format!("{}…", "海".repeat(80))
        );
        let clause = format!("{}，{}", "港".repeat(60), "海".repeat(60));
        assert_eq!(of(&clause, Lang::ZhHans), format!("{}…", "港".repeat(60)));
    }
}
