//! Blocks that show pictures or offer files: every name leads to what it should.

use super::body::Beside;
use super::{Findings, unknown};
use crate::check::attached_file::Purpose;
use crate::content::article::BodyItem;
use crate::content::authored::block::Block;
use crate::content::authored::media::{Audio, Gallery, Video};
use crate::json::Spot;
use model::{self, Address, Inline};

impl Findings {
    /// A block that shows a picture or offers a file; `None` for any other.
    pub(super) fn shown(&mut self, spot: Spot<'_>, block: &Block, beside: &Beside<'_>) -> Option<BodyItem> {
        Some(match block {
            Block::Picture(name) => {
                self.picture(spot, name, beside);
                BodyItem::Picture(name.clone())
            }
            Block::Gallery(gallery) => self.gallery(spot, gallery, beside),
            Block::Video(video) => self.film(spot, video, beside),
            Block::Audio(audio) => self.recording(spot, audio, beside),
            Block::Attachment(attachment) => {
                self.file(spot.key("file"), &attachment.file, Purpose::Keeping, beside);
                let title = self.plain(spot.key("title"), "the file's title", &attachment.title);
                BodyItem::Attachment { title, file: attachment.file.clone() }
            }
            _ => return None,
        })
    }

    fn picture(&mut self, spot: Spot<'_>, name: &str, beside: &Beside<'_>) {
        match beside {
            Beside::Unknown => {}
            Beside::Nothing => self.add(spot.problem("a standing page has no pictures").help("delete this block")),
            Beside::Named { pictures, .. } if pictures.contains(name) => {}
            Beside::Named { pictures, .. } => {
                let message = unknown("article.json has no picture", name, pictures.iter().copied());
                self.add(
                    spot.problem(message).help("name the picture and its file in article.json, under \"pictures\""),
                );
            }
        }
    }

    fn file(&mut self, spot: Spot<'_>, name: &str, wanted: Purpose, beside: &Beside<'_>) {
        let files = match beside {
            Beside::Unknown => return,
            Beside::Nothing => {
                return self.add(spot.problem("a standing page has no files").help("delete this block"));
            }
            Beside::Named { files, .. } => files,
        };
        let Some(file) = files.get(name) else {
            let message = unknown("article.json has no file", name, files.keys().map(String::as_str));
            return self.add(spot.problem(message).help("name the file in article.json, under \"files\""));
        };
        if Purpose::of(file) != wanted {
            let message = format!("\"{name}\" is not {}: its file is {file}", wanted.name());
            self.add(spot.problem(message).help(format!("{} ends in {}", wanted.name(), wanted.endings())));
        }
    }

    fn gallery(&mut self, spot: Spot<'_>, gallery: &Gallery, beside: &Beside<'_>) -> BodyItem {
        let place = spot.key("pictures");
        if gallery.pictures.len() < 2 {
            let problem = place.problem("a gallery has at least two pictures");
            self.add(problem.help("name them, or write one as { \"picture\": \"…\" }"));
        }
        for (index, name) in gallery.pictures.iter().enumerate() {
            self.picture(place.item(index), name, beside);
        }
        self.once(place, gallery.pictures.iter(), |spot| spot);
        BodyItem::Gallery {
            title: self.optional(spot, "title", gallery.title.clone()),
            pictures: gallery.pictures.clone(),
        }
    }

    fn film(&mut self, spot: Spot<'_>, video: &Video, beside: &Beside<'_>) -> BodyItem {
        if video.address.is_none() && video.file.is_none() {
            let problem = spot.problem("nothing says where the film is");
            self.add(problem.help("write the page that shows it, \"address\": \"https://…\", or its \"file\""));
        }
        if let (None, Some(_)) = (&video.file, &video.captions) {
            let problem = spot.name_of("captions").problem("captions belong to a film that is a file of ours");
            self.add(problem.help("delete \"captions\", or name the film's \"file\""));
        }
        if let Some(poster) = &video.poster {
            self.picture(spot.key("poster"), poster, beside);
        }
        for (key, name, wanted) in
            [("file", &video.file, Purpose::Film), ("captions", &video.captions, Purpose::Captions)]
        {
            if let Some(name) = name {
                self.file(spot.key(key), name, wanted, beside);
            }
        }
        let shown = model::Video {
            title: self.plain(spot.key("title"), "the film's title", &video.title),
            address: video.address.as_deref().and_then(|address| self.shown_at(spot.key("address"), address)),
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

    fn recording(&mut self, spot: Spot<'_>, audio: &Audio, beside: &Beside<'_>) -> BodyItem {
        self.file(spot.key("file"), &audio.file, Purpose::Recording, beside);
        let place = spot.key("transcript");
        let paragraphs = audio.transcript.iter().enumerate();
        let transcript: Vec<Vec<Inline>> =
            paragraphs.map(|(index, text)| self.marked(place.item(index), "the paragraph", text)).collect();
        let title = self.plain(spot.key("title"), "the recording's title", &audio.title);
        BodyItem::Recording { title, length: audio.length, transcript, file: audio.file.clone() }
    }

    /// An address that begins with `https://`.
    pub(super) fn shown_at(&mut self, spot: Spot<'_>, text: &str) -> Option<Address> {
        let what = format!("\"{}\" is not a web address that begins with https://", text.escape_debug());
        self.on_the_web(spot, text, what)
    }
}
