//! Lists as separated values: what Weglot exports (`word_from`, `word_to`), and tables of
//! `TranslatePress` (`original`, `translated`) as programs for databases save them.

use super::{Row, Sentences, problem, whole};
use crate::loss::{Loss, excerpt};
use crate::multilingual::language_of;
use editorial::diagnostics::Problem;
use model::Lang;
use std::collections::BTreeSet;

/// What the column of the originals may be called.
const ORIGINAL: [&str; 6] = [
    "original",
    "word_from",
    "source_word",
    "source",
    "original text",
    "original_text",
];

/// What the column of the translations may be called.
const TRANSLATED: [&str; 7] = [
    "translated",
    "word_to",
    "target_word",
    "target",
    "translation",
    "translated text",
    "translated_text",
];

/// What the column with the language of the translations may be called.
const LANGUAGE: [&str; 3] = ["language_to", "target_language", "lang_to"];

/// What the column with the language of the originals may be called.
const LANGUAGE_OF_ORIGINAL: [&str; 3] = ["language_from", "source_language", "lang_from"];

/// What may stand between two values.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// Where the values of a row stand.
#[derive(Debug, Default)]
struct Columns {
    original: usize,
    translated: usize,
    language: Option<usize>,
    language_of_original: Option<usize>,
    /// In words: Weglot.
    quality: Option<usize>,
    /// In numbers: `TranslatePress`.
    status: Option<usize>,
    block: Option<usize>,
}

/// Reads a list.
pub(super) fn read(name: &str, text: &str, lang: Lang) -> Result<Sentences, Problem> {
    let (columns, separator, has_header) = columns(text).ok_or_else(|| foreign(name, text))?;
    let mut list = Sentences::default();
    let (mut others, mut short) = (BTreeSet::new(), Vec::new());
    let mut from = BTreeSet::new();
    let mut reader = Reader {
        text,
        at: begin(text),
        separator,
    };
    let mut is_header = has_header;
    loop {
        let at = reader.at;
        let Some(row) = reader.row().map_err(|at| {
            let what = "a value begins here with a quotation mark, and does not end".to_owned();
            problem(
                name,
                text,
                at,
                what,
                "export the list anew: the file is cut off, or was changed by another program",
            )
        })?
        else {
            break;
        };
        if std::mem::take(&mut is_header) || row.iter().all(|value| value.trim().is_empty()) {
            continue;
        }
        let value = |at: usize| row.get(at).map(String::as_str);
        let (Some(original), Some(translated)) =
            (value(columns.original), value(columns.translated))
        else {
            short.push(at);
            continue;
        };
        let code = columns.language.and_then(value).unwrap_or_default();
        if !code.trim().is_empty() && language_of(code) != Some(lang) {
            others.insert(excerpt(code));
            continue;
        }
        from.extend(
            columns
                .language_of_original
                .and_then(value)
                .map(language_of),
        );
        if let Some(row) = translation(&columns, &row, original, translated) {
            list.add(row);
        }
    }
    if list.len() == 0 {
        return Err(nothing(name, lang, &others));
    }
    if let Some(first) = short.first() {
        let line = text[..*first].matches('\n').count() + 1;
        let what = format!(
            "lines with too few values were passed over: {} ({name}, first in line {line})",
            short.len()
        );
        list.notes.push(Loss::new(
            what,
            text[*first..].lines().next().unwrap_or_default(),
        ));
    }
    list.from = Some(from)
        .filter(|from| from.len() == 1)
        .and_then(|from| from.into_iter().next().flatten());
    Ok(list)
}

/// What a row says; `None` where the plug-in has no translation, or uses it no more.
fn translation(columns: &Columns, row: &[String], original: &str, translated: &str) -> Option<Row> {
    let number = |at: Option<usize>| at.and_then(|at| row.get(at)?.trim().parse::<u8>().ok());
    let quality = columns.quality.and_then(|at| row.get(at));
    let quality = quality
        .map(|quality| quality.to_lowercase())
        .unwrap_or_default();
    let status = number(columns.status);
    let is_used = status != Some(0) && number(columns.block) != Some(2);
    is_used.then(|| Row {
        original: original.to_owned(),
        translated: translated.to_owned(),
        machine: status == Some(1) || quality.starts_with("auto") || quality.contains("machine"),
    })
}

/// Where the list begins: Excel may write which separator there is before it.
fn begin(text: &str) -> usize {
    let is_said = text.starts_with("sep=");
    if is_said {
        text.find('\n').map_or(text.len(), |at| at + 1)
    } else {
        0
    }
}

