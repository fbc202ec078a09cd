//! Syncs that are killed, and commands that run while one is at work.

use super::cms::{Cms, Fault};
use super::{newsroom, read, sync};
use crate::importing::{assert_checks, files};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How many articles there are.
const ARTICLES: usize = 60;
/// How many syncs are killed.
const KILLS: u32 = 40;
/// How long anything may take, on a machine under load.
const PATIENCE: Duration = Duration::from_secs(60);

fn begin(folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_site"))
        .arg("sync")
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Publishes everything anew: each text changes, every third article has another name.
fn publish(cms: &Cms, round: u32) {
    for number in 0..ARTICLES {
        let moved = if number % 3 == 0 { round % 2 } else { 0 };
        let slug =
            json!({"slug": format!("a-{number}-{moved}"), "title": format!("{number}, {round}")});
        cms.publish(&format!("a{number}"), "vi", round, slug);
    }
    // One goes and comes back.
    if round.is_multiple_of(2) {
        cms.unpublish("a1", None);
    }
}

/// Waits until the sync writes, or has ended.
fn wait_for_writing(folder: &Path, child: &mut Child) {
    let start = Instant::now();
    while !folder.join("content/.sync.journal").exists() && child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < PATIENCE, "the sync writes nothing");
        thread::sleep(Duration::from_micros(100));
    }
}

#[test]
fn a_sync_that_is_killed_at_any_moment_knows_its_articles_and_no_others() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    let articles = folder.join("content/articles/port");
    // Somebody wrote an article by hand whose name the CMS wants as well.
    let own = articles.join("a-4-0");
    fs::create_dir_all(&own).unwrap();
    for name in ["vi.json", "article.json"] {
        fs::write(own.join(name), "mine").unwrap();
    }
    publish(&cms, 1);
    let mut child = begin(folder);
    wait_for_writing(folder, &mut child);
    let writing = Instant::now();
    assert!(child.wait().unwrap().success());
    let writing = writing.elapsed();
    let mut interrupted = 0;
    for round in 2..KILLS + 2 {
        publish(&cms, round);
        let mut child = begin(folder);
        wait_for_writing(folder, &mut child);
        thread::sleep(writing * (round - 2) / KILLS);
        child.kill().unwrap();
        interrupted += u32::from(!child.wait().unwrap().success());
        for article in fs::read_dir(&articles).unwrap() {
            let article = article.unwrap().path();
            for name in ["article.json", "vi.json"] {
                assert!(
                    article.join(name).is_file(),
                    "{round}: {}",
                    article.display()
                );
            }
        }
        // Half of the time the next sync is killed as well.
        if round.is_multiple_of(2) {
            continue;
        }
        sync(folder, 0, &[], &[]);
        let expected = ARTICLES + 1;
        assert_eq!(
            fs::read_dir(&articles).unwrap().count(),
            expected,
            "{round}"
        );
        for number in 0..ARTICLES {
            let slug = match number {
                4 => "a-4-0-2".to_owned(),
                number if number % 3 == 0 => format!("a-{number}-{}", round % 2),
                number => format!("a-{number}-0"),
            };
            let text = read(folder, &format!("port/{slug}/vi.json"));
            assert_eq!(text["headline"], format!("{number}, {round}"));
        }
        for name in ["vi.json", "article.json"] {
            assert_eq!(fs::read(own.join(name)).unwrap(), b"mine");
        }
    }
    assert!(
        interrupted > KILLS / 4,
        "only {interrupted} were interrupted"
    );
    fs::remove_dir_all(&own).unwrap();
    for file in [".sync.journal", ".sync.json.new", ".import"] {
        assert!(!folder.join("content").join(file).exists(), "{file}");
    }
    assert_checks(folder);
}

#[test]
fn a_first_sync_that_is_killed_is_gone_on_with() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    publish(&cms, 1);
    let articles = folder.join("content/articles/port");
    let count = || fs::read_dir(&articles).map_or(0, Iterator::count);
    let mut child = begin(folder);
    let start = Instant::now();
    while count() < 25 && child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < PATIENCE, "the sync writes nothing");
        thread::sleep(Duration::from_micros(100));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let there = count();
    let said = sync(folder, 0, &[], &[]);
    let new = ARTICLES - there;
    assert!(
        said.contains(&format!(
            "{new} new, 0 changed, 0 removed, {there} as before"
        )),
        "{there}: {said}"
    );
    // A line that a power cut tore concerns nothing.
    let before = files(&folder.join("content"));
    fs::write(folder.join("content/.sync.journal"), "{\"address\": \"ht").unwrap();
    let said = sync(folder, 0, &[], &[]);
    assert!(
        said.contains("0 new, 0 changed, 0 removed, 60 as before"),
        "{said}"
    );
    assert!(before == files(&folder.join("content")));
}

#[test]
fn while_a_sync_is_at_work_the_content_is_checked_and_no_other_begins() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    cms.publish("berth", "vi", 1, json!({}));
    sync(folder, 0, &[], &[]);
    cms.requests();
    cms.fail(Fault::Silent(PATIENCE), 1);
    let mut child = begin(folder);
    let start = Instant::now();
    while cms.requests().is_empty() {
        assert!(start.elapsed() < PATIENCE, "the CMS is not asked");
        thread::sleep(Duration::from_millis(1));
    }
    assert!(folder.join("content/.import").exists());
    for name in [".sync.journal", ".sync.json.new"] {
        fs::write(folder.join("content").join(name), "").unwrap();
    }
    assert_checks(folder);
    let said = sync(folder, 2, &[], &[]);
    assert!(said.contains("another import or sync is at work"), "{said}");
    child.kill().unwrap();
    child.wait().unwrap();
}
