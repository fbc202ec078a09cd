//! The site map for people.

use super::writing::{heading, link, page_link, text};
use super::{Made, MadePage, Maker};
use crate::media::pictures::Published;
use editorial::content::StandingVersion;
use editorial::content::duties::SITE_MAP;
use i18n::{month, words, year};
use model::{ArchiveMonth, Block, Inline, Lang};
use std::path::Path;

impl<P: Fn(&Path) -> Published> Maker<'_, P> {
    /// The page that leads to all others. `made` are the other pages that the build makes.
    pub(super) fn site_map(&self, made: &[MadePage]) -> Option<MadePage> {
        self.page(SITE_MAP, false, |lang| {
            let words = &words(lang).duties;
            Made {
                version: StandingVersion {
                    title: words.site_map.to_owned(),
                    lead: vec![text(words.site_map_lead)],
                    body: self.map(made, lang),
                },
                ..Made::default()
            }
        })
    }

    fn map(&self, made: &[MadePage], lang: Lang) -> Vec<Block> {
        let words = words(lang);
        let mut sections = vec![vec![link("/", words.home)]];
        sections.extend(self.site.sections.iter().map(|section| {
            let to = format!("/{}/", section.slug);
            let about = section.descriptions.get(lang);
            vec![
                link(&to, section.names.get(lang).clone()),
                text(format!(" – {about}")),
            ]
        }));
        sections.push(vec![link("/tags/", words.tags)]);
        sections.push(vec![link("/search/", words.search)]);
        let mut body: Vec<Block> = heading("sections", words.sections).into_iter().collect();
        body.push(Block::List(sections));
        let fronts = self.duties().fronts();
        let made = made
            .iter()
            .map(|made| &made.page)
            .filter(|page| fronts.contains(&page.slug));
        let pages = self.pages.iter().chain(made).filter_map(|page| {
            let version = page.versions.get(&lang)?;
            Some(vec![page_link(page.slug.as_str(), version.title.clone())])
        });
        let pages: Vec<Vec<Inline>> = pages.collect();
        if !pages.is_empty() {
            body.extend(heading("pages", words.duties.portal_pages));
            body.push(Block::List(pages));
        }
        let years = years(&self.index.months(lang), lang);
        if !years.is_empty() {
            body.extend(heading("months", words.duties.by_month));
            body.push(Block::List(years));
        }
        body
    }
}

/// Each year with its months, the newest first.
fn years(months: &[ArchiveMonth], lang: Lang) -> Vec<Vec<Inline>> {
    let mut years: Vec<(u16, Vec<Inline>)> = Vec::new();
    for ArchiveMonth { month: shown, .. } in months {
        let to = format!("/archive/{:04}/{:02}/", shown.year, shown.month);
        let name = link(&to, month(*shown, lang));
        match years.last_mut() {
            Some((known, runs)) if *known == shown.year => runs.extend([text(", "), name]),
            _ => {
                let all = link(
                    &format!("/archive/{:04}/", shown.year),
                    year(shown.year, lang),
                );
                years.push((shown.year, vec![all, text(": "), name]));
            }
        }
    }
    years.into_iter().map(|(_, runs)| runs).collect()
}