/// The columns of a list, what stands between them, and whether the first row names them.
fn columns(text: &str) -> Option<(Columns, char, bool)> {
    let first = |separator: char| {
        let mut reader = Reader {
            text,
            at: begin(text),
            separator,
        };
        reader.row().ok().flatten()
    };
    let named = SEPARATORS.iter().find_map(|separator| {
        let header: Vec<String> = first(*separator)?
            .iter()
            .map(|name| name.trim().to_lowercase())
            .collect();
        let place = |names: &[&str]| {
            header
                .iter()
                .position(|name| names.contains(&name.as_str()))
        };
        let columns = Columns {
            original: place(&ORIGINAL)?,
            translated: place(&TRANSLATED)?,
            language: place(&LANGUAGE),
            language_of_original: place(&LANGUAGE_OF_ORIGINAL),
            quality: place(&["quality"]),
            status: place(&["status"]),
            block: place(&["block_type"]),
        };
        Some((columns, *separator, true))
    });
    let bare = || {
        SEPARATORS.iter().find_map(|separator| {
            let row = first(*separator)?;
            let number = |at: usize| row.get(at)?.trim().parse::<u64>().ok();
            // A table without its header: id, original, translated, status, block type, id of the original.
            let is_table = (4..=6).contains(&row.len()) && number(0).is_some() && number(3)? < 4;
            let columns = Columns {
                original: 1,
                translated: 2,
                status: Some(3),
                block: Some(4),
                ..Columns::default()
            };
            is_table.then_some((columns, *separator, false))
        })
    };
    named.or_else(bare)
}

fn foreign(name: &str, text: &str) -> Problem {
    let begins = text.trim_start();
    let what = if begins.is_empty() {
        "the list is empty".to_owned()
    } else if begins.starts_with('<') {
        format!(
            "the file is a page, not a list of sentences: it begins with {}",
            excerpt(begins)
        )
    } else {
        format!(
            "no column is called original or word_from, with one called translated or word_to: the first line is {}",
            excerpt(begins.lines().next().unwrap_or_default())
        )
    };
    let help = "give the file that Weglot exports as CSV, or the table trp_dictionary_… of TranslatePress as SQL or CSV with the names of its columns";
    whole(name, what, help)
}

/// The problem of a list that has nothing in a language.
fn nothing(name: &str, lang: Lang, others: &BTreeSet<String>) -> Problem {
    if others.is_empty() {
        let help = "see that it is the file with the translations: a table of TranslatePress has texts in the column translated";
        return whole(
            name,
            "no sentence in the list has a translation".to_owned(),
            help,
        );
    }
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let what = format!(
        "the list has nothing in {}: it has {}",
        lang.tag(),
        others.join(", ")
    );
    whole(
        name,
        what,
        "give the list of that language, or say its language: --translations LANG=FILE",
    )
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    separator: char,
}

impl Reader<'_> {
    /// The values of the next row; `None` at the end.
    ///
    /// # Errors
    /// Where a quotation mark opens a value and none closes it: its byte.
    fn row(&mut self) -> Result<Option<Vec<String>>, usize> {
        if self.at >= self.text.len() {
            return Ok(None);
        }
        let mut row = Vec::new();
        loop {
            row.push(self.value()?);
            let rest = &self.text[self.at..];
            if let Some(rest) = rest.strip_prefix(self.separator) {
                self.at = self.text.len() - rest.len();
                continue;
            }
            let rest = rest.strip_prefix('\r').unwrap_or(rest);
            let rest = rest.strip_prefix('\n').unwrap_or(rest);
            self.at = self.text.len() - rest.len();
            return Ok(Some(row));
        }
    }

    fn value(&mut self) -> Result<String, usize> {
        let begin = self.at;
        let rest = &self.text[begin..];
        let ends = |c: char| c == self.separator || c == '\n' || c == '\r';
        let Some(mut rest) = rest.strip_prefix('"') else {
            let end = rest.find(ends).unwrap_or(rest.len());
            self.at = begin + end;
            return Ok(rest[..end].to_owned());
        };
        let mut value = String::new();
        loop {
            let end = rest.find('"').ok_or(begin)?;
            value.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            match rest.strip_prefix('"') {
                Some(more) => {
                    value.push('"');
                    rest = more;
                }
                None => break,
            }
        }
        // What stands between the closing mark and the separator was written by hand.
        let end = rest.find(ends).unwrap_or(rest.len());
        value.push_str(&rest[..end]);
        self.at = self.text.len() - rest.len() + end;
        Ok(value)
    }
}
