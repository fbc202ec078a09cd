//! Has the content looked at as soon as the system tells of a change. Where the system tells nothing, as
//! on network drives and in containers, the [`super::stamp`] does.

use crate::live::log;
use crate::memo::lock;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use serde_json::json;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};

/// What the system told of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing.
    #[default]
    Nothing,
    /// Changes in the folders of these articles, or in files that are read each time.
    Articles(HashSet<PathBuf>),
    /// Events got lost, or a whole section changed.
    Anything,
}

/// What the system told of since somebody asked.
#[derive(Clone, Default)]
pub(super) struct Told(Arc<Mutex<Change>>);

impl Told {
    /// What the system told of since this was asked last.
    pub(super) fn take(&self) -> Change {
        std::mem::take(&mut *lock(&self.0))
    }

    fn add(&self, change: Change) {
        let mut known = lock(&self.0);
        match (&mut *known, change) {
            (_, Change::Nothing) | (Change::Anything, _) => {}
            (Change::Articles(known), Change::Articles(more)) => known.extend(more),
            (_, more) => *known = more,
        }
    }
}

/// Tells of changes in these folders until it is dropped; `None` where the system cannot. The first of
/// them is the content folder.
pub(super) fn watch(folders: &[&Path], told: Told, wake: Sender<()>) -> Option<RecommendedWatcher> {
    let content = folders.first().map(|folder| Content::new(folder))?;
    let tell = move |event: notify::Result<notify::Event>| {
        let change = event.map_or(Change::Anything, |event| content.change(&event));
        if change != Change::Nothing {
            told.add(change);
            let _ = wake.send(());
        }
    };
    let watching = notify::recommended_watcher(tell).and_then(|mut watcher| {
        for folder in folders {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    });
    watching
        .inspect_err(|error| {
            log::event("changes are not told", &[("why", json!(error.to_string()))]);
        })
        .ok()
}

/// The content folder, and what systems call it.
struct Content {
    folder: PathBuf,
    names: Vec<PathBuf>,
}

impl Content {
    fn new(folder: &Path) -> Self {
        let names = [std::path::absolute(folder), folder.canonicalize()];
        let names = names.into_iter().flatten();
        Self {
            folder: folder.to_owned(),
            names: std::iter::once(folder.to_owned()).chain(names).collect(),
        }
    }

    /// That somebody reads a file changes nothing. Where events got lost, there may have been one.
    fn change(&self, event: &notify::Event) -> Change {
        match event.kind {
            _ if event.need_rescan() => Change::Anything,
            EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) => {
                let told = Told::default();
                for path in &event.paths {
                    told.add(self.change_of(path));
                }
                told.take()
            }
            EventKind::Access(_) | EventKind::Any | EventKind::Other => Change::Nothing,
        }
    }

    fn change_of(&self, path: &Path) -> Change {
        let below = self
            .names
            .iter()
            .find_map(|name| path.strip_prefix(name).ok());
        let Some(names) = names_in(below.unwrap_or(path)) else {
            return Change::Anything;
        };
        // Hidden files and folders are notes of tools, as for the stamp.
        let is_hidden = |name: &&str| name.starts_with('.');
        match (below, &names[..]) {
            (Some(_), names) if names.iter().any(is_hidden) => Change::Nothing,
            (Some(_), ["articles", section, slug, ..]) => {
                let folder = self.folder.join("articles").join(section).join(slug);
                Change::Articles(HashSet::from([folder]))
            }
            (Some(_), [] | ["articles", ..]) => Change::Anything,
            (None, [.., name]) if is_hidden(name) => Change::Nothing,
            _ => Change::Articles(HashSet::new()),
        }
    }
}

/// The names of a path's parts; `None` where one is no text.
fn names_in(path: &Path) -> Option<Vec<&str>> {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name),
        _ => None,
    });
    parts.map(OsStr::to_str).collect()
}

#[cfg(test)]
mod tests {
    use super::{Change, Content, Told, watch};
    use std::collections::HashSet;
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::sync::mpsc;
    use std::time::Duration;

    fn articles(folders: &[&str]) -> Change {
        Change::Articles(folders.iter().map(PathBuf::from).collect::<HashSet<_>>())
    }

    #[test]
    fn what_may_have_changed_is_the_article_or_all_of_them() {
        let content = Content::new(Path::new("content"));
        for (path, change) in [
            (
                "content/articles/port/crane/vi.json",
                articles(&["content/articles/port/crane"]),
            ),
            (
                "content/articles/port/crane",
                articles(&["content/articles/port/crane"]),
            ),
            ("content/articles/port", Change::Anything),
            ("content", Change::Anything),
            ("content/site.json", articles(&[])),
            ("content/pages/about/vi.json", articles(&[])),
            ("bundle/style/main.css", articles(&[])),
            ("content/.import/port/crane/vi.json", Change::Nothing),
            ("content/articles/port/crane/.vi.json.swp", Change::Nothing),
            ("bundle/.next", Change::Nothing),
        ] {
            assert_eq!(content.change_of(Path::new(path)), change, "{path}");
        }
        let absolute = std::path::absolute("content/articles/port/crane/vi.json").unwrap();
        assert_eq!(
            content.change_of(&absolute),
            articles(&["content/articles/port/crane"])
        );
    }

    #[test]
    fn changes_add_up_until_they_are_taken() {
        let told = Told::default();
        told.add(articles(&["a"]));
        told.add(Change::Nothing);
        told.add(articles(&["b"]));
        assert_eq!(told.take(), articles(&["a", "b"]));
        assert_eq!(told.take(), Change::Nothing);
        told.add(articles(&["a"]));
        told.add(Change::Anything);
        told.add(articles(&["b"]));
        assert_eq!(told.take(), Change::Anything);
    }

    #[test]
    fn a_change_is_told_and_reading_is_not() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("articles/port/crane");
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("vi.json");
        fs::write(&file, "a").unwrap();
        let (wake, woken) = mpsc::channel();
        let told = Told::default();
        let Some(_watcher) = watch(&[place.path()], told.clone(), wake) else {
            return;
        };
        let quiet = || {
            while woken.recv_timeout(Duration::from_millis(300)).is_ok() {}
            told.take()
        };
        quiet();
        fs::read(&file).unwrap();
        fs::write(place.path().join(".notes"), "a").unwrap();
        assert_eq!(quiet(), Change::Nothing);
        let next = folder.join(".next");
        fs::write(&next, "ab").unwrap();
        fs::rename(&next, &file).unwrap();
        woken.recv_timeout(Duration::from_secs(30)).unwrap();
        assert_eq!(quiet(), Change::Articles(HashSet::from([folder.clone()])));
        fs::rename(&file, folder.join("en.json")).unwrap();
        woken.recv_timeout(Duration::from_secs(30)).unwrap();
        assert_eq!(quiet(), Change::Articles(HashSet::from([folder])));
    }
}
