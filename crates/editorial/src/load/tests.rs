//! Tests: rereading gives the article that was checked, or nothing; measured pictures are cached;
//! files that are too large are not read.

use super::attached_files::read_attached_files;
use super::pictures::read_pictures;
use super::*;
use ::synthetic::{Portal, authored};
use std::collections::BTreeMap;
use std::fs;

/// Every article of a content folder with its entry in the catalogue, read with all checks.
fn checked(content: &Path) -> Vec<(Article, Item)> {
    let loaded = load(
        content,
        &mut ArticleCache::default(),
        &Selection::EVERYTHING,
    )
    .unwrap();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let items = loaded.content.unwrap().items.into_iter();
    let read = items.map(|item| {
        let path = content
            .join("articles")
            .join(item.section.as_str())
            .join(item.slug.as_str());
        let article = read_article(
            &mut Loader::default(),
            &path,
            &item.section,
            item.slug.clone(),
        )
        .unwrap();
        (article.unwrap(), item)
    });
    read.collect()
}

#[test]
fn an_article_that_is_read_again_is_the_one_that_was_checked() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let synthetic = tempfile::tempdir().unwrap();
    authored::write(
        &Portal::new(40, 1).with_pictures(4, (4, 4)),
        synthetic.path(),
    )
    .unwrap();
    let mut articles = 0;
    for content in [
        &root.join("content"),
        &root.join("tests/cases/base/content"),
        synthetic.path(),
    ] {
        for (mut article, item) in checked(content) {
            article
                .versions
                .values_mut()
                .for_each(|version| version.stamp.clear());
            assert_eq!(reread(content, &item).unwrap().as_ref(), Some(&article));
            articles += 1;
        }
    }
    assert!(articles > 45, "{articles} articles were read");
}

#[test]
fn an_article_that_changed_meanwhile_is_not_read_again() {
    let folder = tempfile::tempdir().unwrap();
    authored::write(&Portal::new(2, 1).with_pictures(2, (4, 4)), folder.path()).unwrap();
    let (_, item) = checked(folder.path())
        .into_iter()
        .find(|(article, _)| article.facts.cover.is_some())
        .unwrap();
    let path = folder
        .path()
        .join("articles")
        .join(item.section.as_str())
        .join(item.slug.as_str());
    for name in ["article.json", "en.json", "vi.json", "harbour.png"] {
        let before = fs::read(path.join(name)).unwrap();
        let other = if name == "harbour.png" {
            authored_picture()
        } else {
            [&before[..], b" "].concat()
        };
        fs::write(path.join(name), other).unwrap();
        assert_eq!(reread(folder.path(), &item).unwrap(), None, "{name}");
        fs::write(path.join(name), b"{").unwrap();
        assert_eq!(reread(folder.path(), &item).unwrap(), None, "{name}");
        fs::write(path.join(name), before).unwrap();
        assert!(reread(folder.path(), &item).unwrap().is_some(), "{name}");
    }
    fs::remove_dir_all(&path).unwrap();
    assert_eq!(reread(folder.path(), &item).unwrap(), None);
}

/// Another picture of the same size.
fn authored_picture() -> Vec<u8> {
    let portal = Portal::new(2, 2).with_pictures(1, (4, 4));
    portal.article(0).picture.unwrap()
}

#[test]
fn a_picture_that_was_measured_before_is_not_decoded_again() {
    let folder = tempfile::tempdir().unwrap();
    let broken = b"\x89PNG that nobody can decode";
    fs::write(folder.path().join("a.png"), broken).unwrap();
    let hash = hash::CacheKey::default().add("png").add(broken).finish();
    let pictures = |known: PictureSizes| {
        let mut loader = Loader {
            known_sizes: Arc::new(known),
            ..Loader::default()
        };
        let listed = loader.list(folder.path()).unwrap();
        read_pictures(&mut loader, &listed).unwrap();
        (loader.findings.problems.len(), loader.measured)
    };
    assert_eq!(
        pictures(PictureSizes::from([(hash, (3, 2))])),
        (0, vec![(hash, (3, 2))])
    );
    assert_eq!(
        pictures(PictureSizes::from([(hash + 1, (3, 2))])),
        (1, vec![])
    );
}

/// Makes all files of articles a minute old: what has just changed is read again in any case.
fn settle(content: &Path) {
    let settled = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    let mut folders = vec![content.join("articles")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if path.is_dir() {
                folders.push(path);
            } else {
                fs::File::options()
                    .append(true)
                    .open(path)
                    .unwrap()
                    .set_modified(settled)
                    .unwrap();
            }
        }
    }
}

