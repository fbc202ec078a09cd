//! Checks `site.json`.

use super::api::{check_api, check_pause};
use super::article::pair;
use super::duties::check_duties;
use super::facts::read_mailbox;
use super::former_origins::check_former_origins;
use super::link_targets::read_web_or_local_address;
use super::monitoring::check_monitoring;
use super::notices::{check_agencies, check_notices};
use super::security::check_security;
use super::{Findings, unknown};
use crate::check::address::origin;
use crate::check::windows_names::{self, is_reserved};
use crate::content::article::PictureFile;
use crate::content::authored::site::{self as authored, PerLang, PerSomeLang};
use crate::content::authored::words::Language;
use crate::content::duties::Duties;
use crate::content::views::{Views, ViewsFrom, WINDOW_DAYS};
use crate::content::{Banner, RenamedPlace, Section, Site, Tag};
use crate::diagnostics::{Message, ToArgument};
use crate::json::Cursor;
use crate::message;
use model::route::RESERVED;
use model::{Address, Channel, Lang, Slug};
use std::collections::{BTreeMap, BTreeSet};

/// Checks `site.json`, except for its references to other files. `picture` finds and measures a
/// banner's file.
pub fn check_site(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    site: authored::Site,
    mut picture: impl FnMut(&mut Findings, Cursor<'_>, &str) -> Option<PictureFile>,
) -> Site {
    check_origin(findings, cursor.key("origin"), &site.origin);
    check_per_lang(findings, cursor.key("names"), &site.names);
    check_per_lang(findings, cursor.key("slogans"), &site.slogans);
    let mut banners = Vec::new();
    for (index, banner) in site.banners.into_iter().enumerate() {
        let place = cursor.key("banners").item(index);
        check_per_lang(findings, place.key("captions"), &banner.captions);
        check_per_lang(findings, place.key("alternatives"), &banner.alternatives);
        let wide = picture(findings, place.key("wide"), &banner.wide);
        let narrow = picture(findings, place.key("narrow"), &banner.narrow);
        let (captions, alternatives) = (banner.captions, banner.alternatives);
        banners.extend(wide.zip(narrow).map(|(wide, narrow)| Banner {
            wide,
            narrow,
            captions,
            alternatives,
        }));
    }
    check_unique(findings, cursor.key("pages"), site.pages.iter(), |cursor| {
        cursor
    });
    let languages = check_languages(findings, cursor.key("languages"), site.languages);
    let lead = site
        .lead
        .and_then(|lead| read_story(findings, cursor.key("lead"), &Message::key("lead"), &lead));
    let sections = check_sections(findings, cursor.key("sections"), site.sections);
    let picks = site.picks.iter().enumerate();
    let picks = picks
        .filter_map(|(index, pick)| {
            read_story(
                findings,
                cursor.key("picks").item(index),
                &message!("a pick"),
                pick,
            )
        })
        .collect();
    let tags = check_tags(findings, cursor.key("tags"), site.tags);
    let places = check_places(findings, cursor.key("places"), site.places);
    let legal_basis = check_duties(
        findings,
        cursor,
        site.duties.as_ref(),
        &site.pages,
        &languages,
    );
    let notices = check_notices(findings, cursor.key("notices"), site.notices);
    let agencies = check_agencies(findings, cursor.key("agencies"), site.agencies);
    let share = check_share(findings, cursor.key("share"), site.share);
    let security = site
        .security
        .map(|security| check_security(findings, cursor.key("security"), security));
    let former = cursor.key("former_origins");
    check_former_origins(findings, former, &site.origin, &site.former_origins);
    let api = check_api(findings, cursor.key("api"), site.api);
    let pause = cursor.key("refresh_seconds");
    let refresh_seconds = check_pause(findings, pause, site.refresh_seconds);
    let views = check_views(findings, cursor.key("views"), site.views.as_ref());
    check_statistics(findings, cursor.key("statistics"), site.statistics, views);
    let report_errors = site
        .report_errors
        .and_then(|mailbox| read_mailbox(findings, cursor.key("report_errors"), &mailbox))
        .map(|line| line.text);
    let monitoring = site.monitoring.map(|monitoring| {
        check_monitoring(findings, cursor.key("monitoring"), monitoring, &site.pages)
    });
    Site {
        origin: site.origin,
        names: site.names,
        slogans: site.slogans,
        banners,
        sections,
        lead,
        picks,
        tags,
        places,
        notices,
        agencies,
        share,
        views,
        security,
        languages,
        api,
        refresh_seconds,
        former_origins: site.former_origins,
        legal_basis,
        pages: site.pages,
        duties: Duties {
            site_map: site.site_map,
            calendar: site.calendar,
            statistics: site.statistics,
            report_errors,
            ..Duties::default()
        },
        monitoring,
    }
}

/// A page with the counts needs some.
fn check_statistics(findings: &mut Findings, cursor: Cursor<'_>, is_wanted: bool, views: Views) {
    if is_wanted && views.from == ViewsFrom::Nothing {
        let problem = cursor.problem(message!(
            "there are no view counts that this page could show"
        ));
        findings.add(problem.help(
            message!("choose where they come from: \"views\": { \"from\": \"counter\" }, or leave \"statistics\" out"),
        ));
    }
}

/// The view counts that readers see: “most read” looks back a day to a year.
fn check_views(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    views: Option<&authored::Views>,
) -> Views {
    let Some(views) = views else {
        return Views::default();
    };
    let window_days = views.window_days.unwrap_or(WINDOW_DAYS);
    let place = cursor.key("window_days");
    if !(1..=365).contains(&window_days) {
        let message = message!(
            "\"most read\" cannot look back {window_days} days",
            window_days
        );
        findings.add(
            place
                .problem(message)
                .help(message!("write 1 to 365, such as 7")),
        );
    }
    if views.window_days.is_some() && views.from.0 == ViewsFrom::Content {
        let message =
            message!("the numbers in the articles' files have no days, so this changes nothing");
        let help = message!("leave \"window_days\" out, or take \"from\": \"counter\"");
        findings.add(place.problem(message).help(help).warning());
    }
    Views {
        from: views.from.0,
        window_days,
        as_of: None,
    }
}

/// The share rows: each name is a channel's, and is there once.
fn check_share(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    rows: PerSomeLang<Vec<String>>,
) -> BTreeMap<Lang, Vec<Channel>> {
    let words = Channel::ALL.map(Channel::word);
    let mut checked = BTreeMap::new();
    for (lang, names) in rows.values() {
        let place = cursor.key(lang.tag());
        let row: &mut Vec<Channel> = checked.entry(lang).or_default();
        for (index, name) in names.iter().enumerate() {
            let at = place.item(index);
            match Channel::ALL
                .into_iter()
                .find(|channel| channel.word() == name)
            {
                Some(channel) if row.contains(&channel) => {
                    findings.add(
                        at.problem(message!("\"{name}\" is there twice", name))
                            .help(message!("delete one of the two")),
                    );
                }
                Some(channel) => row.push(channel),
                None => {
                    let message = unknown(
                        message!("articles cannot be shared on"),
                        name,
                        words.into_iter(),
                    );
                    let help = message!(
                        "the names are {words}; copying the address and the device's own way to share are always there",
                        words = words.join(", ")
                    );
                    findings.add(at.problem(message).help(help));
                }
            }
        }
    }
    checked
}

/// The languages of the portal, in the order of the tabs.
fn check_languages(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    languages: Option<Vec<Language>>,
) -> Vec<Lang> {
    let Some(languages) = languages else {
        return Lang::ALL.to_vec();
    };
    if languages.is_empty() {
        findings.add(
            cursor
                .problem(message!("the portal has no language"))
                .help(message!("name at least one, or leave the key out for all")),
        );
    }
    Lang::ALL
        .into_iter()
        .filter(|lang| languages.contains(&Language(*lang)))
        .collect()
}

fn check_origin(findings: &mut Findings, cursor: Cursor<'_>, origin: &str) {
    match origin::read(origin) {
        Ok(host) => findings.hosts.own = Some(host.into()),
        Err(help) => findings.add(
            cursor
                .problem(message!("\"origin\" is not the address of a host"))
                .help(help),
        ),
    }
}

pub(super) fn check_per_lang(findings: &mut Findings, cursor: Cursor<'_>, texts: &PerLang<String>) {
    for lang in Lang::ALL {
        findings.plain(
            cursor.key(lang.tag()),
            &message!("the text for \"{lang}\"", lang = lang.tag()),
            texts.get(lang),
        );
    }
}

fn check_sections(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    sections: Vec<authored::Section>,
) -> Vec<Section> {
    check_unique(
        findings,
        cursor,
        sections.iter().map(|section| &section.slug),
        |cursor| cursor.key("slug"),
    );
    if sections.is_empty() {
        findings.add(cursor.problem(message!("the portal has no sections")));
    }
    let numbered = sections.into_iter().enumerate();
    let checked = numbered.map(|(index, section)| {
        let place = cursor.item(index);
        if RESERVED.contains(&section.slug.as_str()) {
            let message = message!(
                "no section can be called \"{slug}\": other pages have their addresses there",
                slug = section.slug
            );
            findings.add(
                place
                    .key("slug")
                    .problem(message)
                    .help(message!("choose another slug")),
            );
        }
        refuse_device_name(findings, place.key("slug"), &section.slug);
        check_per_lang(findings, place.key("names"), &section.names);
        check_per_lang(findings, place.key("descriptions"), &section.descriptions);
        Section {
            slug: section.slug,
            names: section.names,
            descriptions: section.descriptions,
        }
    });
    checked.collect()
}

pub(super) fn check_unique<'a, 's, T: Ord + ToArgument + 'a>(
    findings: &mut Findings,
    cursor: Cursor<'s>,
    names: impl Iterator<Item = &'a T>,
    place: impl Fn(Cursor<'s>) -> Cursor<'s>,
) {
    let mut seen = BTreeSet::new();
    for (index, name) in names.enumerate() {
        if !seen.insert(name) {
            findings.add(
                place(cursor.item(index))
                    .problem(message!("\"{name}\" is there twice", name))
                    .help(message!("delete one of the two")),
            );
        }
    }
}

pub(super) fn check_tags(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    tags: Vec<authored::Tag>,
) -> Vec<Tag> {
    check_unique(
        findings,
        cursor,
        tags.iter().map(|tag| &tag.slug),
        |cursor| cursor.key("slug"),
    );
    let checked = tags.into_iter().enumerate().map(|(index, tag)| {
        let place = cursor.item(index);
        refuse_device_name(findings, place.key("slug"), &tag.slug);
        check_per_lang(findings, place.key("names"), &tag.names);
        Tag {
            slug: tag.slug,
            names: tag.names,
        }
    });
    checked.collect()
}

/// Checks the places that were renamed or joined to another one.
fn check_places(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    places: Vec<authored::Place>,
) -> Vec<RenamedPlace> {
    let checked = places.into_iter().enumerate().map(|(index, place)| {
        let cursor = cursor.item(index);
        check_per_lang(findings, cursor.key("former"), &place.former);
        check_per_lang(findings, cursor.key("present"), &place.present);
        let link = place
            .link
            .and_then(|link| read_place_link(findings, cursor.key("link"), &link));
        RenamedPlace {
            former: place.former,
            present: place.present,
            since: place.since,
            link,
        }
    });
    checked.collect()
}

/// Reads the link to a page about the change of a place.
fn read_place_link(findings: &mut Findings, cursor: Cursor<'_>, link: &str) -> Option<Address> {
    let what = message!(
        "\"link\" must lead to a page of this portal or to an address that begins with https://"
    );
    read_web_or_local_address(findings, cursor, link, what)
}

pub(super) fn refuse_device_name(findings: &mut Findings, cursor: Cursor<'_>, slug: &Slug) {
    if is_reserved(slug.as_str()) {
        let (message, help) = windows_names::refusal(slug.as_str());
        findings.add(cursor.problem(message).help(help));
    }
}

/// Reads a story's name. `what` is its name in messages.
fn read_story(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    what: &Message,
    name: &str,
) -> Option<(Slug, Slug)> {
    let parts = pair(name);
    if parts.is_none() {
        let message = message!(
            "{what} must name an article as section/slug, not \"{name}\"",
            what,
            name
        );
        findings.add(
            cursor
                .problem(message)
                .help(message!("for example port/deep-water-port")),
        );
    }
    parts
}
