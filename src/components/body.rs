//! The text of an article or a standing page.

use super::anchor::Anchor;
use super::attachment::AttachmentBlock;
use super::audio::AudioBlock;
use super::contact::ContactBlock;
use super::erased::Erase;
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
) -> impl IntoView {
    let blocks = blocks.into_iter().zip(before..).map(|(block, at)| {
        let base = base.clone();
        let text = |runs: Vec<Inline>| view! { <Runs runs=runs lang=lang base=base.clone() /> };
        let items = |items: Vec<Vec<Inline>>| {
            items.into_iter().map(|item| view! { <li>{text(item)}</li> }.erase()).collect_view()
        };
        match block {
            Block::Paragraph(runs) => view! { <p>{text(runs)}</p> }.erase(),
            Block::Heading(heading) => {
                let id = format!("{ids}-{}", heading.id);
                view! { <h2 id=id><Anchor id=id.clone() text=heading.text /></h2> }.erase()
            }
            Block::Subheading(heading) => {
                let id = format!("{ids}-{}", heading.id);
                view! { <h3 id=id><Anchor id=id.clone() text=heading.text /></h3> }.erase()
            }
            Block::Picture(picture) => {
                view! { <Figure picture=picture lang=lang base=base placement=Placement::Text /> }.erase()
            }
            Block::Gallery(gallery) => {
                view! { <GalleryBlock gallery=gallery lang=lang base=base id=format!("{ids}-gallery-{at}") /> }.erase()
            }
            Block::List(list) => view! { <ul>{items(list)}</ul> }.erase(),
            Block::Numbered(list) => view! { <ol>{items(list)}</ol> }.erase(),
            Block::Quote(quote) => view! { <QuoteBlock quote=quote lang=lang base=base /> }.erase(),
            Block::Table(table) => view! { <TableBlock table=table lang=lang base=base /> }.erase(),
            Block::Video(video) => view! { <VideoBlock video=video lang=lang base=base /> }.erase(),
            Block::Audio(audio) => view! { <AudioBlock audio=audio lang=lang base=base /> }.erase(),
            Block::Attachment(attachment) => {
                view! { <AttachmentBlock attachment=attachment lang=lang base=base /> }.erase()
            }
            Block::Timeline(entries) => view! { <TimelineBlock entries=entries lang=lang base=base /> }.erase(),
            Block::KeyFacts(facts) => view! { <KeyFactsBlock facts=facts lang=lang base=base /> }.erase(),
            Block::Contact(contact) => view! { <ContactBlock contact=contact lang=lang /> }.erase(),
            Block::Event(event) => view! { <EventBlock event=event lang=lang base=base /> }.erase(),
        }
    });
    view! { <div class="body">{blocks.collect_view()}</div> }
}
