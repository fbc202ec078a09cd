//! The text of an article or a standing page.

use super::anchor::Anchor;
use super::attachment::AttachmentBlock;
use super::audio::AudioBlock;
use super::contact::ContactBlock;
use super::event::EventBlock;
use super::figure::Figure;
use super::gallery::GalleryBlock;
use super::image::Placement;
use super::inline::Runs;
use super::key_facts::KeyFactsBlock;
use super::quote::QuoteBlock;
use super::table::TableBlock;
use super::timeline::TimelineBlock;
use super::video::VideoBlock;
use crate::markup::{Markup, html};
use leptos::prelude::*;
use model::{Block, Inline, Lang};

/// The blocks, one below the other.
#[component]
pub fn Body(
    /// The blocks.
    blocks: Vec<Block>,
    /// The language of the text.
    lang: Lang,
    /// The site's base.
    base: String,
    /// The prefix of the ids in this body. No component and no other body on the page uses it.
    #[prop(default = "part")]
    ids: &'static str,
    /// The number of blocks before it, which numbers its galleries.
    #[prop(default = 0)]
    before: usize,
) -> Markup {
    let blocks = blocks.into_iter().zip(before..).map(|(block, at)| {
        let base = base.clone();
        let text = |runs: Vec<Inline>| html! { <Runs runs=runs lang=lang base=base.clone() /> };
        let items = |items: Vec<Vec<Inline>>| {
            items.into_iter().map(|item| html! { <li>{text(item)}</li> }).collect::<Vec<_>>()
        };
        match block {
            Block::Paragraph(runs) => html! { <p>{text(runs)}</p> },
            Block::Heading(heading) => {
                let id = format!("{ids}-{}", heading.id);
                html! { <h2 id=id.clone()><Anchor id=id text=heading.text /></h2> }
            }
            Block::Subheading(heading) => {
                let id = format!("{ids}-{}", heading.id);
                html! { <h3 id=id.clone()><Anchor id=id text=heading.text /></h3> }
            }
            Block::Picture(picture) => {
                html! { <Figure picture=picture lang=lang base=base placement=Placement::Text /> }
            }
            Block::Gallery(gallery) => {
                html! { <GalleryBlock gallery=gallery lang=lang base=base id=format!("{ids}-gallery-{at}") /> }
            }
            Block::List(list) => html! { <ul>{items(list)}</ul> },
            Block::Numbered(list) => html! { <ol>{items(list)}</ol> },
            Block::Quote(quote) => html! { <QuoteBlock quote=quote lang=lang base=base /> },
            Block::Table(table) => html! { <TableBlock table=table lang=lang base=base /> },
            Block::Video(video) => html! { <VideoBlock video=video lang=lang base=base /> },
            Block::Audio(audio) => html! { <AudioBlock audio=audio lang=lang base=base /> },
            Block::Attachment(attachment) => {
                html! { <AttachmentBlock attachment=attachment lang=lang base=base /> }
            }
            Block::Timeline(entries) => html! { <TimelineBlock entries=entries lang=lang base=base /> },
            Block::KeyFacts(facts) => html! { <KeyFactsBlock facts=facts lang=lang base=base /> },
            Block::Contact(contact) => html! { <ContactBlock contact=contact lang=lang /> },
            Block::Event(event) => html! { <EventBlock event=event lang=lang base=base /> },
        }
    });
    html! { <div class="body">{blocks.collect::<Vec<_>>()}</div> }
}
