//! The tables of Wagtail, as HTML.

use crate::adapter::escaped;
use serde_json::{Map, Value};
use std::fmt::Write;

/// Makes HTML of a cell, by the name of its kind.
type Cell<'a> = &'a mut dyn FnMut(&str, &Value) -> String;

/// A table; `None` where a block is none.
pub(super) fn html(fields: &Map<String, Value>, cell: Cell<'_>) -> Option<String> {
    if let (Some(Value::Array(columns)), Some(Value::Array(rows))) =
        (fields.get("columns"), fields.get("rows"))
    {
        return Some(typed(fields, columns, rows, cell));
    }
    match fields.get("data") {
        Some(Value::Array(rows)) if rows.iter().all(Value::is_array) => {
            Some(plain(fields, rows, cell))
        }
        _ => None,
    }
}

/// A table whose columns have kinds.
fn typed(fields: &Map<String, Value>, columns: &[Value], rows: &[Value], cell: Cell<'_>) -> String {
    let text = |value: &Value| escaped(value.as_str().unwrap_or_default().trim());
    let mut html = format!("<table>{}<thead><tr>", caption(fields, "caption"));
    for column in columns {
        let _ = write!(html, "<th>{}</th>", text(&column["heading"]));
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for (at, value) in row["values"].as_array().into_iter().flatten().enumerate() {
            let kind = columns.get(at).and_then(|column| column["type"].as_str());
            let words = cell(kind.unwrap_or_default(), value);
            let _ = write!(html, "<td>{words}</td>");
        }
        html.push_str("</tr>");
    }
    html + "</tbody></table>"
}

/// A table of plain cells, which may span others.
fn plain(fields: &Map<String, Value>, rows: &[Value], cell: Cell<'_>) -> String {
    let is_on = |key: &str| fields.get(key) == Some(&Value::Bool(true));
    let (first_row, first_column) = (
        is_on("first_row_is_table_header"),
        is_on("first_col_is_header"),
    );
    let merged: Vec<[usize; 4]> = fields
        .get("mergeCells")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|cell| {
            let number = |key: &str| usize::try_from(cell[key].as_u64()?).ok();
            Some([
                number("row")?,
                number("col")?,
                number("rowspan")?,
                number("colspan")?,
            ])
        })
        .collect();
    let mut html = format!("<table>{}", caption(fields, "table_caption"));
    for (row, cells) in rows.iter().enumerate() {
        html.push_str(if row == 0 && first_row {
            "<thead><tr>"
        } else {
            "<tr>"
        });
        for (column, value) in cells.as_array().into_iter().flatten().enumerate() {
            let within = merged.iter().find(|[top, left, height, width]| {
                (*top..top.saturating_add(*height)).contains(&row)
                    && (*left..left.saturating_add(*width)).contains(&column)
            });
            let span = match within {
                Some([top, left, height, width]) if (*top, *left) == (row, column) => {
                    format!(" rowspan=\"{height}\" colspan=\"{width}\"")
                }
                // Another cell reaches over this one.
                Some(_) => continue,
                None => String::new(),
            };
            let is_header = (row == 0 && first_row) || (column == 0 && first_column);
            let element = if is_header { "th" } else { "td" };
            let words = cell("text", value);
            let _ = write!(html, "<{element}{span}>{words}</{element}>");
        }
        html.push_str(if row == 0 && first_row {
            "</tr></thead>"
        } else {
            "</tr>"
        });
    }
    html + "</table>"
}

fn caption(fields: &Map<String, Value>, key: &str) -> String {
    let words = fields.get(key).and_then(Value::as_str).unwrap_or_default();
    if words.trim().is_empty() {
        return String::new();
    }
    format!("<caption>{}</caption>", escaped(words.trim()))
}
