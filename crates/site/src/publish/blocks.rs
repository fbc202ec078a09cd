//! Turns the items of a body into published blocks. Names of pictures and files become the pictures
//! and files.

use super::views::Views;
use crate::media::pictures::Published;
use editorial::content::article::{Article, BodyItem, Version};
use model::{Attachment, Audio, Block, File, Gallery, Video};
use std::path::Path;

impl<P: Fn(&Path) -> Published> Views<'_, P> {
    /// A block; `None` where a file is missing, which checked content rules out.
    pub(super) fn block(
        &self,
        article: &Article,
        version: &Version,
        item: &BodyItem,
    ) -> Option<Block> {
        let picture = |name: &String| self.named(article, version, name);
        let file = |name: &String| self.file(article, name);
        Some(match item {
            BodyItem::Picture(name) => Block::Picture(picture(name)?),
            BodyItem::Gallery { title, pictures } => Block::Gallery(Gallery {
                title: title.clone(),
                pictures: pictures.iter().filter_map(picture).collect(),
            }),
            BodyItem::Film {
                video,
                poster,
                file: film,
                captions,
            } => Block::Video(Video {
                poster: poster.as_ref().and_then(picture),
                file: film.as_ref().and_then(file),
                captions: captions.as_ref().and_then(file),
                ..video.clone()
            }),
            BodyItem::Recording {
                title,
                length,
                transcript,
                file: name,
            } => Block::Audio(Audio {
                title: title.clone(),
                file: file(name)?,
                length: *length,
                transcript: transcript.clone(),
            }),
            BodyItem::Attachment { title, file: name } => Block::Attachment(Attachment {
                title: title.clone(),
                file: file(name)?,
            }),
            BodyItem::Block(block) => block.clone(),
        })
    }

    fn file(&self, article: &Article, name: &str) -> Option<File> {
        let file = article.facts.files.get(name)?;
        let name = file.path.file_name()?.to_string_lossy().into_owned();
        Some(File {
            file: self.published(&file.path).file,
            name,
            size: file.size,
        })
    }
}
