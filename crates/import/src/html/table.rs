//! Tables: turns cells that may span others into a header and rows of the same length.

use super::super::loss::Loss;
use super::tag::Tag;
use crate::words::Words;
use markup5ever_rcdom::Handle;
use std::collections::BTreeMap;

/// The most columns or rows that one cell is taken to span.
const MOST_SPAN: usize = 100;

/// A cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) words: Words,
    /// Whether it is a header cell.
    pub(super) is_header: bool,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl Cell {
    pub(super) fn new(tag: &Tag, is_header: bool) -> Self {
        Self {
            words: Words::default(),
            is_header,
            columns: span(tag, "colspan"),
            rows: span(tag, "rowspan"),
        }
    }
}

fn span(tag: &Tag, name: &str) -> usize {
    tag.get(name)
        .and_then(|text| text.parse().ok())
        .unwrap_or(1)
        .clamp(1, MOST_SPAN)
}

/// A row.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// Whether it is in `<thead>`.
    pub(super) head: bool,
}

/// A table's cells in rows of the same length, the header first.
pub(super) struct Grid {
    pub(super) header: Vec<Words>,
    pub(super) rows: Vec<Vec<Words>>,
}

/// Whether a table is only a layout: it has one row or one column.
pub(super) fn only_lays_out(table: &Handle) -> bool {
    let named = |node: &Handle, names: &[&str]| -> Vec<Tag> {
        let children = node.children.borrow();
        children
            .iter()
            .filter_map(Tag::new)
            .filter(|tag| names.contains(&tag.name.as_str()))
            .collect()
    };
    let parts = named(table, &["thead", "tbody", "tfoot"]);
    let mut rows = named(table, &["tr"]);
    rows.extend(parts.iter().flat_map(|part| named(&part.node, &["tr"])));
    let width = |row: &Tag| {
        named(&row.node, &["td", "th"])
            .iter()
            .map(|cell| span(cell, "colspan"))
            .sum::<usize>()
    };
    let count = |row: &Tag| named(&row.node, &["td", "th"]).len();
    let filled = rows
        .iter()
        .filter(|row| !super::blocks::text_below(&row.node).trim().is_empty())
        .count();
    filled < 2
        || rows.iter().map(width).max().unwrap_or_default() < 2
        || rows.iter().all(|row| count(row) < 2)
}

/// The most empty cells that a table may gain, beyond eight times its own cells. It gains them
/// where one row is far longer than others, or where cells span several columns. Repeated cells may
/// add as many characters to any table.
const MOST_EMPTY: usize = 10_000;

/// How many times the characters of all cells may be added by repeated cells. A cell that spans
/// several rows is repeated in each.
const MOST_REPEATED: usize = 4;

/// Cells that reach into the rows below: for each column, the number of rows left, and the words.
type Below = BTreeMap<usize, (usize, Words)>;

/// Puts a table's cells into rows of the same length.
///
/// # Errors
/// The words of the cells, where less than a header and a row of two columns is left, or where
/// nearly all cells would be empty.
pub(super) fn grid(rows: Vec<Row>, losses: &mut Vec<Loss>) -> Result<Grid, Vec<Words>> {
    let own: usize = rows.iter().map(|row| row.cells.len()).sum();
    let all: usize = rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| cell.words.len())
        .sum();
    let mut left = all.saturating_mul(MOST_REPEATED).saturating_add(MOST_EMPTY);
    let mut lines: Vec<(bool, Vec<Words>)> = Vec::new();
    let mut below = Below::new();
    let mut spans = None;
    let width = |row: &Row| row.cells.iter().map(|cell| cell.columns).sum::<usize>();
    if rows
        .iter()
        .map(width)
        .max()
        .unwrap_or_default()
        .saturating_mul(rows.len())
        > own.saturating_mul(8) + MOST_EMPTY
    {
        let words: Vec<Words> = rows
            .into_iter()
            .flat_map(|row| row.cells)
            .map(|cell| cell.words)
            .collect();
        let first = words
            .iter()
            .find(|words| !words.is_blank())
            .map(Words::plain)
            .unwrap_or_default();
        losses.push(Loss::new(
            "a table whose cells would nearly all be empty became paragraphs",
            &first,
        ));
        return Err(words);
    }
    for row in rows {
        let head =
            row.head || (!row.cells.is_empty() && row.cells.iter().all(|cell| cell.is_header));
        let mut line = Vec::new();
        let mut reaching = Below::new();
        for cell in row.cells {
            fill(&mut line, &below, &mut left);
            if cell.columns > 1 || cell.rows > 1 {
                spans.get_or_insert_with(|| cell.words.plain());
            }
            if cell.rows > 1 {
                reaching.insert(line.len(), (cell.rows, cell.words.clone()));
            }
            line.push(cell.words);
            line.extend((1..cell.columns).map(|_| Words::default()));
        }
        fill(&mut line, &below, &mut left);
        // A cell that begins here replaces one that ended above it. Its count of rows includes this
        // one.
        below.extend(reaching);
        below.retain(|_, (rows, _)| {
            *rows -= 1;
            *rows > 0
        });
        lines.push((head, line));
    }
    lines.retain(|(_, line)| line.iter().any(|words| !words.is_blank()));
    let columns = lines
        .iter()
        .map(|(_, line)| line.len())
        .max()
        .unwrap_or_default();
    if lines.len() < 2 || columns < 2 {
        return Err(lines.into_iter().flat_map(|(_, line)| line).collect());
    }
    if let Some(words) = spans {
        losses.push(Loss::new(
            "a cell over several columns or rows was cut into single ones",
            &words,
        ));
    }
    for (_, line) in &mut lines {
        line.resize_with(columns, Words::default);
    }
    let at = lines.iter().position(|(head, _)| *head);
    let (head, header) = lines.remove(at.unwrap_or_default());
    if !head {
        let words = header
            .iter()
            .map(Words::plain)
            .collect::<Vec<_>>()
            .join(" | ");
        losses.push(Loss::new(
            "a table had no names of columns: its first row names them now",
            &words,
        ));
    }
    Ok(Grid {
        header,
        rows: lines.into_iter().map(|(_, line)| line).collect(),
    })
}

/// Appends the cells from above that reach into the next columns of this row. `left` is the number
/// of characters that may still be repeated. Beyond it, the repeated cells are empty.
fn fill(line: &mut Vec<Words>, below: &Below, left: &mut usize) {
    while let Some((_, words)) = below.get(&line.len()) {
        let fits = words.len() <= *left;
        *left = left.saturating_sub(words.len());
        line.push(if fits {
            words.clone()
        } else {
            Words::default()
        });
    }
}
