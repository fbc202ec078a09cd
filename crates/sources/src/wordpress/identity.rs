//! Which posts are one article. Its name here never changes while one of its posts is there, so a
//! translation that comes later joins it, and one that goes leaves it as it is.

use crate::record::Record;
use std::collections::{BTreeMap, BTreeSet};

/// What a post says about its language and its translations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tied {
    pub(super) id: u64,
    /// The locale; empty where nothing says it.
    pub(super) locale: String,
    /// The posts that it names as translations.
    pub(super) ids: BTreeSet<u64>,
    /// What all translations have in common.
    pub(super) group: Option<String>,
}

/// The article that each post belonged to. Revisions begin with the number of their post.
pub(super) fn known(record: &Record) -> BTreeMap<u64, String> {
    let mut known = BTreeMap::new();
    for (name, origin) in &record.articles {
        for id in origin.revisions.values().filter_map(|text| number(text)) {
            known.insert(id, name.clone());
        }
    }
    known
}

/// The number of the post that a revision is of.
pub(super) fn number(revision: &str) -> Option<u64> {
    revision.split(' ').next()?.parse().ok()
}

/// The name of the article of each post.
pub(super) fn articles(posts: &[Tied], known: &BTreeMap<u64, String>) -> Vec<String> {
    let groups = groups(posts);
    let mut members: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for (id, first) in &groups {
        members.entry(*first).or_default().push(*id);
    }
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut names: BTreeMap<u64, String> = BTreeMap::new();
    // Those that are known keep their names, before a new one could get one of them.
    for (first, ids) in &members {
        let mut candidates = ids.iter().filter_map(|id| known.get(id));
        if let Some(name) = candidates.find(|name| !taken.contains(name.as_str())) {
            taken.insert(name);
            names.insert(*first, name.clone());
        }
    }
    let all: BTreeSet<&str> = known.values().map(String::as_str).collect();
    for (first, ids) in &members {
        names.entry(*first).or_insert_with(|| {
            let own = ids.iter().map(u64::to_string);
            // A number that once named another article, which has since got another post.
            let further = (2..).map(|number| format!("{first}-{number}"));
            own.chain(further)
                .find(|name| !all.contains(name.as_str()))
                .unwrap_or_default()
        });
    }
    posts
        .iter()
        .map(|post| names[&groups[&post.id]].clone())
        .collect()
}

/// The articles that have become part of another one: their names, and the name of that one.
pub(super) fn merged(
    posts: &[Tied],
    names: &[String],
    known: &BTreeMap<u64, String>,
) -> Vec<(String, String)> {
    let there: BTreeSet<&String> = names.iter().collect();
    let merged: BTreeSet<(&String, &String)> = posts
        .iter()
        .zip(names)
        .filter_map(|(post, name)| Some((known.get(&post.id)?, name)))
        .filter(|(before, _)| !there.contains(before))
        .collect();
    merged
        .into_iter()
        .map(|(before, name)| (before.clone(), name.clone()))
        .collect()
}

/// The smallest number among the posts that belong together, for each post that is there.
fn groups(posts: &[Tied]) -> BTreeMap<u64, u64> {
    let mut first: BTreeMap<u64, u64> = posts.iter().map(|post| (post.id, post.id)).collect();
    let mut labels: BTreeMap<&str, u64> = BTreeMap::new();
    let mut ties: Vec<(u64, u64)> = Vec::new();
    for post in posts {
        ties.extend(post.ids.iter().map(|other| (post.id, *other)));
        if let Some(label) = &post.group {
            ties.push((post.id, *labels.entry(label).or_insert(post.id)));
        }
    }
    let root = |first: &BTreeMap<u64, u64>, mut id: u64| {
        while first[&id] != id {
            id = first[&id];
        }
        id
    };
    for (one, other) in ties {
        // What is no longer published ties nothing together.
        if first.contains_key(&other) {
            let (one, other) = (root(&first, one), root(&first, other));
            first.insert(one.max(other), one.min(other));
        }
    }
    posts
        .iter()
        .map(|post| (post.id, root(&first, post.id)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(id: u64, ids: &[u64], group: Option<&str>) -> Tied {
        Tied {
            id,
            locale: String::new(),
            ids: ids.iter().copied().collect(),
            group: group.map(str::to_owned),
        }
    }

    fn known(pairs: &[(u64, &str)]) -> BTreeMap<u64, String> {
        pairs
            .iter()
            .map(|(id, name)| (*id, (*name).to_owned()))
            .collect()
    }

    #[test]
    fn translations_are_one_article_that_is_called_by_its_first_post() {
        let posts = [
            post(7, &[5, 7], None),
            post(5, &[5, 7], None),
            post(8, &[], Some("berth")),
            post(9, &[], Some("berth")),
            post(10, &[], None),
        ];
        assert_eq!(articles(&posts, &known(&[])), ["5", "5", "8", "8", "10"]);
        // One side is enough to say it.
        let posts = [post(3, &[], None), post(4, &[3], None)];
        assert_eq!(articles(&posts, &known(&[])), ["3", "3"]);
    }

    #[test]
    fn an_article_keeps_its_name_whichever_of_its_posts_come_and_go() {
        let before = known(&[(5, "5"), (7, "5")]);
        // The first one is deleted; later another translation is added to the second one.
        assert_eq!(articles(&[post(7, &[5], None)], &before), ["5"]);
        let before = known(&[(7, "5")]);
        let posts = [post(7, &[12], None), post(12, &[7], None)];
        assert_eq!(articles(&posts, &before), ["5", "5"]);
        // One with a smaller number joins, which was a draft until now.
        let posts = [post(2, &[5], None), post(5, &[2], None)];
        assert_eq!(articles(&posts, &known(&[(5, "5")])), ["5", "5"]);
    }

    #[test]
    fn what_is_tied_together_later_or_torn_apart_stays_told_apart() {
        let two = known(&[(5, "5"), (7, "7")]);
        let tied = [post(5, &[7], None), post(7, &[5], None)];
        let names = articles(&tied, &two);
        assert_eq!(names, ["5", "5"]);
        assert_eq!(
            merged(&tied, &names, &two),
            [("7".to_owned(), "5".to_owned())]
        );
        let one = known(&[(5, "5"), (7, "5")]);
        let apart = [post(5, &[], None), post(7, &[], None)];
        let names = articles(&apart, &one);
        assert_eq!(names, ["5", "7"]);
        assert_eq!(merged(&apart, &names, &one), []);
        // The article that is called 5 has lost its first post, which then comes back by itself.
        let moved = known(&[(7, "5")]);
        assert_eq!(articles(&apart, &moved), ["5-2", "5"]);
    }

    #[test]
    fn a_revision_begins_with_the_number_of_its_post() {
        assert_eq!(number("12 2026-11-30T02:01:49 ab"), Some(12));
        assert_eq!(number("2026-11-30T02:01:49"), None);
    }
}
