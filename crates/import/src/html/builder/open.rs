//! Opens elements that hold blocks or words.

use super::{Builder, Close, Frame, NO_STYLE};
use crate::html::blocks::text_below;
use crate::html::elements::Kind;
use crate::html::table::{Cell, Row, only_lays_out};
use crate::html::tag::Tag;
use crate::loss::excerpt;
use crate::words::{Style, Words};
use std::rc::Rc;

impl Builder<'_> {
    pub(super) fn open_block(&mut self, tag: &Tag) -> Close {
        self.flush();
        match tag.name.as_str() {
            "form" => self.lose("a form became its words", &text_below(&tag.node)),
            "details" => self.lose(
                "a part that unfolds is always shown now",
                &text_below(&tag.node),
            ),
            _ => {}
        }
        self.background(tag);
        Close::Block
    }

    pub(super) fn open_heading(&mut self, level: u8, tag: &Tag) -> Close {
        let words = text_below(&tag.node);
        if self.in_line() {
            self.lose(
                "a heading within a list, a table or another heading became its words",
                &words,
            );
            return self.open_inner_block();
        }
        self.flush();
        match level {
            1 => self.lose("a heading of level 1 became one of level 2", &words),
            4..=6 => self.lose(
                &format!("a heading of level {level} became one of level 3"),
                &words,
            ),
            _ => {}
        }
        self.frame(Frame::Heading(level > 2))
    }

    pub(super) fn open_quote(&mut self, tag: &Tag) -> Close {
        if self.in_line() || self.in_quote() {
            self.lose(
                "a quotation within another block became its words",
                &text_below(&tag.node),
            );
            return if self.in_line() {
                self.open_inner_block()
            } else {
                self.open_block(tag)
            };
        }
        self.flush();
        let start = self.sink().len();
        self.frame(Frame::Quote {
            start,
            source: None,
        })
    }

    pub(super) fn open_cite(&mut self, tag: &Tag) -> Close {
        let beneath = tag
            .parent()
            .is_some_and(|parent| parent.name == "blockquote" || parent.name == "footer");
        if beneath && matches!(self.frames.last(), Some(Frame::Quote { .. })) {
            self.flush();
            return self.frame(Frame::Cite);
        }
        self.open_style(Kind::Emphasis, tag)
    }

    pub(super) fn open_figure(&mut self, gallery: bool) -> Close {
        self.flush();
        let start = self.sink().len();
        self.frame(Frame::Figure {
            start,
            caption: None,
            gallery,
        })
    }

    /// Begins a block within a frame that holds words only.
    pub(super) fn open_inner_block(&mut self) -> Close {
        self.flush();
        Close::Block
    }

    pub(super) fn open_list(&mut self, kind: Kind, tag: &Tag) -> Close {
        let in_list = matches!(self.frames.last(), Some(Frame::List { .. }));
        match kind {
            Kind::List(_) | Kind::Terms
                if matches!(self.frames.last(), Some(Frame::Entry)) || in_list =>
            {
                self.lose(
                    "a list within a list became a part of it",
                    &text_below(&tag.node),
                );
                self.end_entry();
                self.frame(Frame::NestedList)
            }
            Kind::List(_) | Kind::Terms if self.in_line() => {
                self.lose(
                    "a list within a table, a heading or a caption became its words",
                    &text_below(&tag.node),
                );
                self.open_inner_block()
            }
            Kind::List(numbered) => {
                self.flush();
                let begins = tag.get("start").is_some_and(|start| start != "1")
                    || tag.get("reversed").is_some();
                if begins || tag.get("type").is_some_and(|kind| numbered && kind != "1") {
                    self.lose(
                        "a list with numbers of its own counts 1, 2, 3 now",
                        &text_below(&tag.node),
                    );
                }
                self.frame(Frame::List {
                    numbered,
                    entries: Vec::new(),
                    behind: Vec::new(),
                })
            }
            Kind::Terms => {
                self.flush();
                self.lose(
                    "a list of terms became a plain list",
                    &text_below(&tag.node),
                );
                self.frame(Frame::List {
                    numbered: false,
                    entries: Vec::new(),
                    behind: Vec::new(),
                })
            }
            _ if in_list || matches!(self.frames.last(), Some(Frame::NestedList)) => {
                self.flush();
                let close = self.frame(Frame::Entry);
                if kind == Kind::Entry {
                    return close;
                }
                self.styles.push(Style {
                    strong: true,
                    ..self.style().clone()
                });
                Close::Term
            }
            _ => self.open_inner_block(),
        }
    }

    pub(super) fn open_table(&mut self, kind: Kind, tag: &Tag) -> Close {
        let in_line = self.in_line();
        match (kind, self.frames.last_mut()) {
            (Kind::Table, _) if in_line => {
                self.lose(
                    "a table within a list, a heading or another table became its words",
                    &text_below(&tag.node),
                );
                self.open_inner_block()
            }
            (Kind::Table, _) if only_lays_out(&tag.node) => {
                self.flush();
                if !text_below(&tag.node).trim().is_empty() {
                    self.lose(
                        "a table of one row or one column became paragraphs",
                        &text_below(&tag.node),
                    );
                }
                Close::Block
            }
            (Kind::Table, _) => {
                self.flush();
                self.frame(Frame::Table {
                    caption: Words::default(),
                    rows: Vec::new(),
                    head: false,
                    behind: Vec::new(),
                })
            }
            (Kind::TableHead, Some(Frame::Table { head, .. })) => {
                *head = true;
                Close::TableHead
            }
            (Kind::TableCaption, Some(Frame::Table { .. })) => self.frame(Frame::TableCaption),
            (Kind::Row, Some(Frame::Table { rows, head, .. })) => {
                rows.push(Row {
                    cells: Vec::new(),
                    head: *head,
                });
                Close::Nothing
            }
            (Kind::Cell(is_header), Some(Frame::Table { .. })) => {
                self.frame(Frame::Cell(Cell::new(tag, is_header)))
            }
            (Kind::TableHead, _) => Close::Nothing,
            _ => self.open_inner_block(),
        }
    }

    pub(super) fn open_style(&mut self, kind: Kind, tag: &Tag) -> Close {
        let mut style = self.style().clone();
        match kind {
            Kind::Strong => style.strong = true,
            Kind::Emphasis => style.emphasis = true,
            Kind::Unknown => self.lose(
                &format!("<{}> became its words", excerpt(&tag.name)),
                &text_below(&tag.node),
            ),
            _ => {}
        }
        match tag.style("font-weight").as_deref() {
            Some("normal" | "400") => style.strong = false,
            Some("bold" | "bolder" | "600" | "700" | "800" | "900") => style.strong = true,
            _ => {}
        }
        match tag.style("font-style").as_deref() {
            Some("normal") => style.emphasis = false,
            Some("italic" | "oblique") => style.emphasis = true,
            _ => {}
        }
        self.styles.push(style);
        Close::Style
    }

    pub(super) fn open_link(&mut self, tag: &Tag) -> Close {
        let mut style = self.style().clone();
        if let Some(href) = tag.get("href") {
            let words = text_below(&tag.node);
            let to = (self.resolve)(href);
            if words.trim().is_empty() {
                // WordPress links pictures to their own files, and those of galleries to their pages.
                let in_gallery = || {
                    tag.parent()
                        .is_some_and(|parent| parent.has_class("gallery-icon"))
                };
                let ending = href
                    .rsplit('.')
                    .next()
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                if !["jpg", "jpeg", "png", "gif", "webp", "svg"].contains(&ending.as_str())
                    && !in_gallery()
                {
                    self.lose("a link without words was left out", href);
                }
            } else if to.is_none() && !is_note(tag) {
                self.lose(
                    &format!("a link became words alone, it led to {}", excerpt(href)),
                    &words,
                );
            }
            style.link = to.map(Rc::new);
        }
        self.styles.push(style);
        Close::Style
    }

    pub(super) fn style(&self) -> &Style {
        self.styles.last().unwrap_or(&NO_STYLE)
    }

    pub(super) fn push(&mut self, text: &str) {
        let style = self.styles.last().cloned().unwrap_or_default();
        self.current().push(text, &style);
    }

    pub(super) fn current(&mut self) -> &mut Words {
        if self.words.is_empty() {
            self.words.push(Words::default());
        }
        let last = self.words.len() - 1;
        &mut self.words[last]
    }
}

/// Whether a link is the number of a note at the foot of the text.
fn is_note(tag: &Tag) -> bool {
    tag.get("href").is_some_and(|href| href.starts_with('#'))
        && tag.parent().is_some_and(|parent| parent.has_class("fn"))
}
