//! Copies of the database: the tables `…trp_dictionary_<from>_<to>` of `TranslatePress`.
//!
//! Nothing is run. Statements are told apart, and the values of those that fill such a table are read.

use super::{Row, Sentences, problem, whole};
use crate::loss::{Loss, excerpt};
use crate::multilingual::{is_code, language_of};
use editorial::diagnostics::Problem;
use model::Lang;
use std::collections::BTreeSet;

/// What stands in the names of the tables before their languages.
const TABLE: &str = "trp_dictionary_";

/// The columns of such a table, where a statement does not name them.
const COLUMNS: [&str; 6] = [
    "id",
    "original",
    "translated",
    "status",
    "block_type",
    "original_id",
];

/// Whether a text is a copy of a database.
pub(super) fn is_likely(text: &str) -> bool {
    let begins = text
        .trim_start()
        .get(..4)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_statement = [
        "inse", "crea", "repl", "drop", "set ", "lock", "use ", "star",
    ]
    .contains(&&*begins);
    begins.starts_with("--") || begins.starts_with("/*") || begins.starts_with('#') || is_statement
}

/// Reads a copy.
pub(super) fn read(name: &str, text: &str, lang: Lang) -> Result<Sentences, Problem> {
    let mut list = Sentences::default();
    let mut others = BTreeSet::new();
    let mut reader = Reader { text, at: 0 };
    let mut found = false;
    let cut = |at: usize| {
        let what = "a text begins here, and does not end".to_owned();
        problem(
            name,
            text,
            at,
            what,
            "export the table anew: the file is cut off",
        )
    };
    while let Some(word) = reader.statement().map_err(cut)? {
        if !["insert", "replace"].contains(&word.as_str()) {
            reader.end().map_err(cut)?;
            continue;
        }
        let table = reader.table().map_err(cut)?;
        let Some(languages) = table.rsplit_once(TABLE).map(|(_, languages)| languages) else {
            reader.end().map_err(cut)?;
            continue;
        };
        let Some(from) = originals(languages, lang) else {
            others.insert(excerpt(&table));
            reader.end().map_err(cut)?;
            continue;
        };
        found = true;
        list.from = language_of(from);
        let passed = reader.rows(|row| list.add(row)).map_err(cut)?;
        if let Some(at) = passed {
            let line = text[..at].matches('\n').count() + 1;
            let what = format!(
                "values of another form than those of the table were passed over ({name}, line {line})"
            );
            list.notes.push(Loss::new(what, &text[at..]));
        }
    }
    if list.len() > 0 {
        return Ok(list);
    }
    let what = if found {
        "no sentence in the table has a translation".to_owned()
    } else if others.is_empty() {
        format!("the copy has no rows of a table …{TABLE}…")
    } else {
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        format!(
            "the copy has no table with translations into {}: it has {}",
            lang.tag(),
            others.join(", ")
        )
    };
    let help = "export the table trp_dictionary_<from>_<to> of TranslatePress, with its rows";
    Err(whole(name, what, help))
}

