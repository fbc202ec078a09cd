//! A property test: operators and builds do anything to one folder, in any order. Whatever somebody
//! wrote is found in the site or beside it, and never in the state folder alone.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Paths of operators' files and of sites' files: some the same, some within each other.
const PATHS: [&str; 12] = [
    "a/index.html",
    "a",
    "b/index.html",
    "c/d.html",
    "404.html",
    "CNAME",
    ".git/HEAD",
    ".git/refs/x",
    "a/notes.txt",
    "c",
    "c/d.html/x",
    ".htaccess",
];

/// An event.
#[derive(Clone, Debug)]
enum Event {
    /// Somebody writes into a file, or puts a new one in its place.
    Write { path: usize, rename: bool },
    /// Somebody removes a file, or a folder with everything in it.
    Remove { path: usize },
    /// A build of some of the paths; it may stop half way, or replace what it finds.
    Build {
        paths: Vec<usize>,
        replace: bool,
        fresh: bool,
        stops: bool,
    },
    /// Somebody moves the whole folder away.
    Move,
    /// Somebody deletes the state folder.
    Forget,
    /// `site clean`.
    Clean { site: bool },
}

fn event() -> impl Strategy<Value = Event> {
    let path = || 0..PATHS.len();
    let paths = prop::collection::vec(path(), 0..6);
    let build = (
        paths,
        prop::bool::weighted(0.15),
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.2),
    );
    prop_oneof![
        6 => (path(), any::<bool>()).prop_map(|(path, rename)| Event::Write { path, rename }),
        2 => path().prop_map(|path| Event::Remove { path }),
        8 => build.prop_map(|(paths, replace, fresh, stops)| Event::Build { paths, replace, fresh, stops }),
        1 => Just(Event::Move),
        1 => Just(Event::Forget),
        1 => any::<bool>().prop_map(|site| Event::Clean { site }),
    ]
}

/// A folder with what people wrote into it so far.
struct Fixture {
    folder: TempDir,
    number: usize,
    /// Every text that somebody wrote and nobody removed.
    written: BTreeSet<String>,
}

impl Fixture {
    fn place(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Every text below a folder, the state folder left out.
    fn texts(folder: &Path) -> BTreeSet<String> {
        let mut texts = BTreeSet::new();
        for entry in fs::read_dir(folder)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
        {
            if entry.is_dir() && entry.file_name() != state_of(Path::new("site")).file_name() {
                texts.extend(Self::texts(&entry));
            } else if entry.is_file() {
                texts.insert(fs::read_to_string(entry).unwrap());
            }
        }
        texts
    }

    /// Forgets the texts that somebody removes or overwrites themselves.
    fn forget(&mut self, path: &Path) {
        let gone = if path.is_dir() {
            Self::texts(path)
        } else {
            fs::read_to_string(path).into_iter().collect()
        };
        self.written.retain(|text| !gone.contains(text));
    }

    fn write(&mut self, path: &str, rename: bool) {
        let file = self.place().join(path);
        self.number += 1;
        let text = format!("by hand {}", self.number);
        if file.is_dir() || fs::create_dir_all(file.parent().unwrap()).is_err() {
            return;
        }
        self.forget(&file);
        if rename {
            let beside = self.folder.path().join("beside");
            fs::write(&beside, &text).unwrap();
            fs::rename(beside, file).unwrap();
        } else {
            fs::write(file, &text).unwrap();
        }
        self.written.insert(text);
    }

    fn build(&self, paths: &[usize], options: WriteOptions, stops: bool) {
        let Ok(output) = Output::begin(&self.place(), options) else {
            return;
        };
        for path in paths {
            let text = format!("made of {path} and {}", self.number % 3);
            if output.write(PATHS[*path], text.as_bytes()).is_err() {
                return;
            }
        }
        if !stops {
            let _ = output.finish();
        }
    }

    fn apply(&mut self, event: &Event) {
        let place = self.place();
        match event {
            Event::Write { path, rename } => self.write(PATHS[*path], *rename),
            Event::Remove { path } => {
                let path = place.join(PATHS[*path]);
                self.forget(&path);
                let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
            }
            Event::Build {
                paths,
                replace,
                fresh,
                stops,
            } => {
                self.build(
                    paths,
                    WriteOptions {
                        keep: true,
                        fresh: *fresh,
                        replace: *replace,
                    },
                    *stops,
                );
            }
            Event::Move => {
                self.number += 1;
                let _ = fs::rename(
                    &place,
                    self.folder.path().join(format!("moved-{}", self.number)),
                );
            }
            Event::Forget => drop(fs::remove_dir_all(state_of(&place))),
            Event::Clean { site } => drop(clean(&place, *site)),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_what_somebody_wrote_is_to_be_found(events in prop::collection::vec(event(), 1..24)) {
        let mut fixture = Fixture { folder: tempfile::tempdir().unwrap(), number: 0, written: BTreeSet::new() };
        for event in &events {
            fixture.apply(event);
            let there = Fixture::texts(fixture.folder.path());
            let lost: Vec<&String> = fixture.written.iter().filter(|text| !there.contains(*text)).collect();
            prop_assert!(lost.is_empty(), "{lost:?} lost by {event:?}");
        }
    }
}