#[test]
fn what_was_measured_is_remembered_from_one_build_to_the_next() {
    let folder = tempfile::tempdir().unwrap();
    authored::write(&Portal::new(1, 1).with_pictures(1, (4, 4)), folder.path()).unwrap();
    settle(folder.path());
    let mut cache = ArticleCache::default();
    load(folder.path(), &mut cache, &Selection::EVERYTHING).unwrap();
    let kept = folder.path().join("kept");
    cache.write(&kept);
    let sizes: Vec<(u32, u32)> = ArticleCache::read(&kept, 0)
        .picture_sizes()
        .values()
        .copied()
        .collect();
    assert_eq!(sizes, [(4, 4)]);
}

#[test]
fn a_file_that_is_too_large_is_named_and_not_read() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.png", "a.pdf"] {
        fs::File::create(folder.path().join(name))
            .unwrap()
            .set_len(5_000_000_000)
            .unwrap();
    }
    let mut loader = Loader::default();
    let listed = loader.list(folder.path()).unwrap();
    read_pictures(&mut loader, &listed).unwrap();
    read_attached_files(&mut loader, &listed).unwrap();
    for problem in &loader.findings.problems {
        assert_eq!(
            problem.message,
            "the file has 5000 MB, and the most is 100 MB"
        );
    }
    assert_eq!((loader.findings.problems.len(), loader.files), (2, 2));
}

/// The titles of all articles in Vietnamese, by slug, and how many problems there are but links that
/// lead nowhere.
fn titles(content: &Path, cache: &mut ArticleCache) -> (BTreeMap<String, String>, usize) {
    settle(content);
    let loaded = load(content, cache, &Selection::EVERYTHING).unwrap();
    let items = loaded.content.map(|content| content.items);
    let titles = items.into_iter().flatten().map(|item| {
        let title = item.version(Lang::Vi).map(|version| version.title.clone());
        (item.slug.to_string(), title.unwrap_or_default())
    });
    let is_link = |problem: &&Problem| problem.message.contains("no page of this portal");
    let links = loaded.problems.iter().filter(is_link).count();
    (titles.collect(), loaded.problems.len() - links)
}

#[test]
fn of_what_may_have_changed_everything_is_read_and_of_the_rest_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let portal = Portal::new(4, 1).without_pictures();
    authored::write(&portal, folder.path()).unwrap();
    let content = folder.path();
    let [first, second, third, fourth] = [0, 1, 2, 3].map(|number| portal.article(number));
    let place = |article: &::synthetic::Article| authored::folder(article, content);
    let write = |article: &::synthetic::Article, title: &str| {
        let file = place(article).join("vi.json");
        let mut version: serde_json::Value =
            serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        version["headline"] = title.into();
        fs::write(file, version.to_string()).unwrap();
    };
    let suspects = |articles: &[&::synthetic::Article]| {
        Some(articles.iter().map(|article| place(article)).collect())
    };
    fs::rename(place(&fourth), content.join("later")).unwrap();
    let mut cache = ArticleCache::default();
    let (before, problems) = titles(content, &mut cache);
    assert_eq!(
        (before.len(), problems),
        (3, 1),
        "\"later\" does not belong there"
    );
    fs::create_dir_all(place(&fourth).parent().unwrap()).unwrap();

    // One is suspected, one is not, one came, and one went.
    write(&first, "First");
    write(&second, "Second");
    fs::rename(content.join("later"), place(&fourth)).unwrap();
    fs::remove_dir_all(place(&third)).unwrap();
    cache.advance(suspects(&[&first]));
    let (now, problems) = titles(content, &mut cache);
    assert_eq!(problems, 0);
    assert_eq!(now[&first.slug], "First");
    assert_eq!(now[&second.slug], before[&second.slug]);
    assert!(now.contains_key(&fourth.slug) && !now.contains_key(&third.slug));

    // A mistake is remembered until its file is suspected again.
    fs::write(place(&first).join("vi.json"), "{").unwrap();
    cache.advance(suspects(&[&first]));
    assert_eq!(titles(content, &mut cache).1, 1);
    cache.advance(suspects(&[&second]));
    let (now, problems) = titles(content, &mut cache);
    assert_eq!((now[&second.slug].as_str(), problems), ("Second", 1));
    fs::copy(
        place(&second).join("vi.json"),
        place(&first).join("vi.json"),
    )
    .unwrap();
    cache.advance(None);
    let (now, problems) = titles(content, &mut cache);
    assert_eq!((now[&first.slug].as_str(), problems), ("Second", 0));
}
