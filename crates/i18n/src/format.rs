//! Formats of dates, numbers, plurals and files. The locale files hold the patterns. Both programs
//! format with this code, because browsers' own formats differ.

use super::words::{Plural, Words, words};
use model::{Day, EventTime, File, Lang, Moment, Month};

/// Day and time as the language writes them: `03/09/2014 16:10`, `3 September 2014, 16:10`, `2014년
/// 9월 3일 16:10`.
pub fn date_time(moment: Moment, lang: Lang) -> String {
    filled(words(lang).date_time.pattern, moment, lang)
}

/// The day without the time, as the language writes it. Every language's pattern puts the time
/// behind the day.
pub fn date(moment: Moment, lang: Lang) -> String {
    let pattern = words(lang).date_time.pattern;
    let day = pattern.split("{hh}").next().unwrap_or(pattern);
    filled(day.trim_end_matches([' ', ',']), moment, lang)
}

/// A day, a month or a year: `03/09/2014`, `September 2014`, `2014年`.
pub fn day(day: Day, lang: Lang) -> String {
    let Day { year, month, day } = day;
    match (month, day) {
        (Some(month), Some(day)) => date(
            Moment {
                year,
                month,
                day,
                hour: 0,
                minute: 0,
                offset: 0,
            },
            lang,
        ),
        (Some(month), None) => self::month(Month { year, month }, lang),
        _ => self::year(year, lang),
    }
}

/// The beginning and the end of an event. An end on the same day shows its time alone.
pub fn event_time(time: EventTime, lang: Lang) -> String {
    let (from, to) = match time {
        EventTime::Hours { begin, end } => {
            let clock = |moment: Moment| format!("{:02}:{:02}", moment.hour, moment.minute);
            let same_day = |end: &Moment| date(*end, lang) == date(begin, lang);
            let to = end.map(|end| {
                if same_day(&end) {
                    clock(end)
                } else {
                    date_time(end, lang)
                }
            });
            (date_time(begin, lang), to)
        }
        EventTime::Days { begin, end } => (day(begin, lang), end.map(|end| day(end, lang))),
    };
    match to {
        Some(to) => Words::fill(words(lang).period, &[("from", &from), ("to", &to)]),
        None => from,
    }
}

/// A file's kind and size: `PDF document, 3.2 MB`, `Tài liệu PDF, 3,2 MB`.
pub fn file_about(file: &File, lang: Lang) -> String {
    let words = words(lang);
    let ending = file.ending().to_ascii_uppercase();
    let kind = match file.ending() {
        "xlsx" | "ods" => words.spreadsheet,
        "pptx" => words.presentation,
        "csv" => words.data_table,
        "zip" => words.packed_file,
        "pdf" | "docx" | "odt" => words.text_document,
        _ => "{type}",
    };
    Words::fill(
        words.file_about,
        &[
            ("kind", &Words::fill(kind, &[("type", &ending)])),
            ("size", &file_size(file.size, lang)),
        ],
    )
}

/// A file size in decimal units (1 KB is 1,000 bytes), at least 1 KB: `812 KB`, `3.2 MB`.
fn file_size(bytes: u64, lang: Lang) -> String {
    let kilobytes = bytes.div_ceil(1_000);
    if kilobytes < 1_000 {
        return format!("{} KB", kilobytes.max(1));
    }
    let tenths = (bytes + 50_000) / 100_000;
    let whole = number(tenths / 10, lang);
    match tenths % 10 {
        0 => format!("{whole} MB"),
        tenth => format!("{whole}{}{tenth} MB", words(lang).date_time.decimal),
    }
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
    let name = rules
        .months
        .get(usize::from(month.month).wrapping_sub(1))
        .copied()
        .unwrap_or_default();
    Words::fill(
        rules.month,
        &[
            ("m", &month.month.to_string()),
            ("month", name),
            ("yyyy", &month.year.to_string()),
        ],
    )
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

/// The form of a text for a number, with the number filled in.
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
            assert_eq!(
                date(moment, lang),
                text.trim_end_matches("16:10").trim_end_matches([' ', ','])
            );
        }
    }

    #[test]
    fn a_day_a_month_and_a_year_are_written_as_each_language_writes_them() {
        let shown = |text: &str, lang| day(Day::new(text).unwrap(), lang);
        assert_eq!(
            ["2014-09-03", "2014-09", "2014"].map(|text| shown(text, Lang::En)),
            ["3 September 2014", "September 2014", "2014"]
        );
        assert_eq!(shown("2014-09-03", Lang::Vi), "03/09/2014");
        assert_eq!(shown("2014", Lang::ZhHans), "2014年");
    }

    #[test]
    fn an_event_says_its_day_once() {
        let moment = |text: &str| Moment::new(text).unwrap();
        let begin = moment("2026-05-13T20:00+07:00");
        let hours = |end: Option<&str>| {
            event_time(
                EventTime::Hours {
                    begin,
                    end: end.map(moment),
                },
                Lang::En,
            )
        };
        assert_eq!(hours(None), "13 May 2026, 20:00");
        assert_eq!(
            hours(Some("2026-05-13T22:30+07:00")),
            "From 13 May 2026, 20:00 to 22:30"
        );
        assert_eq!(
            hours(Some("2026-05-14T01:00+07:00")),
            "From 13 May 2026, 20:00 to 14 May 2026, 01:00"
        );
        let day = |text: &str| Day::new(text).unwrap();
        let days = |end: Option<&str>| EventTime::Days {
            begin: day("2026-05-13"),
            end: end.map(day),
        };
        assert_eq!(event_time(days(None), Lang::Ja), "2026年5月13日");
        assert_eq!(
            event_time(days(Some("2026-05-15")), Lang::Vi),
            "Từ 13/05/2026 đến 15/05/2026"
        );
    }

    #[test]
    fn a_file_is_described_with_the_languages_decimal_separator() {
        let about = |name: &str, size, lang| {
            file_about(
                &File {
                    file: String::new(),
                    name: name.to_owned(),
                    size,
                },
                lang,
            )
        };
        assert_eq!(
            about("plan.pdf", 3_249_000, Lang::En),
            "PDF document, 3.2 MB"
        );
        assert_eq!(
            about("plan.pdf", 3_250_000, Lang::Vi),
            "Tài liệu PDF, 3,3 MB"
        );
        assert_eq!(about("tons.csv", 1, Lang::En), "CSV data table, 1 KB");
        assert_eq!(
            about("tons.csv", 999_000, Lang::En),
            "CSV data table, 999 KB"
        );
        assert_eq!(about("all.zip", 999_001, Lang::En), "ZIP archive, 1 MB");
        assert_eq!(about("all.zip", 0, Lang::En), "ZIP archive, 1 KB");
    }

    #[test]
    fn numbers_have_their_languages_groups() {
        assert_eq!(number(12_810, Lang::Vi), "12.810");
        assert_eq!(number(12_810, Lang::Ko), "12,810");
        for (plain, grouped) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
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
