//! Takes a text's elements one after the other, and makes blocks of them.

use super::elements::{Kind, kind, lowered, raised};
use super::table::{Cell, Row, grid, only_lays_out};
use super::tag::Tag;
use super::{Block, Body, Picture, Resolve, Table, text_below};
use crate::import::loss::{Loss, excerpt};
use crate::import::marks;
use crate::import::words::{Style, Words};
use markup5ever_rcdom::Handle;
use portal::model::Inline;
use std::rc::Rc;

/// What stands in for the name of a column that has none.
const NO_NAME: &str = "–";

/// Something that is open and takes words in its own way.
enum Frame {
    /// A heading; `true` for one below another.
    Heading(bool),
    /// A list with its entries, and the pictures that stood in it.
    List { numbered: bool, entries: Vec<Words>, behind: Vec<Block> },
    /// An entry of a list.
    Entry,
    /// A quotation: how many blocks there were before it, and whose words it is.
    Quote { start: usize, source: Option<String> },
    /// Whose words a quotation is.
    Cite,
    /// A figure: how many blocks there were before it, and its caption.
    Figure { start: usize, caption: Option<Words> },
    /// The caption of a figure.
    FigureCaption,
    /// A table with its rows, and the pictures that stood in it.
    Table { caption: Words, rows: Vec<Row>, head: bool, behind: Vec<Block> },
    /// The caption of a table.
    TableCaption,
    /// A cell of a table.
    Cell(Cell),
    /// A block within something that holds words only.
    Flat,
}

