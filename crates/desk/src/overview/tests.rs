use super::*;

fn write(folder: &Path, name: &str, text: &str) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
}

fn portal() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let article = |slug: &str| place.path().join("articles/port").join(slug);
    let facts =
        |published: &str, further: &str| format!("{{\"published\": \"{published}\"{further}}}");
    write(
        &article("old"),
        "article.json",
        &facts(
            "2014-09-03T16:10+07:00",
            ", \"cover\": \"a\", \"pictures\": {\"a\": {\"file\": \"a.svg\"}}",
        ),
    );
    write(
        &article("old"),
        "vi.json",
        "{\"headline\": \"Cảng Đình Vũ\", \"lead\": \"x\", \"body\": []}",
    );
    write(
        &article("old"),
        "en.json",
        "{\"lead\": \"The *port*\", \"body\": [], \"translated_from\": \"0123456789\"}",
    );
    write(
        &article("old"),
        "ko.json",
        "{\"lead\": \"항만\", \"body\": [], \"draft\": true}",
    );
    write(
        &article("later"),
        "article.json",
        &facts("2099-01-01T00:00Z", ""),
    );
    write(
        &article("later"),
        "vi.json",
        "{\"lead\": \"Mai\", \"body\": []}",
    );
    write(&article("broken"), "article.json", "{");
    write(&article("broken"), "vi.json", "{");
    place
}

fn states(overview: &Overview, slug: &str) -> Vec<State> {
    overview
        .row("port", slug)
        .unwrap()
        .states
        .values()
        .copied()
        .collect()
}

#[test]
fn every_article_has_a_state_in_every_language() {
    let place = portal();
    let mut overview = Overview::default();
    overview.look(place.path(), &[Lang::Vi, Lang::En, Lang::Ko, Lang::Ja]);
    let now = Moment::new("2026-11-30T10:00+07:00").unwrap();
    overview.judge(now, &Mistakes::new());
    assert_eq!(
        states(&overview, "old"),
        [State::Published, State::Stale, State::Draft, State::Missing]
    );
    assert_eq!(states(&overview, "later")[0], State::Scheduled);
    assert_eq!(states(&overview, "broken")[0], State::Mistakes);
    assert_eq!(overview.row("port", "old").unwrap().cover, Some("a.svg"));
    let name = (Slug::new("port").unwrap(), Slug::new("old").unwrap());
    overview.judge(
        now,
        &Mistakes::from([(name, BTreeSet::from([Some(Lang::Vi)]))]),
    );
    assert_eq!(
        states(&overview, "old")[..2],
        [State::Mistakes, State::Stale]
    );
}

