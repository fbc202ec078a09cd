//! Checks the parts of `site.json` that stand on every page: the notices and the agencies.

use super::Findings;
use super::article::require_web_address;
use super::site::{check_per_lang, check_unique};
use crate::content::authored::site as authored;
use crate::content::{Agency, Notice};
use crate::json::Cursor;
use crate::message;
use model::Address;
use std::collections::BTreeSet;

/// Checks the notices.
pub(super) fn check_notices(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    notices: Vec<authored::Notice>,
) -> Vec<Notice> {
    check_unique(
        findings,
        cursor,
        notices.iter().map(|notice| &notice.slug),
        |cursor| cursor.key("slug"),
    );
    let checked = notices.into_iter().enumerate().map(|(index, notice)| {
        let place = cursor.item(index);
        if notice
            .until
            .is_some_and(|until| until.minutes() <= notice.published.minutes())
        {
            let problem = place
                .key("until")
                .problem(message!("the notice is over before it is published"));
            findings.add(problem.help(message!(
                "\"until\" has to be later than \"published\", or be left out"
            )));
        }
        let texts = place.key("texts");
        Notice {
            slug: notice.slug,
            level: notice.level.0,
            texts: notice.texts.map(|lang, text| {
                findings.marked(texts.key(lang.tag()), &message!("the notice"), &text)
            }),
            published: notice.published,
            until: notice.until,
        }
    });
    checked.collect()
}

/// Checks the agencies: each has a name in every language, and is listed once.
pub(super) fn check_agencies(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    agencies: Vec<authored::Agency>,
) -> Vec<Agency> {
    let mut seen = BTreeSet::new();
    let checked = agencies
        .into_iter()
        .enumerate()
        .filter_map(|(index, agency)| {
            let (place, at) = (cursor.item(index), cursor.item(index).key("address"));
            check_per_lang(findings, place.key("names"), &agency.names);
            let address = require_web_address(
                findings,
                at,
                &message!("an agency's address"),
                &agency.address,
            );
            let seen_as = address
                .as_ref()
                .map_or(agency.address.as_str(), Address::as_str);
            if !seen.insert(seen_as.trim_end_matches('/').to_owned()) {
                let problem = at.problem(message!(
                    "\"{address}\" is there twice",
                    address = agency.address
                ));
                findings.add(problem.help(message!("delete one of the two")));
            }
            Some(Agency {
                names: agency.names,
                address: address?,
            })
        });
    checked.collect()
}