/// What has to be done at the end of an element.
enum Close {
    Nothing,
    /// The style before it holds again.
    Style,
    /// Its words are complete.
    Block,
    /// Words follow that are not its own.
    Words(&'static str),
    Frame,
    /// The term of a list of terms is complete.
    Term,
    /// Characters are as high as before.
    Height(Option<Height>),
    TableHead,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Height {
    Raised,
    Lowered,
}

/// Makes blocks of a text's elements.
pub(super) struct Builder<'a> {
    resolve: Resolve<'a>,
    body: Body,
    frames: Vec<Frame>,
    /// The words of each frame, the innermost last.
    words: Vec<Words>,
    styles: Vec<Style>,
    closes: Vec<Close>,
    height: Option<Height>,
    without_surroundings: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(resolve: Resolve<'a>) -> Self {
        Self {
            resolve,
            body: Body::default(),
            frames: Vec::new(),
            words: vec![Words::default()],
            styles: vec![Style::default()],
            closes: Vec::new(),
            height: None,
            without_surroundings: false,
        }
    }

    /// Leaves out what stands around the text of a page: its navigation, its foot.
    pub(super) fn leave_out_surroundings(&mut self) {
        self.without_surroundings = true;
    }

    /// Takes a text whose markup is not worth reading: its words become one paragraph.
    pub(super) fn too_deep(&mut self, html: &str) {
        self.lose("the markup is nested too deep: only the words are there", html);
        for piece in html.split('<') {
            let words = piece.split_once('>').map_or("", |(_, words)| words);
            self.push(words);
            self.current().space(&Style::default());
        }
    }

    /// The blocks, when everything was taken.
    pub(super) fn finish(mut self) -> Body {
        self.flush();
        for block in &mut self.body.blocks {
            let Block::Table(table) = block else { continue };
            if table.caption.is_empty() {
                table.caption = marks::plain(&table.header.join(", ")).0;
                let what = "a table had no caption: it is called by its columns; write what it shows";
                self.body.losses.push(Loss::new(what, &table.caption));
            }
        }
        self.body
    }

    // ---- what comes in ----

    /// Takes characters.
    pub(super) fn text(&mut self, text: &str) {
        let Some(height) = self.height else { return self.push(text) };
        let change = if height == Height::Raised { raised } else { lowered };
        let shown: String = text.split_whitespace().collect();
        match shown.chars().map(change).collect::<Option<String>>() {
            Some(changed) => self.push(&changed),
            None => {
                self.lose("raised or lowered characters became plain ones", text);
                self.push(text);
            }
        }
    }

    /// Takes a comment. WordPress keeps blocks without HTML in comments.
    pub(super) fn comment(&mut self, text: &str) {
        let block = text.trim().strip_prefix("wp:").and_then(|text| text.strip_suffix('/'));
        if let Some(block) = block {
            let name: String = block.chars().take_while(|c| !c.is_whitespace()).collect();
            self.lose(&format!("a block that WordPress fills when it shows it was left out: {}", excerpt(&name)), block);
        }
    }

    /// Takes the beginning of an element; says whether what is in it shall follow.
    pub(super) fn start(&mut self, node: &Handle) -> bool {
        let Some(tag) = Tag::new(node) else { return false };
        let kind = kind(&tag.name);
        if let Some(close) = self.open(kind, &tag) {
            self.closes.push(close);
            true
        } else {
            false
        }
    }

    /// Takes the end of the element that began last.
    pub(super) fn end(&mut self) {
        match self.closes.pop() {
            Some(Close::Style) => {
                self.styles.pop();
            }
            Some(Close::Block) => self.flush(),
            Some(Close::Words(text)) => self.push(text),
            Some(Close::Frame) => self.close_frame(),
            Some(Close::Term) => {
                self.styles.pop();
                self.close_frame();
            }
            Some(Close::Height(before)) => self.height = before,
            Some(Close::TableHead) => {
                if let Some(Frame::Table { head, .. }) = self.frames.last_mut() {
                    *head = false;
                }
            }
            Some(Close::Nothing) | None => {}
        }
    }

    /// Begins an element; `None` where what is in it is left out.
    fn open(&mut self, kind: Kind, tag: &Tag) -> Option<Close> {
        match kind {
            Kind::Around if self.without_surroundings => {
                self.lose("what stands around the text of the page was left out", &text_below(&tag.node));
                return None;
            }
            Kind::Block | Kind::Around => return Some(self.open_block(tag)),
            Kind::Heading(level) => return Some(self.open_heading(level, tag)),
            Kind::Break if self.in_line() || self.in_quote() => self.current().space(&Style::default()),
            Kind::Break => self.flush(),
            Kind::Rule => {
                self.flush();
                self.lose("a dividing line was left out", "");
            }
            Kind::Strong | Kind::Emphasis | Kind::Plain | Kind::Unknown => return Some(self.open_style(kind, tag)),
            Kind::Link => return Some(self.open_link(tag)),
            Kind::Struck => {
                self.lose("words that were struck through are words like others now", &text_below(&tag.node));
                return Some(Close::Nothing);
            }
            Kind::Raised => return Some(Close::Height(self.height.replace(Height::Raised))),
            Kind::Lowered => return Some(Close::Height(self.height.replace(Height::Lowered))),
            Kind::Quoted => {
                self.push("“");
                return Some(Close::Words("”"));
            }
            Kind::Reading => {
                self.push("（");
                return Some(Close::Words("）"));
            }
            Kind::Cite => return Some(self.open_cite(tag)),
            Kind::List(_) | Kind::Terms | Kind::Entry | Kind::Term => return Some(self.open_list(kind, tag)),
            Kind::Quote => return Some(self.open_quote(tag)),
            Kind::Figure => return Some(self.open_figure()),
            Kind::FigureCaption if matches!(self.frames.last(), Some(Frame::Figure { .. })) => {
                self.flush();
                return Some(self.frame(Frame::FigureCaption));
            }
            Kind::FigureCaption => return Some(self.open_block(tag)),
            Kind::Table | Kind::TableHead | Kind::TableCaption | Kind::Row | Kind::Cell(_) => {
                return Some(self.open_table(kind, tag));
            }
            Kind::Picture => self.picture(tag),
            Kind::Embed => return self.embed(tag),
            Kind::Silent => {}
            Kind::Out(what) => self.lose(&format!("{what} was left out"), &shown(tag)),
        }
        None
    }

    // ---- blocks ----

    fn open_block(&mut self, tag: &Tag) -> Close {
        self.flush();
        match tag.name.as_str() {
            "form" => self.lose("a form became its words", &text_below(&tag.node)),
            "details" => self.lose("a part that unfolds is always shown now", &text_below(&tag.node)),
            _ => {}
        }
        Close::Block
    }

    fn open_heading(&mut self, level: u8, tag: &Tag) -> Close {
        let words = text_below(&tag.node);
        if self.in_line() {
            self.lose("a heading within a list, a table or another heading became its words", &words);
            return self.open_flat();
        }
        self.flush();
        match level {
            1 => self.lose("a heading of level 1 became one of level 2", &words),
            4..=6 => self.lose(&format!("a heading of level {level} became one of level 3"), &words),
            _ => {}
        }
        self.frame(Frame::Heading(level > 2))
    }

    fn open_quote(&mut self, tag: &Tag) -> Close {
        if self.in_line() || self.in_quote() {
            self.lose("a quotation within another block became its words", &text_below(&tag.node));
            return if self.in_line() { self.open_flat() } else { self.open_block(tag) };
        }
        self.flush();
        let start = self.sink().len();
        self.frame(Frame::Quote { start, source: None })
    }

    fn open_cite(&mut self, tag: &Tag) -> Close {
        let beneath = tag.parent().is_some_and(|parent| parent == "blockquote" || parent == "footer");
        if beneath && matches!(self.frames.last(), Some(Frame::Quote { .. })) {
            self.flush();
            return self.frame(Frame::Cite);
        }
        self.open_style(Kind::Emphasis, tag)
    }

    fn open_figure(&mut self) -> Close {
        self.flush();
        let start = self.sink().len();
        self.frame(Frame::Figure { start, caption: None })
    }

    /// A block within something that holds words only.
    fn open_flat(&mut self) -> Close {
        self.flush();
        Close::Block
    }

    fn open_list(&mut self, kind: Kind, tag: &Tag) -> Close {
        let in_list = matches!(self.frames.last(), Some(Frame::List { .. }));
        match kind {
            Kind::List(_) | Kind::Terms if matches!(self.frames.last(), Some(Frame::Entry)) || in_list => {
                self.lose("a list within a list became a part of it", &text_below(&tag.node));
                self.end_entry();
                return self.frame(Frame::Flat);
            }
            Kind::List(_) | Kind::Terms if self.in_line() => {
                self.lose("a list within a table, a heading or a caption became its words", &text_below(&tag.node));
                return self.open_flat();
            }
            Kind::List(numbered) => {
                self.flush();
                let begins = tag.get("start").is_some_and(|start| start != "1") || tag.get("reversed").is_some();
                if begins || tag.get("type").is_some_and(|kind| numbered && kind != "1") {
                    self.lose("a list with numbers of its own counts 1, 2, 3 now", &text_below(&tag.node));
                }
                self.frame(Frame::List { numbered, entries: Vec::new(), behind: Vec::new() })
            }
            Kind::Terms => {
                self.flush();
                self.lose("a list of terms became a plain list", &text_below(&tag.node));
                self.frame(Frame::List { numbered: false, entries: Vec::new(), behind: Vec::new() })
            }
            _ if in_list || matches!(self.frames.last(), Some(Frame::Flat)) => {
                self.flush();
                let close = self.frame(Frame::Entry);
                if kind == Kind::Entry {
                    return close;
                }
                self.styles.push(Style { strong: true, ..self.style().clone() });
                Close::Term
            }
            _ => self.open_flat(),
        }
    }

    fn open_table(&mut self, kind: Kind, tag: &Tag) -> Close {
        let in_line = self.in_line();
        match (kind, self.frames.last_mut()) {
            (Kind::Table, _) if in_line => {
                self.lose("a table within a list, a heading or another table became its words", &text_below(&tag.node));
                self.open_flat()
            }
            (Kind::Table, _) if only_lays_out(&tag.node) => {
                self.flush();
                if !text_below(&tag.node).trim().is_empty() {
                    self.lose("a table of one row or one column became paragraphs", &text_below(&tag.node));
                }
                Close::Block
            }
            (Kind::Table, _) => {
                self.flush();
                self.frame(Frame::Table { caption: Words::default(), rows: Vec::new(), head: false, behind: Vec::new() })
            }
            (Kind::TableHead, Some(Frame::Table { head, .. })) => {
                *head = true;
                Close::TableHead
            }
            (Kind::TableCaption, Some(Frame::Table { .. })) => self.frame(Frame::TableCaption),
            (Kind::Row, Some(Frame::Table { rows, head, .. })) => {
                rows.push(Row { cells: Vec::new(), head: *head });
                Close::Nothing
            }
            (Kind::Cell(names), Some(Frame::Table { .. })) => self.frame(Frame::Cell(Cell::new(tag, names))),
            (Kind::TableHead, _) => Close::Nothing,
            _ => self.open_flat(),
        }
    }

    // ---- words ----

    fn open_style(&mut self, kind: Kind, tag: &Tag) -> Close {
        let mut style = self.style().clone();
        match kind {
            Kind::Strong => style.strong = true,
            Kind::Emphasis => style.emphasis = true,
            Kind::Unknown => self.lose(&format!("<{}> became its words", excerpt(&tag.name)), &text_below(&tag.node)),
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

    fn open_link(&mut self, tag: &Tag) -> Close {
        let mut style = self.style().clone();
        if let Some(href) = tag.get("href") {
            let words = text_below(&tag.node);
            let to = (self.resolve)(href);
            if words.trim().is_empty() {
                // A picture that leads to itself is a habit of WordPress.
                let ending = href.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
                if !["jpg", "jpeg", "png", "gif", "webp", "svg"].contains(&ending.as_str()) {
                    self.lose("a link without words was left out", href);
                }
            } else if to.is_none() {
                self.lose(&format!("a link became words alone, it led to {}", excerpt(href)), &words);
            }
            style.link = to.map(Rc::new);
        }
        self.styles.push(style);
        Close::Style
    }

    fn style(&self) -> &Style {
        self.styles.last().unwrap_or(&NO_STYLE)
    }

    fn push(&mut self, text: &str) {
        let style = self.styles.last().cloned().unwrap_or_default();
        self.current().push(text, &style);
    }

    fn current(&mut self) -> &mut Words {
        if self.words.is_empty() {
            self.words.push(Words::default());
        }
        let last = self.words.len() - 1;
        &mut self.words[last]
    }

    // ---- pictures and embeds ----

    fn picture(&mut self, tag: &Tag) {
        let alternative = tag.get("alt").unwrap_or_default();
        if tag.has_class("emoji") || tag.has_class("wp-smiley") {
            return self.push(alternative);
        }
        let lazy = ["data-src", "data-lazy-src", "data-original", "data-orig-file"];
        let source = tag.get("src").filter(|source| !source.starts_with("data:"));
        let Some(source) = source.or_else(|| tag.first(&lazy)).or_else(|| tag.get("src")) else {
            return self.lose("a picture without a file was left out", alternative);
        };
        let tiny = |side| tag.pixels(side).is_some_and(|pixels| pixels <= 1.0);
        if tiny("width") || tiny("height") {
            return self.lose("a picture of one pixel, which counts readers, was left out", source);
        }
        if !self.in_line() {
            self.flush();
        }
        let plain = |text: &str| {
            let mut words = Words::default();
            words.push(text, &Style::default());
            words
        };
        let alternative = self.plain(&plain(alternative), "the alternative text of a picture");
        let media = tag.class_number("wp-image-").or_else(|| tag.get("data-id").and_then(|id| id.parse().ok()));
        // A browser takes no notice of line breaks within an address.
        let source = source.replace(|c: char| c.is_control(), "").trim().to_owned();
        let picture = Picture { source, alternative, caption: String::new(), media };
        // A picture that loads late stands there a second time, for readers without scripts.
        let again = tag.parent().is_some_and(|parent| parent == "noscript")
            && self.sink().iter().any(|block| matches!(block, Block::Picture(known) if known.source == picture.source));
        if !again {
            self.sink().push(Block::Picture(picture));
        }
    }

    fn embed(&mut self, tag: &Tag) -> Option<Close> {
        let within = || {
            let children = tag.node.children.borrow();
            children.iter().filter_map(Tag::new).find_map(|child| {
                (child.name == "source" || child.name == "embed").then(|| child.get("src").map(str::to_owned))?
            })
        };
        let source = tag.first(&["src", "data-src", "data-lazy-src", "data"]).map(str::to_owned).or_else(within);
        let Some(to) = source.as_deref().and_then(|source| (self.resolve)(&watchable(source))) else {
            let what = format!("<{}> without a usable address was left out", tag.name);
            self.lose(&what, source.as_deref().unwrap_or_default());
            // What stands in an object is for those who cannot show it.
            return (tag.name == "object").then_some(Close::Nothing);
        };
        self.lose(&format!("<{}> became a link", tag.name), to.as_str());
        let title = tag.first(&["title", "aria-label"]).map_or_else(|| to.as_str().to_owned(), str::to_owned);
        self.flush();
        let style = Style { link: Some(Rc::new(to)), ..Style::default() };
        self.current().push(&title, &style);
        self.flush();
        None
    }

    // ---- frames ----

    fn frame(&mut self, frame: Frame) -> Close {
        self.frames.push(frame);
        self.words.push(Words::default());
        Close::Frame
    }

    /// Whether words are collected for something that holds words only.
    fn in_line(&self) -> bool {
        let innermost = self.frames.iter().rev().find(|frame| !matches!(frame, Frame::Figure { .. } | Frame::Flat));
        !matches!(innermost, None | Some(Frame::Quote { .. }))
    }

    fn in_quote(&self) -> bool {
        let innermost = self.frames.iter().rev().find(|frame| !matches!(frame, Frame::Figure { .. }));
        matches!(innermost, Some(Frame::Quote { .. }))
    }

    /// Where blocks go: into the text, or behind the list or the table that is open.
    fn sink(&mut self) -> &mut Vec<Block> {
        let open = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::List { behind, .. } | Frame::Table { behind, .. } => Some(behind),
            _ => None,
        });
        open.unwrap_or(&mut self.body.blocks)
    }

    /// Ends the words that were collected: a paragraph, or a space within something that holds words only.
    fn flush(&mut self) {
        let frame = self.frames.iter().rposition(|frame| !matches!(frame, Frame::Figure { .. } | Frame::Flat));
        match frame.map(|at| &self.frames[at]) {
            Some(Frame::List { .. } | Frame::Table { .. }) => self.end_entry(),
            None | Some(Frame::Quote { .. }) => {
                let quoted = frame.is_some();
                let words = std::mem::take(self.current());
                let runs = self.settle(words);
                if !runs.is_empty() {
                    let block = if quoted { Block::Quote(runs, None) } else { Block::Paragraph(runs) };
                    self.sink().push(block);
                }
            }
            Some(_) => self.current().space(&Style::default()),
        }
    }

    /// Makes an entry of the words that were collected for the innermost list.
    fn end_entry(&mut self) {
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
            // The words stand between the rows of a table, where the parser leaves none.
            None => *self.current() = words,
        }
    }

