//! The stack of open frames: where blocks go, and where words end.

use super::{Builder, Close, Frame};
use crate::html::Block;
use crate::html::table::{Cell, Row};
use crate::words::{Style, Words};

impl Builder<'_> {
    pub(super) fn frame(&mut self, frame: Frame) -> Close {
        self.frames.push(frame);
        self.words.push(Words::default());
        Close::Frame
    }

    /// Whether the innermost frame holds words only, such as an entry of a list or a cell.
    pub(super) fn in_line(&self) -> bool {
        let innermost = self
            .frames
            .iter()
            .rev()
            .find(|frame| !matches!(frame, Frame::Figure { .. } | Frame::NestedList));
        !matches!(innermost, None | Some(Frame::Quote { .. }))
    }

    pub(super) fn in_quote(&self) -> bool {
        let innermost = self
            .frames
            .iter()
            .rev()
            .find(|frame| !matches!(frame, Frame::Figure { .. }));
        matches!(innermost, Some(Frame::Quote { .. }))
    }

    /// Where blocks go: into the text, or after the innermost open list or table.
    pub(super) fn sink(&mut self) -> &mut Vec<Block> {
        let open = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::List { behind, .. } | Frame::Table { behind, .. } => Some(behind),
            _ => None,
        });
        open.unwrap_or(&mut self.body.blocks)
    }

    /// Ends the collected words: as a paragraph, or with a space in a frame that holds words only.
    pub(super) fn flush(&mut self) {
        self.line_ended = false;
        let frame = self
            .frames
            .iter()
            .rposition(|frame| !matches!(frame, Frame::Figure { .. } | Frame::NestedList));
        match frame.map(|at| &self.frames[at]) {
            Some(Frame::List { .. } | Frame::Table { .. }) => self.end_entry(),
            None | Some(Frame::Quote { .. }) => {
                let quoted = frame.is_some();
                let words = std::mem::take(self.current());
                let runs = self.normalise(words);
                if !runs.is_empty() {
                    let block = if quoted {
                        Block::Quote(runs, None)
                    } else {
                        Block::Paragraph(runs)
                    };
                    self.sink().push(block);
                }
            }
            Some(_) => self.current().space(&Style::default()),
        }
    }

    /// Makes the collected words an entry of the innermost list.
    pub(super) fn end_entry(&mut self) {
        let words = std::mem::take(self.current());
        if words.is_blank() {
            return;
        }
        let list = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::List { entries, .. } => Some(entries),
            _ => None,
        });
        match list {
            Some(entries) => entries.push(words),
            // No list is open: the words stand between the rows of a table, where the parser leaves
            // none.
            None => *self.current() = words,
        }
    }

    pub(super) fn close_frame(&mut self) {
        match self.frames.last() {
            Some(Frame::Quote { .. } | Frame::Figure { .. }) => self.flush(),
            Some(Frame::List { .. } | Frame::Entry | Frame::NestedList) => self.end_entry(),
            _ => {}
        }
        let words = self.words.pop().unwrap_or_default();
        match self.frames.pop() {
            Some(Frame::Heading(below)) => {
                let text = self.plain(&words, "a heading");
                if !text.is_empty() {
                    self.sink().push(if below {
                        Block::Subheading(text)
                    } else {
                        Block::Heading(text)
                    });
                }
            }
            Some(Frame::List {
                numbered,
                entries,
                behind,
            }) => self.close_list(numbered, entries, behind),
            Some(Frame::Quote { start, source }) => self.close_quote(start, source),
            Some(Frame::Cite) => {
                let name = self.plain(&words, "whose words a quotation is");
                if let Some(Frame::Quote { source, .. }) = self.frames.last_mut() {
                    *source = Some(name).filter(|name| !name.is_empty());
                }
            }
            Some(Frame::FigureCaption) => {
                if let Some(Frame::Figure { caption, .. }) = self.frames.last_mut() {
                    match caption {
                        Some(caption) => caption.append(words),
                        None => *caption = Some(words),
                    }
                }
            }
            Some(Frame::Figure {
                start,
                caption,
                gallery,
            }) => {
                if !words.is_blank() {
                    self.current().append(words);
                }
                if gallery {
                    self.flush();
                    self.close_gallery(start);
                }
                self.close_figure(start, caption);
            }
            Some(Frame::TableCaption) => {
                if let Some(Frame::Table { caption, .. }) = self.frames.last_mut() {
                    caption.append(words);
                }
            }
            Some(Frame::Cell(cell)) => {
                if let Some(Frame::Table { rows, .. }) = self.frames.last_mut() {
                    if rows.is_empty() {
                        rows.push(Row::default());
                    }
                    rows.last_mut().into_iter().for_each(|row| {
                        row.cells.push(Cell {
                            words: words.clone(),
                            ..cell.clone()
                        });
                    });
                }
            }
            Some(Frame::Table {
                caption,
                rows,
                behind,
                ..
            }) => self.close_table(&caption, rows, behind),
            Some(Frame::Entry | Frame::NestedList) | None => {}
        }
    }
}