/// The code of the language of a table's originals, where its translations are in a language: `vi` of
/// `vi_en_us`.
fn originals(languages: &str, lang: Lang) -> Option<&str> {
    languages.match_indices('_').find_map(|(at, _)| {
        let (from, to) = (&languages[..at], &languages[at + 1..]);
        (is_code(from) && language_of(to) == Some(lang)).then_some(from)
    })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

/// A value of a row.
enum Value {
    Text(String),
    Bare(String),
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Goes over spaces and comments.
    fn space(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            let length = rest.len() - trimmed.len();
            let comment = if trimmed.starts_with("/*") {
                trimmed.find("*/").map_or(trimmed.len(), |at| at + 2)
            } else if trimmed.starts_with('#') || trimmed.starts_with("--") {
                trimmed.find('\n').unwrap_or(trimmed.len())
            } else {
                0
            };
            self.at += length + comment;
            if comment == 0 {
                return;
            }
        }
    }

    /// The first word of the next statement, in lower case; `None` at the end.
    fn statement(&mut self) -> Result<Option<String>, usize> {
        loop {
            self.space();
            if self.at >= self.text.len() {
                return Ok(None);
            }
            let word = self.word();
            if !word.is_empty() {
                return Ok(Some(word));
            }
            self.one()?;
        }
    }

    /// A word, in lower case.
    fn word(&mut self) -> String {
        let rest = self.rest();
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let word = rest[..end].to_ascii_lowercase();
        self.at += end;
        word
    }

    /// Goes over one sign, or over a text in quotation marks.
    fn one(&mut self) -> Result<(), usize> {
        match self.rest().chars().next() {
            Some('\'' | '"' | '`') => self.quoted().map(drop),
            Some(c) => {
                self.at += c.len_utf8();
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Goes to the end of the statement.
    fn end(&mut self) -> Result<(), usize> {
        loop {
            let rest = self.rest();
            let Some(found) = rest.find(['\'', '"', '`', ';', '#', '-', '/']) else {
                self.at = self.text.len();
                return Ok(());
            };
            self.at += found;
            if self.rest().starts_with(';') {
                self.at += 1;
                return Ok(());
            }
            let before = self.at;
            self.space();
            if self.at == before {
                self.one()?;
            }
        }
    }

    /// The name of the table behind `INSERT`.
    fn table(&mut self) -> Result<String, usize> {
        loop {
            self.space();
            let name = self.name()?;
            if !["into", "ignore", "low_priority", "delayed", "high_priority"]
                .contains(&name.as_str())
            {
                // The name of the database may stand before it.
                self.space();
                if !self.rest().starts_with('.') {
                    return Ok(name.to_ascii_lowercase());
                }
                self.at += 1;
                return Ok(self.name()?.to_ascii_lowercase());
            }
        }
    }

    /// A name, with or without quotation marks.
    fn name(&mut self) -> Result<String, usize> {
        match self.rest().chars().next() {
            Some('`' | '"' | '\'') => self.quoted(),
            _ => Ok(self.word()),
        }
    }

    /// Reads the rows of a statement. Returns where one was not like the table.
    fn rows(&mut self, mut take: impl FnMut(Row)) -> Result<Option<usize>, usize> {
        let mut columns: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
        let mut passed = None;
        self.space();
        if self.rest().starts_with('(') {
            self.at += 1;
            columns.clear();
            loop {
                self.space();
                columns.push(self.name()?.to_ascii_lowercase());
                self.space();
                let goes_on = self.rest().starts_with(',');
                if !self.rest().is_empty() {
                    self.one()?;
                }
                if !goes_on {
                    break;
                }
            }
            self.space();
        }
        let word = self.word();
        if word != "values" && word != "value" {
            let at = self.at;
            self.end()?;
            return Ok(Some(at));
        }
        loop {
            self.space();
            let at = self.at;
            if !self.rest().starts_with('(') {
                break;
            }
            self.at += 1;
            let values = self.values()?;
            match row(&columns, values) {
                Some(row) => take(row),
                None => passed = passed.or(Some(at)),
            }
            self.space();
            if !self.rest().starts_with(',') {
                let rest = self.rest();
                let is_over = rest.is_empty() || rest.starts_with([';', 'O', 'o']);
                passed = passed.or((!is_over).then_some(self.at));
                break;
            }
            self.at += 1;
        }
        self.end()?;
        Ok(passed)
    }

    /// The values of a row, behind its bracket.
    fn values(&mut self) -> Result<Vec<Value>, usize> {
        let mut values = Vec::new();
        loop {
            self.space();
            let rest = self.rest();
            // `_utf8mb4'…'` and `N'…'` name how a text is written.
            let marked = rest.find('\'').filter(|at| {
                let before = &rest[..*at];
                before.starts_with('_') || before.eq_ignore_ascii_case("n")
            });
            self.at += marked.filter(|at| *at < 12).unwrap_or_default();
            if self.rest().starts_with(['\'', '"']) {
                values.push(Value::Text(self.quoted()?));
            } else {
                let rest = self.rest();
                let end = rest.find([',', ')', ';', '\n']).unwrap_or(rest.len());
                let bare = rest[..end].trim().to_owned();
                self.at += end;
                values.push(Value::Bare(bare));
            }
            self.space();
            match self.rest().chars().next() {
                Some(',') => self.at += 1,
                Some(')') => {
                    self.at += 1;
                    return Ok(values);
                }
                _ => return Ok(values),
            }
        }
    }

    /// A text in quotation marks.
    fn quoted(&mut self) -> Result<String, usize> {
        let begin = self.at;
        let mut chars = self.text[begin..].char_indices();
        let Some((_, quote)) = chars.next() else {
            return Err(begin);
        };
        let mut text = String::new();
        while let Some((at, c)) = chars.next() {
            if c == '\\' && quote != '`' {
                let (_, escaped) = chars.next().ok_or(begin)?;
                text.push(match escaped {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    '0' => '\u{fffd}',
                    other => other,
                });
            } else if c == quote {
                let after = begin + at + c.len_utf8();
                if self.text[after..].starts_with(quote) {
                    text.push(quote);
                    chars.next();
                } else {
                    self.at = after;
                    return Ok(text);
                }
            } else {
                text.push(c);
            }
        }
        Err(begin)
    }
}

/// A row of the table: `None` where it has another form. What is not translated, or is used no more, has an
/// empty translation.
fn row(columns: &[String], values: Vec<Value>) -> Option<Row> {
    let (mut original, mut translated) = (None, None);
    let (mut status, mut block) = (None, None);
    if columns.len() > values.len() {
        let is_short = columns.len() != COLUMNS.len() || values.len() < 4;
        // Older tables have fewer columns.
        if is_short {
            return None;
        }
    }
    for (column, value) in columns.iter().zip(values) {
        match (column.as_str(), value) {
            ("original", Value::Text(text)) => original = Some(text),
            ("translated", Value::Text(text)) => translated = Some(text),
            ("status", Value::Bare(number) | Value::Text(number)) => {
                status = number.parse::<u8>().ok();
            }
            ("block_type", Value::Bare(number) | Value::Text(number)) => {
                block = number.parse::<u8>().ok();
            }
            _ => {}
        }
    }
    let original = original?;
    let is_used = status != Some(0) && block != Some(2);
    Some(Row {
        original,
        translated: translated.filter(|_| is_used).unwrap_or_default(),
        machine: status == Some(1),
    })
}
