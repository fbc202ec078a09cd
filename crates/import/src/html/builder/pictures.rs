//! Pictures and embedded media.

use super::{Builder, Close};
use crate::html::tag::Tag;
use crate::html::{Block, Picture, Player};
use crate::words::{Style, Words};
use model::Address;
use std::rc::Rc;

/// How many blocks back a repeated picture is looked for.
const NEAR: usize = 50;

impl Builder<'_> {
    pub(super) fn picture(&mut self, tag: &Tag) {
        let alternative = tag.get("alt").unwrap_or_default();
        if tag.has_class("emoji") || tag.has_class("wp-smiley") {
            return self.push(alternative);
        }
        let lazy = [
            "data-src",
            "data-lazy-src",
            "data-original",
            "data-orig-file",
        ];
        let source = tag.get("src").filter(|source| !source.starts_with("data:"));
        let Some(source) = source
            .or_else(|| tag.first(&lazy))
            .or_else(|| tag.get("src"))
        else {
            return self.lose("a picture without a file was left out", alternative);
        };
        let tiny = |side| tag.pixels(side).is_some_and(|pixels| pixels <= 1.0);
        if tiny("width") || tiny("height") {
            return self.lose(
                "a picture of one pixel, which counts readers, was left out",
                source,
            );
        }
        if !self.in_line() {
            self.flush();
        }
        let alternative = self.plain(&words(alternative), "the alternative text of a picture");
        let media = tag
            .class_number("wp-image-")
            .or_else(|| tag.get("data-id").and_then(|id| id.parse().ok()));
        let source = in_one_line(source);
        let picture = Picture {
            source,
            alternative,
            caption: String::new(),
            media,
        };
        // A lazily loaded picture is repeated in <noscript>, for readers without scripts.
        let again = tag.parent().is_some_and(|parent| parent.name == "noscript")
            && self.sink().iter().rev().take(NEAR).any(
                |block| matches!(block, Block::Picture(known) if known.source == picture.source),
            );
        if !again {
            self.sink().push(Block::Picture(picture));
        }
    }

    /// Takes the picture behind a part of the page, such as a cover.
    pub(super) fn background(&mut self, tag: &Tag) {
        let style = tag.get("style").unwrap_or_default();
        let inside = style
            .split_once("url(")
            .and_then(|(_, rest)| rest.split_once(')'));
        let Some((source, _)) = inside else { return };
        let source = source.trim_matches(['"', '\'', ' ']);
        if source.is_empty() || source.starts_with("data:") || self.in_line() {
            return;
        }
        self.sink().push(Block::Picture(Picture {
            source: in_one_line(source),
            alternative: tag.get("aria-label").unwrap_or_default().to_owned(),
            ..Picture::default()
        }));
    }

    pub(super) fn embed(&mut self, tag: &Tag) -> Option<Close> {
        let within = || {
            let children = tag.node.children.borrow();
            children.iter().filter_map(Tag::new).find_map(|child| {
                (child.name == "source" || child.name == "embed")
                    .then(|| child.get("src").map(str::to_owned))?
            })
        };
        let source = tag
            .first(&["src", "data-src", "data-lazy-src", "data"])
            .map(str::to_owned)
            .or_else(within);
        let Some(to) = source
            .as_deref()
            .and_then(|source| (self.resolve)(&watchable(source)))
        else {
            let what = format!("<{}> without a usable address was left out", tag.name);
            self.lose(&what, source.as_deref().unwrap_or_default());
            // The content of an <object> is its fallback.
            return (tag.name == "object").then_some(Close::Nothing);
        };
        let title = tag
            .first(&["title", "aria-label"])
            .unwrap_or_default()
            .to_owned();
        let plays = matches!(tag.name.as_str(), "video" | "audio") || is_film(&to);
        if plays && !self.in_line() {
            self.flush();
            let title = self.plain(&words(&title), "the title of a film or a recording");
            let source = in_one_line(&source.unwrap_or_default());
            let player = Player {
                element: tag.name.clone(),
                title,
                source,
                to,
            };
            self.sink().push(Block::Player(player));
            return None;
        }
        self.lose(&format!("<{}> became a link", tag.name), to.as_str());
        let title = if title.is_empty() {
            to.as_str().to_owned()
        } else {
            title
        };
        self.flush();
        let style = Style {
            link: Some(Rc::new(to)),
            ..Style::default()
        };
        self.current().push(&title, &style);
        self.flush();
        None
    }
}

/// Words without a style.
fn words(text: &str) -> Words {
    let mut words = Words::default();
    words.push(text, &Style::default());
    words
}

/// An address as a browser reads it, which ignores line breaks within one.
fn in_one_line(source: &str) -> String {
    source
        .replace(|c: char| c.is_control(), "")
        .trim()
        .to_owned()
}

/// Whether an address is the page of a film. What other pages show, such as a map, is not known
/// from their address.
fn is_film(to: &Address) -> bool {
    const SITES: [&str; 12] = [
        "www.youtube.com/watch",
        "youtube.com/watch",
        "m.youtube.com/watch",
        "www.youtube.com/shorts/",
        "youtube.com/shorts/",
        "m.youtube.com/shorts/",
        "www.youtube.com/live/",
        "youtube.com/live/",
        "youtu.be/",
        "vimeo.com/",
        "www.dailymotion.com/video/",
        "dai.ly/",
    ];
    let address = to.as_str().strip_prefix("https://").unwrap_or_default();
    SITES.iter().any(|site| {
        address
            .strip_prefix(site)
            .is_some_and(|rest| !rest.is_empty())
    })
}

/// The address of the page on which a person watches the film of an embedded player.
fn watchable(source: &str) -> String {
    let embeds = [
        "//www.youtube.com/embed/",
        "//www.youtube.com/v/",
        "//youtube.com/embed/",
        "//www.youtube-nocookie.com/embed/",
    ];
    for embed in embeds {
        if let Some((_, rest)) = source.split_once(embed) {
            let id: String = rest
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
                .collect();
            if id != "videoseries" && !id.is_empty() {
                return format!("https://www.youtube.com/watch?v={id}");
            }
        }
    }
    if let Some((_, id)) = source.split_once("//player.vimeo.com/video/") {
        let id: String = id.chars().take_while(char::is_ascii_digit).collect();
        return format!("https://vimeo.com/{id}");
    }
    if let Some((_, id)) = source.split_once("//www.dailymotion.com/embed/video/") {
        let id: String = id.chars().take_while(char::is_ascii_alphanumeric).collect();
        return format!("https://www.dailymotion.com/video/{id}");
    }
    source.to_owned()
}
