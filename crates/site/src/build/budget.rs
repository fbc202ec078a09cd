//! The budgets: how much a page may weigh. The numbers stand in `budgets.json` alone.

use brotli::enc::BrotliEncoderParams;
use editorial::diagnostics::Failure;
use serde::Deserialize;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The budgets, in bytes after brotli at its highest quality.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Budgets {
    /// The heaviest article, its document included.
    article_html: usize,
    /// The style sheet.
    style: usize,
    /// The browser program and its script.
    program: usize,
    /// What a reader's first search loads besides the index: its script and the heavier of its
    /// programs.
    search: usize,
}

/// The size of a file, or of several together, in bytes.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Weight {
    /// Uncompressed.
    pub(crate) raw: usize,
    /// After brotli.
    pub(crate) brotli: usize,
}

impl Weight {
    /// The weight of a file.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut compressed = Vec::new();
        let parameters = BrotliEncoderParams {
            quality: 11,
            lgwin: 22,
            ..BrotliEncoderParams::default()
        };
        let written = brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters);
        let brotli = if written.is_ok() {
            compressed.len()
        } else {
            bytes.len()
        };
        Self {
            raw: bytes.len(),
            brotli,
        }
    }

    /// The heavier of two files, after brotli.
    pub(crate) fn max(self, other: Self) -> Self {
        if other.brotli > self.brotli {
            other
        } else {
            self
        }
    }

    /// The sum of two files.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            brotli: self.brotli + other.brotli,
        }
    }
}

/// The weights of a site.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    /// The heaviest article.
    pub(crate) article_html: Weight,
    /// The heaviest page of any other kind.
    pub(crate) other_html: Weight,
    /// The style sheet.
    pub(crate) style: Weight,
    /// The script: glue and boot.
    pub(crate) script: Weight,
    /// The program.
    pub(crate) wasm: Weight,
    /// The script of the search and the heavier of its programs.
    pub(crate) search: Weight,
}

impl Budgets {
    /// Reads the budgets.
    ///
    /// # Errors
    /// Where the file cannot be read, or is not of this form.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).map_err(|error| Failure::io("read", path, &error))?;
        serde_json::from_str(&text)
            .map_err(|error| Failure::new(format!("{}: {error}", path.display())))
    }

    /// The table of weights and budgets.
    ///
    /// # Errors
    /// Where something is over its budget. The message has the table too.
    pub(crate) fn judge(&self, weights: &Weights) -> Result<String, Failure> {
        let program = weights.script.and(weights.wasm);
        let rows = [
            (
                "heaviest article page",
                weights.article_html,
                Some(self.article_html),
            ),
            ("heaviest other page", weights.other_html, None),
            ("style sheet", weights.style, Some(self.style)),
            ("script", weights.script, None),
            ("wasm", weights.wasm, None),
            ("script and wasm", program, Some(self.program)),
            ("search", weights.search, Some(self.search)),
        ];
        let mut table = String::from("size in bytes                raw    brotli    budget\n");
        let mut over = Vec::new();
        for (name, Weight { raw, brotli }, budget) in rows {
            let limit = budget.map(|budget| budget.to_string()).unwrap_or_default();
            let _ = writeln!(table, "{name:<22} {raw:>9} {brotli:>9} {limit:>9}");
            if budget.is_some_and(|budget| brotli > budget) {
                over.push(name);
            }
        }
        if over.is_empty() {
            Ok(table)
        } else {
            Err(Failure::new(format!(
                "{table}over budget (budgets.json): {}",
                over.join(", ")
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_its_budget_is_named() {
        let budgets = Budgets {
            article_html: 10,
            style: 10,
            program: 10,
            search: 10,
        };
        let weight = |brotli| Weight { raw: 99, brotli };
        let mut weights = Weights {
            style: weight(10),
            script: weight(4),
            wasm: weight(6),
            ..Weights::default()
        };
        assert!(budgets.judge(&weights).is_ok());
        weights.wasm = weight(7);
        weights.article_html = weight(11);
        let message = budgets.judge(&weights).unwrap_err().to_string();
        assert!(
            message.ends_with("over budget (budgets.json): heaviest article page, script and wasm"),
            "{message}"
        );
    }
}
