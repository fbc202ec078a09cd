//! Properties of slugs and moments, tested with ten thousand random values each. Dates and folder
//! names are also tested with collected edge cases.

use model::{Moment, Slug};
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Files of edge cases, one a row. The folder is outside the repository and may be missing.
const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora");

fn cases() -> ProptestConfig {
    ProptestConfig {
        cases: 10_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// An independent implementation of the rule for slugs.
fn is_slug(text: &str) -> bool {
    let characters = text
        .chars()
        .all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-'));
    let hyphens = !text.starts_with('-') && !text.ends_with('-') && !text.contains("--");
    (1..=80).contains(&text.chars().count()) && characters && hyphens
}

/// Slugs, near misses, and arbitrary texts.
fn nearly_slugs() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9]{1,12}(-[a-z0-9]{1,12}){0,8}",
        "[a-z0-9-]{0,90}",
        "[a-zA-Z0-9._/ đé-]{0,20}",
        "\\PC{0,100}",
        any::<String>()
    ]
}

/// All valid moments.
fn moments() -> impl Strategy<Value = Moment> {
    let day = (1_u16..=9999, 1_u8..=12, 1_u8..=31);
    let clock = (0_u8..24, 0_u8..60, -14_i16 * 60..=14 * 60);
    (day, clock).prop_filter_map(
        "no calendar has that day",
        |((year, month, day), (hour, minute, offset))| {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let length = [
                31,
                if leap { 29 } else { 28 },
                31,
                30,
                31,
                30,
                31,
                31,
                30,
                31,
                30,
                31,
            ][usize::from(month) - 1];
            (day <= length).then_some(Moment {
                year,
                month,
                day,
                hour,
                minute,
                offset,
            })
        },
    )
}

/// Moments, near misses, and arbitrary texts.
fn nearly_moments() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})",
        "20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](Z|[+-]0[0-9]:[0-5][0-9])",
        "[0-9TZ:+ -]{0,24}",
        "\\PC{0,30}",
        any::<String>()
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_text_is_a_slug_exactly_where_the_rule_says_so(text in nearly_slugs()) {
        let slug = Slug::new(&text);
        prop_assert_eq!(slug.is_ok(), is_slug(&text));
        if let Ok(slug) = slug {
            prop_assert_eq!(slug.as_str(), &text);
        }
    }

    #[test]
    fn every_moment_reads_back_as_it_is_written(moment in moments()) {
        prop_assert_eq!(Moment::new(&moment.to_string()), Ok(moment));
    }

    #[test]
    fn a_text_that_is_a_moment_has_one_way_to_be_written(text in nearly_moments()) {
        if let Ok(moment) = Moment::new(&text) {
            let usual = text.replace('Z', "+00:00").replace("-00:00", "+00:00");
            prop_assert_eq!(moment.to_string(), usual);
        }
    }

    #[test]
    fn moments_of_one_clock_are_ordered_as_they_are_written(a in moments(), b in moments()) {
        let b = Moment { offset: a.offset, ..b };
        prop_assert_eq!(a.minutes().cmp(&b.minutes()), a.to_string().cmp(&b.to_string()));
    }

    #[test]
    fn a_clock_further_east_shows_the_same_time_earlier(moment in moments(), offset in -840_i16..=840) {
        let other = Moment { offset, ..moment };
        let east = i64::from(offset) - i64::from(moment.offset);
        prop_assert_eq!(moment.minutes() - other.minutes(), east);
    }
}

/// The rows of a file of edge cases; `None`, with a message, if the file is missing.
fn rows(name: &str) -> Option<Vec<Value>> {
    let Ok(text) = fs::read_to_string(Path::new(CORPORA).join(name)) else {
        eprintln!("skipped: {CORPORA}/{name} is not there");
        return None;
    };
    let rows: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(rows.len() > 30, "{name} has only {} rows", rows.len());
    Some(rows)
}

#[test]
fn collected_dates_are_moments_where_they_have_the_portals_form() {
    for row in rows("dates.ndjson").unwrap_or_default() {
        let text = row["payload"].as_str().unwrap();
        let read = Moment::new(text);
        if row["expect"] == "invalid" {
            assert!(read.is_err(), "{row}");
        }
        if let Ok(moment) = read {
            assert_eq!(moment.to_string(), text.replace('Z', "+00:00"), "{row}");
        }
        // RFC 3339 has seconds, which the portal refuses; without them, each of its dates is a
        // moment.
        if row["expect"] == "valid" {
            let zone = text.rfind(['Z', 'z', '+', '-']).unwrap();
            let minutes = format!("{}{}", &text[..16], &text[zone..]).to_uppercase();
            assert!(read.is_err() && Moment::new(&minutes).is_ok(), "{row}");
        }
    }
}

#[test]
fn collected_names_are_no_folders_but_where_they_are_slugs() {
    let Some(rows) = rows("slugs-and-filenames.ndjson") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    crate::folder::copy(
        &Path::new(crate::ROOT).join("tests/cases/base"),
        folder.path(),
    );
    let section = folder.path().join("content/articles/port");
    let mut made = Vec::new();
    for name in rows.iter().flat_map(names) {
        assert_eq!(Slug::new(&name).is_ok(), is_slug(&name), "{name:?}");
        // A name that no folder can have here cannot reach the tool as one.
        let possible = !name.contains(['/', '\0']) && !["", ".", ".."].contains(&name.as_str());
        if possible && fs::create_dir(section.join(&name)).is_ok() {
            crate::folder::copy(&section.join("deep-water-port"), &section.join(&name));
            made.push(name);
        }
    }
    assert!(made.len() > 30, "only {} folders could be made", made.len());
    let check = ["check", "--json"];
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .args(check)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let said = |name: &str| {
        let file = format!("content/articles/port/{name}");
        let about = report["problems"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|problem| problem["file"] == file.as_str());
        about
            .map(|problem| problem["message"].as_str().unwrap())
            .collect::<Vec<_>>()
    };
    for name in &made {
        let right = is_slug(name)
            && !["con", "prn", "aux", "nul", "com1", "lpt1", "lpt9"].contains(&name.as_str());
        let (collisions, refusals): (Vec<&str>, Vec<&str>) = said(name)
            .into_iter()
            .partition(|message| message.contains("upper and lower case"));
        let refusals: Vec<&str> = refusals
            .into_iter()
            .filter(|message| !message.contains("are one name"))
            .collect();
        assert_eq!(refusals.is_empty(), right, "{name:?}: {refusals:?}");
        let twins = made
            .iter()
            .filter(|other| *other < name && other.to_lowercase() == name.to_lowercase())
            .count();
        assert_eq!(
            collisions.is_empty(),
            twins == 0,
            "{name:?}: {collisions:?}"
        );
    }
}

/// The names of a row.
fn names(row: &Value) -> Vec<String> {
    let make = &row["make"];
    let repeated = || {
        Some(
            make["repeat"]
                .as_str()?
                .repeat(usize::try_from(make["times"].as_u64()?).ok()?),
        )
    };
    let one = row["payload"].as_str().map(str::to_owned).or_else(repeated);
    let several = row["payloads"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| Some(name.as_str()?.to_owned()));
    one.into_iter().chain(several).collect()
}
