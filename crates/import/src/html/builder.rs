//! Builds blocks from the elements of a text, in document order.

mod close;
mod frames;
mod open;
mod pictures;

use super::blocks::{Block, Body, Resolve, text_below};
use super::elements::{Kind, kind, lowered, raised};
use super::table::{Cell, Row};
use super::tag::Tag;
use crate::loss::{Loss, excerpt};
use crate::marks;
use crate::words::{Style, Words};
use markup5ever_rcdom::Handle;
use model::Inline;

/// Placeholder for the name of a column that has none.
const NO_NAME: &str = "–";

/// An open element that collects words in its own way.
enum Frame {
    /// A heading; `true` for a subheading.
    Heading(bool),
    /// A list with its entries, and the blocks that go after it because a list cannot hold them.
    List {
        numbered: bool,
        entries: Vec<Words>,
        behind: Vec<Block>,
    },
    /// An entry of a list.
    Entry,
    /// A quotation: the number of blocks before it, and its source.
    Quote {
        start: usize,
        source: Option<String>,
    },
    /// The source of a quotation.
    Cite,
    /// A figure: the number of blocks before it, its caption, and whether it is a gallery.
    Figure {
        start: usize,
        caption: Option<Words>,
        gallery: bool,
    },
    /// The caption of a figure.
    FigureCaption,
    /// A table with its rows, and the blocks that go after it because a table cannot hold them.
    Table {
        caption: Words,
        rows: Vec<Row>,
        head: bool,
        behind: Vec<Block>,
    },
    /// The caption of a table.
    TableCaption,
    /// A cell of a table.
    Cell(Cell),
    /// A list within a list, whose entries join those of the outer list.
    NestedList,
}

