//! Checks bodies, block by block.

use super::Findings;
use super::anchors::Anchors;
use crate::content::article::BodyItem;
use crate::content::authored::block::{Block, Quote, Table};
use crate::json::Cursor;
use model::{self, Address, Inline};
use std::collections::{BTreeMap, BTreeSet};

/// The pictures and files that the blocks of a body may refer to.
pub(super) enum Beside<'a> {
    /// Those that `article.json` names.
    Named {
        /// The pictures' names.
        pictures: BTreeSet<&'a str>,
        /// The other files by their names.
        files: &'a BTreeMap<String, String>,
    },
    /// `article.json` could not be read: any name may be right.
    Unknown,
    /// The page has neither pictures nor files.
    Nothing,
}

impl Findings {
    /// Reads a body. `cursor` is the list of blocks.
    pub(super) fn body(&mut self, cursor: Cursor<'_>, blocks: Vec<Block>, beside: &Beside<'_>) -> Vec<BodyItem> {
        let mut anchors = Anchors::default();
        let numbered = blocks.into_iter().enumerate();
        let read = numbered.filter_map(|(index, block)| {
            let cursor = cursor.item(index).item(0);
            self.shown(cursor, &block, beside).or_else(|| self.block(cursor, block, &mut anchors).map(BodyItem::Block))
        });
        read.collect()
    }

    /// A block that refers to no picture or file.
    fn block(&mut self, cursor: Cursor<'_>, block: Block, anchors: &mut Anchors) -> Option<model::Block> {
        Some(match block {
            Block::Paragraph(text) => model::Block::Paragraph(self.marked(cursor, "the paragraph", &text)),
            Block::Heading(text) => model::Block::Heading(self.heading(cursor, "the heading", &text, anchors)?),
            Block::Subheading(text) => {
                model::Block::Subheading(self.heading(cursor, "the subheading", &text, anchors)?)
            }
            Block::List(entries) => model::Block::List(self.list(cursor, entries)),
            Block::Numbered(entries) => model::Block::Numbered(self.list(cursor, entries)),
            Block::Quote(quote) => model::Block::Quote(self.quote(cursor, quote)),
            Block::Table(table) => model::Block::Table(self.table(cursor, table)),
            Block::Timeline(entries) => model::Block::Timeline(self.timeline(cursor, entries)),
            Block::KeyFacts(facts) => model::Block::KeyFacts(self.key_facts(cursor, facts)),
            Block::Contact(contact) => model::Block::Contact(self.contact(cursor, contact)),
            Block::Event(event) => model::Block::Event(self.event(cursor, event)?),
            Block::Picture(_) | Block::Gallery(_) | Block::Video(_) | Block::Audio(_) | Block::Attachment(_) => {
                return None;
            }
        })
    }

    fn heading(&mut self, cursor: Cursor<'_>, what: &str, text: &str, anchors: &mut Anchors) -> Option<model::Heading> {
        let text = self.plain(cursor, what, text);
        Some(model::Heading { id: anchors.name(&text)?, text })
    }

    fn list(&mut self, cursor: Cursor<'_>, entries: Vec<String>) -> Vec<Vec<Inline>> {
        if entries.is_empty() {
            self.add(cursor.problem("the list has no entries").help("write them, or delete this block"));
        }
        let numbered = entries.iter().enumerate();
        numbered.map(|(index, entry)| self.marked(cursor.item(index), "the entry", entry)).collect()
    }

    fn quote(&mut self, cursor: Cursor<'_>, quote: Quote) -> model::Quote {
        let text = self.marked(cursor.key("text"), "the quotation", &quote.text);
        if let (None, Some(_)) = (&quote.source, &quote.link) {
            let problem = cursor.name_of("link").problem("a link without a source has no words to stand on");
            self.add(problem.help("write whose words they are: \"source\": \"…\""));
        }
        let link = quote.link.and_then(|link| self.leads(cursor.key("link"), &link));
        model::Quote { text, source: self.optional(cursor, "source", quote.source), link }
    }

    /// An address on the web or a page of ours, outside of a text.
    fn leads(&mut self, cursor: Cursor<'_>, to: &str) -> Option<Address> {
        let what = format!("\"{}\" is not where words can have been said", to.escape_debug());
        self.on_the_web_or_here(cursor, to, what)
    }

    fn table(&mut self, cursor: Cursor<'_>, table: Table) -> model::Table {
        let caption = self.plain(cursor.key("caption"), "the table's caption", &table.caption);
        let columns = table.header.len();
        if columns == 0 {
            self.add(cursor.key("header").problem("the table has no columns").help("name them in \"header\""));
        }
        if table.rows.is_empty() {
            self.add(cursor.key("rows").problem("the table has no rows").help("write them, or delete this block"));
        }
        let header = table.header.iter().enumerate();
        let header = header
            .map(|(index, name)| self.plain(cursor.key("header").item(index), "the column's name", name))
            .collect();
        let rows = table.rows.iter().enumerate();
        let rows = rows.map(|(index, row)| self.row(cursor.key("rows").item(index), row, columns)).collect();
        model::Table { caption, header, rows }
    }

    fn row(&mut self, cursor: Cursor<'_>, row: &[String], columns: usize) -> Vec<Vec<Inline>> {
        if row.len() != columns {
            let cells = if row.len() == 1 { "cell" } else { "cells" };
            let message = format!("the row has {} {cells}, the header has {columns}", row.len());
            self.add(cursor.problem(message).help("give each row as many cells as the header; an empty cell is \"\""));
        }
        row.iter().enumerate().map(|(index, cell)| self.cell(cursor.item(index), cell)).collect()
    }
}