    fn close_frame(&mut self) {
        match self.frames.last() {
            Some(Frame::Quote { .. } | Frame::Figure { .. }) => self.flush(),
            Some(Frame::List { .. } | Frame::Entry | Frame::Flat) => self.end_entry(),
            _ => {}
        }
        let words = self.words.pop().unwrap_or_default();
        match self.frames.pop() {
            Some(Frame::Heading(below)) => {
                let text = self.plain(&words, "a heading");
                if !text.is_empty() {
                    self.sink().push(if below { Block::Subheading(text) } else { Block::Heading(text) });
                }
            }
            Some(Frame::List { numbered, entries, behind }) => self.close_list(numbered, entries, behind),
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
            Some(Frame::Figure { start, caption }) => {
                if !words.is_blank() {
                    self.current().append(words);
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
                    rows.last_mut().into_iter().for_each(|row| row.cells.push(Cell { words: words.clone(), ..cell.clone() }));
                }
            }
            Some(Frame::Table { caption, rows, behind, .. }) => self.close_table(&caption, rows, behind),
            Some(Frame::Entry | Frame::Flat) | None => {}
        }
    }

    fn close_list(&mut self, numbered: bool, entries: Vec<Words>, behind: Vec<Block>) {
        let entries: Vec<_> = entries.into_iter().map(|entry| self.settle(entry)).filter(|runs| !runs.is_empty()).collect();
        if !entries.is_empty() {
            if !behind.is_empty() {
                self.lose("pictures within a list stand behind it now", "");
            }
            self.sink().push(if numbered { Block::Numbered(entries) } else { Block::List(entries) });
        }
        self.sink().extend(behind);
    }

