//! What is in a site: everything that is ready and whose time has come, or more.

use crate::content::{Facts, Version};
use portal::model::Moment;

/// Which articles are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Whether drafts are in too.
    pub(crate) drafts: bool,
    /// The moment whose site this is: what is published later is out. `None`: no time is too late.
    pub(crate) as_of: Option<Moment>,
}

impl Selection {
    /// Everything that is written.
    pub(crate) const EVERYTHING: Self = Self { drafts: true, as_of: None };

    /// Whether an article is in.
    pub(crate) fn includes(&self, facts: &Facts) -> bool {
        let is_due = |now: Moment| facts.published.minutes() <= now.minutes();
        (self.drafts || !facts.draft) && self.as_of.is_none_or(is_due)
    }

    /// Whether a language of an article is in, where the article is.
    pub(crate) fn includes_version(&self, version: &Version) -> bool {
        self.drafts || !version.draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal::model::{Address, Source};
    use std::collections::BTreeMap;

    fn facts(published: &str, draft: bool) -> Facts {
        Facts {
            published: Moment::new(published).unwrap(),
            updated: None,
            source: Source { name: "a".to_owned(), address: Address::new("https://a.example/").unwrap() },
            author: None,
            views: 0,
            cover: None,
            pictures: BTreeMap::new(),
            tags: Vec::new(),
            aliases: Vec::new(),
            original: None,
            draft,
        }
    }

    fn version(draft: bool) -> Version {
        Version {
            headline: None,
            author: None,
            source: None,
            lead: Vec::new(),
            pictures: BTreeMap::new(),
            body: Vec::new(),
            translated_from: None,
            stamp: String::new(),
            draft,
        }
    }

    #[test]
    fn drafts_are_in_only_where_they_are_asked_for() {
        let site = Selection { drafts: false, as_of: None };
        let draft = facts("2014-09-03T16:10+07:00", true);
        assert!(!site.includes(&draft) && Selection::EVERYTHING.includes(&draft));
        assert!(site.includes(&facts("2014-09-03T16:10+07:00", false)));
        assert!(site.includes_version(&version(false)) && !site.includes_version(&version(true)));
        assert!(Selection::EVERYTHING.includes_version(&version(true)));
    }

    #[test]
    fn an_article_is_in_from_its_minute_on_wherever_the_clock_is() {
        let at = |now: &str| Selection { drafts: false, as_of: Some(Moment::new(now).unwrap()) };
        let article = facts("2026-05-13T08:30+07:00", false);
        assert!(!at("2026-05-13T08:29+07:00").includes(&article));
        assert!(at("2026-05-13T08:30+07:00").includes(&article));
        assert!(at("2026-05-13T01:30Z").includes(&article));
        assert!(!at("2026-05-13T08:00Z").includes(&facts("2026-05-14T00:00+07:00", true)));
    }
}
