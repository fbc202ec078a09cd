//! Checks bodies, block by block.

use super::Findings;
use super::anchors::Anchors;
use super::facts::{check_contact, check_event, check_key_facts, check_timeline};
use super::link_targets::read_web_or_local_address;
use super::media::check_media_block;
use crate::content::article::BodyItem;
use crate::content::authored::block::{Block, Quote, Table};
use crate::content::authored::facts::Event;
use crate::diagnostics::Message;
use crate::json::Cursor;
use crate::message;
use model::{self, Address, Inline};
use std::collections::{BTreeMap, BTreeSet};

/// The pictures and files that the blocks of a body may refer to.
pub(super) enum Assets<'a> {
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

/// Reads a body. `cursor` is the list of blocks.
pub(super) fn check_body(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    blocks: Vec<Block>,
    assets: &Assets<'_>,
) -> Vec<BodyItem> {
    let mut anchors = Anchors::default();
    let mut events = BTreeSet::new();
    let numbered = blocks.into_iter().enumerate();
    let read = numbered.filter_map(|(index, block)| {
        let cursor = cursor.item(index).item(0);
        if let Block::Event(Event { id: Some(id), .. }) = &block
            && !events.insert(id.clone())
        {
            let problem = cursor.key("id").problem(message!(
                "another event of this text is called \"{id}\" too",
                id = id.as_str()
            ));
            findings.add(problem.help(message!(
                "give each event of a text an id of its own, the same in every language"
            )));
        }
        check_media_block(findings, cursor, &block, assets)
            .or_else(|| check_block(findings, cursor, block, &mut anchors).map(BodyItem::Block))
    });
    read.collect()
}

/// A block that refers to no picture or file.
fn check_block(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    block: Block,
    anchors: &mut Anchors,
) -> Option<model::Block> {
    Some(match block {
        Block::Paragraph(text) => {
            model::Block::Paragraph(findings.marked(cursor, &message!("the paragraph"), &text))
        }
        Block::Heading(text) => model::Block::Heading(check_heading(
            findings,
            cursor,
            &message!("the heading"),
            &text,
            anchors,
        )?),
        Block::Subheading(text) => model::Block::Subheading(check_heading(
            findings,
            cursor,
            &message!("the subheading"),
            &text,
            anchors,
        )?),
        Block::List(entries) => model::Block::List(check_list(findings, cursor, entries)),
        Block::Numbered(entries) => model::Block::Numbered(check_list(findings, cursor, entries)),
        Block::Quote(quote) => model::Block::Quote(check_quote(findings, cursor, quote)),
        Block::Table(table) => model::Block::Table(check_table(findings, cursor, table)),
        Block::Timeline(entries) => {
            model::Block::Timeline(check_timeline(findings, cursor, entries))
        }
        Block::KeyFacts(facts) => model::Block::KeyFacts(check_key_facts(findings, cursor, facts)),
        Block::Contact(contact) => model::Block::Contact(check_contact(findings, cursor, contact)),
        Block::Event(event) => model::Block::Event(check_event(findings, cursor, event)?),
        Block::Picture(_)
        | Block::Gallery(_)
        | Block::Video(_)
        | Block::Audio(_)
        | Block::Attachment(_) => {
            return None;
        }
    })
}

fn check_heading(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    what: &Message,
    text: &str,
    anchors: &mut Anchors,
) -> Option<model::Heading> {
    let text = findings.plain(cursor, what, text);
    Some(model::Heading {
        id: anchors.name(&text)?,
        text,
    })
}

fn check_list(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    entries: Vec<String>,
) -> Vec<Vec<Inline>> {
    if entries.is_empty() {
        findings.add(
            cursor
                .problem(message!("the list has no entries"))
                .help(message!("write them, or delete this block")),
        );
    }
    let numbered = entries.iter().enumerate();
    numbered
        .map(|(index, entry)| findings.marked(cursor.item(index), &message!("the entry"), entry))
        .collect()
}

fn check_quote(findings: &mut Findings, cursor: Cursor<'_>, quote: Quote) -> model::Quote {
    let text = findings.marked(cursor.key("text"), &message!("the quotation"), &quote.text);
    if let (None, Some(_)) = (&quote.source, &quote.link) {
        let problem = cursor
            .name_of("link")
            .problem(message!("a link without a source has no words to stand on"));
        findings.add(problem.help(message!("write whose words they are: \"source\": \"…\"")));
    }
    let link = quote
        .link
        .and_then(|link| read_quote_link(findings, cursor.key("link"), &link));
    model::Quote {
        text,
        source: findings.optional(cursor, "source", quote.source),
        link,
    }
}

/// An address on the web or a page of ours, outside of a text.
fn read_quote_link(findings: &mut Findings, cursor: Cursor<'_>, to: &str) -> Option<Address> {
    let what = message!(
        "\"{to}\" is not where words can have been said",
        to = to.escape_debug()
    );
    read_web_or_local_address(findings, cursor, to, what)
}

fn check_table(findings: &mut Findings, cursor: Cursor<'_>, table: Table) -> model::Table {
    let caption = findings.plain(
        cursor.key("caption"),
        &message!("the table's caption"),
        &table.caption,
    );
    let columns = table.header.len();
    if columns == 0 {
        findings.add(
            cursor
                .key("header")
                .problem(message!("the table has no columns"))
                .help(message!("name them in \"header\"")),
        );
    }
    if table.rows.is_empty() {
        findings.add(
            cursor
                .key("rows")
                .problem(message!("the table has no rows"))
                .help(message!("write them, or delete this block")),
        );
    }
    let header = table.header.iter().enumerate();
    let header = header
        .map(|(index, name)| {
            findings.plain(
                cursor.key("header").item(index),
                &message!("the column's name"),
                name,
            )
        })
        .collect();
    let rows = table.rows.iter().enumerate();
    let rows = rows
        .map(|(index, row)| check_row(findings, cursor.key("rows").item(index), row, columns))
        .collect();
    model::Table {
        caption,
        header,
        rows,
    }
}

fn check_row(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    row: &[String],
    columns: usize,
) -> Vec<Vec<Inline>> {
    if row.len() != columns {
        let found = row.len();
        let message = if found == 1 {
            message!("the row has 1 cell, the header has {columns}", columns)
        } else {
            message!(
                "the row has {found} cells, the header has {columns}",
                found,
                columns
            )
        };
        findings.add(cursor.problem(message).help(message!(
            "give each row as many cells as the header; an empty cell is \"\""
        )));
    }
    row.iter()
        .enumerate()
        .map(|(index, cell)| findings.cell(cursor.item(index), cell))
        .collect()
}