#[test]
fn what_is_asked_is_found_in_all_languages() {
    let place = portal();
    let mut overview = Overview::default();
    overview.look(place.path(), &[Lang::Vi, Lang::En, Lang::Ko]);
    overview.judge(
        Moment::new("2026-11-30T10:00+07:00").unwrap(),
        &Mistakes::new(),
    );
    let found = |words: &str, state, lang: Option<&str>| {
        let question = Question {
            words: words.to_owned(),
            state,
            lang: lang.map(str::to_owned),
            ..Question::default()
        };
        let answer = overview.find(&question);
        answer
            .rows
            .iter()
            .map(|row| row.slug.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("", None, None), ["broken", "later", "old"]);
    for words in ["dinh vu", "Đình", "항만", "the port", "old"] {
        assert_eq!(found(words, None, None), ["old"], "{words}");
    }
    assert_eq!(found("", Some(State::Stale), None), ["old"]);
    assert_eq!(
        found("", Some(State::Stale), Some("vi")),
        Vec::<String>::new()
    );
    assert_eq!(found("nowhere", None, None), Vec::<String>::new());
}

#[test]
fn the_work_list_has_what_is_left_to_translate() {
    let place = portal();
    let mut overview = Overview::default();
    overview.look(place.path(), &[Lang::Vi, Lang::En, Lang::Ko, Lang::Ja]);
    overview.judge(
        Moment::new("2026-11-30T10:00+07:00").unwrap(),
        &Mistakes::new(),
    );
    let tasks = |slug: &str| -> Vec<(Lang, Task)> {
        let row = overview.row("port", slug).unwrap();
        row.tasks.into_iter().collect()
    };
    assert_eq!(
        tasks("old"),
        [
            (Lang::En, Task::Stale),
            (Lang::Ko, Task::Draft),
            (Lang::Ja, Task::Missing)
        ]
    );
    write(
        &place.path().join("articles/port/later"),
        "en.json",
        "{\"lead\": \"Tomorrow\", \"body\": []}",
    );
    overview.look(place.path(), &[Lang::Vi, Lang::En]);
    let row = overview.row("port", "later").unwrap();
    assert_eq!(row.tasks[&Lang::En], Task::Unrecorded);
    let work = |lang: &str| {
        let question = Question {
            work: true,
            lang: Some(lang.to_owned()),
            ..Question::default()
        };
        overview.find(&question).found
    };
    assert_eq!((work("vi"), work("en")), (0, 3));
}

#[test]
fn what_changed_is_read_again() {
    let place = portal();
    let mut overview = Overview::default();
    overview.look(place.path(), &[Lang::Vi]);
    write(
        &place.path().join("articles/port/later"),
        "vi.json",
        "{\"headline\": \"New\", \"lead\": \"x\", \"body\": []}",
    );
    fs::remove_dir_all(place.path().join("articles/port/broken")).unwrap();
    overview.look(place.path(), &[Lang::Vi]);
    assert_eq!(
        overview.row("port", "later").unwrap().titles[&Lang::Vi],
        "New"
    );
    assert!(overview.row("port", "broken").is_none());
}

#[test]
fn one_article_that_was_written_is_read_alone() {
    let place = portal();
    let mut overview = Overview::default();
    overview.look(place.path(), &[Lang::Vi]);
    let name = |slug: &str| (Slug::new("port").unwrap(), Slug::new(slug).unwrap());
    for (slug, title) in [("later", "Later on"), ("fresh", "Quite new")] {
        let folder = place.path().join("articles/port").join(slug);
        let text = format!("{{\"headline\": \"{title}\", \"lead\": \"x\", \"body\": []}}");
        write(&folder, "vi.json", &text);
        let (section, slug) = name(slug);
        overview.look_at(place.path(), (&section, &slug), &[Lang::Vi]);
        let row = overview.row("port", slug.as_str()).unwrap();
        assert_eq!(row.titles[&Lang::Vi], title);
    }
    assert_eq!(overview.find(&Question::default()).all, 4);
    fs::remove_dir_all(place.path().join("articles/port/old")).unwrap();
    let (section, slug) = name("old");
    overview.look_at(place.path(), (&section, &slug), &[Lang::Vi]);
    assert!(overview.row("port", "old").is_none());
    // A look at all files finds the same.
    let slugs = |overview: &Overview| -> Vec<String> {
        let answer = overview.find(&Question::default());
        answer.rows.iter().map(|row| row.slug.to_string()).collect()
    };
    let before = slugs(&overview);
    overview.look(place.path(), &[Lang::Vi]);
    assert_eq!(slugs(&overview), before);
}

#[test]
fn a_list_that_was_kept_is_the_list_that_would_be_read() {
    let place = portal();
    let file = place.path().join("list");
    let now = Moment::new("2026-11-30T10:00+07:00").unwrap();
    let said = |overview: &mut Overview| {
        overview.look(place.path(), &Lang::ALL);
        overview.judge(now, &Mistakes::new());
        serde_json::to_value(overview.find(&Question::default())).unwrap()
    };
    let mut first = Overview::default();
    let expected = said(&mut first);
    first.keep(&file, 7);
    let mut again = Overview::read(&file, 7, &Lang::ALL);
    assert_eq!(again.known.0.len(), 3);
    // It is shown before any file was looked at.
    let shown = again.find(&Question::default());
    assert_eq!((shown.found, shown.is_old), (3, true));
    assert_eq!(said(&mut again), expected);
    assert!(Overview::read(&file, 8, &Lang::ALL).is_empty());
    fs::write(&file, "damaged").unwrap();
    assert_eq!(said(&mut Overview::read(&file, 7, &Lang::ALL)), expected);
}

/// `cargo test -p desk --release measured -- --ignored --nocapture`
#[test]
#[ignore = "measures: it makes ten thousand articles"]
fn ten_thousand_articles_in_five_languages_are_measured() {
    use synthetic::{Portal, authored};
    let place = tempfile::tempdir().unwrap();
    authored::write(&Portal::new(10_000, 1), place.path()).unwrap();
    for (path, ..) in article_folders(place.path()) {
        for lang in ["ko", "ja", "zh-Hans"] {
            fs::copy(path.join("en.json"), path.join(format!("{lang}.json"))).unwrap();
        }
    }
    let now = Moment::new("2026-11-30T10:00+07:00").unwrap();
    let mut overview = Overview::default();
    for what in ["first", "again"] {
        let begin = std::time::Instant::now();
        overview.look(place.path(), &Lang::ALL);
        overview.judge(now, &Mistakes::new());
        println!("{what}: {:?}", begin.elapsed());
    }
    let file = place.path().join("list");
    overview.keep(&file, 7);
    let begin = std::time::Instant::now();
    let mut kept = Overview::read(&file, 7, &Lang::ALL);
    kept.look(place.path(), &Lang::ALL);
    kept.judge(now, &Mistakes::new());
    println!("from what was kept: {:?}", begin.elapsed());
    let begin = std::time::Instant::now();
    let question = Question {
        words: "cảng biển".to_owned(),
        ..Question::default()
    };
    let found = overview.find(&question).found;
    println!("search: {:?}, {found} of 10000", begin.elapsed());
}
