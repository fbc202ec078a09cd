//! Share cards: the picture of 1200 by 630 pixels that social networks show for a page, with its
//! title set in the right script. Addresses of cards follow from those of their pages
//! (`Route::card`), because networks keep them.
//!
//! - [`fonts`]: which fonts are needed, and where they are.
//! - [`line`]: how a title is divided into lines.
//! - [`sheet`]: the card without its words.
//! - [`setter`]: words on the card.

mod fonts;
mod line;
mod setter;
mod sheet;

use crate::media::cache::Cache;
use crate::media::drawing;
use crate::output::{Output, UnitState};
use editorial::content::drawings::Drawings;
use editorial::diagnostics::Failure;
use editorial::hash;
use model::{Lang, Moment};
use setter::Setter;
use sheet::{Canvas, Sheet};
use std::sync::{Mutex, PoisonError};

pub(crate) use fonts::Fonts;

/// What the bytes of cards depend on beside their words, the fonts and the sheet. Change it
/// whenever words are set in another way.
const SETTINGS: &str = "card 2";

/// What stands on a card. An empty text is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CardText {
    /// The language of all texts.
    pub(crate) lang: Lang,
    /// The portal's name.
    pub(crate) site_name: String,
    /// The section's name; on the card of the portal itself, its slogan.
    pub(crate) section: String,
    /// The title; on the card of the portal itself, its name.
    pub(crate) title: String,
    /// The day of publication, as the language writes it.
    pub(crate) date: String,
}

impl CardText {
    /// The card of an article.
    pub(crate) fn of_article(
        lang: Lang,
        site_name: &str,
        section: &str,
        title: &str,
        published: Moment,
    ) -> Self {
        let [site_name, section, title] = [site_name, section, title].map(str::to_owned);
        Self {
            lang,
            site_name,
            section,
            title,
            date: i18n::date(published, lang),
        }
    }

    /// The card of the portal itself, for pages that are no articles.
    pub(crate) fn of_portal(lang: Lang, name: &str, slogan: &str) -> Self {
        let [title, section] = [name, slogan].map(str::to_owned);
        Self {
            lang,
            site_name: String::new(),
            section,
            title,
            date: String::new(),
        }
    }
}

/// Draws cards. It can be used from several threads at once; each draws with its own setter.
pub(crate) struct Cards {
    fonts: Fonts,
    sheet: Sheet,
    /// What the key of every card begins with.
    identity: String,
    /// The setters that rest. Each has read its fonts and keeps the letters that it has drawn.
    setters: Mutex<Vec<Setter>>,
}

impl Cards {
    /// Cards in these fonts, with the drawings of a portal.
    ///
    /// # Errors
    /// Where a drawing cannot be rendered.
    pub(crate) fn new(fonts: Fonts, drawings: &Drawings) -> Result<Self, Failure> {
        let sheet = Sheet::new(&drawing::card(drawings)?, drawing::sign(drawings))?;
        let identity = format!("{SETTINGS} {} {}", fonts.identity(), sheet.identity());
        Ok(Self {
            fonts,
            sheet,
            identity,
            setters: Mutex::default(),
        })
    }

    /// Draws a card as a PNG file.
    pub(crate) fn draw(&self, text: &CardText) -> Vec<u8> {
        self.written(text).png()
    }

    /// The card with its words.
    fn written(&self, text: &CardText) -> Canvas<'_> {
        let resting = self
            .setters
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut setter = resting.unwrap_or_else(|| Setter::new(&self.fonts));
        let mut canvas = self.sheet.canvas();
        setter.set(text, self.sheet.boxes(), &mut canvas);
        self.setters
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(setter);
        canvas
    }

    /// A card from the cache, or drawn now and kept there. Also says whether it was drawn now.
    pub(crate) fn make(&self, text: &CardText, cache: &Cache) -> (Vec<u8>, bool) {
        let key = self.key(text);
        if let Some(card) = cache.get("cards", &key) {
            return (card, false);
        }
        let card = self.draw(text);
        cache.put("cards", &key, &card);
        (card, true)
    }

    /// Writes a card into the site, or keeps the one that is there. `path` is where it is, from the
    /// site's base on.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn write(
        &self,
        path: String,
        text: &CardText,
        cache: &Cache,
        output: &Output,
    ) -> Result<UnitState, Failure> {
        let key = hash::of(self.key(text).as_bytes());
        let id = format!("card {path}");
        output.unit(&id, key, || Ok(vec![(path, self.make(text, cache).0)]))
    }

    /// The card's name in the cache: other words, fonts or drawings give another one.
    pub(crate) fn key(&self, text: &CardText) -> String {
        let CardText {
            lang,
            site_name,
            section,
            title,
            date,
        } = text;
        let parts = [&self.identity, lang.tag(), site_name, section, title, date];
        // Each part comes with its length, so that no two lists of parts read the same.
        let all: Vec<String> = parts
            .into_iter()
            .map(|part| format!("{} {part}", part.len()))
            .collect();
        hash::long(all.join(" ").as_bytes())
    }
}

#[cfg(test)]
mod tests;
