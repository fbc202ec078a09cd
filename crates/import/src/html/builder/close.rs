//! Closes lists, quotations, figures and tables, and makes their blocks.

use super::{Builder, NO_NAME};
use crate::html::table::{Row, grid};
use crate::html::{Block, Table};
use crate::words::Words;
use model::Inline;

impl Builder<'_> {
    pub(super) fn close_list(&mut self, numbered: bool, entries: Vec<Words>, behind: Vec<Block>) {
        let entries: Vec<_> = entries
            .into_iter()
            .map(|entry| self.normalise(entry))
            .filter(|runs| !runs.is_empty())
            .collect();
        if !entries.is_empty() {
            if !behind.is_empty() {
                self.lose("pictures within a list stand behind it now", "");
            }
            self.sink().push(if numbered {
                Block::Numbered(entries)
            } else {
                Block::List(entries)
            });
            self.sink().extend(behind);
            return;
        }
        // A list of nothing but pictures is an old form of a gallery.
        let start = self.sink().len();
        self.sink().extend(behind);
        self.close_gallery(start);
    }

    /// Makes a gallery of the blocks from `start` on, where they are several pictures and nothing
    /// else.
    pub(super) fn close_gallery(&mut self, start: usize) {
        let blocks = self.sink();
        let is_picture = |block: &Block| matches!(block, Block::Picture(_));
        if blocks.len() < start + 2 || !blocks[start..].iter().all(is_picture) {
            return;
        }
        let pictures = blocks.drain(start..).filter_map(|block| match block {
            Block::Picture(picture) => Some(picture),
            _ => None,
        });
        let pictures = pictures.collect();
        blocks.push(Block::Gallery(pictures, String::new()));
    }

    pub(super) fn close_quote(&mut self, start: usize, source: Option<String>) {
        let Some(name) = source else { return };
        let quotes = self.sink().iter_mut().skip(start);
        let last = quotes
            .filter_map(|block| {
                if let Block::Quote(_, source) = block {
                    Some(source)
                } else {
                    None
                }
            })
            .last();
        match last {
            Some(source) => *source = Some(name),
            None => self.sink().push(Block::Paragraph(vec![Inline::Text(name)])),
        }
    }

    pub(super) fn close_figure(&mut self, start: usize, caption: Option<Words>) {
        let Some(words) = caption.filter(|words| !words.is_blank()) else {
            return;
        };
        let has_place = |block: &Block| match block {
            Block::Picture(picture) => picture.caption.is_empty(),
            Block::Gallery(_, title) => title.is_empty(),
            Block::Table(table) => table.caption.is_empty(),
            Block::Player(player) => player.title.is_empty(),
            _ => false,
        };
        if matches!(self.sink().get(start..), Some([block]) if has_place(block)) {
            let text = self.plain(&words, "a caption");
            match self.sink().last_mut() {
                Some(Block::Picture(picture)) => picture.caption = text,
                Some(Block::Gallery(_, title)) => *title = text,
                Some(Block::Table(table)) => table.caption = text,
                Some(Block::Player(player)) => player.title = text,
                _ => {}
            }
            return;
        }
        // The caption of a quotation or of several pictures becomes a paragraph after them.
        if self.in_line() {
            self.current().append(words);
        } else {
            *self.current() = words;
            self.flush();
        }
    }

    pub(super) fn close_table(&mut self, caption: &Words, rows: Vec<Row>, behind: Vec<Block>) {
        let caption = self.plain(caption, "a caption");
        let grid = match grid(rows, &mut self.body.losses) {
            Ok(grid) => grid,
            Err(words) => {
                for words in words {
                    *self.current() = words;
                    self.flush();
                }
                self.sink().extend(behind);
                return;
            }
        };
        let mut nameless = false;
        let header = grid.header.iter().map(|words| {
            let name = self.plain(words, "the name of a column");
            nameless |= name.is_empty();
            if name.is_empty() {
                NO_NAME.to_owned()
            } else {
                name
            }
        });
        let header: Vec<String> = header.collect();
        let rows = grid
            .rows
            .into_iter()
            .map(|row| row.into_iter().map(|words| self.normalise(words)).collect())
            .collect();
        if nameless {
            self.lose("a column of a table has no name", &header.join(" | "));
        }
        if !behind.is_empty() {
            self.lose(
                "pictures within a table stand behind it now",
                &header.join(" | "),
            );
        }
        self.sink().push(Block::Table(Table {
            caption,
            header,
            rows,
        }));
        self.sink().extend(behind);
    }
}
