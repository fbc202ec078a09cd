//! Splits texts into the words of the search index. `src/search.js` splits queries by the same
//! rules; a test in browsers compares the two.
//!
//! - Letters are normalised to NFKC and lower case, and `đ` becomes `d`, as do `ð` and `ɖ`, which
//!   look like it in capitals. Other diacritics stay: Pagefind strips them from index and query, but remembers them to rank exact matches first.
//! - Han, kana and hangul have no reliable spaces, so a run of them becomes overlapping bigrams and
//!   its last character. Any substring of a run is then a sequence of bigrams.
//! - Numbers drop their separators: `12.810`, `12,810` and `12810` are one word.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text, in order, as the index has them.
pub fn tokens(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in runs(&normal(text)) {
        if is_wide(run[0]) {
            words.extend(
                (0..run.len()).map(|at| run[at..run.len().min(at + 2)].iter().collect::<String>()),
            );
        } else {
            words.push(run.iter().filter(|c| !is_separator(**c)).collect());
        }
    }
    words
}

/// The parts of each number whose separators do not group thousands: day, month and year of
/// `3.9.2014`.
pub fn number_parts(text: &str) -> Vec<String> {
    let text = normal(text);
    let numbers = runs(&text)
        .into_iter()
        .filter(|run| run.iter().any(|c| is_separator(*c)));
    let parts = numbers.map(|run| run.iter().collect::<String>());
    let parts = parts.map(|run| {
        run.split(is_separator)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    parts
        .filter(|parts| parts[1..].iter().any(|part| part.len() != 3))
        .flatten()
        .collect()
}

/// The normalised characters of a text. Each letter is normalised together with its own marks only,
/// so that the script can map the result to places in the text.
fn normal(text: &str) -> Vec<char> {
    let mut normal = Vec::with_capacity(text.len());
    let mut unit = String::new();
    let mut take = |unit: &mut String| {
        if unit.is_ascii() {
            // The common case: ASCII only needs lower case.
            normal.extend(unit.drain(..).map(|c| c.to_ascii_lowercase()));
            return;
        }
        let small = unit
            .nfkc()
            .collect::<String>()
            .to_lowercase()
            .replace(['đ', 'ð', 'ɖ'], "d");
        normal.extend(small.nfc());
        unit.clear();
    };
    for c in text.chars() {
        let continues = is_combining_mark(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}');
        if !continues && !unit.is_empty() {
            take(&mut unit);
        }
        unit.push(c);
    }
    take(&mut unit);
    normal
}

/// Splits a text into runs, each of wide or of other characters. A separator between two digits
/// belongs to its run.
fn runs(text: &[char]) -> Vec<&[char]> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let begin = at;
        let wide = is_wide(text[at]);
        while at < text.len()
            && ((is_wide(text[at]) == wide && is_of_word(text[at])) || is_inner(text, at, begin))
        {
            at += 1;
        }
        if at == begin {
            at += 1;
        } else if text[begin..at].iter().any(|c| c.is_alphanumeric()) {
            runs.push(&text[begin..at]);
        }
    }
    runs
}

fn is_inner(text: &[char], at: usize, begin: usize) -> bool {
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    is_separator(text[at]) && at > begin && digit(at - 1) && digit(at + 1)
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',')
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Whether the character is Han, kana or hangul, whose words have no reliable spaces.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{3131}'..='\u{318e}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
        && is_of_word(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_small_of_one_form_and_know_no_crossed_d() {
        assert_eq!(
            tokens("Đường ĐÔNG-Hải, 2014"),
            ["dường", "dông", "hải", "2014"]
        );
        assert_eq!(
            tokens("Hải Phòng".nfd().collect::<String>().as_str()),
            ["hải", "phòng"]
        );
        assert_eq!(tokens("Ðồ Ɖảo"), tokens("Đồ Đảo"), "what looks like it");
        assert_eq!(tokens("ＡＢＣ１２３ ﬁn"), ["abc123", "fin"]);
        assert_eq!(tokens("city’s “port” – …"), ["city", "s", "port"]);
        assert_eq!(tokens(""), Vec::<String>::new());
        assert_eq!(
            tokens("\u{301} \u{301}a"),
            ["\u{301}a"],
            "a mark alone is no word"
        );
    }

    #[test]
    fn what_has_no_spaces_becomes_pairs() {
        assert_eq!(
            tokens("국제항구도시"),
            ["국제", "제항", "항구", "구도", "도시", "시"]
        );
        assert_eq!(tokens("港"), ["港"]);
        assert_eq!(tokens("深水港A1号"), ["深水", "水港", "港", "a1", "号"]);
        assert_eq!(
            tokens("ﾊｲﾌｫﾝ・ｶﾞ"),
            ["ハイ", "イフ", "フォ", "ォン", "ン", "ガ"]
        );
        assert_eq!(
            tokens("コンテナー、埠頭"),
            ["コン", "ンテ", "テナ", "ナー", "ー", "埠頭", "頭"]
        );
    }

    #[test]
    fn numbers_keep_no_separators() {
        assert_eq!(
            tokens("12.810 12,810 12810. 5,44 km"),
            ["12810", "12810", "12810", "544", "km"]
        );
        assert_eq!(
            number_parts("12.810 1,234,567 5,44 3.9.2014"),
            ["5", "44", "3", "9", "2014"]
        );
        assert_eq!(tokens("v1.2 a.b .5 5."), ["v12", "a", "b", "5", "5"]);
    }
}
