//! Bodies, block by block.

use super::{Findings, unknown};
use crate::authored::block::{Block, Quote, Table};
use crate::content::Part;
use crate::read::Spot;
use portal::model::{self, Inline};

/// The names that a `picture` block may use.
pub(super) enum Pictures<'a> {
    /// These, from `article.json`.
    Named(Vec<&'a str>),
    /// `article.json` could not be read: any name may be right.
    Unknown,
    /// The page has none.
    Never,
}

impl Findings {
    /// Reads a body. `spot` is the list of blocks.
    pub(super) fn body(&mut self, spot: Spot<'_>, blocks: Vec<Block>, pictures: &Pictures<'_>) -> Vec<Part> {
        let numbered = blocks.into_iter().enumerate();
        numbered.map(|(index, block)| self.block(spot.item(index).item(0), block, pictures)).collect()
    }

    fn block(&mut self, spot: Spot<'_>, block: Block, pictures: &Pictures<'_>) -> Part {
        Part::Block(match block {
            Block::Picture(name) => {
                self.picture(spot, &name, pictures);
                return Part::Picture(name);
            }
            Block::Paragraph(text) => model::Block::Paragraph(self.marked(spot, "the paragraph", &text)),
            Block::Heading(text) => model::Block::Heading(self.plain(spot, "the heading", &text)),
            Block::Subheading(text) => model::Block::Subheading(self.plain(spot, "the subheading", &text)),
            Block::List(entries) => model::Block::List(self.list(spot, entries)),
            Block::Numbered(entries) => model::Block::Numbered(self.list(spot, entries)),
            Block::Quote(quote) => model::Block::Quote(self.quote(spot, quote)),
            Block::Table(table) => model::Block::Table(self.table(spot, table)),
        })
    }

    fn picture(&mut self, spot: Spot<'_>, name: &str, pictures: &Pictures<'_>) {
        match pictures {
            Pictures::Unknown => {}
            Pictures::Never => self.add(spot.problem("a standing page has no pictures").help("delete this block")),
            Pictures::Named(names) if names.contains(&name) => {}
            Pictures::Named(names) => {
                let message = unknown("article.json has no picture", name, names.iter().copied());
                self.add(
                    spot.problem(message).help("name the picture and its file in article.json, under \"pictures\""),
                );
            }
        }
    }

    fn list(&mut self, spot: Spot<'_>, entries: Vec<String>) -> Vec<Vec<Inline>> {
        if entries.is_empty() {
            self.add(spot.problem("the list has no entries").help("write them, or delete this block"));
        }
        let numbered = entries.iter().enumerate();
        numbered.map(|(index, entry)| self.marked(spot.item(index), "the entry", entry)).collect()
    }

    fn quote(&mut self, spot: Spot<'_>, quote: Quote) -> model::Quote {
        let text = self.marked(spot.key("text"), "the quotation", &quote.text);
        model::Quote { text, source: self.optional(spot, "source", quote.source) }
    }

    fn table(&mut self, spot: Spot<'_>, table: Table) -> model::Table {
        let caption = self.plain(spot.key("caption"), "the table's caption", &table.caption);
        let columns = table.header.len();
        if columns == 0 {
            self.add(spot.key("header").problem("the table has no columns").help("name them in \"header\""));
        }
        if table.rows.is_empty() {
            self.add(spot.key("rows").problem("the table has no rows").help("write them, or delete this block"));
        }
        let header = table.header.iter().enumerate();
        let header =
            header.map(|(index, name)| self.plain(spot.key("header").item(index), "the column's name", name)).collect();
        let rows = table.rows.iter().enumerate();
        let rows = rows.map(|(index, row)| self.row(spot.key("rows").item(index), row, columns)).collect();
        model::Table { caption, header, rows }
    }

    fn row(&mut self, spot: Spot<'_>, row: &[String], columns: usize) -> Vec<Vec<Inline>> {
        if row.len() != columns {
            let cells = if row.len() == 1 { "cell" } else { "cells" };
            let message = format!("the row has {} {cells}, the header has {columns}", row.len());
            self.add(spot.problem(message).help("give each row as many cells as the header; an empty cell is \"\""));
        }
        row.iter().enumerate().map(|(index, cell)| self.cell(spot.item(index), cell)).collect()
    }
}
