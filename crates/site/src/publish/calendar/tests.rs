//! Calendar files, read back by the rules of RFC 5545.

use super::*;
use model::{Inline, Lang, Site, Slug, Standing};
use proptest::prelude::*;

fn document(event: Event) -> Document {
    let site = Site {
        languages: vec![Lang::Vi],
        ..Site::bare(Lang::Vi, "https://portal.example", "/portal/")
    };
    let slug = Slug::new("visits").unwrap();
    let body = named(
        &Route::Standing(Lang::Vi, slug.clone()),
        [Block::Event(event)].into_iter(),
    );
    let page = Page::Standing(Standing {
        slug,
        title: String::new(),
        lead: Vec::new(),
        body,
    });
    Document {
        site,
        languages: vec![Lang::Vi],
        page,
    }
}

fn file(event: Event) -> (String, String) {
    let document = document(event);
    let route = Route::Standing(Lang::Vi, Slug::new("visits").unwrap());
    let origin = Origin::of_page(&route, &document.site.origin);
    let mut files = files(&route, &document, &origin);
    let (path, bytes) = files.pop().unwrap();
    assert!(files.is_empty());
    (path, String::from_utf8(bytes).unwrap())
}

fn event(time: EventTime, text: &str) -> Event {
    let words = text.to_owned();
    Event {
        name: words.clone(),
        time,
        place: Some(words.clone()),
        address: Some(words.clone()),
        text: vec![Inline::Text(words)],
        calendar: String::new(),
    }
}

fn moment(text: &str) -> Moment {
    Moment::new(text).unwrap()
}

#[test]
fn an_event_is_written_as_calendars_read_it() {
    let time = EventTime::Hours {
        begin: moment("2026-05-13T20:00+07:00"),
        end: Some(moment("2026-05-14T01:30+07:00")),
    };
    let (path, text) = file(Event {
        place: Some("Nhà hát Lớn; sân trước".to_owned()),
        address: None,
        ..event(time, "Đêm khai mạc, 2026")
    });
    assert_eq!(path, "vi/pages/visits/event-1.ics");
    let expected = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//portal.example//Portal//VI",
        "BEGIN:VEVENT",
        "UID:pages/visits/event-1@portal.example",
        "DTSTAMP:20260513T130000Z",
        "DTSTART:20260513T130000Z",
        "DTEND:20260513T183000Z",
        "SUMMARY;LANGUAGE=vi:Đêm khai mạc\\, 2026",
        "LOCATION;LANGUAGE=vi:Nhà hát Lớn\\; sân trước",
        "DESCRIPTION;LANGUAGE=vi:Đêm khai mạc\\, 2026",
        "URL:https://portal.example/portal/vi/pages/visits/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    assert_eq!(text, expected.join("\r\n"));
}

#[test]
fn whole_days_end_on_the_day_after_the_last() {
    let day = |text: &str| Day::new(text).unwrap();
    for (begin, end, first, after) in [
        ("2026-05-13", None, "20260513", "20260514"),
        ("2026-12-30", Some("2026-12-31"), "20261230", "20270101"),
        ("2024-02-28", Some("2024-02-29"), "20240228", "20240301"),
    ] {
        let (_, text) = file(event(
            EventTime::Days {
                begin: day(begin),
                end: end.map(day),
            },
            "x",
        ));
        assert!(
            text.contains(&format!(
                "DTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{after}\r\n"
            )),
            "{text}"
        );
        assert!(
            text.contains(&format!("DTSTAMP:{first}T000000Z\r\n")),
            "{text}"
        );
    }
}

#[test]
fn moments_are_told_in_utc_over_the_ends_of_days_and_years() {
    for (text, shown) in [
        ("2026-01-01T03:00+07:00", "20251231T200000Z"),
        ("2024-02-29T23:30-03:30", "20240301T030000Z"),
        ("2023-03-01T00:00+14:00", "20230228T100000Z"),
        ("2026-05-13T20:00Z", "20260513T200000Z"),
    ] {
        assert_eq!(utc(moment(text)), shown);
    }
}

/// The values by their names, after unfolding and unescaping.
fn read(text: &str) -> Vec<(String, String)> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
    let whole = text.replace("\r\n ", "");
    let values = whole.split_terminator("\r\n").map(|line| {
        let (name, value) = line.split_once(':').unwrap();
        let mut plain = String::new();
        let mut chars = value.chars();
        while let Some(c) = chars.next() {
            match (c, name.contains("LANGUAGE")) {
                ('\\', true) => match chars.next().unwrap() {
                    'n' => plain.push('\n'),
                    escaped => {
                        assert!("\\;,".contains(escaped));
                        plain.push(escaped);
                    }
                },
                (';' | ',', true) => panic!("{c} divides the value of {name}"),
                (c, _) => plain.push(c),
            }
        }
        (name.to_owned(), plain)
    });
    values.collect()
}

proptest! {
    #[test]
    fn whatever_an_event_says_is_read_back(text in "([\\PC\n\r\t,;:\\\\\"]|END:VEVENT|\r\nX:|đặc biệt|海防|🚢){1,60}") {
        let time = EventTime::Hours { begin: moment("2026-05-13T20:00+07:00"), end: None };
        let values = read(&file(event(time, &text)).1);
        let names: Vec<&str> = values.iter().map(|(name, _)| name.split(';').next().unwrap()).collect();
        prop_assert_eq!(names, [
            "BEGIN", "VERSION", "PRODID", "BEGIN", "UID", "DTSTAMP", "DTSTART", "SUMMARY", "LOCATION", "DESCRIPTION", "URL",
            "END", "END",
        ]);
        let kept: String = text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| !c.is_control() || *c == '\n').collect();
        prop_assert_eq!(&values[7].1, &kept);
        prop_assert_eq!(&values[8].1, &format!("{kept}, {kept}"));
        prop_assert_eq!(&values[9].1, &kept);
    }
}