/// The actions at the end of an element.
enum Close {
    Nothing,
    /// Restores the style before it.
    Style,
    /// Completes its words.
    Block,
    /// Adds words that are not its own, such as a closing quotation mark.
    Words(&'static str),
    Frame,
    /// Completes a term in a list of terms.
    Term,
    /// Restores the height of characters before it.
    Height(Option<Height>),
    TableHead,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Height {
    Raised,
    Lowered,
}

const NO_STYLE: Style = Style {
    strong: false,
    emphasis: false,
    link: None,
};

/// Builds blocks from a text's elements.
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
    /// Whether a line break is pending. The words that follow decide what it means.
    line_ended: bool,
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
            line_ended: false,
        }
    }

    /// Leaves out the parts around the text of a page, such as its navigation and its footer.
    pub(super) fn leave_out_surroundings(&mut self) {
        self.without_surroundings = true;
    }

    /// Completes the blocks.
    pub(super) fn finish(mut self) -> Body {
        self.flush();
        for block in &mut self.body.blocks {
            let Block::Table(table) = block else { continue };
            if table.caption.is_empty() {
                table.caption = marks::plain(&table.header.join(", ")).0;
                let what =
                    "a table had no caption: it is called by its columns; write what it shows";
                self.body.losses.push(Loss::new(what, &table.caption));
            }
        }
        self.body
    }

    /// Takes characters.
    pub(super) fn text(&mut self, text: &str) {
        if self.line_ended && !text.trim().is_empty() {
            // A line break within a sentence does not end the paragraph.
            let goes_on = text.trim_start().starts_with(char::is_lowercase)
                && !self.current().ends_sentence();
            if goes_on {
                self.current().space(&Style::default());
            } else {
                self.flush();
            }
            self.line_ended = false;
        }
        let Some(height) = self.height else {
            return self.push(text);
        };
        let change = if height == Height::Raised {
            raised
        } else {
            lowered
        };
        let shown: String = text.split_whitespace().collect();
        if let Some(changed) = shown.chars().map(change).collect::<Option<String>>() {
            self.push(&changed);
        } else {
            self.lose("raised or lowered characters became plain ones", text);
            self.push(text);
        }
    }

    /// Takes a comment. WordPress keeps blocks without HTML in comments.
    pub(super) fn comment(&mut self, text: &str) {
        let block = text
            .trim()
            .strip_prefix("wp:")
            .and_then(|text| text.strip_suffix('/'));
        if let Some(block) = block {
            let name: String = block.chars().take_while(|c| !c.is_whitespace()).collect();
            self.lose(
                &format!(
                    "a block that WordPress fills when it shows it was left out: {}",
                    excerpt(&name)
                ),
                block,
            );
        }
    }

    /// Takes the beginning of an element. Returns whether its children follow.
    pub(super) fn start(&mut self, node: &Handle) -> bool {
        let Some(tag) = Tag::new(node) else {
            return false;
        };
        let kind = as_wordpress_means_it(kind(&tag.name), &tag);
        if tag.is_hidden() {
            self.lose_hiding(&tag);
        }
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

    /// Begins an element; `None` where its content is left out.
    fn open(&mut self, kind: Kind, tag: &Tag) -> Option<Close> {
        match kind {
            Kind::Around if self.without_surroundings => {
                self.lose(
                    "what stands around the text of the page was left out",
                    &text_below(&tag.node),
                );
                return None;
            }
            Kind::Heading(level) => return Some(self.open_heading(level, tag)),
            Kind::Break if self.in_line() || self.in_quote() => {
                self.current().space(&Style::default());
            }
            Kind::Break if self.line_ended => self.flush(),
            Kind::Break => self.line_ended = true,
            Kind::Rule => {
                self.flush();
                self.lose("a dividing line was left out", "");
            }
            Kind::Strong | Kind::Emphasis | Kind::Plain | Kind::Unknown => {
                self.lose_hint(tag);
                return Some(self.open_style(kind, tag));
            }
            // The button repeats the link before it, and so does the view of a file in its block.
            Kind::Link if tag.has_class("wp-block-file__button") && has_sibling_link(tag) => {}
            Kind::Embed if tag.has_class("wp-block-file__embed") => {}
            Kind::Link => return Some(self.open_link(tag)),
            Kind::Struck => {
                self.lose(
                    "words that were struck through are words like others now",
                    &text_below(&tag.node),
                );
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
            Kind::List(_) | Kind::Terms | Kind::Entry | Kind::Term => {
                return Some(self.open_list(kind, tag));
            }
            Kind::Quote => return Some(self.open_quote(tag)),
            Kind::Figure => return Some(self.open_figure(is_gallery(tag))),
            Kind::FigureCaption if matches!(self.frames.last(), Some(Frame::Figure { .. })) => {
                self.flush();
                return Some(self.frame(Frame::FigureCaption));
            }
            Kind::Block if is_gallery(tag) => return Some(self.open_figure(true)),
            Kind::Block | Kind::Around | Kind::FigureCaption => return Some(self.open_block(tag)),
            Kind::Table | Kind::TableHead | Kind::TableCaption | Kind::Row | Kind::Cell(_) => {
                return Some(self.open_table(kind, tag));
            }
            Kind::Picture => self.picture(tag),
            Kind::Embed => return self.embed(tag),
            Kind::Silent => {}
            Kind::Out(what) => {
                let loss = Loss::whole(format!("{what} was left out"), &shown(tag));
                self.body.losses.push(loss);
            }
        }
        None
    }

    fn normalise(&mut self, words: Words) -> Vec<Inline> {
        let plain = words.plain();
        let normalised = words.normalise();
        self.body
            .losses
            .extend(Loss::hidden(&normalised.hidden, &plain));
        if normalised.lost_edges {
            self.lose(
                "punctuation at the edge of strong or stressed words has no mark now",
                &plain,
            );
        }
        if normalised.lost_marks {
            self.lose("marks that our texts cannot say were left out", &plain);
        }
        self.body.losses.extend(
            normalised
                .lost_links
                .iter()
                .map(|to| Loss::link(to, &plain)),
        );
        normalised.runs
    }

    /// The words of a text without marks. `what` names the text in a loss.
    fn plain(&mut self, words: &Words, what: &str) -> String {
        let plain = words.plain();
        self.body
            .losses
            .extend(Loss::hidden(words.hidden(), &plain));
        self.body
            .losses
            .extend(words.links().iter().map(|to| Loss::link(to, &plain)));
        let (text, changed) = marks::plain(&plain);
        if changed {
            self.lose(&format!("{what} was put on one line"), &plain);
        }
        text
    }

    /// Notes that words are shown which the page hid. They may be for screen readers alone, or wait for a press.
    fn lose_hiding(&mut self, tag: &Tag) {
        let words = text_below(&tag.node);
        if !words.trim().is_empty() {
            let what = "words that the page hid are words like others now: see whether readers shall have them";
            self.lose(what, &words);
        }
    }

    /// Notes what browsers show where the pointer rests on a word, such as the long form of an abbreviation.
    fn lose_hint(&mut self, tag: &Tag) {
        let Some(hint) = tag.get("title").filter(|hint| !hint.trim().is_empty()) else {
            return;
        };
        let what = "what is shown where the pointer rests on a word was left out";
        let words = format!("{}: {hint}", text_below(&tag.node).trim());
        self.body.losses.push(Loss::whole(what, &words));
    }

    /// Notes what could not be carried over.
    pub(super) fn lose(&mut self, what: &str, excerpt: &str) {
        self.body.losses.push(Loss::new(what, excerpt));
    }
}

/// What an element becomes whose class says more than its name: captions and galleries, as WordPress
/// shows them where the theme does not ask for newer elements.
fn as_wordpress_means_it(kind: Kind, tag: &Tag) -> Kind {
    match kind {
        Kind::Block if tag.has_class("wp-caption") => Kind::Figure,
        Kind::Block | Kind::Entry if tag.has_class("wp-caption-text") => Kind::FigureCaption,
        Kind::Terms if tag.has_class("gallery-item") => Kind::Figure,
        Kind::Term if tag.has_class("gallery-icon") => Kind::Block,
        // How a gallery looks.
        Kind::Out(_)
            if tag.name == "style" && text_below(&tag.node).trim().starts_with("#gallery-") =>
        {
            Kind::Silent
        }
        kind => kind,
    }
}

/// Whether an element is a gallery.
fn is_gallery(tag: &Tag) -> bool {
    [
        "gallery",
        "wp-block-gallery",
        "wp-block-jetpack-tiled-gallery",
    ]
    .iter()
    .any(|class| tag.has_class(class))
}

/// Whether another link stands beside one.
fn has_sibling_link(tag: &Tag) -> bool {
    let Some(parent) = tag.parent() else {
        return false;
    };
    let children = parent.node.children.borrow();
    let links = children
        .iter()
        .filter_map(Tag::new)
        .filter(|tag| tag.name == "a");
    links.count() > 1
}

/// The excerpt for an element that is left out: its words, or else those of its attributes and its address.
fn shown(tag: &Tag) -> String {
    let text = text_below(&tag.node);
    if !text.trim().is_empty() {
        return text;
    }
    let words = ["alt", "label", "title", "value", "placeholder"];
    let address = tag.first(&["src", "href", "name", "content"]);
    let said: Vec<&str> = words
        .iter()
        .filter_map(|name| tag.get(name))
        .chain(address)
        .collect();
    format!("<{}> {}", tag.name, said.join(" "))
}
