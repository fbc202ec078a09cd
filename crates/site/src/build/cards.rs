//! Share cards: one for each article in each language, and one for each language.

use crate::media::cache::Cache;
use crate::media::card::{CardText, Cards, Fonts};
use crate::output::{Output, UnitState};
use crate::print;
use crate::stages::Count;
use editorial::content::Site;
use editorial::content::catalogue::Item;
use editorial::content::drawings::Drawings;
use editorial::diagnostics::Failure;
use model::Lang;
use model::route::Route;
use rayon::prelude::*;

/// What renders share cards; `None` where this machine lacks their fonts.
///
/// # Errors
/// Where the portal's form of cards cannot be rendered.
pub(crate) fn renderer(drawings: &Drawings) -> Result<Option<Cards>, Failure> {
    fonts().map(|fonts| Cards::new(fonts, drawings)).transpose()
}

/// The fonts of share cards. Without them the site has no cards, and a warning says so.
fn fonts() -> Option<Fonts> {
    match Fonts::of_this_machine() {
        Ok(fonts) => Some(fonts),
        Err(missing) => {
            print::stderr(format!("warning: {missing}\n"));
            None
        }
    }
}

/// The stage that writes share cards.
pub(crate) struct CardsStage<'a> {
    /// Renders the cards.
    pub(crate) cards: &'a Cards,
    /// The portal as editors describe it.
    pub(crate) site: &'a Site,
    /// The catalogue's items, one for each article.
    pub(crate) items: &'a [Item],
    /// The cache of cards, for builds that keep no state.
    pub(crate) cache: &'a Cache,
}

impl CardsStage<'_> {
    /// Writes the cards.
    ///
    /// # Errors
    /// Where a card cannot be rendered or written.
    pub(crate) fn write(&self, output: &Output, count: &Count) -> Result<(), Failure> {
        let site = self.site;
        let write = |route: &Route, text: &CardText| -> Result<(), Failure> {
            let state = self.cards.write(route.card(), text, self.cache, output)?;
            count.one(state == UnitState::Written);
            Ok(())
        };
        for &lang in &site.languages {
            write(&Route::Home(lang), &of_portal(site, lang))?;
        }
        self.items.par_iter().try_for_each(|item| {
            item.versions.iter().try_for_each(|(lang, version)| {
                let route = Route::Article(*lang, item.section.clone(), item.slug.clone());
                write(&route, &of_article(site, item, *lang, &version.title))
            })
        })
    }
}

/// What stands on the card of the portal.
pub(super) fn of_portal(site: &Site, lang: Lang) -> CardText {
    CardText::of_portal(lang, site.names.get(lang), site.slogans.get(lang))
}

/// What stands on the card of an article that has this title in a language.
pub(super) fn of_article(site: &Site, item: &Item, lang: Lang, title: &str) -> CardText {
    let section = site
        .sections
        .iter()
        .find(|section| section.slug == item.section);
    let section = section.map_or("", |section| section.names.get(lang));
    CardText::of_article(lang, site.names.get(lang), section, title, item.published)
}
