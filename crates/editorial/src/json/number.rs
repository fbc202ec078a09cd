//! Numbers as people and other programs write them, and JSON does not: `01`, `+1`, `.5`, `1,000`,
//! `0x1F`, `１２`.

use super::flaw::Flaw;
use crate::diagnostics::{Message, short};
use crate::message;
use serde::de::IgnoredAny;

/// The flaw of the number at the byte `at`; `None` where there is no number, or a valid one.
pub(super) fn flaw(text: &str, at: usize) -> Option<Flaw> {
    let (start, written) = around(text, at)?;
    let is_number = written.chars().any(char::is_numeric)
        && written.starts_with(|c: char| c.is_numeric() || "+-.".contains(c));
    let is_none = ["NaN", "Infinity", "inf"].contains(&written.trim_start_matches(['+', '-']));
    if !(is_number || is_none) || is_json(&written) {
        return None;
    }
    let message = message!(
        "{written} is not a number as JSON writes it",
        written = short(&written)
    );
    Some(Flaw::new(start, message, help(&written)))
}

/// The number or word around a byte, and where it begins.
fn around(text: &str, at: usize) -> Option<(usize, String)> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_part = |at: usize, c: char| {
        let grouped = |rest: &str| {
            let group = rest.bytes().take_while(u8::is_ascii_digit).count();
            digit(text[..at].chars().next_back()) && group == 3
        };
        match c {
            ' ' | '\u{a0}' | '\u{202f}' => grouped(&text[at + c.len_utf8()..]),
            ',' | '\'' | ':' => {
                digit(text[..at].chars().next_back()) && digit(text[at + 1..].chars().next())
            }
            c => c.is_alphanumeric() || "+-._".contains(c),
        }
    };
    let at = (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))?;
    let before: usize = text[..at]
        .char_indices()
        .rev()
        .take_while(|(at, c)| is_part(*at, *c))
        .map(|(_, c)| c.len_utf8())
        .sum();
    let start = at - before;
    let length: usize = text[start..]
        .char_indices()
        .take_while(|(from, c)| is_part(start + from, *c))
        .map(|(_, c)| c.len_utf8())
        .sum();
    let between_marks = text[..start].ends_with('"') || text[start + length..].starts_with('"');
    (length > 0 && !between_marks).then(|| (start, text[start..start + length].to_owned()))
}

fn is_json(number: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(number).is_ok()
}

fn help(written: &str) -> Message {
    let is_time =
        written.contains(':') || written.split('-').filter(|part| !part.is_empty()).count() > 2;
    if is_time {
        return message!(
            "dates and times are texts: write \"{written}\"",
            written = short(written)
        );
    }
    match mended(written).filter(|number| is_json(number)) {
        Some(number) if is_padded(written) => {
            message!(
                "write {number}, without zeros before it",
                number = short(&number)
            )
        }
        Some(number) => message!("write {number}", number = short(&number)),
        None => message!("write digits, such as 12810"),
    }
}

/// Whether a number has leading zeros.
fn is_padded(written: &str) -> bool {
    let digits = written.trim_start_matches(['+', '-']);
    digits.starts_with('0') && digits[1..].starts_with(|c: char| c.is_ascii_digit())
}

/// The number that was meant.
fn mended(written: &str) -> Option<String> {
    let wide = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        c => c,
    };
    let written: String = written.chars().map(wide).collect();
    let (sign, digits) = match written.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", written.trim_start_matches('+')),
    };
    for (prefix, radix) in [("0x", 16), ("0X", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = digits.strip_prefix(prefix) {
            return u64::from_str_radix(digits, radix)
                .ok()
                .map(|number| format!("{sign}{number}"));
        }
    }
    let plain = ungrouped(digits);
    let (whole, rest) = plain.split_at(plain.find(['.', 'e', 'E']).unwrap_or(plain.len()));
    let whole = whole.trim_start_matches('0');
    let rest = if rest == "." { "" } else { rest };
    Some(format!(
        "{sign}{}{rest}",
        if whole.is_empty() { "0" } else { whole }
    ))
}

/// A number without digit grouping. A comma that groups no digits is a decimal point.
fn ungrouped(digits: &str) -> String {
    let digits: String = digits
        .chars()
        .filter(|c| !c.is_whitespace() && !"_'".contains(*c))
        .collect();
    let groups = |mark: char| {
        let mut parts = digits.split(mark).skip(1);
        digits.matches(mark).count() > usize::from(mark == '.')
            && parts.all(|part| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    match (groups(','), groups('.')) {
        (true, _) => digits.replace(',', ""),
        (_, true) => digits.replace('.', ""),
        _ => digits.replacen(',', ".", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_other_way_to_write_a_number_is_answered_with_jsons() {
        for (written, right) in [
            ("01", "write 1, without zeros before it"),
            ("-01", "write -1, without zeros before it"),
            ("00", "write 0, without zeros before it"),
            ("007.50", "write 7.50, without zeros before it"),
            ("+1", "write 1"),
            (".5", "write 0.5"),
            ("-.5", "write -0.5"),
            ("1.", "write 1"),
            ("1_000", "write 1000"),
            ("1'000", "write 1000"),
            ("1,000", "write 1000"),
            ("1.000.000", "write 1000000"),
            ("1 000", "write 1000"),
            ("1,5", "write 1.5"),
            ("0x1F", "write 31"),
            ("１２", "write 12"),
            ("1e", "write digits, such as 12810"),
            ("1e+", "write digits, such as 12810"),
            ("-", "-"),
            ("NaN", "write digits, such as 12810"),
            ("-Infinity", "write digits, such as 12810"),
            ("1n", "write digits, such as 12810"),
            ("12 tấn", "12"),
            (
                "2026-11-22",
                "dates and times are texts: write \"2026-11-22\"",
            ),
            ("08:30", "dates and times are texts: write \"08:30\""),
        ] {
            let text = format!("{{\"views\": {written}}}");
            let problem = crate::json::syntax::parse(&text).err().unwrap();
            if written == "-" || written.contains('t') {
                assert!(!problem.message.is_empty(), "{written}");
                continue;
            }
            let said = (&*problem.message, problem.help.as_deref());
            let message = format!("{written} is not a number as JSON writes it");
            assert_eq!(
                (problem.at, said),
                (10, (message.as_str(), Some(right))),
                "{written}"
            );
        }
    }

    #[test]
    fn what_json_writes_is_no_flaw() {
        for written in [
            "0",
            "-0",
            "1",
            "1.50",
            "1e5",
            "1E+400",
            "18446744073709551616",
            "-1.5e-7",
        ] {
            assert!(
                crate::json::syntax::parse(&format!("{{\"views\": {written}}}")).is_ok(),
                "{written}"
            );
            assert!(flaw(written, 0).is_none(), "{written}");
        }
        assert!(flaw("{\"a\": 1 \"b\": 2}", 7).is_none());
        assert!(flaw("[1, 2", 5).is_none());
    }
}
