//! Whether `dist` is up to date.
//!
//! The stamp of a build records its inputs by fingerprint, not only by date. So a file that was
//! deleted, renamed or restored with an older date counts as a change, and so does a `dist` that
//! Trunk made without xtask.

use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::arguments::BuildOptions;
use crate::failure::Failure;

/// Everything that a build reads.
const INPUTS: [&str; 14] = [
    "src",
    "style",
    "public",
    "content",
    "locales",
    "index.html",
    "Trunk.toml",
    "crates",
    "budgets.json",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "rust-toolchain.toml",
    // The versions of the tools.
    "xtask/src/tools.rs",
];

/// The state of everything that a build reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Inputs {
    /// The hash of every file's path, size and time.
    fingerprint: u64,
    /// The time of the youngest file, in nanoseconds.
    newest: u128,
    /// The youngest file, for the reason why a build is needed.
    newest_file: PathBuf,
}

/// The inputs and options that a `dist` was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    public_url: String,
    profile: String,
    fingerprint: u64,
    newest: u128,
    /// The time of dist/index.html, 0 when there is none.
    dist: u128,
    /// Whether the fonts for the share cards were there. Without them the cards are left out.
    fonts: bool,
}

impl Inputs {
    /// Reads the state of every input below `root`.
    pub(crate) fn of(root: &Path) -> Self {
        let mut files = Vec::new();
        for input in INPUTS {
            collect(&root.join(input), &mut files);
        }
        files.sort();
        let mut hasher = DefaultHasher::new();
        let mut inputs = Self {
            fingerprint: 0,
            newest: 0,
            newest_file: PathBuf::new(),
        };
        for (path, time, size) in files {
            (path.strip_prefix(root).unwrap_or(&path), time, size).hash(&mut hasher);
            if time > inputs.newest {
                (inputs.newest, inputs.newest_file) = (time, path);
            }
        }
        inputs.fingerprint = hasher.finish();
        inputs
    }
}

fn collect(path: &Path, files: &mut Vec<(PathBuf, u128, u64)>) {
    // Temporary files of text editors are no inputs.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.ends_with('~') || name.ends_with(".tmp") || (name.starts_with('.') && name != ".cargo")
    {
        return;
    }
    let Ok(facts) = fs::metadata(path) else {
        return;
    };
    if facts.is_dir() {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        entries.for_each(|entry| collect(&entry.path(), files));
    } else {
        files.push((path.to_owned(), modified(&facts), facts.len()));
    }
}

fn modified(facts: &Metadata) -> u128 {
    let time = facts
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    time.map_or(0, |time| time.as_nanos())
}

impl Stamp {
    /// The stamp of a build with `options` from `inputs` that made `dist`, on a machine with or without
    /// `fonts`.
    pub(crate) fn new(options: &BuildOptions, inputs: &Inputs, dist: &Path, fonts: bool) -> Self {
        Self {
            public_url: options.public_url.clone().unwrap_or_default(),
            profile: if options.dev { "dev" } else { "release" }.to_owned(),
            fingerprint: inputs.fingerprint,
            newest: inputs.newest,
            dist: fs::metadata(dist.join("index.html")).map_or(0, |facts| modified(&facts)),
            fonts,
        }
    }

    fn to_text(&self) -> String {
        let Self {
            public_url,
            profile,
            fingerprint,
            newest,
            dist,
            fonts,
        } = self;
        format!("{public_url}\n{profile}\n{fingerprint}\n{newest}\n{dist}\n{fonts}\n")
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let (public_url, profile) = (lines.next()?.to_owned(), lines.next()?.to_owned());
        let fingerprint = lines.next()?.parse().ok()?;
        let (newest, dist) = (lines.next()?.parse().ok()?, lines.next()?.parse().ok()?);
        let fonts = lines.next()?.parse().ok()?;
        Some(Self {
            public_url,
            profile,
            fingerprint,
            newest,
            dist,
            fonts,
        })
    }

    /// The reason to build `dist` anew; `None` where there is none.
    fn reason_to_rebuild(&self, now: &Self, newest_file: &Path) -> Option<String> {
        if now.dist == 0 {
            Some("there is no dist".to_owned())
        } else if now.dist != self.dist {
            Some("dist was made by something else".to_owned())
        } else if (&now.public_url, &now.profile) != (&self.public_url, &self.profile) {
            Some("dist was built with other options".to_owned())
        } else if now.newest > self.newest {
            Some(format!("{} has changed", newest_file.display()))
        } else if now.fingerprint != self.fingerprint {
            Some("files were removed, renamed or replaced".to_owned())
        } else if now.fonts && !self.fonts {
            Some("its pictures for sharing were left out for want of fonts".to_owned())
        } else {
            None
        }
    }
}

