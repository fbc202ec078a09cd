//! Checks blocks that refer to pictures and files: every name exists, and the file has the right
//! purpose.

use super::body::Beside;
use super::{Findings, unknown};
use crate::check::attached_file::Purpose;
use crate::content::article::BodyItem;
use crate::content::authored::block::Block;
use crate::content::authored::media::{Audio, Gallery, Video};
use crate::json::Cursor;
use model::{self, Address, Inline};

impl Findings {
    /// A block that shows a picture or offers a file; `None` for any other.
    pub(super) fn shown(&mut self, cursor: Cursor<'_>, block: &Block, beside: &Beside<'_>) -> Option<BodyItem> {
        Some(match block {
            Block::Picture(name) => {
                self.picture(cursor, name, beside);
                BodyItem::Picture(name.clone())
            }
            Block::Gallery(gallery) => self.gallery(cursor, gallery, beside),
            Block::Video(video) => self.film(cursor, video, beside),
            Block::Audio(audio) => self.recording(cursor, audio, beside),
            Block::Attachment(attachment) => {
                self.file(cursor.key("file"), &attachment.file, Purpose::Keeping, beside);
                let title = self.plain(cursor.key("title"), "the file's title", &attachment.title);
                BodyItem::Attachment { title, file: attachment.file.clone() }
            }
            _ => return None,
        })
    }

    fn picture(&mut self, cursor: Cursor<'_>, name: &str, beside: &Beside<'_>) {
        match beside {
            Beside::Unknown => {}
            Beside::Nothing => self.add(cursor.problem("a standing page has no pictures").help("delete this block")),
            Beside::Named { pictures, .. } if pictures.contains(name) => {}
            Beside::Named { pictures, .. } => {
                let message = unknown("article.json has no picture", name, pictures.iter().copied());
                self.add(
                    cursor.problem(message).help("name the picture and its file in article.json, under \"pictures\""),
                );
            }
        }
    }

    fn file(&mut self, cursor: Cursor<'_>, name: &str, wanted: Purpose, beside: &Beside<'_>) {
        let files = match beside {
            Beside::Unknown => return,
            Beside::Nothing => {
                return self.add(cursor.problem("a standing page has no files").help("delete this block"));
            }
            Beside::Named { files, .. } => files,
        };
        let Some(file) = files.get(name) else {
            let message = unknown("article.json has no file", name, files.keys().map(String::as_str));
            return self.add(cursor.problem(message).help("name the file in article.json, under \"files\""));
        };
        if Purpose::of(file) != wanted {
            let message = format!("\"{name}\" is not {}: its file is {file}", wanted.name());
            self.add(cursor.problem(message).help(format!("{} ends in {}", wanted.name(), wanted.endings())));
        }
    }

    fn gallery(&mut self, cursor: Cursor<'_>, gallery: &Gallery, beside: &Beside<'_>) -> BodyItem {
        let place = cursor.key("pictures");
        if gallery.pictures.len() < 2 {
            let problem = place.problem("a gallery has at least two pictures");
            self.add(problem.help("name them, or write one as { \"picture\": \"…\" }"));
        }
        for (index, name) in gallery.pictures.iter().enumerate() {
            self.picture(place.item(index), name, beside);
        }
        self.once(place, gallery.pictures.iter(), |cursor| cursor);
        BodyItem::Gallery {
            title: self.optional(cursor, "title", gallery.title.clone()),
            pictures: gallery.pictures.clone(),
        }
    }

    fn film(&mut self, cursor: Cursor<'_>, video: &Video, beside: &Beside<'_>) -> BodyItem {
        if video.address.is_none() && video.file.is_none() {
            let problem = cursor.problem("nothing says where the film is");
            self.add(problem.help("write the page that shows it, \"address\": \"https://…\", or its \"file\""));
        }
        if let (None, Some(_)) = (&video.file, &video.captions) {
            let problem = cursor.name_of("captions").problem("captions belong to a film that is a file of ours");
            self.add(problem.help("delete \"captions\", or name the film's \"file\""));
        }
        if let Some(poster) = &video.poster {
            self.picture(cursor.key("poster"), poster, beside);
        }
        for (key, name, wanted) in
            [("file", &video.file, Purpose::Film), ("captions", &video.captions, Purpose::Captions)]
        {
            if let Some(name) = name {
                self.file(cursor.key(key), name, wanted, beside);
            }
        }
        let shown = model::Video {
            title: self.plain(cursor.key("title"), "the film's title", &video.title),
            address: video.address.as_deref().and_then(|address| self.shown_at(cursor.key("address"), address)),
            length: video.length,
            poster: None,
            file: None,
            captions: None,
        };
        BodyItem::Film {
            video: shown,
            poster: video.poster.clone(),
            file: video.file.clone(),
            captions: video.captions.clone(),
        }
    }

    fn recording(&mut self, cursor: Cursor<'_>, audio: &Audio, beside: &Beside<'_>) -> BodyItem {
        self.file(cursor.key("file"), &audio.file, Purpose::Recording, beside);
        let place = cursor.key("transcript");
        let paragraphs = audio.transcript.iter().enumerate();
        let transcript: Vec<Vec<Inline>> =
            paragraphs.map(|(index, text)| self.marked(place.item(index), "the paragraph", text)).collect();
        let title = self.plain(cursor.key("title"), "the recording's title", &audio.title);
        BodyItem::Recording { title, length: audio.length, transcript, file: audio.file.clone() }
    }

    /// An address that begins with `https://`.
    pub(super) fn shown_at(&mut self, cursor: Cursor<'_>, text: &str) -> Option<Address> {
        let what = format!("\"{}\" is not a web address that begins with https://", text.escape_debug());
        self.on_the_web(cursor, text, what)
    }
}
