//! An article in two languages side by side.

mod align;
mod choice;

pub use choice::ParallelChoice;

use super::body::Body;
use super::inline::Runs;
use crate::markup::{Markup, html};
use align::align;
use leptos::prelude::*;
use model::{Article, Block, Inline, Lang};

/// The weight of two headings, more than that of all other blocks of a text together.
const HEADING: u32 = 1000;

/// An article's text in one language.
#[derive(Clone, Debug)]
pub struct Side {
    /// The language.
    pub lang: Lang,
    /// The lead.
    pub lead: Vec<Inline>,
    /// The text.
    pub body: Vec<Block>,
}

impl Side {
    /// The text of an article.
    pub fn of(article: &Article, lang: Lang) -> Self {
        Self {
            lang,
            lead: article.lead.clone(),
            body: article.body.clone(),
        }
    }
}

/// Both texts paragraph by paragraph, side by side where there is room, one below the other where
/// there is not. A picture that both have is shown once; the second side has its caption alone.
#[component]
pub fn Parallel(
    /// The text in the language of the page.
    first: Side,
    /// The text in the other language.
    second: Side,
    /// The site's base.
    base: String,
) -> Markup {
    let lead = |runs: Vec<Inline>, lang: Lang| {
        html! { <p class="article-lead"><Runs runs=runs lang=lang base=base.clone() /></p> }
    };
    let block = |block: Block, lang: Lang, ids: &'static str, at: usize| {
        html! { <Body blocks=vec![block] lang=lang base=base.clone() ids=ids before=at /> }
    };
    let langs = (first.lang, second.lang);
    let leads = pair(
        langs,
        Some(lead(first.lead, langs.0)),
        Some(lead(second.lead, langs.1)),
    );
    let order = align(&first.body, &second.body, belong);
    let (mut here, mut there) = (first.body.into_iter(), second.body.into_iter());
    let pairs = order.into_iter().enumerate().map(|(at, (one, other))| {
        let one = one.then(|| here.next()).flatten();
        let other = other.then(|| there.next()).flatten();
        let second = match (&one, other) {
            (Some(Block::Picture(_)), Some(Block::Picture(picture))) => {
                picture.caption.map(|caption| {
                    html! { <p class="figure-caption parallel-caption">{caption}</p> }
                })
            }
            (_, other) => other.map(|other| block(other, langs.1, "other", at)),
        };
        pair(
            langs,
            one.map(|one| block(one, langs.0, "part", at)),
            second,
        )
    });
    let pairs = pairs.collect::<Vec<_>>();
    html! { <div class="parallel">{leads} {pairs}</div> }
}

/// A row of two aligned parts, or of one alone.
fn pair((here, there): (Lang, Lang), first: Option<Markup>, second: Option<Markup>) -> Markup {
    let side = |class: &'static str, lang: Lang, content: Markup| {
        html! { <div class=class lang=lang.tag()>{content}</div> }
    };
    let first = first.map(|content| side("parallel-side", here, content));
    let second = second.map(|content| side("parallel-side parallel-second", there, content));
    html! { <div class="parallel-pair">{first} {second}</div> }
}

/// The weight of aligning two blocks; 0 where their kinds or their pictures differ.
fn belong(first: &Block, second: &Block) -> u32 {
    match (first, second) {
        (Block::Picture(first), Block::Picture(second)) => u32::from(first.file == second.file),
        _ if std::mem::discriminant(first) != std::mem::discriminant(second) => 0,
        (Block::Heading(_) | Block::Subheading(_), _) => HEADING,
        _ => 1,
    }
}
