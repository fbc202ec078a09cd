//! Decides which articles, versions and notices a site contains: those that are due and neither
//! drafts nor over, or more where that is asked for.

use crate::content::catalogue::{Item, ItemVersion};
use model::Moment;

/// The choice of the articles, versions and notices of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Whether drafts are included.
    pub drafts: bool,
    /// The time of the site, which excludes later publications; `None` excludes nothing.
    pub as_of: Option<Moment>,
}

impl Selection {
    /// All articles, versions and notices.
    pub const EVERYTHING: Self = Self {
        drafts: true,
        as_of: None,
    };

    /// Whether an article is included.
    pub fn includes(&self, item: &Item) -> bool {
        let is_due = |now: Moment| item.published.minutes() <= now.minutes();
        (self.drafts || !item.draft) && self.as_of.is_none_or(is_due)
    }

    /// Whether a version of an included article is included.
    pub fn includes_version(&self, version: &ItemVersion) -> bool {
        self.drafts || !version.draft
    }

    /// Whether a notice is included: from its publication until its end.
    pub fn includes_notice(&self, published: Moment, until: Option<Moment>) -> bool {
        let now = self.as_of.map(Moment::minutes);
        now.is_none_or(|now| {
            published.minutes() <= now && until.is_none_or(|until| now < until.minutes())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Lang, Slug};

    fn article(published: &str, draft: bool) -> Item {
        let (slug, published) = (Slug::new("a").unwrap(), Moment::new(published).unwrap());
        Item {
            draft,
            ..Item::bare(slug.clone(), slug, published, &[Lang::Vi])
        }
    }

    fn version(draft: bool) -> ItemVersion {
        ItemVersion {
            draft,
            ..ItemVersion::default()
        }
    }

    #[test]
    fn drafts_are_in_only_where_they_are_asked_for() {
        let site = Selection {
            drafts: false,
            as_of: None,
        };
        let draft = article("2014-09-03T16:10+07:00", true);
        assert!(!site.includes(&draft) && Selection::EVERYTHING.includes(&draft));
        assert!(site.includes(&article("2014-09-03T16:10+07:00", false)));
        assert!(site.includes_version(&version(false)) && !site.includes_version(&version(true)));
        assert!(Selection::EVERYTHING.includes_version(&version(true)));
    }

    #[test]
    fn a_notice_is_in_from_its_publication_until_it_is_over() {
        let at = |now: &str| Selection {
            drafts: false,
            as_of: Some(Moment::new(now).unwrap()),
        };
        let published = Moment::new("2026-05-13T08:30+07:00").unwrap();
        let until = Moment::new("2026-05-14T18:00+07:00").unwrap();
        for (now, with_end, without) in [
            ("2026-05-13T01:29Z", false, false),
            ("2026-05-13T01:30Z", true, true),
            ("2026-05-14T17:59+07:00", true, true),
            ("2026-05-14T18:00+07:00", false, true),
            ("9999-01-01T00:00Z", false, true),
        ] {
            assert_eq!(
                at(now).includes_notice(published, Some(until)),
                with_end,
                "{now}"
            );
            assert_eq!(at(now).includes_notice(published, None), without, "{now}");
        }
        assert!(Selection::EVERYTHING.includes_notice(published, Some(until)));
    }

    #[test]
    fn an_article_is_in_from_its_minute_on_wherever_the_clock_is() {
        let at = |now: &str| Selection {
            drafts: false,
            as_of: Some(Moment::new(now).unwrap()),
        };
        let due = article("2026-05-13T08:30+07:00", false);
        assert!(!at("2026-05-13T08:29+07:00").includes(&due));
        assert!(at("2026-05-13T08:30+07:00").includes(&due));
        assert!(at("2026-05-13T01:30Z").includes(&due));
        assert!(!at("2026-05-13T08:00Z").includes(&article("2026-05-14T00:00+07:00", true)));
    }
}
