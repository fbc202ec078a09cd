//! Access statistics: how often the articles were read, month by month and in all.

use super::writing::{heading, link, paragraph, plain, table};
use super::{Made, MadePage, Maker};
use crate::media::pictures::Published;
use editorial::content::StandingVersion;
use editorial::content::catalogue::Item;
use editorial::content::duties::STATISTICS;
use i18n::{Words, day, month, number, plural, words};
use model::{Block, Day, Inline, Lang, Month};
use std::cmp::Reverse;
use std::path::Path;

/// How many articles are listed.
const MOST_READ: usize = 20;

impl<P: Fn(&Path) -> Published> Maker<'_, P> {
    /// The page with the view counts, as long as there are some.
    pub(super) fn statistics(&self) -> Option<MadePage> {
        self.page(STATISTICS, false, |lang| {
            let words = &words(lang).duties;
            Made {
                version: StandingVersion {
                    title: words.statistics.to_owned(),
                    lead: plain(words.statistics_lead),
                    body: self.counts(lang),
                },
                ..Made::default()
            }
        })
    }

    fn counts(&self, lang: Lang) -> Vec<Block> {
        let words = words(lang);
        let views = |item: &Item| self.site.views.shown(item).unwrap_or_default();
        let all: u64 = self.items.iter().map(views).sum();
        let mut facts = plural(&words.duties.all_views, all, lang);
        if let Some(until) = self.site.views.as_of {
            let until = day(until, lang);
            let until = Words::fill(words.duties.counted_until, &[("day", &until)]);
            facts = format!("{facts} {until}");
        }
        let mut body = vec![paragraph(facts)];
        let months = self.months();
        if let Some((since, _)) = months.first() {
            let since = month(*since, lang);
            body.extend(heading("months", words.duties.views_by_month));
            body.push(paragraph(Words::fill(
                words.duties.counted_since,
                &[("month", &since)],
            )));
            let rows = months.iter().rev().map(|(shown, views)| {
                vec![plain(month(*shown, lang)), plain(number(*views, lang))]
            });
            body.extend(table(
                words.duties.views_by_month,
                &[words.duties.month, words.duties.views_column],
                rows.collect(),
            ));
        }
        let mut items: Vec<&Item> = self
            .items
            .iter()
            .filter(|item| views(item) > 0 && item.version(lang).is_some())
            .collect();
        items.sort_by_key(|item| (Reverse(views(item)), &item.section, &item.slug));
        let rows = items.iter().take(MOST_READ).filter_map(|item| {
            let to = format!("/{}/{}/", item.section, item.slug);
            let title: Vec<Inline> = vec![link(&to, item.version(lang)?.title.clone())];
            Some(vec![title, plain(number(views(item), lang))])
        });
        let most_read = table(
            words.most_read,
            &[words.duties.article, words.duties.views_column],
            rows.collect(),
        );
        if let Some(most_read) = most_read {
            body.extend(heading("most-read", words.most_read));
            body.push(most_read);
        }
        body
    }

    /// The views of each month, the earliest first. What was counted before the first month is over
    /// has no month.
    fn months(&self) -> Vec<(Month, u64)> {
        let totals = self.duties().totals.iter().filter_map(|(month, total)| {
            let Day { year, month, day } = Day::new(month).ok()?;
            let month = Month {
                year,
                month: month.filter(|_| day.is_none())?,
            };
            Some((month, *total))
        });
        let totals: Vec<(Month, u64)> = totals.collect();
        totals
            .windows(2)
            .map(|pair| (pair[1].0, pair[1].1.saturating_sub(pair[0].1)))
            .collect()
    }
}
