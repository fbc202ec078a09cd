//! The fonts of share cards: Noto Sans for Latin script, and Noto Sans CJK with the forms of each
//! language, because the same Han character is written differently in Korean, Japanese and Chinese.

use cosmic_text::fontdb::{Database, Source};
use cosmic_text::{Fallback, FontSystem};
use model::Lang;
use std::collections::BTreeSet;
use std::env;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use unicode_script::Script;

/// The names of a family, the one that packages of Linux bring first.
type Family = &'static [&'static str];

const LATIN: Family = &["Noto Sans"];
const KOREAN: Family = &["Noto Sans CJK KR", "Noto Sans KR"];
const JAPANESE: Family = &["Noto Sans CJK JP", "Noto Sans JP"];
const CHINESE: Family = &["Noto Sans CJK SC", "Noto Sans SC"];

/// What the files of these families are called at their beginnings, then which language they are
/// for, and how they end.
const BEGINNINGS: [&str; 5] = [
    "NotoSansCJK",
    "NotoSansKR",
    "NotoSansJP",
    "NotoSansSC",
    "NotoSans",
];
const LANGUAGES: [&str; 4] = ["kr", "jp", "sc", ""];
const ENDS: [&str; 7] = [
    "-Regular",
    "-Bold",
    "-VF",
    "-VF.otf",
    "[wght]",
    "[wdth,wght]",
    "-VariableFont_wght",
];

/// Fonts that are not on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MissingFonts {
    /// The families.
    pub(crate) families: Vec<&'static str>,
}

impl fmt::Display for MissingFonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "share cards need fonts that are not on this machine: {}",
            self.families.join(", ")
        )?;
        writeln!(
            f,
            "  Debian, Ubuntu: apt install fonts-noto-core fonts-noto-cjk"
        )?;
        writeln!(
            f,
            "  Fedora: dnf install google-noto-sans-fonts google-noto-sans-cjk-fonts"
        )?;
        writeln!(f, "  Arch: pacman -S noto-fonts noto-fonts-cjk")?;
        writeln!(
            f,
            "  macOS: brew install --cask font-noto-sans font-noto-sans-cjk"
        )?;
        write!(
            f,
            "  elsewhere: install Noto Sans, Noto Sans KR, Noto Sans JP and Noto Sans SC"
        )
    }
}

impl std::error::Error for MissingFonts {}

/// The fonts that cards need, none of them read yet.
#[derive(Clone, Debug)]
pub(crate) struct Fonts {
    database: Database,
    identity: String,
}

impl Fonts {
    /// Finds the fonts in the folders where this system keeps its fonts.
    ///
    /// # Errors
    /// Which are not there.
    pub(crate) fn of_this_machine() -> Result<Self, MissingFonts> {
        Self::in_folders(&folders())
    }

    /// Finds the fonts in folders and the folders in them.
    ///
    /// # Errors
    /// Which are not there.
    pub(super) fn in_folders(folders: &[PathBuf]) -> Result<Self, MissingFonts> {
        let mut files = BTreeSet::new();
        for folder in folders {
            collect(folder, 0, &mut files);
        }
        let mut database = Database::new();
        for file in &files {
            // A file that is no font is like one that is not there.
            let _ = database.load_font_file(file);
        }
        keep_families(&mut database);
        let wanted = [LATIN, KOREAN, JAPANESE, CHINESE];
        let families: Vec<_> = wanted
            .into_iter()
            .filter(|&family| name(&database, family).is_none())
            .map(|family| family[0])
            .collect();
        if families.is_empty() {
            let identity = identity(&database);
            Ok(Self { database, identity })
        } else {
            Err(MissingFonts { families })
        }
    }

    /// What tells these fonts from other versions of them.
    pub(super) fn identity(&self) -> &str {
        &self.identity
    }

    /// A system that sets text in these fonts and no others.
    pub(super) fn system(&self) -> FontSystem {
        FontSystem::new_with_locale_and_db_and_fallback(
            "en".to_owned(),
            self.database.clone(),
            Others,
        )
    }

