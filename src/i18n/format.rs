//! Dates, numbers and plurals. The rules stand in the locale files; the arithmetic stands here, the same for both
//! programs, because the browser's own formats differ from one browser to the next.

use super::words::{Plural, Words, words};
use crate::model::{Lang, Moment, Month};

/// Day and time as the language writes them: `03/09/2014 16:10`, `3 September 2014, 16:10`, `2014년 9월 3일 16:10`.
pub fn date_time(moment: Moment, lang: Lang) -> String {
    filled(words(lang).date_time.pattern, moment, lang)
}

/// The day alone, as the language writes it: what stands before the time of day in every language's pattern.
pub fn date(moment: Moment, lang: Lang) -> String {
    let pattern = words(lang).date_time.pattern;
    let day = pattern.split("{hh}").next().unwrap_or(pattern);
    filled(day.trim_end_matches([' ', ',']), moment, lang)
}

fn filled(pattern: &str, moment: Moment, lang: Lang) -> String {
    let rules = &words(lang).date_time;
    let two = |number: u8| format!("{number:02}");
    Words::fill(
        pattern,
        &[
            ("d", &moment.day.to_string()),
            ("dd", &two(moment.day)),
            ("m", &moment.month.to_string()),
            ("mm", &two(moment.month)),
            ("month", rules.months[usize::from(moment.month - 1)]),
            ("yyyy", &moment.year.to_string()),
            ("hh", &two(moment.hour)),
            ("min", &two(moment.minute)),
        ],
    )
}

/// A month as a heading: `September 2014`, `2014年9月`.
pub fn month(month: Month, lang: Lang) -> String {
    let rules = &words(lang).date_time;
    let name = rules.months.get(usize::from(month.month).wrapping_sub(1)).copied().unwrap_or_default();
    Words::fill(rules.month, &[("m", &month.month.to_string()), ("month", name), ("yyyy", &month.year.to_string())])
}

/// A year as a heading: `2014`, `2014年`.
pub fn year(year: u16, lang: Lang) -> String {
    Words::fill(words(lang).date_time.year, &[("yyyy", &year.to_string())])
}

/// A whole number with its groups of three digits: `12.810` in Vietnamese, `12,810` in the others.
pub fn number(number: u64, lang: Lang) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + 6);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push_str(words(lang).date_time.group);
        }
        grouped.push(digit);
    }
    grouped
}

/// A text that depends on a number, with the number in it.
pub fn plural(text: &Plural, count: u64, lang: Lang) -> String {
    let form = if count == 1 { &text.one } else { &text.other };
    Words::fill(form, &[("n", &number(count, lang))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_pages_date_is_written_as_each_language_writes_it() {
        let moment = Moment::new("2014-09-03T16:10+07:00").unwrap();
        for (lang, text) in [
            (Lang::Vi, "03/09/2014 16:10"),
            (Lang::En, "3 September 2014, 16:10"),
            (Lang::Ko, "2014년 9월 3일 16:10"),
            (Lang::Ja, "2014年9月3日 16:10"),
            (Lang::ZhHans, "2014年9月3日 16:10"),
        ] {
            assert_eq!(date_time(moment, lang), text);
            assert_eq!(date(moment, lang), text.trim_end_matches("16:10").trim_end_matches([' ', ',']));
        }
    }

    #[test]
    fn numbers_have_their_languages_groups() {
        assert_eq!(number(12_810, Lang::Vi), "12.810");
        assert_eq!(number(12_810, Lang::Ko), "12,810");
        for (plain, grouped) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(plain, Lang::En), grouped);
        }
        assert_eq!(number(u64::MAX, Lang::En), "18,446,744,073,709,551,615");
    }

    #[test]
    fn one_view_is_one_view_in_english() {
        let views = |count, lang| plural(&words(lang).views, count, lang);
        assert_eq!(views(1, Lang::En), "1 view");
        assert_eq!(views(0, Lang::En), "0 views");
        assert_eq!(views(12_810, Lang::Vi), "12.810 lượt xem");
        assert_eq!(views(12_810, Lang::Ko), "조회 12,810회");
    }
}
