//! `site.json`.

use super::Findings;
use super::links::LocalLink;
use crate::authored::site::{self as authored, PerLang};
use crate::content::{Banner, Notice, PictureFile, Section, Site, Tag};
use crate::read::Spot;
use portal::model::{Address, Lang, Slug};
use portal::route::RESERVED;
use std::collections::BTreeSet;

impl Findings {
    /// Checks `site.json`, except for what it names in other files. `picture` finds and measures a banner's file.
    pub(crate) fn site(
        &mut self,
        spot: Spot<'_>,
        site: authored::Site,
        mut picture: impl FnMut(&mut Self, Spot<'_>, &str) -> Option<PictureFile>,
    ) -> Site {
        self.origin(spot.key("origin"), &site.origin);
        self.per_lang(spot.key("names"), &site.names);
        self.per_lang(spot.key("slogans"), &site.slogans);
        let mut banners = Vec::new();
        for (index, banner) in site.banners.into_iter().enumerate() {
            let place = spot.key("banners").item(index);
            self.per_lang(place.key("captions"), &banner.captions);
            self.per_lang(place.key("alternatives"), &banner.alternatives);
            let wide = picture(self, place.key("wide"), &banner.wide);
            let narrow = picture(self, place.key("narrow"), &banner.narrow);
            let (captions, alternatives) = (banner.captions, banner.alternatives);
            banners.extend(wide.zip(narrow).map(|(wide, narrow)| Banner { wide, narrow, captions, alternatives }));
        }
        self.once(spot.key("pages"), site.pages.iter(), |spot| spot);
        let languages = self.languages(spot.key("languages"), site.languages);
        let lead = site.lead.and_then(|lead| self.lead(spot.key("lead"), &lead));
        let sections = self.sections(spot.key("sections"), site.sections);
        let picks = site.picks.iter().filter_map(|pick| {
            let (section, slug) = pick.split_once('/')?;
            Slug::new(section).ok().zip(Slug::new(slug).ok())
        });
        let picks = picks.collect();
        let tags = site.tags.into_iter().map(|tag| Tag { slug: tag.slug, names: tag.names }).collect();
        let notices = site.notices.into_iter().enumerate().map(|(index, notice)| {
            let place = spot.key("notices").item(index).key("texts");
            let texts = notice.texts.map(|lang, text| self.marked(place.key(lang.tag()), "the notice", &text));
            Notice { level: notice.level, texts, until: notice.until }
        });
        let notices = notices.collect();
        Site {
            origin: site.origin,
            names: site.names,
            slogans: site.slogans,
            banners,
            sections,
            lead,
            picks,
            tags,
            notices,
            languages,
        }
    }

    /// The languages of the portal, in the order of the tabs.
    fn languages(&mut self, spot: Spot<'_>, languages: Option<Vec<Lang>>) -> Vec<Lang> {
        let Some(languages) = languages else { return Lang::ALL.to_vec() };
        if languages.is_empty() {
            self.add(
                spot.problem("the portal has no language").help("name at least one, or leave the key out for all"),
            );
        }
        Lang::ALL.into_iter().filter(|lang| languages.contains(lang)).collect()
    }

    fn origin(&mut self, spot: Spot<'_>, origin: &str) {
        let host = origin.strip_prefix("https://").unwrap_or_default();
        let (name, port) = host.split_once(':').unwrap_or((host, "443"));
        let good_name = name.split('.').all(|label| Slug::new(label).is_ok());
        if !good_name || port.parse::<u16>().is_err() {
            let help =
                "write scheme and host alone, in lower case and without a slash at the end: https://portal.example";
            self.add(spot.problem("\"origin\" is not the address of a host").help(help));
        }
    }

    fn per_lang(&mut self, spot: Spot<'_>, texts: &PerLang<String>) {
        for lang in Lang::ALL {
            self.plain(spot.key(lang.tag()), &format!("the text for \"{}\"", lang.tag()), texts.get(lang));
        }
    }

    fn sections(&mut self, spot: Spot<'_>, sections: Vec<authored::Section>) -> Vec<Section> {
        self.once(spot, sections.iter().map(|section| &section.slug), |spot| spot.key("slug"));
        if sections.is_empty() {
            self.add(spot.problem("the portal has no sections"));
        }
        let numbered = sections.into_iter().enumerate();
        let checked = numbered.map(|(index, section)| {
            let place = spot.item(index);
            if RESERVED.contains(&section.slug.as_str()) {
                let message =
                    format!("no section can be called \"{}\": other pages have their addresses there", section.slug);
                self.add(place.key("slug").problem(message).help("choose another slug"));
            }
            self.per_lang(place.key("names"), &section.names);
            self.per_lang(place.key("descriptions"), &section.descriptions);
            Section { slug: section.slug, names: section.names, descriptions: section.descriptions }
        });
        checked.collect()
    }

    fn once<'a, 's>(
        &mut self,
        spot: Spot<'s>,
        slugs: impl Iterator<Item = &'a Slug>,
        place: impl Fn(Spot<'s>) -> Spot<'s>,
    ) {
        let mut seen = BTreeSet::new();
        for (index, slug) in slugs.enumerate() {
            if !seen.insert(slug) {
                self.add(
                    place(spot.item(index)).problem(format!("\"{slug}\" is there twice")).help("delete one of the two"),
                );
            }
        }
    }

    fn lead(&mut self, spot: Spot<'_>, lead: &str) -> Option<(Slug, Slug)> {
        let parts = lead.split_once('/').and_then(|(section, slug)| Slug::new(section).ok().zip(Slug::new(slug).ok()));
        if parts.is_none() {
            let message = format!("\"lead\" must name an article as section/slug, not \"{lead}\"");
            self.add(spot.problem(message).help("for example port/deep-water-port"));
        }
        self.lead = parts.as_ref().and(Address::new(&format!("/{lead}/")).ok()).map(|to| LocalLink::new(spot, to));
        parts
    }
}