    /// The family in which a language is set.
    pub(super) fn family(&self, lang: Lang) -> &'static str {
        let family = match lang {
            Lang::Vi | Lang::En => LATIN,
            Lang::Ko => KOREAN,
            Lang::Ja => JAPANESE,
            Lang::ZhHans => CHINESE,
        };
        name(&self.database, family).unwrap_or(family[0])
    }
}

/// In which font a letter is set that the language's own does not have.
struct Others;

impl Fallback for Others {
    fn common_fallback(&self) -> &[&'static str] {
        LATIN
    }

    fn forbidden_fallback(&self) -> &[&'static str] {
        &[]
    }

    fn script_fallback(&self, script: Script, _locale: &str) -> &[&'static str] {
        match script {
            Script::Hangul => KOREAN,
            Script::Hiragana | Script::Katakana => JAPANESE,
            Script::Han | Script::Bopomofo => CHINESE,
            _ => &[],
        }
    }
}

/// Where systems keep their fonts.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/Library/Fonts",
        "/System/Library/Fonts",
    ]
    .into_iter()
    .map(PathBuf::from)
    .collect();
    if let Some(home) = env::var_os("HOME").map(PathBuf::from) {
        folders.extend(
            [".fonts", ".local/share/fonts", "Library/Fonts"].map(|folder| home.join(folder)),
        );
    }
    let windows = [
        ("WINDIR", "Fonts"),
        ("LOCALAPPDATA", "Microsoft/Windows/Fonts"),
        ("XDG_DATA_HOME", "fonts"),
    ];
    folders.extend(
        windows
            .iter()
            .filter_map(|(root, folder)| Some(PathBuf::from(env::var_os(root)?).join(folder))),
    );
    folders
}

/// Collects the files that may hold the fonts, from no deeper than any system puts them.
fn collect(folder: &Path, depth: u8, files: &mut BTreeSet<PathBuf>) {
    for path in fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
    {
        if path.is_dir() {
            if depth < 4 {
                collect(&path, depth + 1, files);
            }
        } else if is_wanted(&path) {
            files.insert(path);
        }
    }
}

fn is_wanted(path: &Path) -> bool {
    let part = |part: Option<&std::ffi::OsStr>| {
        part.and_then(|part| part.to_str())
            .unwrap_or_default()
            .to_owned()
    };
    let (stem, ending) = (part(path.file_stem()), part(path.extension()));
    let is_end = |end: &str| {
        LANGUAGES.iter().any(|lang| {
            end.strip_prefix(lang)
                .is_some_and(|end| ENDS.contains(&end))
        })
    };
    ["ttf", "otf", "ttc", "otc"].contains(&ending.as_str())
        && BEGINNINGS
            .iter()
            .any(|begin| stem.strip_prefix(begin).is_some_and(is_end))
}

/// Forgets the faces of other families that came in the same files.
fn keep_families(database: &mut Database) {
    let known = |name: &str| {
        [LATIN, KOREAN, JAPANESE, CHINESE]
            .iter()
            .any(|family| family.contains(&name))
    };
    let other = database
        .faces()
        .filter(|face| !face.families.iter().any(|(name, _)| known(name)));
    for id in other.map(|face| face.id).collect::<Vec<_>>() {
        database.remove_face(id);
    }
}

/// The first name of a family under which there is a face.
fn name(database: &Database, family: Family) -> Option<&'static str> {
    family.iter().copied().find(|&name| {
        database
            .faces()
            .any(|face| face.families.iter().any(|(known, _)| known == name))
    })
}

/// The faces and the sizes of their files.
fn identity(database: &Database) -> String {
    let face = |face: &cosmic_text::fontdb::FaceInfo| {
        let bytes = match &face.source {
            Source::File(path) | Source::SharedFile(path, _) => {
                fs::metadata(path).map_or(0, |file| file.len())
            }
            Source::Binary(data) => data.as_ref().as_ref().len() as u64,
        };
        format!("{} {bytes}", face.post_script_name)
    };
    let mut faces: Vec<String> = database.faces().map(face).collect();
    faces.sort();
    faces.join(",")
}
