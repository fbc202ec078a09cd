//! What a text is shown with: the pictures, the shared blocks and the notes of its site.

use super::import_index::{ImportIndex, library_entry};
use crate::multilingual::in_language;
use crate::shortcodes::{Gallery, OrderBy, Surroundings, escaped};
use crate::wxr::Item;
use model::Lang;
use serde_json::Value;
use std::cmp::Reverse;
use std::fmt::Write;

/// The surroundings of one text.
pub(super) struct Around<'a, 'b> {
    pub(super) index: &'b ImportIndex<'a>,
    pub(super) item: &'b Item,
    pub(super) lang: Lang,
}

/// The endings of pictures, also of those that cannot be carried over.
const PICTURES: [&str; 12] = [
    "jpg", "jpeg", "png", "gif", "webp", "svg", "bmp", "tif", "tiff", "heic", "avif", "jfif",
];

fn ending(address: &str) -> String {
    let name = address.split(['?', '#']).next().unwrap_or_default();
    name.rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
}

fn is_picture(media: &Item) -> bool {
    PICTURES.contains(&ending(&media.attachment_url).as_str())
}

impl Around<'_, '_> {
    /// The pictures of a gallery, with the numbers of those that the export lacks.
    fn pictures(&self, gallery: &Gallery) -> Vec<Result<&Item, u64>> {
        let named = if gallery.ids.is_empty() {
            &gallery.include
        } else {
            &gallery.ids
        };
        let mut order = gallery.order_by;
        let mut pictures: Vec<Result<&Item, u64>> = if named.is_empty() {
            let all = self.index.media_of_number(self.item, gallery.of);
            let is_shown = |media: &&Item| {
                let is_excluded = media
                    .number
                    .is_some_and(|number| gallery.exclude.contains(&number));
                is_picture(media) && !is_excluded
            };
            all.into_iter().filter(is_shown).map(Ok).collect()
        } else {
            let find = |number: &u64| self.index.media(self.item, *number).ok_or(*number);
            named.iter().map(find).collect()
        };
        if !gallery.ids.is_empty() {
            order = order.or(Some(OrderBy::Named));
        }
        sort(&mut pictures, order.unwrap_or(OrderBy::Order));
        if gallery.is_reversed && order != Some(OrderBy::Named) {
            pictures.reverse();
        }
        pictures
    }

    fn figure(&self, media: &Item) -> String {
        let source = escaped(&media.attachment_url);
        let caption = in_language(&library_entry(media).caption, self.lang);
        let class = media
            .number
            .map(|number| format!(" class=\"wp-image-{number}\""))
            .unwrap_or_default();
        format!("<figure><img src=\"{source}\"{class}><figcaption>{caption}</figcaption></figure>")
    }
}

/// Sorts pictures. Those that the export lacks stay behind the others.
fn sort(pictures: &mut [Result<&Item, u64>], order: OrderBy) {
    let order_of = |media: &Item| (media.order, media.number);
    match order {
        OrderBy::Named => {}
        OrderBy::Order => {
            pictures.sort_by_key(|one| one.map_or(Err(()), |media| Ok(order_of(media))));
        }
        OrderBy::Number => pictures.sort_by_key(|one| {
            one.map_or(Reverse(None), |media| Reverse(media.number.map(Reverse)))
        }),
        OrderBy::Title => pictures.sort_by_key(|one| one.map(|media| media.title.clone())),
        OrderBy::Date => pictures.sort_by_key(|one| one.map(|media| media.date.clone())),
    }
}

impl Surroundings for Around<'_, '_> {
    fn gallery(&self, gallery: &Gallery) -> String {
        let mut html = "<div class=\"gallery\">".to_owned();
        for picture in self.pictures(gallery) {
            match picture {
                Ok(media) => html.push_str(&self.figure(media)),
                // A picture that the export lacks is looked up and reported like any other.
                Err(number) => {
                    let _ = write!(html, "<img src=\"(picture {number} of a gallery)\">");
                }
            }
        }
        html + "</div>"
    }

    fn media(&self, number: u64) -> String {
        let Some(media) = self.index.media(self.item, number) else {
            return format!("<img src=\"(picture {number})\">");
        };
        let source = escaped(&media.attachment_url);
        let title = escaped(&in_language(&media.title, self.lang));
        match ending(&media.attachment_url).as_str() {
            "mp4" | "webm" | "ogv" | "m4v" => {
                format!("<video src=\"{source}\" title=\"{title}\"></video>")
            }
            "mp3" | "m4a" | "ogg" | "opus" | "wav" => {
                format!("<audio src=\"{source}\" title=\"{title}\"></audio>")
            }
            _ if is_picture(media) => self.figure(media),
            _ => format!("<p><a href=\"{source}\">{title}</a></p>"),
        }
    }

    fn block(&self, number: u64) -> Option<String> {
        let block = self.index.block(self.item, number)?;
        Some(in_language(&block.content, self.lang))
    }

    fn template(&self, name: &str) -> Option<String> {
        let item = self.index.template(self.item, name)?;
        let content = super::page_data::content(item);
        Some(in_language(&content, self.lang))
    }

    fn notes(&self) -> String {
        let notes = self
            .item
            .meta("footnotes")
            .and_then(|notes| serde_json::from_str(notes).ok());
        let Some(Value::Array(notes)) = notes else {
            return String::new();
        };
        let note = |note: &Value| {
            let content = note["content"].as_str().unwrap_or_default();
            format!("<li>{content}</li>")
        };
        let notes: String = notes.iter().map(note).collect();
        format!("<ol>{notes}</ol>")
    }
}