/// The reason to build `dist` anew for `options`; `None` where there is none. `fonts` says whether the
/// next build would have fonts for the share cards.
pub(crate) fn reason_to_rebuild(
    root: &Path,
    stamp: &Path,
    dist: &Path,
    options: &BuildOptions,
    fonts: bool,
) -> Option<String> {
    let Some(built) = fs::read_to_string(stamp)
        .ok()
        .and_then(|text| Stamp::from_text(&text))
    else {
        return Some("dist was not built from here yet".to_owned());
    };
    let inputs = Inputs::of(root);
    let newest_file = inputs
        .newest_file
        .strip_prefix(root)
        .unwrap_or(&inputs.newest_file)
        .to_owned();
    built.reason_to_rebuild(&Stamp::new(options, &inputs, dist, fonts), &newest_file)
}

/// Writes the stamp of a finished build.
pub(crate) fn write(path: &Path, stamp: &Stamp) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, stamp.to_text()))
        .map_err(|error| Failure::broken(format!("cannot write {}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        Stamp {
            public_url: "/a/".to_owned(),
            profile: "release".to_owned(),
            fingerprint: 7,
            newest: 100,
            dist: 200,
            fonts: true,
        }
    }

    fn reason(now: &Stamp) -> Option<String> {
        stamp().reason_to_rebuild(now, Path::new("content/site.json"))
    }

    #[test]
    fn a_stamp_survives_being_written_down() {
        assert_eq!(Stamp::from_text(&stamp().to_text()), Some(stamp()));
        let plain = Stamp {
            public_url: String::new(),
            ..stamp()
        };
        assert_eq!(Stamp::from_text(&plain.to_text()), Some(plain));
    }

    #[test]
    fn a_stamp_of_another_form_counts_as_none() {
        assert_eq!(Stamp::from_text(""), None);
        assert_eq!(Stamp::from_text("/\nrelease\nyesterday\n"), None);
    }

    #[test]
    fn nothing_changed_means_no_build() {
        assert_eq!(reason(&stamp()), None);
    }

    #[test]
    fn fonts_that_came_are_a_reason_and_fonts_that_went_are_none() {
        let without = Stamp {
            fonts: false,
            ..stamp()
        };
        let file = Path::new("content/site.json");
        assert_eq!(
            without.reason_to_rebuild(&stamp(), file).as_deref(),
            Some("its pictures for sharing were left out for want of fonts")
        );
        assert_eq!(without.reason_to_rebuild(&without, file), None);
        assert_eq!(stamp().reason_to_rebuild(&without, file), None);
    }

    #[test]
    fn every_change_that_matters_is_a_reason_and_is_named() {
        let table = [
            (Stamp { dist: 0, ..stamp() }, "there is no dist"),
            (
                Stamp {
                    dist: 201,
                    ..stamp()
                },
                "dist was made by something else",
            ),
            (
                Stamp {
                    public_url: "/".to_owned(),
                    ..stamp()
                },
                "dist was built with other options",
            ),
            (
                Stamp {
                    profile: "dev".to_owned(),
                    ..stamp()
                },
                "dist was built with other options",
            ),
            (
                Stamp {
                    newest: 101,
                    fingerprint: 8,
                    ..stamp()
                },
                "content/site.json has changed",
            ),
            (
                Stamp {
                    newest: 99,
                    fingerprint: 8,
                    ..stamp()
                },
                "files were removed, renamed or replaced",
            ),
            (
                Stamp {
                    fingerprint: 8,
                    ..stamp()
                },
                "files were removed, renamed or replaced",
            ),
        ];
        for (now, expected) in table {
            assert_eq!(reason(&now).as_deref(), Some(expected));
        }
    }

    #[test]
    fn files_are_inputs_and_an_editors_own_files_are_not() {
        let root = std::env::temp_dir().join(format!("xtask-inputs-{}", std::process::id()));
        fs::create_dir_all(root.join("content/pages")).unwrap();
        fs::write(root.join("content/pages/vi.json"), "{}").unwrap();
        let before = Inputs::of(&root);
        for name in [".vi.json.swp", "vi.json~", "vi.json.tmp"] {
            fs::write(root.join("content/pages").join(name), "").unwrap();
        }
        fs::write(root.join("notes.txt"), "").unwrap();
        assert_eq!(Inputs::of(&root), before);
        fs::rename(
            root.join("content/pages/vi.json"),
            root.join("content/pages/en.json"),
        )
        .unwrap();
        assert_ne!(Inputs::of(&root).fingerprint, before.fingerprint);
        fs::remove_dir_all(root).unwrap();
    }
}
