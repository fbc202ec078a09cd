//! Where the key of a batch is the same, the pages of its articles must be the same, because a
//! build does not check them.

use super::*;

const SIZE: usize = 4;

/// The batches' keys, each with the documents of all pages that are kept with the batch, by path.
fn batches(loaded: &Loaded) -> Vec<(u64, BTreeMap<String, String>)> {
    let content = &loaded.content;
    let publisher = Publisher::new(
        &content.site,
        &content.pages,
        &content.items,
        "/",
        &published,
    );
    let documents: BTreeMap<String, String> = documents(loaded, "/", &published)
        .into_iter()
        .map(|(route, document)| (route.path(), serde_json::to_string(&document).unwrap()))
        .collect();
    let batches = publisher.batches_of(SIZE).into_iter();
    let of_batch = |batch: Batch<'_>| {
        let members = batch.members.iter().filter(|member| !member.looks_ahead);
        let paths = members.flat_map(|member| {
            let route = |lang| {
                Route::Article(lang, member.item.section.clone(), member.item.slug.clone()).path()
            };
            Lang::ALL.map(route)
        });
        (
            batch.key,
            paths
                .map(|path| (path.clone(), documents[&path].clone()))
                .collect(),
        )
    };
    batches.map(of_batch).collect()
}

#[test]
fn the_pages_of_a_batch_change_only_with_its_key() {
    let before = batches(&larger());
    let mut changes = changes().to_vec();
    changes.push(("an article more", |root| publish(root, "zz", "2014-10-01")));
    changes.push(("an article more in the past", |root| {
        publish(root, "aa", "2014-08-01");
    }));
    for (what, change) in changes {
        let loaded = larger();
        change(loaded.folder.path());
        let after = batches(&Loaded::load(loaded.folder));
        let mut same = 0;
        for (key, documents) in &after {
            let Some((_, known)) = before.iter().find(|(known, _)| known == key) else {
                continue;
            };
            assert_eq!(documents, known, "{what}");
            same += 1;
        }
        let expected = match what {
            "nothing" | "a standing page" => before.len(),
            // All batches are kept but the last one, which gets the new article.
            "an article more" => before.len() - 1,
            "an article more in the past" | "the slogan" => 0,
            _ => continue,
        };
        assert_eq!(same, expected, "{what}");
    }
}

/// An article like all others, published on that day.
fn publish(root: &Path, slug: &str, day: &str) {
    let folder = root.join("articles/port").join(slug);
    copy(&root.join("articles/port/n07"), &folder);
    edit(&folder.join("article.json"), "2014-09-08", day);
}

#[test]
fn an_article_that_may_lead_to_newer_ones_is_not_kept_with_its_batch() {
    let loaded = larger();
    let (content, before) = (&loaded.content, documents(&loaded, "/", &published));
    let publisher = Publisher::new(
        &content.site,
        &content.pages,
        &content.items,
        "/",
        &published,
    );
    let mut ahead = 0;
    for member in publisher
        .batches_of(SIZE)
        .into_iter()
        .flat_map(|batch| batch.members)
    {
        let is_page = |route: &Route| matches!(route, Route::Article(_, _, slug) if *slug == member.item.slug);
        let newer = before
            .iter()
            .filter(|(route, _)| is_page(route))
            .any(|(_, document)| match &document.page {
                Page::Article(article) => article
                    .related
                    .iter()
                    .any(|other| other.published.minutes() > member.item.minutes),
                _ => false,
            });
        assert!(
            member.looks_ahead || !newer,
            "{} leads to a newer article",
            member.item.slug.as_str()
        );
        ahead += usize::from(newer);
    }
    assert!(ahead > 0, "no article leads to a newer one");
}