    fn close_quote(&mut self, start: usize, source: Option<String>) {
        let Some(name) = source else { return };
        let quotes = self.sink().iter_mut().skip(start);
        let last = quotes.filter_map(|block| if let Block::Quote(_, source) = block { Some(source) } else { None }).last();
        match last {
            Some(source) => *source = Some(name),
            None => self.sink().push(Block::Paragraph(vec![Inline::Text(name)])),
        }
    }

    fn close_figure(&mut self, start: usize, caption: Option<Words>) {
        let Some(words) = caption.filter(|words| !words.is_blank()) else { return };
        let has_place = |block: &Block| match block {
            Block::Picture(picture) => picture.caption.is_empty(),
            Block::Table(table) => table.caption.is_empty(),
            _ => false,
        };
        if matches!(self.sink().get(start..), Some([block]) if has_place(block)) {
            let text = self.plain(&words, "a caption");
            match self.sink().last_mut() {
                Some(Block::Picture(picture)) => picture.caption = text,
                Some(Block::Table(table)) => table.caption = text,
                _ => {}
            }
            return;
        }
        // The caption of a quotation or of several pictures is a paragraph behind them.
        if self.in_line() {
            self.current().append(words);
        } else {
            *self.current() = words;
            self.flush();
        }
    }

    fn close_table(&mut self, caption: &Words, rows: Vec<Row>, behind: Vec<Block>) {
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
            if name.is_empty() { NO_NAME.to_owned() } else { name }
        });
        let header: Vec<String> = header.collect();
        let rows = grid.rows.into_iter().map(|row| row.into_iter().map(|words| self.settle(words)).collect()).collect();
        if nameless {
            self.lose("a column of a table has no name", &header.join(" | "));
        }
        if !behind.is_empty() {
            self.lose("pictures within a table stand behind it now", &header.join(" | "));
        }
        self.sink().push(Block::Table(Table { caption, header, rows }));
        self.sink().extend(behind);
    }

    // ---- what comes out ----

    fn settle(&mut self, words: Words) -> Vec<Inline> {
        let plain = words.plain();
        let settled = words.settle();
        self.body.losses.extend(Loss::hidden(&settled.hidden, &plain));
        if settled.lost_edges {
            self.lose("punctuation at the edge of strong or stressed words has no mark now", &plain);
        }
        if settled.lost_marks {
            self.lose("marks that our texts cannot say were left out", &plain);
        }
        self.body.losses.extend(settled.lost_links.iter().map(|to| Loss::link(to, &plain)));
        settled.runs
    }

    /// The words of a text without marks. `what` is what it is.
    fn plain(&mut self, words: &Words, what: &str) -> String {
        let plain = words.plain();
        self.body.losses.extend(Loss::hidden(words.hidden(), &plain));
        self.body.losses.extend(words.links().iter().map(|to| Loss::link(to, &plain)));
        let (text, changed) = marks::plain(&plain);
        if changed {
            self.lose(&format!("{what} holds no marks: characters that look like marks were exchanged"), &plain);
        }
        text
    }

    fn lose(&mut self, what: &str, excerpt: &str) {
        self.body.losses.push(Loss::new(what, excerpt));
    }
}

const NO_STYLE: Style = Style { strong: false, emphasis: false, link: None };

/// What an element that is left out would have shown, or where it comes from.
fn shown(tag: &Tag) -> String {
    let text = text_below(&tag.node);
    if text.trim().is_empty() {
        let named = tag.first(&["src", "href", "name", "content", "placeholder", "value"]).unwrap_or_default();
        format!("<{}> {named}", tag.name)
    } else {
        text
    }
}

/// The address at which a person watches what a frame shows.
fn watchable(source: &str) -> String {
    let embeds = ["//www.youtube.com/embed/", "//youtube.com/embed/", "//www.youtube-nocookie.com/embed/"];
    for embed in embeds {
        if let Some((_, rest)) = source.split_once(embed) {
            let id: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
            if id != "videoseries" && !id.is_empty() {
                return format!("https://www.youtube.com/watch?v={id}");
            }
        }
    }
    if let Some((_, id)) = source.split_once("//player.vimeo.com/video/") {
        let id: String = id.chars().take_while(char::is_ascii_digit).collect();
        return format!("https://vimeo.com/{id}");
    }
    source.to_owned()
}
